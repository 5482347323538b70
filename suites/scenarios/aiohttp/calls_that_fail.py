"""Calls of a WebSocket of which the documentation speaks: too late, wrong, or two at once."""

from __future__ import annotations

from fixtures.model.actions import DATA, MESSAGE, OPENED, close, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Sendable, binary, close_frame, text
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("aiohttp_client", "aiohttp_server")
LATE = {
    "send_str": library_call("send_str", "late"),
    "send_bytes": library_call("send_bytes", b"late"),
    "send_json": library_call("send_json", {"late": True}),
    "ping": library_call("ping", b"late"),
    "pong": library_call("pong", b"late"),
}
"""What sends, by the name of the method."""
WRONG = {
    "str": library_call("send_str", b"not text"),
    "bytes": library_call("send_bytes", "not bytes"),
}
"""What gives a method a value of another type, by the name of the type that it takes."""
UNEXPECTED = {
    "str_when_binary_comes": ("receive_str", binary(b"hello")),
    "bytes_when_text_comes": ("receive_bytes", text("hello")),
    "str_when_the_peer_closes": ("receive_str", close_frame(1000, "bye")),
}
"""What asks for a message of one type, and what comes."""


@scenario_for_each(
    LATE,
    rfc="5.5.1",
    application=lambda call: when(MESSAGE, close(4000, "enough"), call),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_then_calls(peer: Peer, _: object) -> None:
    """The application closes, the peer answers; then the application calls `{value}`."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario_for_each(
    WRONG, rfc="5.6", application=lambda call: when(MESSAGE, call), surfaces=SURFACES
)
def application_sends_what_is_no(peer: Peer, _: object) -> None:
    """The application gives a method that takes {value} something else."""
    peer.open()
    peer.send_text("hello")
    peer.await_close_else_close()


@scenario_for_each(
    UNEXPECTED,
    rfc="5.6",
    application=lambda pair: when(OPENED, library_call(pair[0])),
    surfaces=SURFACES,
)
def application_receives(peer: Peer, pair: tuple[str, Sendable]) -> None:
    """The application asks for a message of one type: {value}."""
    peer.open()
    peer.send(pair[1])
    peer.await_close_else_close()


@scenario(rfc="5.4", application=when(DATA, library_call("receive")), surfaces=SURFACES)
def application_calls_receive_twice(peer: Peer) -> None:
    """A second task calls `receive` while the application waits in it."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.1)
    peer.application_acts(DATA)
    peer.close_if_open()


@scenario(rfc="5.4", settings=Settings(options={"receive_timeout": 2}), surfaces=SURFACES)
def peer_is_silent_for_the_receive_timeout(peer: Peer) -> None:
    """Two seconds may pass before a message comes; none does."""
    peer.open()
    peer.await_close_else_close()
