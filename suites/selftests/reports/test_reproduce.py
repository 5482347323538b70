"""A stand-alone script shows what the trace of its cell shows."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.drivers.minimal_loop import MinimalLoop
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.description import tame
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_cell
from reports.__main__ import main
from reports.reproduction.layout import lay_out
from reports.reproduction.literals import express, express_bytes, fit
from reports.reproduction.printout import list_printed_lines
from reports.reproduction.script import write_script
from reports.results.release import WrongInput

from ..miniatures.miniature_history import FIRST
from ..miniatures.miniature_index import Index

pytestmark = pytest.mark.usefixtures("unmeasured")

CELLS = [
    ("websocket_client_app", "application_closes_on_message"),
    ("websocket_client_core", "peer_ends_with_illegal_code_1006"),
    ("websockets_asyncio_client", "application_leaves_on_message"),
    ("websockets_asyncio_server", "client_closes_with_4000_while_the_handler_iterates"),
    ("websockets_default_client", "in_the_same_write_after_a_message"),
    ("websockets_default_server", "request_hook_refuses"),
    ("websockets_threading_client", "application_closes_from_elsewhere_during_a_message"),
    ("websockets_threading_server", "application_raises_on_message"),
    ("websockets_asyncio_client_iterating", "application_closes_with_code_on_message"),
    ("websockets_asyncio_client_awaited", "application_leaves_on_message"),
    ("websockets_asyncio_reconnecting", "iterator_goes_on_when_application_closes"),
    ("websockets_threading_client_unmanaged", "application_leaves_on_message"),
    ("websockets_trio_reconnecting", "iterator_goes_on_when_application_closes"),
    ("websockets_legacy_reconnecting", "iterator_reconnects_after_404"),
    ("websockets_threading_client_iterating", "peer_closes_after_messages"),
    ("websockets_threading_reconnecting", "iterator_goes_on_when_peer_closes_with_1011"),
    ("websockets_asyncio_router", "client_asks_for_a_channel"),
    ("websockets_threading_router", "application_raises_on_message"),
    ("tornado_client", "application_raises_at_the_end"),
    ("tornado_client_callback", "peer_closes_byte_by_byte"),
    ("tornado_client", "server_is_silent_for_request_timeout"),
    ("tornado_handler", "close_callback_is_a_coroutine_five_times"),
    ("tornado_handler", "application_sets_nodelay_after_client_closes"),
    ("tornado_handler", "client_offers_deflate_with_an_unknown_parameter"),
    ("tornado_handler", "no_pong_comes_and_peer_echoes"),
    ("tornado_handler", "deflate_is_agreed_on_and_peer_sends_garbage"),
    ("asgi_uvicorn_legacy", "application_closes_with_code_on_message"),
    ("asgi_uvicorn_sansio", "application_receives_after_the_close"),
    ("asgi_uvicorn_sansio", "request_hook_refuses"),
    ("asgi_uvicorn_wsproto", "application_raises_on_message"),
    ("asgi_uvicorn_wsproto", "message_is_too_big"),
    ("asgi_hypercorn", "peer_closes_first"),
    ("asgi_anycorn", "application_closes_with_code_on_message"),
    ("asgi_daphne", "peer_closes_with_empty_frame"),
    ("asgi_granian", "application_closes_with_code_on_message"),
    ("starlette_websocket", "peer_ends"),
    ("starlette_websocket_iterating", "peer_closes_first"),
    ("websocket_client_app_tls", "reconnects_when_peer_ends"),
    ("websocket_client_app_dispatcher", "peer_resets"),
    ("websocket_client_app_dispatcher", "application_ends_its_loop_at_the_close"),
    ("websocket_client_app_rel", "application_closes_on_message"),
    ("websocket_client_app_rel", "peer_resets"),
    ("websocket_client_app", "reconnects_when_refused"),
    ("websocket_client_core", "server_closes_with_name_unchecked"),
    ("websocket_client_core", "server_confirms_subprotocol_then_closes"),
    ("aiohttp_client", "peer_closes_with_empty_frame"),
    ("aiohttp_client_iterating", "peer_breaks_the_protocol_rsv2_set"),
    ("aiohttp_client_manual", "application_closes_on_ping"),
    ("aiohttp_client_tls", "application_closes_with_code_on_message"),
    ("aiohttp_server", "application_uses_illegal_code_999"),
    ("aiohttp_server", "client_is_idle_and_the_server_closes_all_on_shutdown"),
    ("aiohttp_server_iterating", "application_raises_on_message"),
]
"""Scenarios for each surface, some of which are about one library only: ends of many kinds."""
REQUESTS = ("tornado", "uvicorn", "aiohttp", "hypercorn", "anycorn", "daphne", "granian")
SILENT = {name: {"request"} for name in (*REQUESTS, "starlette")}
SILENT["websocket-client"] = {"data"}


LIMIT = 120.0
"""Seconds after which a script hangs, on a busy machine as well; none takes more than ten."""


def run_script(path: Path, limit: float = LIMIT) -> list[list[str]]:
    """What a script prints, lane by lane. One that hangs is a failure that names it."""
    command = [sys.executable, str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=path.parent, check=False, timeout=limit
        )
    except subprocess.TimeoutExpired as hang:
        pytest.fail(f"{path.stem} still runs after {limit} s; it printed {hang.stdout!r}")
    return split_lanes(done.stdout.splitlines())


def split_lanes(lines: list[str]) -> list[list[str]]:
    """The lines by who prints them: only their order in a lane is not left to the scheduler."""
    found: list[list[str]] = [[], [], [], []]
    prefixes = ("peer: ", "elsewhere: ", "close_")
    for line in map(tame, lines):
        found[next((i for i, p in enumerate(prefixes) if line.startswith(p)), 3)].append(line)
    return found


@pytest.mark.integration
@pytest.mark.parametrize(("surface", "scenario"), CELLS, ids=["-".join(cell) for cell in CELLS])
def test_a_script_shows_what_the_trace_shows(
    surface: str, scenario: str, certificates: Certificates, tmp_path: Path
) -> None:
    """Run by itself, it prints the events of the trace, lane by lane."""
    trace = data(surface, scenario, certificates)
    path = tmp_path / f"{surface}-{scenario}.py"
    text = write_script(SURFACES[surface], SCENARIOS[scenario], trace, certificates)
    path.write_text(text, encoding="utf-8")

    silent = SILENT.get(SURFACES[surface].library.name, set())
    expected = list_printed_lines(trace, SURFACES[surface], silent)
    assert run_script(path) == split_lanes(expected)


def test_a_script_that_hangs_is_named(tmp_path: Path) -> None:
    """It is ended after the limit, and the failure says which it was."""
    path = tmp_path / "surface-scenario.py"
    path.write_text("import threading\nthreading.Event().wait()\n")

    with pytest.raises(pytest.fail.Exception, match=r"surface-scenario still runs after 0\.1 s"):
        run_script(path, limit=0.1)


def data(surface: str, scenario: str, certificates: Certificates | None = None) -> Trace:
    """The trace of a cell of what is installed."""
    return run_cell(SURFACES[surface], SCENARIOS[scenario], certificates)


def test_the_docstring_says_what_it_shows(certificates: Certificates) -> None:
    """The docstring names the release, and holds what is printed."""
    trace = data("websocket_client_core", "peer_closes_first")
    text = write_script(
        SURFACES["websocket_client_core"], SCENARIOS["peer_closes_first"], trace, certificates
    )

    version = trace.loaded.version
    assert text.startswith(f'"""websocket-client {version}: The peer starts the closing handshake')
    assert f"pip install websocket-client=={version}" in text
    assert "    create_connection -> WebSocket\n    recv_data -> 8, b'\\\\x03\\\\xe8bye'" in text


def test_the_docstring_says_what_the_documents_say() -> None:
    """The promises of the cell are in it, with their sources, those that are broken first."""
    surface, scenario = SURFACES["websocket_client_app"], SCENARIOS["peer_closes_first"]
    text = write_script(surface, scenario, data("websocket_client_app", "peer_closes_first"))
    said = [line for line in text.partition('"""\n\n')[0].splitlines() if line.startswith("- ")]

    assert said[0].startswith("- not so here: ")
    assert [one.startswith("- not so") for one in said].count(False) > 1
    assert not said[-1].startswith("- not so here")
    assert "latest/app.html, WebSocketApp.__init__, on_close\n" in text


def test_a_script_has_the_loop_of_the_driver() -> None:
    """All of it, since the library calls methods that the script does not."""
    cell = ("websocket_client_app_dispatcher", "peer_ends")
    text = write_script(SURFACES[cell[0]], SCENARIOS[cell[1]], data(*cell))

    assert inspect.getsource(MinimalLoop) in text


def test_a_script_in_the_loop_of_rel_names_its_release() -> None:
    """It uses the package itself."""
    cell = ("websocket_client_app_rel", "peer_ends")
    text = write_script(SURFACES[cell[0]], SCENARIOS[cell[1]], data(*cell))

    assert re.search(r"pip install websocket-client==\S+ rel==\S+\n", text)
    assert "MinimalLoop" not in text


def test_two_apps_in_a_loop_are_refused() -> None:
    """The reason says so."""
    cell = ("websocket_client_app_dispatcher", "one_of_two_apps_in_a_loop_is_lost")

    with pytest.raises(WrongInput, match="a second app in the loop is not supported"):
        write_script(SURFACES[cell[0]], SCENARIOS[cell[1]], data(*cell))


def test_a_hang_ends_by_itself() -> None:
    """A script of a run that never ends says where it hangs; warnings are shown."""
    trace = data("websocket_client_core", "peer_closes_first")
    hangs = replace(trace, waited="hang", facts={"warnings": [{"category": "ResourceWarning"}]})
    text = write_script(SURFACES["websocket_client_core"], SCENARIOS["peer_closes_first"], hangs)

    assert "faulthandler.dump_traceback_later(10, exit=True)" in text
    assert 'warnings.simplefilter("always")' in text


def test_a_script_shows_what_goes_on_for_ever_for_a_while() -> None:
    """A loop that never ends runs for ten minutes of virtual time; a reader's time is real."""
    trace = data("websocket_client_core", "peer_closes_first")
    endless = replace(trace, waited="hang", seconds=600.0)
    text = write_script(SURFACES["websocket_client_core"], SCENARIOS["peer_closes_first"], endless)

    assert "faulthandler.dump_traceback_later(130, exit=True)" in text


@pytest.mark.parametrize(("scenario", "seconds"), [("peer_never_answers", 3), ("peer_ends", 0)])
def test_a_script_says_how_long_it_takes(scenario: str, seconds: int) -> None:
    """The library's defaults really pass in it; a script that is over at once says nothing."""
    surface = "websocket_client_core"
    text = write_script(SURFACES[surface], SCENARIOS[scenario], data(surface, scenario))

    assert ("That takes 3 s, since defaults of the library pass." in text) == bool(seconds)
    assert "timeout=" not in text


@pytest.mark.parametrize(
    ("scenario", "races"), [("application_closes_from_elsewhere", True), ("peer_ends", False)]
)
def test_a_script_says_that_it_races(scenario: str, races: bool) -> None:
    """One run may not show what is to be reported."""
    surface = "websocket_client_app"
    text = write_script(SURFACES[surface], SCENARIOS[scenario], data(surface, scenario))

    assert ("This is a race: other runs may print something else." in text) == races


@pytest.mark.parametrize("scenario", ["peer_closes_and_keeps_tcp_open", "no_pong_comes"])
def test_the_keepalive_of_websockets_is_as_by_default(scenario: str) -> None:
    """In a script, as in the run that it shows."""
    surface = "websockets_asyncio_client"
    text = write_script(SURFACES[surface], SCENARIOS[scenario], data(surface, scenario))

    assert "ping_interval" not in text


def test_old_releases_of_websockets() -> None:
    """Handlers are given the path before 10.1; hooks are others before 14.0."""
    trace = data("websockets_default_server", "request_hook_refuses")
    old = replace(trace, loaded=replace(trace.loaded, version="10.0"))
    surface, scenario = SURFACES["websockets_default_server"], SCENARIOS["request_hook_refuses"]

    assert "handler(connection, path)" in write_script(surface, scenario, old)
    assert "HTTPStatus.FORBIDDEN" in write_script(surface, scenario, old)
    assert "connection.respond(403" in write_script(surface, scenario, trace)


def test_an_unknown_idiom_is_refused(miniature_index: Index) -> None:
    """A library that is not one of ours has no idiom."""
    trace = data("websocket_client_core", "peer_closes_first")

    with pytest.raises(WrongInput, match=r"the idiom of [a-z_]+ is not"):
        write_script(miniature_index.surface, SCENARIOS["peer_closes_first"], trace)


def test_an_unknown_step_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the step."""
    import dataclasses

    trace = data("websocket_client_core", "peer_closes_first")
    odd = dataclasses.replace(
        SCENARIOS["peer_closes_first"], script=lambda peer: print(next(peer.frames()))
    )

    with pytest.raises(WrongInput, match=r"the step frames\(\) is not supported"):
        write_script(SURFACES["websocket_client_core"], odd, trace)


@pytest.mark.parametrize(
    "raw", [b"GET / HTTP/1.1\r\n", b'say "it"', b"\x88\x00", b"\x82\x7e\x07\xd0" + b"x" * 2000]
)
def test_bytes_are_written_as_they_are(raw: bytes) -> None:
    """Their expressions make up these bytes, and are short."""
    assert b"".join(map(eval, express_bytes(raw))) == raw
    assert sum(map(len, express_bytes(raw))) < 60


@pytest.mark.parametrize("value", ["x" * 99, b"y" * 99, {"a": [1, (2,), None, "it's"]}])
def test_simple_data_is_written(value: object) -> None:
    """The expression of a value is that value, and a long text is short."""
    assert eval(express(value)) == value
    assert len(express(value)) < 60


def test_an_argument_may_look_like_a_comment() -> None:
    """Only what is given as a comment stands behind the call."""
    assert fit("send", ['"a  #b"'], 0) == 'send("a  #b")'
    assert fit("send", ["a"], 0, comments=["  # text"]) == "send(a)  # text"


def test_what_nothing_uses_is_left_out() -> None:
    """Imports, functions, variables and methods go, with what only they use; a base's stay."""
    unused = "import a\nimport b\nx = 1\ndef f():\n    return x + b.c\n"
    without_base = "class P:\n    def m(self):\n        pass\n    def n(self):\n        pass\n"
    based = "class C(str):\n    def m(self):\n        pass\n"

    assert lay_out(f"{unused}{based}C()\n    \n{without_base}P().n()\n") == (
        f"{based}\n\nC()\n\n\nclass P:\n    def n(self):\n        pass\n\n\nP().n()\n"
    )


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It writes to a file, or to standard output."""
    cell = ["websocket_client_core", "certificate_is_expired"]
    assert main(["reproduce", *cell, "--output", str(tmp_path / "shown.py")]) == 0
    assert main(["reproduce", "websocket_client_core", "peer_ends"]) == 0

    assert "BEGIN CERTIFICATE" in (tmp_path / "shown.py").read_text()
    assert "recv_data raised WebSocketConnectionClosedException" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (["websocket_client_core", "peer_end"], 2, "Did you mean 'peer_ends'?"),
        (["websocket_client_core", "no_pong_comes"], 3, "the blocking socket sends no pings"),
        (["websocket_client_core", "peer_ends", "--output", "/no/where"], 2, "No such file"),
        ([*FIRST], 2, "is not installed here: name a --release"),
    ],
)
def test_what_cannot_be_written_is_refused(
    miniature_index: Index,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    reason: str,
) -> None:
    """A cell that is unknown, or shows nothing, has no script."""
    assert main(["reproduce", *arguments]) == status
    assert reason in capsys.readouterr().err
