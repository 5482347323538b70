"""A stand-alone script shows what only websocket-client has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.actions import (
    AFTER_THE_END,
    BEFORE_CONNECTING,
    CONNECTING,
    DATA,
    FAILED,
    MESSAGE,
    OPENED,
    PING,
    When,
    close,
    library_call,
    raise_error,
    run_again,
    send,
    when,
    whenever,
)
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.net.certificates import Certificates
from fixtures.peer.frames import text
from fixtures.peer.steps import Peer
from fixtures.run.cell import run_cell
from reports.reproduction.printout import list_printed_lines
from reports.reproduction.script import write_script
from reports.reproduction.transcript import transcribe

from ..duet import Script
from ..miniatures.miniature_drivers import situation
from .test_reproduce import run_script, split_lanes

pytestmark = pytest.mark.usefixtures("unmeasured")

APP, CORE = SURFACES["websocket_client_app"], SURFACES["websocket_client_core"]
OVER_TLS = SURFACES["websocket_client_app_tls"]
ASYNCIO = SURFACES["websockets_asyncio_client"]
PROXY = {"http_proxy_host": "{host}", "http_proxy_port": "{port}"}
BYE: tuple[Script, ...] = (
    Peer.open,
    lambda peer: peer.send_text("hello"),
    lambda peer: peer.send_close(1000, "bye"),
    Peer.await_close,
)
GREETING = BYE[:2]
ENDS: tuple[Script, ...] = (*GREETING, Peer.half_close)
CLOSED_BY_US: tuple[Script, ...] = (*GREETING, Peer.await_close, Peer.echo_close)
AGAIN: tuple[Script, ...] = (*ENDS, Peer.next_connection, *CLOSED_BY_US)
STOP = library_call("close", timeout=0.3)


def found(*script: Script, does: tuple[When, ...] = (), **settings: Any) -> Scenario:
    """The situation of these steps, actions and settings."""
    return situation(*map(named, script), application=does, **settings)


def named(step: Script) -> Script:
    """The step of this name of whoever plays the script: a peer, or a transcript."""
    name = getattr(step, "__name__", "")
    return step if name == "<lambda>" else lambda peer: getattr(peer, name)()


SHOWN: Mapping[str, tuple[Surface, Scenario]] = {
    "a form of each callback": (
        APP,
        found(
            *BYE, callbacks={"on_open": "a method", "on_message": "a partial", "on_data": "*args"}
        ),
    ),
    "methods": (APP, found(*BYE, callbacks={"*": "a method"})),
    "callbacks that take the app alone": (
        APP,
        found(*BYE, callbacks={"on_close": "takes the app alone"}),
    ),
    "overridden and missing callbacks": (
        APP,
        found(*BYE, callbacks={"on_open": "overridden in a subclass", "on_error": "none"}),
    ),
    "a subclass and methods": (
        APP,
        found(*BYE, callbacks={"*": "a method", "on_error": "overridden in a subclass"}),
    ),
    "fragments": (
        APP,
        found(
            Peer.open,
            lambda peer: peer.send(text("a", fin=False)),
            lambda peer: peer.send_continuation(b"b"),
            *BYE[2:],
            callbacks={"on_cont_message": "a function"},
        ),
    ),
    "an action on data": (APP, found(*CLOSED_BY_US, does=(when(DATA, STOP),))),
    "a run after the end": (
        APP,
        found(*AGAIN, does=(when(MESSAGE, close(), nth=2), when(AFTER_THE_END, run_again()))),
    ),
    "an interrupt": (APP, found(*ENDS, does=(when(MESSAGE, raise_error(KeyboardInterrupt)),))),
    "an exception of Python's own": (
        APP,
        found(*ENDS, does=(whenever(MESSAGE, raise_error(ValueError)),)),
    ),
    "an attribute that is set": (
        APP,
        found(
            *GREETING,
            lambda peer: peer.wait_for(MESSAGE),
            lambda peer: peer.send_text("again"),
            Peer.await_close,
            does=(when(MESSAGE, library_call("keep_running", False)),),
        ),
    ),
    "each visit, and the second": (
        APP,
        found(
            *GREETING,
            *GREETING[1:],
            *CLOSED_BY_US[2:],
            does=(whenever(MESSAGE, send("mine")), when(MESSAGE, STOP, nth=2)),
        ),
    ),
    "a second connection over TLS": (
        OVER_TLS,
        found(*AGAIN, does=(when(MESSAGE, STOP, nth=2),), options={"reconnect": 0.05}),
    ),
    "a visit that is waited for": (
        APP,
        found(
            *ENDS,
            Peer.next_connection,
            Peer.open,
            lambda peer: peer.wait_for(OPENED, 2),
            *CLOSED_BY_US[1:],
            does=(when(MESSAGE, STOP, nth=2),),
            options={"reconnect": 0.05},
        ),
    ),
    "an address that begins to accept": (
        OVER_TLS,
        found(
            lambda peer: peer.wait_for(FAILED, connected=False),
            Peer.start_listening,
            *CLOSED_BY_US,
            does=(when(MESSAGE, STOP),),
            options={"reconnect": 0.05},
            address="refused",
        ),
    ),
    "an address that refuses from then on": (
        APP,
        found(
            Peer.open,
            Peer.stop_listening,
            Peer.half_close,
            lambda peer: peer.wait_for(FAILED),
            Peer.start_listening,
            Peer.next_connection,
            *CLOSED_BY_US,
            does=(when(MESSAGE, STOP),),
            options={"reconnect": 0.05},
        ),
    ),
    "a connection that never comes": (
        APP,
        found(*ENDS, Peer.next_connection, Peer.open, lambda peer: peer.wait_for(PING, 2)),
    ),
    "a connection that is never made": (
        APP,
        found(
            Peer.open,
            options={"http_proxy_host": "{host}", "http_proxy_port": 1, "proxy_type": "http"},
            does=(when(BEFORE_CONNECTING, library_call("keep_running", False)),),
        ),
    ),
    "arguments of the app": (
        APP,
        found(*BYE, object_options={"header": ["X-From: here"], "subprotocols": ["a"]}),
    ),
    "an HTTP proxy": (
        APP,
        found(
            Peer.read_connect,
            Peer.grant_connect,
            *BYE,
            proxied=True,
            options={**PROXY, "proxy_type": "http"},
        ),
    ),
    "an HTTP proxy of websockets": (
        ASYNCIO,
        found(
            Peer.read_connect,
            Peer.grant_connect,
            *BYE,
            proxied=True,
            options={"proxy": "http://{host}:{port}", "compression": None},
        ),
    ),
    "an idiom": (
        ASYNCIO,
        found(Peer.open, Peer.await_close_else_close, idiom="gives up a send"),
    ),
    "a proxy that refuses": (
        CORE,
        found(
            Peer.read_connect,
            lambda peer: peer.refuse(407, "No"),
            proxied=True,
            options={**PROXY, "proxy_type": "http"},
        ),
    ),
    "further TLS options": (
        OVER_TLS,
        found(*BYE, options={"sslopt": {"check_hostname": False}}),
    ),
    "a SOCKS proxy": (
        CORE,
        found(
            Peer.read_socks_greeting,
            Peer.answer_socks_greeting,
            Peer.read_socks_request,
            Peer.answer_socks_request,
            *BYE,
            proxied=True,
            options={**PROXY, "proxy_type": "socks5h"},
        ),
    ),
    "an action while it connects": (
        APP,
        found(
            Peer.read_request,
            lambda peer: peer.application_acts(CONNECTING),
            Peer.half_close,
            does=(when(CONNECTING, close()),),
        ),
    ),
    "calls of the blocking socket": (
        CORE,
        found(
            Peer.open,
            Peer.await_close,
            Peer.echo_close,
            does=(when(OPENED, library_call("ping", "a"), library_call("send_close", 4000, b"b")),),
        ),
    ),
}
"""Situations, each with something of its own."""


@pytest.mark.integration
@pytest.mark.parametrize("what", SHOWN)
def test_a_script_shows_what_the_trace_shows(
    what: str, certificates: Certificates, tmp_path: Path
) -> None:
    """Run by itself, it prints the events of the trace, lane by lane."""
    surface, scenario = SHOWN[what]
    trace = run_cell(surface, scenario, certificates)
    path = tmp_path / f"{surface}-{what.replace(' ', '_')}.py"
    path.write_text(write_script(surface, scenario, trace, certificates), encoding="utf-8")

    assert trace.problems == ()
    silent = {"data"} - ({"data"} if "on_data(" in path.read_text() else set())
    assert run_script(path) == split_lanes(list_printed_lines(trace, surface, silent))


@pytest.mark.parametrize(
    ("surface", "line"),
    [("websocket_client_app", "over.wait()"), ("tornado_handler", "time.sleep(30)")],
)
def test_a_script_keeps_tcp_open(surface: str, line: str) -> None:
    """Until a client's application is over, or for longer than a server waits for anything."""
    transcript = transcribe(SURFACES[surface], SCENARIOS["peer_never_answers"])

    assert transcript.lines[transcript.lines.index("peer.await_end()") + 1].startswith(line)
