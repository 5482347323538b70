"""A comparison reads the same on a terminal, in Markdown, in JUnit XML and in JSON."""

from __future__ import annotations

import io

import pytest

from fixtures.model.scenario import SCENARIOS
from fixtures.model.text import escape
from fixtures.model.trace import Trace
from reports.diff.cell_names import describe_cell
from reports.diff.comparison import Comparison
from reports.diff.grouping import group_changes
from reports.render import markdown, terminal
from reports.render.comparison_report import report_comparison, report_difference, title
from reports.render.overview import LONGEST, MOST
from reports.render.section import COMMAND, DIM, RAW, Line, Section, format_lines
from reports.render.upgrade_report import report_upgrade
from reports.results.release import Cell
from reports.upgrade.exit_status import UpgradeResult
from suites.judging.expectations import ANYTHING, PEER_CODE, called

from ..conftest import Miniature, Promised
from ..miniatures.miniature_pairs import (
    AFTER,
    BEFORE,
    CELL,
    CHANGED,
    RACE,
    compare_releases,
    describe_exception,
    report_close,
    trace,
)
from ..miniatures.miniature_traces import report

HOSTILE = "\x1b[31mred\x07 [bold]x[/] <script>| `a` \u202e @you"
PEER_CLOSES: list[Cell] = [("miniature", f"peer_closes_with_code_{n}") for n in (1000, 1001, 1002)]


@pytest.fixture(autouse=True)
def _known(known: Miniature, promised: Promised) -> None:
    """The miniature promises that `on_close` gets the peer's code."""
    known()
    promised("on_close", called("on_close", PEER_CODE, ANYTHING))


def shown(comparison: Comparison, **more: object) -> str:
    """What a terminal shows."""
    file = io.StringIO()
    terminal.render_terminal(report_upgrade(UpgradeResult((comparison,), **more)), file)  # type: ignore[arg-type]
    return file.getvalue()


def hostile() -> Comparison:
    """A comparison in which a library says something that is not meant for a reader."""
    return compare_releases(
        {CELL: [report_close(1000, HOSTILE)]}, {CELL: [report_close(1000, "", reason=HOSTILE)]}
    )


WANTED = """\
miniature 1.0 -> 2.0
  verdict     1 of 1 cell changes, in 1 way, which breaks a promise or a rule
  cells       1 changed (a cell: one API of the library in one situation)
  Python      CPython 3.11.0

1. 1 cell of miniature
  change      `on_close` got (the peer's code, the peer's reason), now gets (None, None)
  breaks      documented: “It is called at the end”
              on_close(the peer's close code, anything); https://example.org/api, Miniature.on_close
  example     miniature/peer_closes_first: SENTENCE
  see it      COMMAND --cell miniature/peer_closes_first --trace

The APIs that are named here, and how they are used
  API         miniature: IDIOM

Result
  exit status 1: 1 cell changed or gone
"""


def test_a_change_fits_on_one_screen(known: Miniature) -> None:
    """What changes, what it breaks, who says so, where it shows, how to see it again."""
    command = "python -m reports compare miniature 1.0 2.0"
    wanted = WANTED.replace("IDIOM", known().idiom).replace("COMMAND", command)
    wanted = wanted.replace("SENTENCE", describe_cell(CELL))

    assert shown(compare_releases(*CHANGED)) == wanted


def test_nothing_is_short() -> None:
    """Without changes there is a head and a result."""
    text = shown(compare_releases({CELL: [BEFORE]}, {CELL: [BEFORE]}))

    assert "1 same" in text
    assert text.endswith("exit status 0: nothing that matters changed in the 1 situation played\n")


def test_cells_are_listed_once() -> None:
    """A group names its cells; of a surface that is there for the most part, the others."""
    old: dict[Cell, list[Trace] | str] = {cell: [BEFORE] for cell in [*PEER_CLOSES, CELL]}
    old |= {RACE: "cannot"}
    most = shown(compare_releases(old, old | {cell: [AFTER] for cell in PEER_CLOSES}))
    few = shown(compare_releases(old, old | {cell: [AFTER] for cell in PEER_CLOSES[:2]}))
    whole = shown(compare_releases(old, {cell: [AFTER] for cell in old} | {RACE: "cannot"}))

    assert "cells       miniature: all but peer_closes_first\n" in most
    assert "miniature: peer_closes_with_code_1000, peer_closes_with_code_1001\n" in few
    assert "miniature: all of them\n" in whole


def test_some_cells_of_a_group_are_counted() -> None:
    """A sentence that is true of a part of the group says of how many."""
    result = report("returned", "run", True, how="returned")
    new = {cell: [trace(result, report("ping", "on_ping"))] for cell in PEER_CLOSES}
    new |= {CELL: [trace(result)]}
    text = shown(compare_releases({cell: [trace()] for cell in new}, new))

    assert "`on_ping` is now called (3 cells)\n" in text
    assert "`run` now returns True\n" in text


def test_a_promise_is_counted_where_it_stands(promised: Promised) -> None:
    """It stands once: of how many cells, if not those of its block, and how many are there."""
    cells = [*PEER_CLOSES, CELL]
    promised("on_close", called("on_close", PEER_CODE, ANYTHING), *(name for _, name in cells))
    old, new = ({cell: [one] for cell in cells} for one in (BEFORE, AFTER))
    every = shown(compare_releases(old, new))
    parts = shown(compare_releases(old, new | {CELL: [trace()]}))

    assert "“It is called at the end”\n" in every
    assert (
        "“It is called at the end” (4 cells, 3 of them here, such as peer_closes_with_code_1000)\n"
        in parts
    )


def test_the_same_promise_by_two_names_stands_once(promised: Promised) -> None:
    """Two that read alike are one line, with the cells of both."""
    promised("at_the_end", called("on_close", PEER_CODE, ANYTHING), CELL[1])
    text = shown(compare_releases(*CHANGED))

    assert text.count("It is called at the end") == 1


def test_races_are_marked() -> None:
    """A group says in how many of its cells some runs are as before, and in how many runs."""
    text = shown(compare_releases({RACE: [BEFORE] * 12}, {RACE: [AFTER] * 8 + [BEFORE] * 4}))
    every = shown(compare_releases({RACE: [BEFORE] * 12}, {RACE: [AFTER] * 12}))

    assert "(1 of them race, and not every run shows it)" in text
    assert "runs        as it was: before 12 of 12, now 4 of 12; as it is now: before 0" in text
    assert "of them race" not in every


def test_what_is_rare_is_minor_and_comes_last() -> None:
    """An outcome that chance may have hidden is told with its count, and makes nothing red."""
    text = shown(compare_releases({RACE: [BEFORE] * 12}, {RACE: [AFTER] + [BEFORE] * 11}))

    assert "rare (1 of 12 runs, now): `on_close` got (the peer's code" in text
    assert "exit status 0" in text


def test_what_cannot_be_compared_is_reported_with_its_reason() -> None:
    """Cells that are new, gone or not runnable stand apart."""
    faulty = trace(problems=("no peer",))
    old: dict[Cell, list[Trace] | str] = {PEER_CLOSES[0]: "not yet", PEER_CLOSES[1]: [BEFORE]}
    new: dict[Cell, list[Trace] | str] = {PEER_CLOSES[0]: [BEFORE], PEER_CLOSES[1]: "no more"}
    text = shown(compare_releases(old | {CELL: [BEFORE]}, new | {CELL: [faulty]}))

    assert "New: the old release could not do this" in text
    assert "1 cell      1.0: not yet\n" in text
    assert "1 cell      2.0: no more\n" in text
    assert "1 cell      2.0: no peer\n" in text
    assert text.endswith("exit status 3: 1 cell could not be run; 1 cell changed or gone\n")


def test_minor_changes_are_few() -> None:
    """Minor changes are listed up to a number, with an example."""
    texts = "abcdefghijk"
    old = {
        c: [trace(*(report("x", f"on_{t}", describe_exception("L", t)) for t in texts))]
        for c in PEER_CLOSES
    }
    new = {
        c: [trace(*(report("x", f"on_{t}", describe_exception("L", t * 2)) for t in texts))]
        for c in PEER_CLOSES
    }
    text = shown(compare_releases(old, new))

    assert "a text was 'a', now is 'aa' (3 cells, such as" in text
    assert "and 3 more: --format json has all" in text


def many(count: int) -> Comparison:
    """A comparison with so many changes, each of its own callback in a cell of its own."""
    cells: list[Cell] = [
        ("miniature", name) for name, one in SCENARIOS.items() if one.group == "close"
    ][:count]
    old, new = ({c: [trace(report("x", f"on_{c[1]}", side))] for c in cells} for side in (1, 2))
    return compare_releases(old, new)


def test_many_changes_stand_on_one_screen() -> None:
    """All of them in one line each, the first ones in full as well, and the others counted."""
    found = list(report_upgrade(UpgradeResult((many(3),)), most=1))

    assert [section.title for section in found] == [
        "miniature 1.0 -> 2.0",
        "What an application meets first",
        "1. 1 cell of miniature",
        "More",
        "The APIs that are named here, and how they are used",
        "Result",
    ]
    assert [line.label for line in found[1].lines] == ["1", "", "2", "", "3", ""]
    assert [line.text for line in found[3].lines] == ["2 more changes: --all shows them in full"]


def test_very_many_changes_are_counted() -> None:
    """Of more than a screen holds, the lightest are only counted there."""
    _, overview, *_ = report_upgrade(UpgradeResult((many(20),)), most=1)

    assert len(overview.lines) == 2 * MOST + 1
    assert overview.lines[-1].text == f"and {20 - MOST} more, in the order of their weight"


def test_a_change_of_the_overview_says_what_when_and_where() -> None:
    """What happens, in which situation, in how many cells, and in which for example."""
    _, overview, *_ = report_upgrade(UpgradeResult((many(2),)))
    what, where = (line.text for line in overview.lines[:2])

    assert what == "`on_peer_closes_first` got 1, now gets 2"
    assert where.startswith("1 cell, such as miniature/peer_closes_first: The peer starts the")
    assert where.endswith("...")
    assert len(where) <= LONGEST


def test_the_first_changes_of_the_overview_have_several_sentences() -> None:
    """Those that are true of half of the cells, since an application meets them together."""
    cells = [*PEER_CLOSES, CELL]
    found = [report("x", f"on_{n}") for n in range(4)]
    old: dict[Cell, list[Trace] | str] = {cell: [trace()] for cell in cells}
    new: dict[Cell, list[Trace] | str] = {cell: [trace(*found)] for cell in cells}
    new[CELL] = [trace(*found, report("y", "run", True, how="returned"))]
    comparison = compare_releases(old | {RACE: [BEFORE]}, new | {RACE: [AFTER]})
    _, overview, *_ = report_upgrade(UpgradeResult((comparison,)))

    assert [line.label for line in overview.lines] == ["1", "", "", "", "2", ""]
    assert not any("run" in line.text for line in overview.lines)


def test_a_block_counts_what_few_of_its_cells_show() -> None:
    """What shows in less than a tenth of them is in the full report."""
    cells: list[Cell] = [
        ("miniature", name) for name, one in SCENARIOS.items() if one.group == "close"
    ][:20]
    old = {c: [trace()] for c in cells}
    new = {c: [trace(report("y", "on_y"))] for c in cells}
    new[cells[3]] = [trace(report("y", "on_y"), report("z", "z", 1, how="returned"))]
    comparison = compare_releases(old, new)
    file = io.StringIO()
    terminal.render_terminal(report_comparison(comparison, 8), file)
    (group,) = group_changes(comparison)

    assert len(group.sentences) == 2
    assert "and 1 more change: --all\n" in file.getvalue()
    assert "`z` now returns 1 (1 cell)\n" in shown(comparison)


def test_the_wire_is_shown_where_it_differs() -> None:
    """Both sides of the wire stand below each other, long payloads cut."""
    text = shown(
        compare_releases({CELL: [BEFORE]}, {CELL: [report_close(1000, "bye", reason="x" * 80)]})
    )

    assert "wire before library sent close; peer sent close 1000 'bye'" in text
    assert f"wire now    library sent close; peer sent close 1000 '{'x' * 30}...'" in text


def test_a_cell_alone_has_its_story() -> None:
    """The lines on one cell have everything, minor changes too."""
    comparison = compare_releases(*CHANGED)
    text = format_lines(report_difference(comparison.differences[0], comparison))

    assert text.startswith("miniature: The peer starts the closing handshake")
    assert "  compared    miniature 1.0 -> 2.0\n  change      `on_close` got" in text
    absent = compare_releases({CELL: "no"}, {CELL: "no"})
    assert "see it" not in format_lines(report_difference(absent.differences[0], absent))


def test_a_label_is_shown_with_its_version() -> None:
    """A path or a file says which release it turned out to be."""
    found = compare_releases(*CHANGED)
    old = found.old.__class__("miniature", "src", "2.1", "CPython 3.11.0")

    assert title(Comparison(old, found.new, ())) == "miniature src (2.1) -> 2.0"


def test_simple_text_cannot_do_anything() -> None:
    """What cannot be seen is written out."""
    assert escape("a\x1b[0m\n\u202eb é") == "a\\x1b[0m\\n\\u202eb é"


def test_a_terminal_is_safe() -> None:
    """Neither control characters nor markup of a library come through."""
    text = shown(hostile())

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold]x[/]" in text


def test_commands_are_not_wrapped() -> None:
    """A command stays on one line, and a long text is indented."""
    file = io.StringIO()
    lines = (Line("see it", "x " * 100, COMMAND), Line("", "y " * 60, DIM), Line("", "z", RAW))
    terminal.render_terminal([Section("title", lines)], file)

    assert file.getvalue().splitlines()[1].count("x") == 100
    assert [len(line) for line in file.getvalue().splitlines()[2:]] == [119, 27, 1]


def test_markdown_is_escaped() -> None:
    """Markup, HTML, mentions and control characters are shown, not obeyed."""
    text = markdown.render_markdown(report_upgrade(UpgradeResult((hostile(),))))

    assert "<script>" not in text.replace("`", "")
    assert "\x1b" not in text
    assert "@you" not in text
    assert "### miniature 1.0 -&gt; 2.0" in text


def test_markdown_keeps_names_as_code() -> None:
    """What stands in backticks is code; a command is fenced by more backticks than it has."""
    lines = (Line("change", "`on_close` got *x*"), Line("", "more"), Line("see it", "`a`", COMMAND))
    text = markdown.render_markdown([Section("t", lines)])

    assert "- **change** `on_close` got \\*x\\*\n  <br>more\n- **see it** `` `a` ``" in text
    assert markdown.escape_markdown("`a@b<c>&d`") == "`a@b<c>&d`"


def test_markdown_links_end_where_they_are_meant_to() -> None:
    """An address cannot hold what would end it, and a text cannot hold a link."""
    assert markdown.link("[a](b)", "https://a.b/c>d#e") == "[\\[a\\](b)](<https://a.b/c%3Ed#e>)"
    assert markdown.autolink("https://a.b/c d\n") == "<https://a.b/c%20d%5Cn>"


def test_markdown_folds_the_cells() -> None:
    """A list of cells is folded away."""
    text = markdown.render_markdown([Section("t", (Line("cells", "a_b", DIM),))])

    assert "<details><summary>cells</summary>\n\na\\_b\n\n</details>" in text


def test_markdown_is_cut_on_purpose() -> None:
    """A summary that would be too large says what is left out, and keeps the result."""
    parts = [Section(f"section {n}", (Line("", "x" * 900),)) for n in range(5)]
    text = markdown.render_markdown([*parts, Section("Result", ())], limit=2500)

    assert len(text.encode()) <= 2500
    assert "**Cut here:** 3 of 5 sections are left out" in text
    assert text.endswith("### Result\n\n")
    assert markdown.render_markdown([]) == ""


def test_a_release_that_cannot_run_is_in_the_head() -> None:
    """The reason stands above everything else."""
    found = compare_releases(*CHANGED)
    broken = found.new.__class__("miniature", "2.0", "2.0", "", reason="no wheel")
    head = next(iter(report_comparison(Comparison(broken, broken, ()))))

    assert [line.text for line in head.lines][2:] == ["none was run"] + ["2.0: no wheel"] * 2
    assert head.lines[0].text == "unknown: no wheel"
