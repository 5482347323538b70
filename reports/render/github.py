"""A comparison as annotations of a GitHub workflow: workflow commands, on the lock file's line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from fixtures.model.text import escape, pluralize
from suites.safe_text import defuse

from ..diff.comparison import GONE, NOT_RUNNABLE, WARNED, Comparison
from ..diff.grouping import group_changes
from ..upgrade.exit_status import CHANGED, NOTHING, UpgradeResult
from .comparison_report import title
from .lock_line import find_line, name_in_repository

ERROR, WARNING = "error", "warning"
MOST = 10
"""Annotations of one level that GitHub shows for a step; it drops the others."""


def render_github(result: UpgradeResult) -> str:
    """The annotations, a line each; what is left out is counted in the last one of its level."""
    found: dict[str, list[tuple[str, str, str]]] = {ERROR: [], WARNING: []}
    for level, library, heading, text in _list_annotations(result):
        found[level].append((library, heading, text))
    lines = []
    for level, ours in found.items():
        shown = ours if len(ours) <= MOST else ours[: MOST - 1]
        lines += [_format(level, _place(result, one[0]), *one[1:]) for one in shown]
        left = len(ours) - len(shown)
        if left:
            text = f"and {pluralize(left, 'more change')}: see the log or the summary of this step"
            lines.append(_format(level, "", "wslifecycle", text))
    return "".join(f"{line}\n" for line in lines)


def _list_annotations(result: UpgradeResult) -> Iterator[tuple[str, str, str, str]]:
    """Level, library, heading and text of each."""
    level = WARNING if result.warn_only else ERROR
    for one in result.comparisons:
        name = one.old.library
        yield from ((level, name, heading, text) for heading, text in _list_changes(one))
        yield from ((WARNING, name, heading, text) for heading, text in _list_of(one, WARNED))
        yield from ((ERROR, name, heading, text) for heading, text in _list_of(one, NOT_RUNNABLE))
    for entry in result.unused:
        yield level, "", "an acceptance matches nothing any more: delete it", entry
    if result.status not in (NOTHING, CHANGED):
        yield ERROR, "", f"exit status {result.status}", result.meaning


def _list_changes(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """The blocks of the report, by their numbers, and what is gone."""
    for number, group in enumerate(group_changes(comparison), 1):
        texts = [sentence.text for sentence in group.sentences]
        texts += [f"breaks: {c.change.says}" for c in group.checks if not c.change.kept]
        texts.append(f'accept it with --accept {number} --reason "..."')
        cells = pluralize(len(group.cells), "cell")
        yield f"{title(comparison)}: {number}. {cells}", "\n".join(texts)
    yield from _list_of(comparison, GONE)


def _list_of(comparison: Comparison, word: str) -> Iterator[tuple[str, str]]:
    """The cells of which a word is said, by reason."""
    reasons = [difference.reason for difference in comparison.select(word)]
    for reason in dict.fromkeys(reasons):
        yield f"{title(comparison)}: {pluralize(reasons.count(reason), 'cell')} {word}", reason


def _place(result: UpgradeResult, library: str) -> str:
    """The line of the lock file that pins a library, as properties of a command."""
    if result.lock is None or not library:
        return ""
    file = name_in_repository(result.lock, os.environ.get("GITHUB_WORKSPACE"))
    return f"file={_escape_property(file)},line={find_line(result.lock, library)}" if file else ""


def _format(level: str, place: str, heading: str, text: str) -> str:
    properties = [*filter(None, [place]), f"title={_escape_property(_clean([heading]))}"]
    return f"::{level} {','.join(properties)}::{_escape(_clean(text.splitlines()))}"


def _clean(lines: Iterable[str]) -> str:
    return "\n".join(defuse(escape(line)) for line in lines)


def _escape(text: str) -> str:
    """Text as a workflow command holds it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    """Text as a property of a workflow command holds it."""
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
