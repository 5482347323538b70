"""The summary of a run, for a reader with thirty seconds: the surfaces, then the findings.

A surface is one line of counts. A finding is one known cause of checks that do not hold: it is
reported once, with the count of cells that show it; the most frequent comes first.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.text import pluralize
from fixtures.model.trace import Loaded

from ..judging.issues import REASONS, UNREPORTED, Issue
from ..judging.judge import KEPT, KNOWN, NOT_APPLICABLE, RED, UNDOCUMENTED, WORDS, CellVerdict

MOST_FINDINGS = 8
"""The number of findings that are shown without --findings."""
NARROWEST, WIDEST = 60, 120
"""The limits of a line of text in columns; a longer line is hard to read on any terminal."""
COLUMNS = (KEPT, UNDOCUMENTED, KNOWN, "red", NOT_APPLICABLE)
COLOURS = {**WORDS, "red": "red", UNDOCUMENTED: "light", NOT_APPLICABLE: "light"}
"""The colour of a column, in the words of pytest's terminal writer."""

MarkedText = list[tuple[str, tuple[str, ...]]]
"""Pieces of text, each with its markup in the words of pytest's terminal writer."""
FoundIn = tuple[str, str, list[str]]
"""A surface, a scenario, and a known cause of that cell as `encode_issue` gives it."""


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
        """Count a cell, as `encode_verdict` gives it."""
        surface, scenario = data["surface"], data["scenario"]
        self.words[surface, data["word"]] += 1
        for cause in data["findings"]:
            self.add_finding((surface, scenario, cause))

    def add_finding(self, found: FoundIn) -> None:
        """Count a known cause of a cell; a cell is counted once, however often it is found."""
        surface, scenario, cause = found
        self.causes.setdefault(Cause(*cause), {})[surface, scenario] = None

    def count(self, column: str, surface: str | None = None) -> int:
        """The number of cells of a surface, or of all, with the verdict of a column."""
        words = RED if column == "red" else {column}
        return sum(
            count
            for (name, word), count in self.words.items()
            if word in words and surface in (name, None)
        )

    @property
    def none_applies(self) -> bool:
        """Whether cells were selected, but none of them applies to its surface."""
        return {word for _, word in self.words} == {NOT_APPLICABLE}

    @property
    def findings(self) -> list[tuple[Cause, list[tuple[str, str]]]]:
        """Each known cause with its cells, the most frequent first."""
        listed = [(cause, list(cells)) for cause, cells in self.causes.items()]
        return sorted(listed, key=lambda pair: -len(pair[1]))


def encode_verdict(cell: CellVerdict) -> dict[str, Any]:
    """What a tally needs from a cell, as data that can cross processes."""
    issues = dict.fromkeys(one.deviation.issue for one in cell.select(KNOWN) if one.deviation)
    return {
        "surface": cell.surface.name,
        "scenario": cell.scenario.name,
        "word": cell.word,
        "findings": [encode_issue(one) for one in issues],
    }


def encode_issue(issue: Issue) -> list[str]:
    """What a tally needs from a known issue, as data that can cross processes."""
    return [issue.library, issue.id, issue.reason, issue.why, issue.link]


def format_table(tally: Tally, loaded: Iterable[Loaded]) -> Iterator[MarkedText]:
    """A line for each surface, below its library, with the count of cells for each verdict."""
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
            yield [
                (name.ljust(indent), ()),
                *(_format_count(word, count) for word, count in counts),
            ]
    if len(names) > 1:
        whole = [(word, tally.count(word)) for word in COLUMNS]
        yield [
            ("all".ljust(indent), ("bold",)),
            *(_format_count(word, count) for word, count in whole),
        ]
    red = [f"{tally.count(word)} {word}" for word in WORDS if word in RED and tally.count(word)]
    if red:
        yield [(f"red: {', '.join(red)}", ("red", "bold"))]


def _format_count(word: str, count: int) -> tuple[str, tuple[str, ...]]:
    """A number below the head of its column, in the colour of the verdict; zero is a dash."""
    text = f"{count or '-':>{len(word) + 2}}"
    return text, (COLOURS[word],) if count else ("light",)


def format_findings(tally: Tally, width: int, *, every: bool = False) -> Iterator[MarkedText]:
    """Each finding with its count of cells, reason and link; all, or the most frequent."""
    found = tally.findings
    listed = found if every else found[:MOST_FINDINGS]
    width = min(max(width, NARROWEST), WIDEST)
    indent = len(str(len(found[0][1]))) + len(" cells  ")
    for cause, cells in listed:
        yield from _format_finding(cause, cells, width, indent, every=every)
    rest = found[len(listed) :]
    if rest:
        most = len(rest[0][1])
        more = f"and {len(rest)} more, each in at most {pluralize(most, 'cell')}: --findings"
        yield [(" " * indent + more, ("light",))]


def _format_finding(
    cause: Cause, cells: Sequence[tuple[str, str]], width: int, indent: int, *, every: bool
) -> Iterator[MarkedText]:
    count = pluralize(len(cells), "cell").ljust(indent - 2)
    colour = "yellow" if cause.reason == "bug" else "light"
    first, *rest = textwrap.wrap(cause.why, width - indent)
    yield [(f"{count}  ", (colour,)), (first, ())]
    for line in rest:
        yield [(" " * indent + line, ())]
    source = f"{REASONS[cause.reason]}, {cause.library}:"
    link = "not reported upstream" if cause.link == UNREPORTED else cause.link
    if indent + len(source) + 1 + len(link) > width:
        yield [(" " * indent + source, ("light",))]
        yield [(" " * indent + link, ("light",))]  # unbroken, so that a terminal can open it
    else:
        yield [(f"{' ' * indent}{source} {link}", ("light",))]
    if every:
        yield [(f"{' ' * indent}listed as {cause.id}", ("light",))]
        for line in _format_places(cells, width - indent):
            yield [(" " * indent + line, ("light",))]


def _format_places(cells: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """The cells of a finding: each surface with its scenarios."""
    scenarios: dict[str, list[str]] = {}
    for surface, scenario in cells:
        scenarios.setdefault(surface, []).append(scenario)
    for surface, names in scenarios.items():
        text = f"in {surface}: {', '.join(names)}"
        yield from textwrap.wrap(text, width, subsequent_indent="  ", break_long_words=False)


def format_hints(tally: Tally, width: int) -> Iterator[MarkedText]:
    """The commands that show more than a summary, with what each of them shows."""
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


def format_reviews(overdue: Sequence[Issue]) -> Iterator[MarkedText]:
    """A warning that issues are due for review; it says nothing against the library."""
    if overdue:
        names = ", ".join(f"{one.library}: {one.id} ({one.review})" for one in overdue)
        yield [(f"review dates that have passed: {names}", ("yellow",))]
