"""When daphne ends a connection: after a limit, or since its application has ended."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, leave, raise_error, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import binary
from fixtures.peer.steps import Peer

GROUP = "error"
DAPHNE = ("asgi_daphne",)
NEVER = "never accepts"
LATE = "accepts once it is released"
TWO_MEBIBYTES = b"\x82\xff" + (2**21).to_bytes(8, "big") + b"mask"
"""The head of a frame, whose payload is to follow."""


@scenario_for_each(
    {
        "by_default": {},
        "for_websocket_connect_timeout": {"websocket_connect_timeout": 3},
        "for_websocket_handshake_timeout": {"websocket_handshake_timeout": 3},
    },
    rfc="4.2.2",
    settings=lambda options: Settings(idiom=NEVER, options=options),
    surfaces=DAPHNE,
    tags="not_opened",
)
def application_does_not_decide(client: Peer, _: dict[str, int]) -> None:
    """A client asks for a connection, and the application never decides on it: {value}."""
    client.request()
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.2.2", settings=Settings(idiom=LATE), surfaces=DAPHNE, tags="not_opened")
def application_accepts_when_the_server_has_given_up(client: Peer) -> None:
    """The application accepts a client once the server has ended its connection."""
    client.request()
    client.await_response()
    client.release_application()
    client.close_if_open()


@scenario(rfc="7.1.2", settings=Settings(options={"websocket_timeout": 10}), surfaces=DAPHNE)
def connection_lasts_too_long(client: Peer) -> None:
    """A connection may last for 10 seconds; the client is idle, and answers the close frame."""
    client.open()
    client.await_close()
    client.echo_close()


@scenario(rfc="5.2", settings=Settings(options={"websocket_max_frame_size": 1000}), surfaces=DAPHNE)
def frame_is_too_big(client: Peer) -> None:
    """The client sends a frame of 2000 bytes; the limit is 1000."""
    client.open()
    client.send(binary(b"x" * 2000))
    client.await_close_else_close()


@scenario(rfc="5.2", surfaces=DAPHNE)
def frame_of_two_mebibytes_begins(client: Peer) -> None:
    """The client sends the head of a frame of 2 MiB; no limit is set."""
    client.open()
    client.send(TWO_MEBIBYTES)
    client.await_end()


@scenario(rfc="7.1.7", application=when(MESSAGE, raise_error()), surfaces=DAPHNE)
def application_raises_and_the_client_waits(client: Peer) -> None:
    """The application raises on the first message; the client waits, and answers a close frame."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario(rfc="7.1.7", application=when(MESSAGE, leave()), surfaces=DAPHNE)
def application_returns_and_the_client_answers_pings(client: Peer) -> None:
    """The application returns on the first message; the client answers two pings, and closes."""
    client.open()
    client.send_text("hello")
    client.answer_ping(shown=False)
    client.answer_ping(shown=False)
    client.close_if_open()
