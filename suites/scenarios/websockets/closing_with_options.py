"""Timeouts that are switched off, an invalid close that is caught, a network that stalls."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, close, elsewhere, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
NOT_LEGACY = ("websockets_[at]*_client", "websockets_[at]*_server")
"""Of the asyncio, threading and trio APIs."""
LEGACY = ("websockets_legacy_client", "websockets_legacy_server")
WITH_LEGACY = (*NOT_LEGACY, *LEGACY)
ASYNCIO_AND_THREADING = (
    "websockets_asyncio_client",
    "websockets_asyncio_server",
    "websockets_threading_client",
    "websockets_threading_server",
)
"""Elsewhere, the connection is lost by such a close."""
CLIENTS = ("websockets_[alt]*_client",)
MID_RECORD = b"\x17\x03\x03\x40\x00" + bytes(100)
"""A TLS record that says it has 16384 bytes, and the first 100 of them."""


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close()),
    settings=Settings(options={"close_timeout": None}),
    surfaces=NOT_LEGACY,
    tags="answered",
)
def peer_answers_after_any_timeout(peer: Peer) -> None:
    """The close timeout is None; the peer answers after three times the default."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.wait_part_of_close_timeout(3)
    peer.echo_close()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close()),
    settings=Settings(options={"close_timeout": None}),
    surfaces=LEGACY,
)
def no_answer_comes_without_a_close_timeout(peer: Peer) -> None:
    """The close timeout is None, which the legacy API takes for the default; no answer comes."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.await_end()


@scenario_for_each(
    {"interval": {"ping_interval": None}, "timeout": {"ping_timeout": None}},
    rfc="5.5.2",
    settings=lambda options: Settings(options=options),
    surfaces=WITH_LEGACY,
    tags="with_reason",
)
def peer_closes_without_a_ping(peer: Peer, _: object) -> None:
    """The ping {value} is None; the peer answers nothing for 90 seconds, and closes."""
    peer.open()
    peer.wait_part_of_close_timeout(9)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario_for_each(
    {"code_999": (999, ""), "reason_of_124_bytes": (4000, "x" * 124)},
    rfc="7.4.2",
    application=lambda given: when(MESSAGE, elsewhere(close(*given))),
    surfaces=ASYNCIO_AND_THREADING,
    tags="with_reason",
)
def peer_closes_after_an_illegal(peer: Peer, _: object) -> None:
    """A close with an illegal {value} raises elsewhere; the peer pings, and closes."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.wait_part_of_close_timeout(0.01)
    peer.send_ping(b"still there")
    peer.await_pong_then_close()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(close(), once_released=True)),
    settings=Settings(tls="valid"),
    surfaces=CLIENTS,
    tags="unanswered",
)
def application_closes_when_tls_stalls(server: Peer) -> None:
    """The server stops in the middle of a TLS record, for good; the application closes."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.send_below_tls(MID_RECORD)
    server.wait_part_of_close_timeout(0.01)
    server.release_application()
    server.keep_tcp_open()
