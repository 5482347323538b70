"""An ASGI application closes, and sends or receives when the connection is over or ending."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.model.actions import CLOSED, MESSAGE, close, library_call, pause, send, when
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer
from fixtures.peer.wire import LEGAL_CLOSE_CODES

GROUP = "close"
ASGI = ("asgi_*",)
Step = Callable[[Peer], object]


def say_goodbye(client: Peer) -> None:
    """The client starts the closing handshake."""
    client.send_close(1000, "bye")


LEAVING: dict[str, Step] = {
    "closes": say_goodbye,
    "ends": Peer.half_close,
    "resets": Peer.reset,
}
"""How a client leaves: the step."""


def answer_close(client: Peer) -> None:
    """The application acts on the first message; the client answers the close frame that comes."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario_for_each(
    LEGAL_CLOSE_CODES,
    rfc="7.4.1",
    application=lambda code: when(MESSAGE, close(code, "a reason")),
    surfaces=ASGI,
    tags="answered",
)
def application_sends_close_with_code(client: Peer, _: int) -> None:
    """The application closes with {value} and a reason on the first message."""
    answer_close(client)


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough"), send("one more")),
    surfaces=ASGI,
)
def application_sends_after_its_own_close(client: Peer) -> None:
    """The application closes on the first message, and sends one of its own."""
    answer_close(client)


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, library_call("send", {"type": "websocket.unheard.of"})),
    surfaces=ASGI,
)
def application_sends_an_unknown_event(client: Peer) -> None:
    """The application sends an event of a type that ASGI has not got."""
    client.open()
    client.send_text("hello")
    client.await_close_else_close()


@scenario(
    rfc="7.1.5",
    application=when(CLOSED, library_call("receive")),
    surfaces=ASGI,
    tags="with_reason",
)
def application_receives_after_the_close(client: Peer) -> None:
    """The application calls `receive()` once more when it knows that the client closed."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario_for_each(
    LEAVING,
    rfc="7.1.5",
    application=when(MESSAGE, pause(), send("late")),
    surfaces=ASGI,
)
def application_sends_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while the application works on a message; then that sends one."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    leave(client)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close()


@scenario_for_each(
    LEAVING,
    rfc="7.1.5",
    application=when(MESSAGE, pause(), close(4000, "enough")),
    surfaces=ASGI,
)
def application_closes_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while the application works on a message; then that closes."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    leave(client)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close()


@scenario(rfc="7.1.5", application=when(MESSAGE, pause()), surfaces=ASGI, tags="with_reason")
def client_closes_behind_a_waiting_message(client: Peer) -> None:
    """The application works on one message when a second one and the close frame come."""
    client.open()
    client.send_text("one")
    client.wait_for(MESSAGE)
    client.send_text("two")
    client.wait_part_of_close_timeout(0.1)
    client.send_close(1000, "bye")
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close()
