"""What a scenario can say of an opening: an address, a redirect, proxies, silence, a probe."""

from __future__ import annotations

import dataclasses
import importlib
from typing import Any

import pytest

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS, Settings
from fixtures.net.certificates import Certificates, server_context
from fixtures.peer.frames import close_frame, pong, text
from fixtures.peer.steps import Peer
from fixtures.run.cell import run_cell

from .duet import LIMIT, REQUEST, against_socket, play, steps, until_idle

APP, CORE = SURFACES["websocket_client_app"], SURFACES["websocket_client_core"]
PEER_ENDS = SCENARIOS["peer_ends"]


def test_an_address_of_another_form_has_the_peers_host_and_port() -> None:
    """A client is given it; that nobody comes is no fault of the script."""
    settings = Settings(url="http://{host}:{port}/path")
    odd = dataclasses.replace(PEER_ENDS, settings=settings, script=Peer.connect)
    trace = run_cell(CORE, odd)

    assert [str(event) for event in trace.told] == ["create_connection raised ValueError()"]
    assert (odd.may_not_connect, trace.problems) == (True, ())


def test_a_redirect_to_the_same_server_has_its_address() -> None:
    """It is where the request was sent: its Host."""
    script = steps(Peer.read_request, lambda server: server.redirect_here("/new", 307, "wss"))
    with against_socket("server", script) as (_, bare):
        bare.sendall(REQUEST)
        answer = bare.recv(1000)

    assert answer.startswith(b"HTTP/1.1 307 Redirect\r\n")
    assert b"Location: wss://127.0.0.1/new\r\n" in answer


def test_a_tls_hello_can_be_left_unread(certificates: Certificates) -> None:
    """The connection is there, and what comes on it is no frame."""
    script = steps(lambda server: server.connect(tls=False), Peer.be_quiet)
    context = server_context(certificates, "valid")
    with against_socket("server", script, tls=context) as (actor, bare):
        bare.sendall(b"\x16\x03\x01 hello")
        until_idle(actor)
        bare.close()
        actor.thread.join(LIMIT)

    assert (actor.problem, actor.handshake, actor.ended_by) == ("", [], ["FIN"])


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ((text("later"), pong(b"yes")), "close frame received: 1000, 'bye'"),
        ((close_frame(1002),), "end of TCP received"),
        ((), "end of TCP received"),
    ],
    ids=["a pong", "a close frame", "the end"],
)
def test_the_peer_closes_once_its_ping_is_answered(answer: Any, first: str) -> None:
    """Whoever answers carries on; after a close frame, or the end, there is nothing to do."""
    script = steps(Peer.open, Peer.await_pong_then_close)
    other = steps(Peer.open, *[lambda client: client.send(*answer)] * bool(answer), Peer.half_close)
    _, client = play("server", script, other)

    assert next(line for line in client.lines if "received" in line) == first


# What a release of websocket-client can do with a proxy


@pytest.mark.parametrize("surface", [APP, CORE], ids=str)
@pytest.mark.parametrize("scenario", ["socks_proxy_is_not_there", "proxy_is_not_there"])
def test_a_proxy_can_be_used(surface: Any, scenario: str) -> None:
    """What is installed beside the pinned release is enough."""
    assert surface.not_applicable(SCENARIOS[scenario]) == ""


@pytest.mark.parametrize(
    ("has", "why"),
    [
        ({"HAVE_PYTHON_SOCKS": False}, "python-socks, which SOCKS proxies need, is not installed"),
        ({}, "this release has no SOCKS proxies, or takes them from another package"),
    ],
    ids=["absent", "older"],
)
def test_a_proxy_that_needs_what_is_absent_is_not_applicable(
    has: dict[str, bool], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is read off the installed library; an HTTP proxy needs nothing."""
    http = importlib.import_module("websocket._http")
    monkeypatch.delattr(http, "HAVE_PYTHON_SOCKS")
    for name, value in has.items():
        monkeypatch.setattr(http, name, value, raising=False)

    assert CORE.not_applicable(SCENARIOS["socks_proxy_is_not_there"]) == why
    assert CORE.not_applicable(SCENARIOS["proxy_is_not_there"]) == ""


def test_an_option_of_proxies_that_is_not_known_is_not_applicable() -> None:
    """`create_connection()` takes any keyword; what its proxies know is in their code."""
    settings = Settings(options={"http_proxy_host": "a", "http_proxy_colour": "red"})
    odd = dataclasses.replace(PEER_ENDS, settings=settings)

    assert CORE.not_applicable(odd) == "this release has no option http_proxy_colour"
