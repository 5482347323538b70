"""What the pages say of findings and families, and of cells that come and go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import msgspec
import pytest

from fixtures.drivers.surfaces import SURFACES
from reports.history import load
from reports.history.stored_history import History
from reports.html.cell_script import find_script
from reports.html.cell_view import list_changes, list_other_panels, list_panels
from reports.html.check_list import list_checks
from reports.html.library_report import LibraryReport
from reports.html.start_view import list_findings, list_questions, make_card
from reports.html.table_view import NEVER, Run, list_heat, list_matrix
from reports.html.upgrade_pairs import list_pairs
from reports.html.upgrade_view import view_upgrade
from reports.html.what_happens import list_happenings
from reports.results.release import Cell
from suites.judging.expectations import called
from suites.judging.issue_files import load_deviations

from ..conftest import Listed, Miniature
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_page import declare_promise
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, report_close, trace
from ..miniatures.miniature_traces import report

TWICE = trace(*BEFORE.events, report("closed", "on_close", 1000, "bye", code=1000))
NOISY = trace(
    *BEFORE.events,
    facts={"logs": [{"logger": "miniature", "level": "ERROR"}], "warnings": ["odd"], "state": "x"},
)
FAMILY = tuple((CELL[0], f"peer_closes_with_code_{code}") for code in (1000, 1001, 1002))
VISITOR = CELL[0], "peer_ends"
SURFACE = CELL[0]


def make_report(found: History) -> LibraryReport:
    """The report of a history, with its listed issues."""
    return LibraryReport(found, load_deviations())


@pytest.fixture
def whole(
    known: Miniature, listed: Listed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> LibraryReport:
    """A known issue since 2.0, a family, a cell that comes and goes, a promise since 3.0."""
    known()
    listed({"versions": ">=2.0"})
    late = {"versions": ">=3.0", "scenarios": frozenset({FAMILY[0][1]})}
    declare_promise(monkeypatch, "late", called("on_close", 1000, "bye").once(), **late)
    steady = {cell: [BEFORE] for cell in FAMILY}
    here = {CELL: [TWICE], **steady}
    releases = [
        make_release("1.0", {**here, VISITOR: "not here"}),
        make_release("2.0", {**here, VISITOR: [NOISY]}),
        make_release("3.0", {**here, VISITOR: "not here any more"}),
    ]
    return make_report(history(tmp_path, releases))


def test_a_finding_has_its_cells_and_its_link(whole: LibraryReport) -> None:
    """Of the newest release."""
    [finding] = list_findings(whole)

    assert finding.issue.why == "It reports the close twice."
    assert (finding.cells, finding.reason) == ((CELL,), "bug")
    assert finding.link.address == "https://example.org/issues/1"


def test_a_check_says_in_which_releases_it_is_so(whole: LibraryReport) -> None:
    """Broken before the issue is listed, known from then on; with the reason."""
    lines = list_checks(whole.stretches[CELL])
    checks = [line.check for line in lines]
    found = [(one.check.word, one.stretches) for one in lines if "once" in one.check.says]

    assert ("known", [1]) in found
    assert ("broken", [0]) in found
    assert [one.why.text for one in checks if one.why] == ["It reports the close twice."]


def test_a_word_that_changes_alone_is_no_edge(whole: LibraryReport) -> None:
    """The behaviour is the same; nor is a verdict of which only the promises differ."""
    rows = {row.scenario.name: row for row in list_heat(whole, SURFACES[SURFACE])}

    assert [(one.word, one.edge) for one in rows[CELL[1]].runs] == [("broken", ""), ("known", "")]
    assert rows[CELL[1]].last == NEVER


def test_those_of_a_family_that_look_alike_are_one_row(whole: LibraryReport) -> None:
    """In both tables; the one that keeps a promise is not like the others."""
    first, second, third = (name for _, name in FAMILY)
    heat = {row.scenario.name: row for row in list_heat(whole, SURFACES[SURFACE])}
    matrix = {row.scenario.name: row for row in list_matrix(whole)}

    assert [one.name for one in heat[second].alike] == [third]
    assert [one.name for one, _ in matrix[second].alike] == [third]
    assert heat[first].runs != heat[second].runs
    assert heat[second].runs == (Run(3, "undocumented", "", "", "3.0"),)


def test_a_cell_that_comes_and_goes(whole: LibraryReport) -> None:
    """The newest change first, with the reason."""
    gone, come = list_changes(whole, VISITOR)
    panels = list_panels(whole, VISITOR)

    assert gone.sentences == ("cannot be played any more: not here any more",)
    assert come.sentences == ("can be played; before: not here",)
    assert [one.reason for one in panels] == ["not here any more", "", "not here"]
    assert panels[1].outcomes[0].facts == (
        ("log", "miniature ERROR"),
        ("state", "'x'"),
        ("warning", "'odd'"),
    )


def test_upgrades_count_what_is_new_and_gone(whole: LibraryReport) -> None:
    """With the reason; the card of the library has only what changed."""
    views = [view_upgrade(one) for one in reversed(whole.points.values())]
    card = make_card(whole, {one.new: one for one in views})

    assert [one.others for one in views] == [
        (("gone:", "not here any more", 1),),
        (("new, before:", "not here", 1),),
    ]
    assert views[0].verdict == "1 of 5 cells changes, 1 cannot be played any more"
    assert card.last == []
    assert sum(bar.count for bar in card.bars) == 4


def test_an_upgrade_over_several_releases_is_compared_as_any_other(whole: LibraryReport) -> None:
    """The visitor has come and gone in between; what is equal on both sides is no change."""
    found = whole.find_upgrade("1.0", "3.0")
    there = whole.find_upgrade("1.0", "2.0")

    assert found is None
    assert there is not None
    assert there.words == {"appeared": 1, "same": 4}
    assert whole.find_upgrade("1.0", "2.0") is there


def test_the_pairs_that_have_a_page() -> None:
    """Neighbours, and the last of each minor release with the next such and with the newest."""
    found = list_pairs(["1.0.0", "1.0.1", "1.1", "1.1.1", "1.2.0"])

    assert sorted(found) == [
        ("1.0.0", "1.0.1"),
        ("1.0.1", "1.1"),
        ("1.0.1", "1.1.1"),
        ("1.0.1", "1.2.0"),
        ("1.1", "1.1.1"),
        ("1.1.1", "1.2.0"),
    ]


def test_a_change_is_on_the_card(known: Miniature, listed: Listed, tmp_path: Path) -> None:
    """How many cells, and in which ways; what is minor is counted on the page of the upgrade."""
    known()
    listed()
    quiet = trace(*BEFORE.events, facts={"logs": []})
    cells = {CELL: [AFTER], FAMILY[0]: [quiet]}
    old = make_release("1.0", {CELL: [BEFORE], FAMILY[0]: [BEFORE]})
    found = make_report(history(tmp_path, [old, make_release("2.0", cells)]))
    [view] = [view_upgrade(one) for one in found.points.values()]
    [last] = make_card(found, {"page": view}).last

    assert (last.new, last.page, last.count) == ("2.0", "page", 1)
    assert last.sentences[0].startswith("`on_close` got ")
    assert found.stretches[FAMILY[0]][-1].edge in ("", "thin")


def test_what_differs_on_another_python_is_a_row_and_a_panel(
    known: Miniature, listed: Listed, tmp_path: Path
) -> None:
    """In the releases that are stored of it; the row of a cell that does not differ has none."""
    known()
    listed()
    cells = {CELL: [BEFORE], FAMILY[0]: [BEFORE]}
    ours = history(tmp_path, [make_release("1.0", cells), make_release("2.0", cells)])
    beside = tmp_path / "beside"
    beside.mkdir()
    theirs = history(beside, [make_release("2.0", {**cells, CELL: [AFTER]})])
    code = msgspec.structs.replace(theirs.code, python="CPython 3.13 (tls-reset-raises)")
    other = replace(theirs, code=code, cells={CELL: theirs.cells[CELL]})
    found = LibraryReport(ours, [], others=[other])
    rows = {row.scenario.name: row for row in list_heat(found, SURFACES[SURFACE])}
    [(python, runs)] = rows[CELL[1]].others
    [panel] = list_other_panels(found, CELL)

    assert python == "CPython 3.13 (tls-reset-raises)"
    assert [(run.length, bool(run.word)) for run in runs] == [(1, False), (1, True)]
    assert rows[FAMILY[0][1]].others == ()
    assert (panel.python, panel.span, panel.word) == (python, "2.0", runs[1].word)
    assert "on_close(None, None)" in panel.panel.outcomes[0].drawing.texts
    assert list_other_panels(found, FAMILY[0]) == []


@pytest.mark.parametrize(
    ("place", "is_there"),
    [
        (("tornado_handler", "peer_closes_first"), True),
        (("tornado_handler_tls", "peer_closes_first"), False),  # it would have a key in it
        (("tornado_handler", "application_leaves_on_message"), False),  # not applicable
        (("tornado_handler_coroutines", "prepare_waits"), False),  # no script can be written
    ],
)
def test_the_script_of_a_cell(place: Cell, is_there: bool) -> None:
    """It says what it prints: of a stored exception the text is not known."""
    stored = load("tornado")
    stub = cast(LibraryReport, SimpleNamespace(history=stored, newest=stored.runnable[-1]))
    text = find_script(stub, place)

    assert bool(text) == is_there
    assert not is_there or "    on_close(1000, 'bye')\n" in text


def test_what_happens_says_what_is_documented(whole: LibraryReport) -> None:
    """Those of a family that are alike are one; what is not applicable is left out."""
    first, *rest = list_happenings(whole, SURFACES[SURFACE])

    assert first.scenario.name == CELL[1]
    assert [one.scenario.name for one in rest] == [FAMILY[0][1], FAMILY[1][1]]
    assert [one.name for one in rest[1].alike] == [FAMILY[2][1]]
    assert rest[0].documented is not None
    assert rest[0].documented.says == "It says so"
    assert (rest[0].since, rest[0].before) == ("", [])


def test_what_changed_before_it_was_minor(known: Miniature, listed: Listed, tmp_path: Path) -> None:
    """The release since which the application sees it is the one that changed that."""
    known()
    listed()
    again = trace(*AFTER.events, facts={"state": "y"})
    releases = [
        make_release("1.0", {CELL: [report_close(1001, "x")]}),
        make_release("2.0", {CELL: [AFTER]}),
        make_release("3.0", {CELL: [again]}),
    ]
    [told] = list_happenings(make_report(history(tmp_path, releases)), SURFACES[SURFACE])

    assert told.since == "2.0"
    assert told.before == [["on_open()", "on_close(1001, 'x')"]]


def test_the_questions_of_the_readme_lead_to_their_cells() -> None:
    """Those whose cells are in the report."""
    cell = ("tornado_handler", "close_callback_is_a_coroutine")
    [asked] = list_questions([("tornado", [cell])])

    assert asked.page == "tornado/tornado_handler/close_callback_is_a_coroutine.html"
    assert asked.asked.startswith("Why does tornado never run")
