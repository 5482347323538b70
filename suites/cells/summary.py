"""What a run has shown, for a reader with thirty seconds: the surfaces, then the findings.

A surface is one line of counts. A finding is one cause of what does not hold and is known: it is
reported once, with the count of cells that show it, the commonest first.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.trace import Loaded

from ..judging.issues import UNREPORTED, Issue
from ..judging.judge import KEPT, KNOWN, NOT_APPLICABLE, RED, UNDOCUMENTED, WORDS, CellVerdict

MOST_FINDINGS = 8
"""Findings that are shown unless all are asked for."""
NARROWEST, WIDEST = 60, 120
"""Columns of text: a line longer than this is hard to read, whatever the terminal."""
REASONS = {
    "bug": "bug",
    "by-design": "on purpose",
    "docs-wrong": "wrong in the documents",
    "docs-outdated": "outdated in the documents",
}
"""The reasons of known deviations, as a reader meets them first."""
COLUMNS = (KEPT, UNDOCUMENTED, KNOWN, "red", NOT_APPLICABLE)
COLOURS = {**WORDS, "red": "red", UNDOCUMENTED: "light", NOT_APPLICABLE: "light"}
"""The colour of a column, in the words of pytest's terminal writer."""

Line = list[tuple[str, tuple[str, ...]]]
"""Pieces of text, each with its markup in the words of pytest's terminal writer."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why checks of some cells do not hold: an issue of the lists, as its text and link."""

    library: str
    id: str
    reason: str
    why: str
    link: str


@dataclass(slots=True)
class Tally:
    """The verdicts of a run, counted by surface, and the cells that show each known cause."""

    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    causes: dict[Cause, dict[tuple[str, str], None]] = field(default_factory=dict)

    def add(self, data: dict[str, Any]) -> None:
        """Count a cell, given as `cell_data` made it of the cell's verdict."""
        surface, scenario = data["surface"], data["scenario"]
        self.words[surface, data["word"]] += 1
        for cause in data["findings"]:
            self.causes.setdefault(Cause(*cause), {})[surface, scenario] = None

    def count(self, column: str, surface: str | None = None) -> int:
        """How many cells of a surface, or of all, have the verdict of a column."""
        words = RED if column == "red" else {column}
        return sum(
            count
            for (name, word), count in self.words.items()
            if word in words and surface in (name, None)
        )

    @property
    def none_applies(self) -> bool:
        """Whether cells were selected, and not one could be judged."""
        return {word for _, word in self.words} == {NOT_APPLICABLE}

    @property
    def findings(self) -> list[tuple[Cause, list[tuple[str, str]]]]:
        """Each known cause with its cells, the commonest first."""
        listed = [(cause, list(cells)) for cause, cells in self.causes.items()]
        return sorted(listed, key=lambda pair: -len(pair[1]))


def cell_data(cell: CellVerdict) -> dict[str, Any]:
    """What a tally needs of a cell, as data that crosses processes."""
    issues = dict.fromkeys(one.deviation.issue for one in cell.having(KNOWN) if one.deviation)
    return {
        "surface": cell.surface.name,
        "scenario": cell.scenario.name,
        "word": cell.word,
        "findings": [[one.library, one.id, one.reason, one.why, one.link] for one in issues],
    }


def table(tally: Tally, loaded: Iterable[Loaded]) -> Iterator[Line]:
    """A line for each surface, below its library: how many cells have which verdict."""
    names = [name for name in SURFACES if any(name == surface for surface, _ in tally.words)]
    indent = max(map(len, names))
    heads = "".join(f"{word:>{len(word) + 2}}" for word in COLUMNS)
    yield [(" " * indent + heads, ("light",))]
    for library in loaded:
        ours = [name for name in names if SURFACES[name].library.name == library.library]
        if ours:
            yield [(f"{library.library} {library.version}", ("bold",))]
        for name in ours:
            counts = [(word, tally.count(word, name)) for word in COLUMNS]
            yield [(name.ljust(indent), ()), *(_count(word, count) for word, count in counts)]
    if len(names) > 1:
        whole = [(word, tally.count(word)) for word in COLUMNS]
        yield [("all".ljust(indent), ("bold",)), *(_count(word, count) for word, count in whole)]
    red = [f"{tally.count(word)} {word}" for word in WORDS if word in RED and tally.count(word)]
    if red:
        yield [(f"red: {', '.join(red)}", ("red", "bold"))]


def _count(word: str, count: int) -> tuple[str, tuple[str, ...]]:
    """A number below its column's head, in the colour of the verdict; none is a dash."""
    text = f"{count or '-':>{len(word) + 2}}"
    return text, (COLOURS[word],) if count else ("light",)


def findings(tally: Tally, width: int, *, every: bool = False) -> Iterator[Line]:
    """Each finding with its count of cells, reason and link; all of them, or the commonest."""
    found = tally.findings
    shown = found if every else found[:MOST_FINDINGS]
    width = min(max(width, NARROWEST), WIDEST)
    indent = len(str(len(found[0][1]))) + len(" cells  ")
    for cause, cells in shown:
        yield from _finding(cause, cells, width, indent, every=every)
    rest = found[len(shown) :]
    if rest:
        most = len(rest[0][1])
        more = f"and {len(rest)} more, each in {most} cell{'s' * (most != 1)} at most: --findings"
        yield [(" " * indent + more, ("light",))]


def _finding(
    cause: Cause, cells: Sequence[tuple[str, str]], width: int, indent: int, *, every: bool
) -> Iterator[Line]:
    count = f"{len(cells)} cell{'s' * (len(cells) != 1)}".ljust(indent - 2)
    colour = "yellow" if cause.reason == "bug" else "light"
    first, *rest = textwrap.wrap(cause.why, width - indent)
    yield [(f"{count}  ", (colour,)), (first, ())]
    for line in rest:
        yield [(" " * indent + line, ())]
    source = f"{REASONS[cause.reason]}, {cause.library}:"
    link = "not reported upstream" if cause.link == UNREPORTED else cause.link
    if indent + len(source) + 1 + len(link) > width:
        yield [(" " * indent + source, ("light",))]
        yield [(" " * indent + link, ("light",))]  # one piece: a terminal makes it clickable
    else:
        yield [(f"{' ' * indent}{source} {link}", ("light",))]
    if every:
        yield [(f"{' ' * indent}listed as {cause.id}", ("light",))]
        for line in _places(cells, width - indent):
            yield [(" " * indent + line, ("light",))]


def _places(cells: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """The cells of a finding: each surface with its scenarios."""
    scenarios: dict[str, list[str]] = {}
    for surface, scenario in cells:
        scenarios.setdefault(surface, []).append(scenario)
    for surface, names in scenarios.items():
        text = f"in {surface}: {', '.join(names)}"
        yield from textwrap.wrap(text, width, subsequent_indent="  ", break_long_words=False)


def further(tally: Tally, width: int) -> Iterator[Line]:
    """How to see more than a summary: the commands, with what each of them shows."""
    surface, scenario = next(iter(cell for _, cells in tally.findings for cell in cells))
    for what, command in (
        ("every finding, and its cells", "pytest ... --findings"),
        ("one cell on a timeline", f'pytest -k "{surface} and {scenario}" --trace'),
        ("promise by promise", f"python -m reports page {SURFACES[surface].library}"),
    ):
        if 30 + len(command) <= width:
            yield [(f"{what:<30}", ("light",)), (command, ())]
        else:
            yield [(what, ("light",))]
            yield [(f"  {command}", ())]


def reviews(overdue: Sequence[Issue]) -> Iterator[Line]:
    """A warning that issues are to be looked at again; nothing is wrong with the library."""
    if overdue:
        names = ", ".join(f"{one.library}: {one.id} ({one.review})" for one in overdue)
        yield [(f"review dates that have passed: {names}", ("yellow",))]
