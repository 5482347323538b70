"""A WebSocket that has closed, or is closing, and is used; and calls that are refused."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    CLOSED,
    MESSAGE,
    OPENED,
    close,
    elsewhere,
    library_call,
    when,
)
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("tornado_client", "tornado_client_callback", "tornado_handler")
LATE = (
    library_call("write_message", "late"),
    library_call("write_message", {"late": True}),
    library_call("ping", b"late"),
    close(4001, "late"),
)
EVERYTHING = when(AFTER_THE_END, *LATE)
BY_OTHER_TASKS = tuple(elsewhere(action) for action in LATE)
REQUEST_METHODS = {
    "write": ("write", "hello"),
    "finish": ("finish",),
    "flush": ("flush",),
    "redirect": ("redirect", "/"),
    "set_cookie": ("set_cookie", "name", "value"),
    "set_header": ("set_header", "Name", "value"),
    "set_404": ("set_status", 404),
    "send_500": ("send_error", 500),
}
"""What a handler of plain requests calls, with its arguments."""

# After the end


@scenario(rfc="7.1.4", application=EVERYTHING, surfaces=SURFACES, tags="with_reason")
def websocket_is_used_after_peer_closes(peer: Peer) -> None:
    """The peer closes with 1000; then the application writes, pings and closes."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="7.1.4", application=EVERYTHING, surfaces=SURFACES, tags="lost")
def websocket_is_used_after_peer_ends(peer: Peer) -> None:
    """The peer sends FIN; then the application writes, pings and closes."""
    peer.open()
    peer.wait_for(OPENED)
    peer.half_close()


@scenario(
    rfc="7.1.4",
    application=[when(MESSAGE, close(4000, "enough")), EVERYTHING],
    surfaces=SURFACES,
    tags="answered",
)
def websocket_is_used_after_application_closes(peer: Peer) -> None:
    """The application closes with 4000; after the end it writes, pings and closes."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.4",
    application=[
        when(MESSAGE, library_call("set_nodelay", True)),
        when(AFTER_THE_END, library_call("set_nodelay", True)),
    ],
    surfaces=("tornado_handler",),
    tags="with_reason",
)
def application_sets_nodelay_after_client_closes(client: Peer) -> None:
    """The handler calls `set_nodelay` on a message, and once more when the client has closed."""
    client.open()
    client.send_text("hello")
    client.send_close(1000, "bye")
    client.await_close()


# When the close is known, and before it is answered


@scenario(
    rfc="5.5.1",
    application=when(CLOSED, *BY_OTHER_TASKS),
    surfaces=SURFACES,
    tags="with_reason",
)
def websocket_is_used_when_told_of_the_close(peer: Peer) -> None:
    """The peer closes; the application, notified, writes, pings and closes in tasks."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(
    rfc="5.5.1",
    application=when(MESSAGE, close(4000, "enough"), *BY_OTHER_TASKS),
    surfaces=SURFACES,
    tags="answered",
)
def websocket_is_used_during_its_close(peer: Peer) -> None:
    """The application closes with 4000, and then tasks of it write, ping and close."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


# Calls that are refused on an open WebSocket


@scenario_for_each(
    {"a_number": 1, "a_list": ["one", "two"], "none": None},
    rfc="5.6",
    application=lambda value: when(OPENED, elsewhere(library_call("write_message", value))),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_after_a_message_of(peer: Peer, _: object) -> None:
    """The application writes {value} as a message; the peer closes."""
    peer.open()
    peer.wait_for("raised")
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario_for_each(
    {"a_dict": ({"one": 1},), "bytes": (b"\xff", True)},
    rfc="5.6",
    application=lambda given: when(OPENED, elsewhere(library_call("write_message", *given))),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_once_it_has(peer: Peer, _: object) -> None:
    """The application writes {value} as a message; the peer closes."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.01)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(
    rfc="5.5",
    application=when(
        OPENED,
        elsewhere(library_call("ping", b"x" * 126)),
        elsewhere(library_call("ping", b"x" * 125)),
    ),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_after_a_too_long_ping(peer: Peer) -> None:
    """Tasks ping with 126 bytes and with 125; the peer answers one of them, and closes."""
    peer.open()
    peer.answer_ping()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario_for_each(
    REQUEST_METHODS,
    rfc="4.2.2",
    application=lambda call: when(OPENED, elsewhere(library_call(*call))),
    surfaces=("tornado_handler",),
    tags="with_reason",
)
def client_closes_after_a_call_to(client: Peer, _: object) -> None:
    """The handler calls a method for plain requests, to {value}, once opened; the client closes."""
    client.open()
    client.wait_for(OPENED)
    client.wait_part_of_close_timeout(0.01)
    client.send_close(1000, "bye")
    client.await_close()
