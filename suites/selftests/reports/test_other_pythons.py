"""What differs on another kind of Python is stored beside the history, and said of that Python."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest

from fixtures.drivers import surfaces
from fixtures.model.trace import Trace
from fixtures.run import interpreter
from fixtures.run.tls_reset import ENDS, RAISES, UNKNOWN
from reports.__main__ import main
from reports.history import (
    HistoryError,
    load,
    load_here,
    load_others,
    restamp,
    stale,
    update,
    write,
)
from reports.history.other_pythons import list_outdated
from reports.history.stored_history import History, path_of
from reports.render.python_report import report_other_pythons
from reports.render.section import format_lines
from reports.results.release import Release

from ..conftest import Miniature
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE

RESET = "websocket_client_app_tls and peer_resets_mid_frame"
A, B = BEFORE.behaviour_id, AFTER.behaviour_id


@pytest.fixture
def known_history(known: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """Two cells in two releases, recorded where a read ends; this Python is now of another kind."""
    known()
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: ENDS)
    cells = {CELL: [BEFORE], RACE: [BEFORE]}
    found = history(tmp_path, [make_release(version, cells) for version in ("1.0", "1.1")])
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: RAISES)
    return found


def test_only_cells_that_differ_are_stored(known_history: History, tmp_path: Path) -> None:
    """In a file of their own; that of the library stays as it is."""
    before = path_of("miniature", tmp_path).read_bytes()
    path = update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)

    assert path.name == f"miniature.{RAISES}.json"
    [other] = load_others(known_history, tmp_path)
    assert other.cells == {CELL: {"1.1": (B,)}}
    assert list(other.behaviours) == [B]
    assert path_of("miniature", tmp_path).read_bytes() == before


def test_a_history_is_read_as_it_is_on_this_python(known_history: History, tmp_path: Path) -> None:
    """Cells that differ, and all others as they are on the other kind, of the releases run here."""
    update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    here = load_here("miniature", tmp_path)

    assert here.runnable == ["1.1"]
    assert [here.at(cell, "1.1") for cell in (CELL, RACE)] == [(B,), (A,)]
    assert here.code.python.endswith(f" ({RAISES})")
    assert {CELL, RACE}.isdisjoint(stale(here))


def test_a_history_is_that_of_its_own_kind(
    known_history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the version is."""
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: ENDS)
    monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "99", "0"))

    assert load_here("miniature", tmp_path).cells == known_history.cells


def test_a_kind_of_which_nothing_is_stored_is_an_error(
    known_history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no other kind's history; one line says how to record one."""
    update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: UNKNOWN)

    with pytest.raises(HistoryError, match=r"with tls-reset-unknown: .*--releases 1\.1"):
        load_here("miniature", tmp_path)


def test_a_cell_that_was_not_run_is_not_taken_for_the_same(
    known_history: History, tmp_path: Path
) -> None:
    """Nor is a release that the history does not hold; nothing is written."""
    with pytest.raises(HistoryError, match=r"1 cell of miniature, such as .* cannot be compared"):
        update("miniature", [make_release("1.1", {CELL: [AFTER]})], tmp_path)
    with pytest.raises(HistoryError, match=r"has no release 1\.2"):
        update("miniature", [make_release("1.2", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    assert load_others(known_history, tmp_path) == []


def test_what_differs_is_said_of_that_python(known_history: History, tmp_path: Path) -> None:
    """In words, with what the Python does; nothing is said of cells that do not differ."""
    update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    others = load_others(load("miniature", tmp_path), tmp_path)
    [section] = report_other_pythons(known_history, others, [CELL, RACE])
    text = format_lines(section.lines)

    python = others[0].code.python.removesuffix(f" ({RAISES})")
    assert section.title == f"on {python}: miniature 1.1"
    assert "this is not about TLS, and the reason is not recorded" in text
    assert "1 cell" in text
    assert list(report_other_pythons(known_history, others, [RACE])) == []


OF_ASYNCIO = {
    "websockets": {
        ("websockets_asyncio_client", "http_proxy_ends_mid_headers"),
        ("websockets_legacy_server", "server_closes_while_it_serves_for_ever"),
        ("websockets_legacy_server", "server_is_cancelled_while_it_serves_for_ever"),
    },
    "hypercorn": {
        ("asgi_hypercorn", name)
        for name in (
            "application_closes_within_the_graceful_timeout",
            "client_closes_within_the_graceful_timeout",
            "server_exits_and_no_answer_comes",
            "server_exits_and_nobody_receives",
            "server_exits_and_the_lifespan_does_not",
            "server_exits_before_the_accept",
            "server_exits_once_the_application_has_closed",
            "server_exits_when_idle",
            "server_exits_with_a_longer_graceful_timeout",
        )
    }
    | {
        ("hypercorn_command", name)
        for name in (
            "sigterm_comes_after_the_last_client",
            "sigterm_comes_and_nobody_receives",
            "sigterm_comes_before_the_accept",
            "sigterm_comes_when_idle",
        )
    },
    "trio-websocket": {
        ("trio_ws_client", "application_is_cancelled_and_tcp_stays_open"),
        ("trio_ws_client", "application_is_cancelled_while_connecting"),
    },
}
"""What 3.13 has changed: servers that close, an end fed twice, sockets in a cycle of references."""


@pytest.mark.parametrize("library", surfaces.LIBRARIES)
def test_where_a_read_raises_the_newest_release_differs_in_resets_over_tls(library: str) -> None:
    """And in what asyncio has changed, in no other cell; it is the newest release stored."""
    stored = load(library)
    [other] = load_others(stored)

    assert other.code.python.endswith(f" ({RAISES})")
    assert other.runnable[-1] == stored.runnable[-1]
    resets = set(other.cells) - OF_ASYNCIO.get(library, set())
    assert all(surface.endswith("_tls") and "reset" in name for surface, name in resets)
    assert len(resets) == (8 if library == "websocket-client" else 0)


def make_other(*traces: Trace) -> list[Release]:
    """What a Python of another kind shows of 1.1: both cells, or those that are given."""
    return [make_release("1.1", dict(zip((CELL, RACE), map(list, zip(traces)), strict=False)))]


@pytest.fixture
def outdated(known_history: History, tmp_path: Path) -> History:
    """What is stored beside the history, recorded by another driver than today's."""
    path = update("miniature", make_other(AFTER, BEFORE), tmp_path)
    [other] = load_others(known_history, tmp_path)
    code = msgspec.structs.replace(other.code, drivers={"miniature": "0" * 12})
    write(path, dataclasses.replace(other, code=code))
    return load_others(known_history, tmp_path)[0]


def test_what_other_code_recorded_is_told(
    known_history: History, outdated: History, tmp_path: Path
) -> None:
    """Of cells that do not differ as well: nobody can say whether they still do not."""
    [section] = report_other_pythons(known_history, [outdated], [RACE])

    assert list_outdated(outdated, [CELL, RACE]) == [CELL, RACE]
    assert {CELL, RACE} <= set(stale(load_here("miniature", tmp_path)))
    assert "1 cell, recorded with other code" in (text := format_lines(section.lines))
    assert "sweep miniature --releases 1.1 --restamp-history" in text


def test_equal_behaviours_are_current_again(outdated: History, tmp_path: Path) -> None:
    """Nothing changes but the fingerprints; the history itself is not touched."""
    before = path_of("miniature", tmp_path).read_bytes()
    restamp("miniature", make_other(AFTER, BEFORE), tmp_path)
    [again] = load_others(load("miniature", tmp_path), tmp_path)

    assert list_outdated(again, [CELL, RACE]) == []
    assert dataclasses.replace(again, code=outdated.code) == outdated
    assert path_of("miniature", tmp_path).read_bytes() == before


@pytest.mark.parametrize("now", [(BEFORE, BEFORE), (AFTER, AFTER), (AFTER,)])
def test_another_behaviour_is_not_re_stamped(
    now: tuple[Trace, ...], outdated: History, tmp_path: Path
) -> None:
    """Of a cell that differs, of one that does not, and of one that was not run."""
    with pytest.raises(HistoryError, match=r"1 cells do not behave as the history of miniature"):
        restamp("miniature", make_other(*now), tmp_path)
    assert list_outdated(load_others(outdated, tmp_path)[0], [CELL])


def test_the_history_itself_is_re_stamped_first(outdated: History, tmp_path: Path) -> None:
    """What is not stored for the other kind stands in it."""
    stored = load("miniature", tmp_path)
    code = msgspec.structs.replace(stored.code, drivers=outdated.code.drivers)
    write(path_of("miniature", tmp_path), dataclasses.replace(stored, code=code))

    with pytest.raises(HistoryError, match="rebuild that first"):
        restamp("miniature", make_other(AFTER, BEFORE), tmp_path)


@pytest.mark.parametrize("library", surfaces.LIBRARIES)
def test_what_is_stored_is_of_this_code(library: str) -> None:
    """On every Python: a change of a driver or a scenario needs a re-stamp, or a rebuild."""
    stored = load(library)
    others = load_others(stored)

    assert stale(stored) == []
    assert len(others) == 1
    assert [one for other in others for one in list_outdated(other, list(stored.cells))] == []


def test_since_says_what_is_so_on_another_python(capsys: pytest.CaptureFixture[str]) -> None:
    """For a cell that differs there, and for no other."""
    assert main(["since", "websocket_client_app_tls", "peer_resets", "--release", "1.8.0"]) == 0
    _, _, there = (printed := capsys.readouterr().out).partition("\n\non CPython 3.13")

    assert "websocket-client 1.8.0, CPython 3.11\n" in printed
    assert there.startswith(" (tls-reset-raises): websocket-client 1.9.2\n")
    assert "a TLS read raises ConnectionResetError" in there
    assert "now gets ConnectionResetError(errno=104)" in there
    main(["since", "websocket_client_app_tls", "peer_ends"])
    assert "3.13" not in capsys.readouterr().out


def test_advice_names_the_python(capsys: pytest.CaptureFixture[str]) -> None:
    """And says on which others it may be wrong."""
    assert main(["advise", "websocket-client==1.9.1", "-k", RESET]) == 0
    printed = " ".join(capsys.readouterr().out.split())

    assert "Python run with CPython 3.11 1 cell of 1.9.2 differs on CPython 3.13" in printed
    assert ": compare --run shows the Python that it runs with" in printed


@pytest.mark.parametrize("release", [(), ("--release", "1.9.2")])
def test_verdicts_are_those_of_each_python(
    release: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is kept on one, as its documents have it, is known on another."""
    assert main(["verdicts", "websocket-client", "-k", RESET, *release]) == 0
    here, _, there = capsys.readouterr().out.partition("\n\n")

    assert ("CPython 3.11" in here, "1 kept" in here) == (True, True)
    assert ("CPython 3.13 (tls-reset-raises)" in there, "1 known" in there) == (True, True)


def test_verdicts_leave_out_what_is_out_of_date(
    outdated: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And say so."""
    assert main(["verdicts", "miniature", "--histories", str(tmp_path)]) == 0

    assert f"Not judged, {outdated.code.python}" in (printed := capsys.readouterr().out)
    assert printed.count("release by release") == 1
