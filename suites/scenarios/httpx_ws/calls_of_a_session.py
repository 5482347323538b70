"""Calls of a session of which the documentation speaks: too late, in vain, or of another type."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Sendable, binary, continuation, text
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("httpx_ws_*",)
LATE = {
    "send_text": library_call("send_text", "late"),
    "send_bytes": library_call("send_bytes", b"late"),
    "send_json": library_call("send_json", {"late": True}),
    "ping": library_call("ping", b"late"),
}
"""What sends, by the name of the method."""
UNEXPECTED = {
    "text_when_binary_comes": ("receive_text", binary(b"hello")),
    "bytes_when_text_comes": ("receive_bytes", text("hello")),
    "json_when_binary_comes": ("receive_json", binary(b"{}")),
}
"""What asks for a message of one type, and what comes."""
BIG = "x" * 2000
"""A message that is twice as long as the limit."""
SMALL = Settings(options={"max_message_size_bytes": 1000})


@scenario_for_each(
    LATE,
    rfc="5.5.1",
    application=lambda call: when(MESSAGE, close(4000, "enough"), call),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_first_and_then_calls(server: Peer, _: object) -> None:
    """The application closes, and calls `{value}` then; the server answers the close."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario_for_each(
    UNEXPECTED,
    rfc="5.6",
    application=lambda pair: when(OPENED, library_call(pair[0])),
    surfaces=SURFACES,
)
def application_asks_for(server: Peer, pair: tuple[str, Sendable]) -> None:
    """The application asks for a message of one type: {value}."""
    server.open()
    server.send(pair[1])
    server.await_close_else_close()


@scenario(
    rfc="5.6",
    application=when(OPENED, library_call("receive_text", timeout=2.0)),
    surfaces=SURFACES,
)
def server_is_silent_for_the_timeout(server: Peer) -> None:
    """The application waits two seconds for a message; none comes."""
    server.open()
    server.await_close_else_close()


@scenario(rfc="5.4", settings=SMALL, surfaces=SURFACES, tags="with_reason")
def server_sends_more_than_the_limit(server: Peer) -> None:
    """The server sends a message of 2000 bytes, the limit being 1000, and closes."""
    server.open()
    server.send_text(BIG)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.4", settings=SMALL, surfaces=SURFACES, tags="with_reason")
def server_sends_more_than_the_limit_in_fragments(server: Peer) -> None:
    """The server sends a message of three fragments, above the limit together, and closes."""
    server.open()
    server.send(text(BIG[:900], fin=False))
    server.send(continuation(BIG[:900].encode()).replace(fin=False))
    server.send(continuation(BIG[:200].encode()))
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.4", surfaces=SURFACES, tags="with_reason")
def server_sends_a_message_in_fragments(server: Peer) -> None:
    """The server sends a message of two fragments, and closes."""
    server.open()
    server.send(text("hel", fin=False), continuation(b"lo"))
    server.send_close(1000, "bye")
    server.await_close()
