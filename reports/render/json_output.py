"""A comparison as JSON, for other programs: everything, cell by cell."""

from __future__ import annotations

import json
from typing import Any

from ..diff.checks import CheckChange
from ..diff.comparison import Comparison, Difference
from ..diff.group import Group, Sentence
from ..diff.grouping import group_changes, group_minor_changes, group_new_changes
from ..results.release import Release
from ..upgrade.change_digests import list_digests
from ..upgrade.exit_status import UpgradeResult
from .acceptance_lines import format_acceptance

SCHEMA = 1


def render_json(result: UpgradeResult) -> str:
    """The whole as indented JSON; what is not ASCII is escaped."""
    data = {
        "schema": SCHEMA,
        "status": result.status,
        "meaning": result.meaning,
        "judged": result.judged,
        "notes": list(result.remarks),
        "unused acceptances": list(result.unused),
        "comparisons": [_comparison(one, result.acceptable) for one in result.comparisons],
    }
    return json.dumps(data, indent=1) + "\n"


def _comparison(comparison: Comparison, acceptable: bool) -> dict[str, Any]:
    groups = group_changes(comparison)
    return {
        "library": comparison.old.library,
        "old": _release(comparison.old),
        "new": _release(comparison.new),
        "words": comparison.words,
        "groups": [_group(group, comparison, acceptable) for group in groups],
        "appeared": [_sentence(sentence) for sentence in group_new_changes(comparison)],
        "minor": [_sentence(sentence) for sentence in group_minor_changes(comparison)],
        "cells": [_difference(difference) for difference in comparison.differences],
    }


def _release(release: Release) -> dict[str, str]:
    names = ("label", "version", "python", "reason")
    return {name: getattr(release, name) for name in names}


def _group(group: Group, comparison: Comparison, acceptable: bool) -> dict[str, Any]:
    differences = group.differences
    how = {"accept": format_acceptance(comparison, differences)} if acceptable else {}
    return how | {
        "changes": [_sentence(sentence) for sentence in group.sentences],
        "checks": [_check(counted.change) | {"cells": counted.cells} for counted in group.checks],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"text": sentence.text, "cells": [list(d.cell) for d in sentence.differences]}


def _check(check: CheckChange) -> dict[str, Any]:
    return {
        "check": check.check,
        "kept": check.kept,
        "expected": check.expected,
        "says": check.says,
        "source": check.source,
        "recorded": check.recorded,
        "documents": check.documents or None,
        "known": check.known or None,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    data: dict[str, Any] = {
        "surface": difference.cell[0],
        "scenario": difference.cell[1],
        "word": difference.word,
        "behaviours": {"old": dict(difference.counts[0]), "new": dict(difference.counts[1])},
        "digests": list_digests(difference),
    }
    if difference.reason:
        data["reason"] = difference.reason
    if difference.changes:
        data["changes"] = [
            {"text": c.text, "minor": c.minor, "new": c.new} for c in difference.changes
        ]
    if difference.checks:
        data["checks"] = [_check(check) for check in difference.checks]
    if difference.races:
        data["races"] = True
    return data
