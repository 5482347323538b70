"""An advice as a reader gets it: where to go, what is different there, and what to leave out."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence

from packaging.version import Version

from fixtures.model.text import pluralize

from ..diff.comparison import NOT_RUNNABLE, Comparison
from ..diff.group import Group
from ..diff.grouping import group_changes
from ..diff.kinds import HANGS, KINDS, OTHER, RECONNECTS
from ..history import History
from ..history.advice import Advice
from ..history.change_points import count_cells
from ..program_name import PROGRAM
from ..results.cell_selection import Selection
from .history_report import report_not_run
from .overview import cut
from .section import BAD, COMMAND, DIM, GOOD, PLAIN, Line, Section

MOST = 3
"""Changes of a release that are listed; `compare` lists all."""
LONGEST = 180
"""Characters of a change."""
LITTLE = "that is little: upgrade, unless you rely on it"
MUCH = "read what changes before you upgrade"
TRIFLE = 0.02
"""The share of the cells that is little, if nothing in it hangs or connects again; an order or a
warning is little in any number."""


def report_advice(history: History, found: Advice, selection: Selection) -> Iterator[Section]:
    """The advice; what changes in the nearest release and in the newest; the count in each."""
    lines = [*_advise(history, found), *_skips(found)]
    later = {v: r for v, r in history.releases.items() if Version(v) > Version(found.version)}
    lines += report_not_run(later)
    count = pluralize(found.cells[found.target], "cell")
    title = f"{history.library} {found.version}, {count}"
    yield Section(title, tuple(lines))
    if not found.beyond:
        return
    newest = history.runnable[-1]
    yield _tell(found, found.nearest, selection, "the nearest")
    if newest != found.nearest:
        yield _tell(found, newest, selection, "the newest")
    counts = [_count(found, *one) for one in found.group_alike()]
    if len(counts) > 1 or found.broken:
        yield Section(f"Later releases, against {found.version}", tuple(counts))


def _advise(history: History, found: Advice) -> Iterator[Line]:
    newest, count = history.runnable[-1], pluralize(found.cells[found.highest], "cell")
    if found.highest == newest:
        text = f"upgrade to {newest}, the newest: none of the {count} behaves differently"
        if newest == found.version:
            text = f"{newest} is the newest release of the history; there is nothing to upgrade to"
        yield Line("advice", text, GOOD)
        return
    if found.highest != found.version:
        text = f"upgrade to {found.highest}: none of the {count} behaves differently"
        yield Line("advice", text, GOOD)
    label = "advice" if found.highest == found.version else "beyond"
    comparison = found.beyond[found.nearest]
    groups = group_changes(comparison)
    before = [one for one in found.broken if Version(one) < Version(found.nearest)]
    skip = f"skip {', '.join(before)}; " if before else ""
    few = _is_trifle(found, comparison, groups)
    count = pluralize(found.cells[found.nearest], "cell")
    said = f"{skip}{found.nearest} differs in {len(comparison.differences)} of {count}"
    tone = GOOD if few and found.highest == found.version else PLAIN
    yield Line(label, f"{said}{_say_how(comparison, groups)}", tone)
    if found.highest == found.version:
        yield Line("", LITTLE if few else MUCH, tone)


def _say_how(comparison: Comparison, groups: Sequence[Group]) -> str:
    """In how many ways a release differs, and what leads."""
    if not groups:
        return f": {comparison.select(NOT_RUNNABLE)[0].reason}" if _not_run(comparison) else ""
    lead = cut(groups[0].sentences[0].text, LONGEST)
    if len(groups) == 1 and len(groups[0].cells) == len(comparison.differences):
        return f", all of them: {lead}" if len(groups[0].cells) > 1 else f": {lead}"
    return f", in {pluralize(len(groups), 'way')}; first of all {lead}"


def _is_trifle(found: Advice, comparison: Comparison, groups: Sequence[Group]) -> bool:
    kinds = {sentence.kind for group in groups for sentence in group.sentences}
    few = len(comparison.differences) <= max(1, TRIFLE * found.cells[found.nearest])
    light = kinds <= {OTHER} or (few and kinds.isdisjoint({HANGS, RECONNECTS}))
    return light and not _not_run(comparison)


def _not_run(comparison: Comparison) -> bool:
    return bool(comparison.select(NOT_RUNNABLE))


def _skips(found: Advice) -> Iterator[Line]:
    """The releases to leave out: something changes there that a later one takes back."""
    for release in found.skip:
        yield Line("skip", f"{release}: changes {_cells(found, release)}", BAD)
    alike: dict[tuple[str, int, int], list[str]] = {}
    for release, (other, undone) in found.broken.items():
        changed = len(found.later[release].differences)
        alike.setdefault((other, undone, changed), []).append(release)
    for (other, undone, changed), releases in alike.items():
        text = f"{', '.join(releases)}: changes {pluralize(changed, 'cell')}; in {other}, {undone} "
        again = f"of them are as in {found.version} again, or keep a promise or rule again"
        yield Line("skip", f"{text}{again}", BAD)


def _cells(found: Advice, release: str) -> str:
    return count_cells(found.later[release].differences)


def _tell(found: Advice, release: str, selection: Selection, which: str) -> Section:
    """What changes in a release, the weightiest first, and what kinds of changes those are."""
    comparison = found.beyond[release]
    groups = group_changes(comparison)
    lines = list(_count_kinds(groups))
    for group in groups[:MOST]:
        texts = cut("; ".join(sentence.text for sentence in group.sentences), LONGEST)
        lines.append(Line(count_cells(group.cells), texts, BAD))
    left = len(groups) - MOST
    lines += [Line("", f"and {pluralize(left, 'change')} more", DIM)] if left > 0 else []
    lines += [Line("not run", one.reason) for one in comparison.select(NOT_RUNNABLE)[:1]]
    words = ["compare", comparison.old.library, found.version, release, *selection.words]
    lines.append(Line("see it", f"{PROGRAM} {shlex.join(words)}", COMMAND))
    return Section(f"{release}, {which}, changes {_cells(found, release)}", tuple(lines))


def _count_kinds(groups: Sequence[Group]) -> Iterator[Line]:
    """In how many cells the weightiest change is of each kind, if there are several kinds."""
    kinds = Counter[str]()
    for group in groups:
        kinds[group.sentences[0].kind] += len(group.cells)
    if len(kinds) > 1:
        texts = [
            f"{pluralize(kinds[kind], 'cell')}: {says}"
            for kind, says in KINDS.items()
            if kinds[kind]
        ]
        yield Line("of these", "; ".join(texts), DIM)


def _count(found: Advice, first: str, last: str, cells: int) -> Line:
    which = first if first == last else f"{first} to {last}"
    return Line("", f"{which}: changes {pluralize(cells, 'cell')}")
