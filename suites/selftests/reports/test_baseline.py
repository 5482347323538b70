"""`pytest --baseline`: every cell that differs from what was recorded fails."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import reports.pytest_baseline  # noqa: F401 -- a run inside this one forgets new modules
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.event import Event
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_often
from fixtures.run.distribution import identify
from reports.results.release import Cell, WrongInput
from reports.running.session_record import SessionWriter
from reports.upgrade.baseline import Baseline
from suites.judging.judge import NOT_TESTABLE, CellVerdict, judge

from ..conftest import Miniature, Pytest
from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_libraries import LIBRARY
from ..miniatures.miniature_pairs import CELL, RACE, trace
from ..miniatures.miniature_traces import LOADED, make_trace, peer_sends, report

pytest_plugins = ["pytester"]

ABSENT: Cell = ("miniature", "application_closes_on_message")
ONE = ("--library", "miniature", "-k", "peer_closes_first or peer_closes_without_reason")


@pytest.fixture
def recorded(known: Miniature, run_pytest: Pytest, tmp_path: Path) -> Path:
    """What `Good` does when the peer closes first."""
    known(m.Good)
    path = tmp_path / "run.jsonl"
    run_pytest("--library", "miniature", "-k", "peer_closes_first", f"--record={path}")
    return path


def test_what_is_as_recorded_passes(recorded: Path, known: Miniature, run_pytest: Pytest) -> None:
    """A cell that the record does not hold is counted apart, and is not wrong."""
    known(m.Good)
    found = run_pytest(*ONE, f"--baseline={recorded}")

    found.assert_outcomes(passed=2)
    found.stdout.fnmatch_lines(["*compared with *run.jsonl*", "1 same, 1 not in it"])


def test_what_is_minor_is_listed_with_its_cells(
    recorded: Path, known: Miniature, run_pytest: Pytest
) -> None:
    """The summary says what minor means, and which change it is."""
    text = recorded.read_text()
    recorded.write_text(text.replace('"text":"the connection is closed"', '"text":"it is over"'))
    known(m.Good)
    found = run_pytest(*ONE, f"--baseline={recorded}")

    found.assert_outcomes(passed=2)
    found.stdout.fnmatch_lines(
        [
            "1 minor, 1 not in it",
            "minor: a text, a log record, or an order that no rule or promise is about",
            "  1 cell: a log was 'it is over', now is '* closed' (miniature-peer_closes_first)",
        ]
    )


def test_what_differs_fails_with_the_text_of_a_comparison(
    recorded: Path, known: Miniature, run_pytest: Pytest
) -> None:
    """What changed, what it breaks, the wire, the command."""
    known(m.ClosesTwice)
    found = run_pytest(*ONE, f"--baseline={recorded}")

    found.assert_outcomes(failed=2)
    found.stdout.fnmatch_lines(
        [
            "broken",
            "changed, compared with *",
            "  change      `on_close` is now called*",
            "  breaks      rule: *at most once*",
            "  see it      python -m reports compare miniature *",
            "1 changed, 1 not in it",
        ]
    )


def test_a_known_deviation_fails_if_it_is_new(
    recorded: Path, known: Miniature, run_pytest: Pytest, listed: object
) -> None:
    """An expected failure is a failure where the record has none."""
    known(m.ClosesTwice)
    listed({})  # type: ignore[operator] # writes the list
    found = run_pytest(
        "--library", "miniature", "-k", "peer_closes_first", f"--baseline={recorded}"
    )

    found.assert_outcomes(failed=1)


def test_nothing_compared_is_no_success(
    recorded: Path, known: Miniature, run_pytest: Pytest
) -> None:
    """A run whose cells are not in the record is red."""
    known(m.Good)
    arguments = ("--library", "miniature", "-k", "peer_closes_without_reason")
    found = run_pytest(*arguments, f"--baseline={recorded}")
    collected = run_pytest(*arguments, "--collect-only", f"--baseline={recorded}")

    assert (found.ret, collected.ret) == (1, 0)
    found.stdout.fnmatch_lines(["1 not in it: nothing was compared, which is not a success"])
    collected.stdout.no_fnmatch_line("*compared with*")


def test_a_cell_that_does_not_apply_is_not_compared(
    recorded: Path, known: Miniature, run_pytest: Pytest
) -> None:
    """It has no trace."""
    known(m.Good)
    found = run_pytest(
        "--library", "miniature", "-k", "peer_closes_first or no_pong", f"--baseline={recorded}"
    )

    found.assert_outcomes(passed=1, skipped=1)


WRONG = (
    ("nowhere.jsonl", "nowhere.jsonl cannot be read"),
    ("history", "there is no history of miniature"),
)


@pytest.mark.parametrize(("name", "wanted"), WRONG)
def test_a_mistake_is_a_usage_error(
    name: str, wanted: str, known: Miniature, run_pytest: Pytest
) -> None:
    """What is wrong with the baseline stands in one line."""
    known(m.Good)
    found = run_pytest(*ONE, f"--baseline={name}")

    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines([f"*--baseline: {wanted}*"])


def cell(*events: Event, scenario: str = CELL[1], times: int = 1) -> CellVerdict:
    """A cell that has been run, so often, and showed these events."""
    traces = [dataclasses.replace(make_trace(*events), scenario=scenario)] * times
    return judge(SURFACES["miniature"], SCENARIOS[scenario], traces)


GOOD, OTHER = report("closed", "on_close", 1000, code=1000), report("closed", "on_close", 1, code=1)
OPENING = peer_sends("close frame", 1000, "")


@pytest.fixture
def known_history(known: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Baseline:
    """What release 1.0 of the miniature is known to show: a race with two outcomes."""
    known()
    races = [trace(OPENING, report("closed", "on_close", text)) for text in "ab"]
    cells: dict[Cell, list[Trace] | str] = {CELL: [trace(OPENING, GOOD)], RACE: races}
    cells |= {ABSENT: "it cannot"}
    stored = history(tmp_path, [make_release("1.0", cells)])
    monkeypatch.setattr("reports.upgrade.baseline.history.load_here", lambda library: stored)
    return Baseline.load("history", [LOADED], [])


def test_the_history_is_a_baseline(known_history: Baseline) -> None:
    """What the installed release is known to show is as good as a record."""
    assert known_history.check(cell(OPENING, GOOD), ()) == ("same", None)
    word, found = known_history.check(cell(OPENING, OTHER), ())
    assert word == "changed"
    assert found
    assert "`on_close` got the peer's code, now gets 1" in str(found.differences[0].changes)


INSTALLED = (
    ("websocket_client_app", "peer_closes_first"),
    ("websockets_asyncio_client", "peer_closes_first"),
    ("tornado_client", "right_after_the_handshake_over_tls"),
)


@pytest.mark.parametrize(("surface", "scenario"), INSTALLED)
def test_the_stored_history_is_what_is_installed(
    surface: str, scenario: str, certificates: Certificates
) -> None:
    """The file has its own order of what has none, and not what is no behaviour."""
    played, script = SURFACES[surface], SCENARIOS[scenario]
    verdict = judge(played, script, run_often(played, script, certificates))
    loaded, library = [identify(played.library)], [played.library]
    baseline = Baseline.load("history", loaded, library)
    assert baseline.check(verdict, ())[0] in {"same", "minor"}


def test_a_race_shows_one_of_its_known_outcomes(known_history: Baseline) -> None:
    """Any of them is as it was; another one is not."""
    found = [
        known_history.check(
            cell(OPENING, report("closed", "on_close", text), scenario=RACE[1], times=12), ()
        )[0]
        for text in "abc"
    ]

    assert found == ["same", "same", "changed"]


@pytest.mark.parametrize("known_ones", [1, 3, 11])
def test_a_race_that_shows_what_is_known_is_not_red(
    known_ones: int, known_history: Baseline
) -> None:
    """However often a run shows something else: under another load, what is rare is not."""
    texts = ["a"] * known_ones + ["c"] * (12 - known_ones)
    runs = [trace(OPENING, report("closed", "on_close", text)) for text in texts]
    traces = [dataclasses.replace(one, scenario=RACE[1]) for one in runs]
    shown = judge(SURFACES["miniature"], SCENARIOS[RACE[1]], traces)
    word, found = known_history.check(shown, ())

    assert word == "minor"
    assert f"in some runs ({12 - known_ones} of 12 runs, now): " in str(found)


def test_what_the_history_lacks_is_distinguished(known_history: Baseline) -> None:
    """A cell that it does not hold, one that did not apply, one that has no trace."""
    unknown = cell(OPENING, GOOD, scenario="peer_closes_without_reason")
    empty = CellVerdict(SURFACES["miniature"], SCENARIOS[CELL[1]], (), NOT_TESTABLE, ())

    assert known_history.check(unknown, ())[0] == "not in it"
    assert known_history.check(empty, ())[0] == "not in it"
    assert known_history.check(cell(OPENING, scenario=ABSENT[1]), ())[0] == "appeared"


def test_what_other_code_recorded_is_not_compared(
    known_history: Baseline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scenario that was edited since may show something else for that reason."""
    monkeypatch.setattr("reports.upgrade.baseline.history.stale", lambda known: [CELL])
    now = Baseline(known_history.name, known_history._before.values())

    assert now.check(cell(OPENING, OTHER), ()) == ("recorded with other code of this suite", None)


def test_a_file_that_holds_nothing_is_no_baseline(known: Miniature, tmp_path: Path) -> None:
    """A record of other libraries, or of no cell."""
    known()
    path = tmp_path / "run.jsonl"
    SessionWriter(path, [LOADED]).finish()

    with pytest.raises(WrongInput, match="holds no cell"):
        Baseline.load(str(path), [LOADED], [LIBRARY])
