"""A comparison as a code quality report of GitLab: an issue for each block, on the lock file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from typing import Any

from fixtures.model.text import escape, pluralize

from ..diff.comparison import NOT_RUNNABLE, WARNED, Comparison, Difference
from ..upgrade.acceptances import list_blocks
from ..upgrade.change_digests import collect_digests
from ..upgrade.exit_status import UpgradeResult
from ..upgrade.policy_file import OWN
from .comparison_report import title
from .lock_line import find_line, name_in_repository


def render_gitlab(result: UpgradeResult) -> str:
    """The report: a JSON array, which is empty if nothing is to be said."""
    issues = [
        _issue(result, comparison, *one)
        for comparison in result.comparisons
        for one in _list_issues(comparison, result.warn_only)
    ]
    return json.dumps(issues, indent=1) + "\n"


def _list_issues(comparison: Comparison, warn_only: bool) -> Iterator[tuple[str, str, list[str]]]:
    """Severity, text, and what makes it this issue."""
    for block in list_blocks(comparison):
        cells = pluralize(len(block.differences), "cell")
        severity = "minor" if warn_only else "major"
        yield severity, f"{cells}: {block.what}", list(collect_digests(block.differences))
    for word, severity in ((WARNED, "minor"), (NOT_RUNNABLE, "critical")):
        reasons: dict[str, list[Difference]] = {}
        for one in comparison.select(word):
            reasons.setdefault(one.reason, []).append(one)
        for reason, where in reasons.items():
            yield severity, f"{pluralize(len(where), 'cell')} {word}: {reason}", [reason]


def _issue(
    result: UpgradeResult, comparison: Comparison, severity: str, text: str, parts: list[str]
) -> dict[str, Any]:
    old, new = comparison.old, comparison.new
    same = "\0".join([old.library, old.label, new.label, severity, *parts])
    root = os.environ.get("CI_PROJECT_DIR")
    line = find_line(result.lock, old.library) if result.lock else 1
    path = name_in_repository(result.lock, root) if result.lock else ""
    return {
        "description": escape(f"{title(comparison)}: {text}"),
        "check_name": "wslifecycle",
        "fingerprint": hashlib.sha256(same.encode()).hexdigest(),
        "severity": severity,
        "location": {"path": path or OWN, "lines": {"begin": line}},
    }
