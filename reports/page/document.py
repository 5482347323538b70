"""The page of a library in Markdown: the counts, what does not hold, then document by document.

The text depends on the record and the declarations alone: no date, no path, no order of a set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from suites.judging.issues import REASONS
from suites.judging.judge import BROKEN, FIXED, KEPT, KNOWN, NOT_TESTABLE, UNSTABLE
from suites.judging.promise import PROMISES

from ..program_name import PROGRAM
from ..render.markdown import code, escape_markdown, link
from .changelog_section import write_changelog
from .claims import (
    CELL_WORDS,
    NO_CHECK,
    NOT_RECORDED,
    SEVERITY,
    CheckedCell,
    Claim,
    find_contradictions,
    is_shown,
)
from .fragments import checks, cite, label, many, place, prose, reason, short, short_names
from .page_model import Page

ALWAYS = (NO_CHECK, BROKEN, KNOWN, KEPT)
MEANS = {
    NO_CHECK: "nothing in the record shows whether they hold",
    NOT_TESTABLE: "a cell of theirs could not be judged: a fault of the suite, not of the library",
    BROKEN: "in some cells they do not hold, and no known issue says why",
    FIXED: "they hold in cells of which an issue says that they do not: take these out of it",
    KNOWN: "in some cells they do not hold, and a known issue says why",
    KEPT: "they hold in every cell",
}
"""What is said of promises, the worst first."""
ONLY_BUGS = (
    "A cell is known only if one of its promises or rules does not hold because of a bug. Where "
    "the document is wrong or outdated, where the library differs on purpose, and where the "
    "release as a whole deviates, the promise is known, and the cell is not."
)


def render_page(page: Page, again: str, *, every_cell: bool = False) -> str:
    """The page; `again` is what follows the names of a cell in the command that shows it.

    `every_cell`: the names of all cells stand below the promise that they check.
    """
    return "\n".join(_Writer(page, again, every_cell=every_cell).lines()) + "\n"


def summary(page: Page) -> str:
    """The counts in one line: promises, rules, and the cells that are amiss."""
    rules = Counter(claim.word for claim in page.rules)
    cells = Counter(cell.word for cell in page.of(NOT_TESTABLE, UNSTABLE, NOT_RECORDED))
    parts = [
        f"{many(len(page.promises), 'promise')}: {_words(_counts(page))}",
        f"{many(len(page.rules), 'rule')}: {_words(sorted(rules.items()))}",
        f"{many(cells.total(), 'cell')}: {_words(sorted(cells.items()))}" if cells else "",
    ]
    return f"{page.library} {page.version}: {'; '.join(filter(None, parts))}"


class _Writer:
    """Writes one page."""

    def __init__(self, page: Page, again: str, *, every_cell: bool) -> None:
        self._page, self._again, self._every_cell = page, again, every_cell
        self._names = short_names(dict.fromkeys(one.source.page for one in page.promises))
        self._documents: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(page.promises, key=_severity):
            self._documents[claim.source.page].append(claim)

    def lines(self) -> Iterator[str]:
        yield from _head(self._page, len(self._names))
        yield from self._worst_first()
        for address, name in self._names.items():
            yield from ["", f"## {link(name, address)}", ""]
            for claim in self._documents[address]:
                yield from self._claim(claim)
        yield from self._rules()
        yield from write_changelog(str(self._page.library), self._page.version)
        yield from self._untestable()

    def _worst_first(self) -> Iterator[str]:
        """Everything that does not hold, in a line each; what is red comes first."""
        promises = [claim for address in self._names for claim in self._documents[address]]
        claims = [one for one in (*promises, *self._page.rules) if one.word != KEPT]
        lines = [(_severity(claim), self._in_short(claim)) for claim in claims]
        for cell in self._page.of(NOT_TESTABLE, UNSTABLE):
            why = "; ".join(cell.problems) or f"{len(cell.behaviours)} behaviours"
            where = f"{code(str(cell.scenario))} of {code(str(cell.surface))}: {prose(why)}"
            lines.append((SEVERITY.index(cell.word), f"- {label(cell.word)} {where}"))
        if lines:
            yield from ["", "## What does not hold", ""]
        yield from (line for _, line in sorted(lines, key=lambda line: line[0]))

    def _in_short(self, claim: Claim) -> str:
        found = claim.select(claim.word)
        verdicts = [one.verdict for one in found if one.verdict]
        reasons = sorted({REASONS[one.deviation.issue.reason] for one in verdicts if one.deviation})
        why = f" ({', '.join(reasons)})" if reasons else ""
        where = self._names.get(claim.source.page, "a rule for every library")
        judged = sum(one.verdict is not None for check in claim.checks for one in check.found)
        much = f": {len(found)} of {many(judged, 'cell')}" if found else ""
        return f"- {label(claim.word)}{why} {code(claim.name)}, {escape_markdown(where)}{much}"

    def _claim(self, claim: Claim) -> Iterator[str]:
        """One promise or rule: what it says, where, and what its checks say."""
        says, where = claim.source.says.rstrip("."), place(claim.source.place)
        line = f"- {label(claim.word)} {code(claim.name)}: “{prose(says)}” ({where})"
        first, *more = checks(claim)
        if more:
            yield line
            yield from (f"  - {one}" for one in (first, *more))
        else:
            yield f"{line}; {first}"
        yield from self._deviations(claim)
        if self._every_cell:
            yield from _cells(claim)

    def _deviations(self, claim: Claim) -> Iterator[str]:
        """What is wrong: for each reason why it is, how often, what is recorded, how to see it."""
        groups: dict[str, list[CheckedCell]] = defaultdict(list)
        for found in claim.select(BROKEN, FIXED, KNOWN):
            groups[reason(found)].append(found)
        for why, cells in groups.items():
            yield f"  - {many(len(cells), 'cell')}, {why}"
            yield from self._example(cells)

    def _example(self, cells: list[CheckedCell]) -> Iterator[str]:
        found = next(filter(is_shown, cells), None)
        if found is None:
            yield "    - a race, in which it did not happen in this record"
            return
        assert found.verdict is not None
        command = f"{PROGRAM} explain {found.cell.surface} {found.cell.scenario}"
        yield f"    - recorded: {short(found.verdict.text)}"
        yield f"    - see it: {code(command + self._again)}"
        for other in find_contradictions(found):
            source = PROMISES[other.check].source
            yield f"    - contradicted by {cite(source, self._names)}, which is {other.word}"

    def _rules(self) -> Iterator[str]:
        """The rules that do not hold, and how many do."""
        yield from ["", "## Rules, which hold for every library", ""]
        broken = [one for one in self._page.rules if one.word != KEPT]
        for claim in sorted(broken, key=_severity):
            yield from self._claim(claim)
        yield f"- **kept** {many(len(self._page.rules) - len(broken), 'rule')}"

    def _untestable(self) -> Iterator[str]:
        if self._page.untestable:
            yield from ["", "## What cannot be tested, and why", ""]
        for one in self._page.untestable:
            surfaces = ", ".join(code(str(surface)) for surface in one.surfaces)
            yield f"- {cite(one.source, self._names)}, of {surfaces}: {prose(one.because)}"
        if self._page.others:
            count = many(self._page.others, "promise")
            yield from ["", f"Not on this page: {count} that only other releases make."]


def _head(page: Page, documents: int) -> Iterator[str]:
    title = f"{page.library} {page.version}: what its documents promise, and what holds"
    yield from [f"# {escape_markdown(title)}", ""]
    yield (
        f"{escape_markdown(page.python)}. {many(len(page.promises), 'promise')} of "
        f"{many(documents, 'document')}, judged in {many(page.judged, 'cell')}: a cell is one API "
        "of the library in one situation."
    )
    absent = len(page.of(NOT_RECORDED))
    if absent:
        how = code(f"pytest --library {page.library} --record=FILE")
        text = f"it lacks {many(absent, 'cell')}; a whole one comes from {how}"
        yield from ["", f"**THE RECORD IS INCOMPLETE**: {text}."]
    yield from ["", "| promises | | |", "|---|--:|---|"]
    for word, count in _counts(page):
        yield f"| {word} | {count} | {MEANS[word]} |"
    if page.untestable:
        yield f"| cannot be tested | {len(page.untestable)} | the reasons stand at the end |"
    yield from ["", *_surfaces(page)]
    if any(claim.word == KNOWN for claim in (*page.promises, *page.rules)):
        yield from ["", ONLY_BUGS]


def _surfaces(page: Page) -> Iterator[str]:
    """The table of surfaces: how many cells there are of each word."""
    words = [word for word in CELL_WORDS if page.of(word)]
    yield f"| cells of | {' | '.join(words)} |"
    yield "|---" + "|--:" * len(words) + "|"
    for surface in dict.fromkeys(cell.surface for cell in page.cells.values()):
        counts = [sum(cell.surface == surface for cell in page.of(word)) for word in words]
        yield f"| {code(str(surface))} | {' | '.join(map(str, counts))} |"


def _cells(claim: Claim) -> Iterator[str]:
    for check in claim.checks:
        for word in check.words:
            names = [code(str(one.cell.scenario)) for one in check.found if one.word == word]
            yield f"  - {word} of {code(str(check.surface))}: {', '.join(names)}"


def _counts(page: Page) -> Iterator[tuple[str, int]]:
    for word in MEANS:
        count = sum(claim.word == word for claim in page.promises)
        if count or word in ALWAYS:
            yield word, count


def _words(counted: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counted)


def _severity(claim: Claim) -> int:
    return SEVERITY.index(claim.word)
