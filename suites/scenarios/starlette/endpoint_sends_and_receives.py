"""An endpoint of starlette sends, receives or closes when the connection is over or ending."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.model.actions import (
    CLOSED,
    MESSAGE,
    close,
    library_call,
    pause,
    raise_error,
    send,
    when,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
EVERY = ("starlette_*",)
BOTH_KINDS = ("starlette_websocket", "starlette_endpoint")
FUNCTION = ("starlette_websocket",)
Step = Callable[[Peer], object]


def say_goodbye(client: Peer) -> None:
    """The client starts the closing handshake."""
    client.send_close(1000, "bye")


LEAVING: dict[str, Step] = {"closes": say_goodbye, "ends": Peer.half_close, "resets": Peer.reset}
"""How a client leaves: the step."""


def answer_close(client: Peer) -> None:
    """The endpoint acts on the first message; the client answers the close frame that comes."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


def leave_a_busy_endpoint(client: Peer, leave: Step) -> None:
    """The client leaves while the endpoint works on a message, which then goes on."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    leave(client)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close()


@scenario_for_each(
    LEAVING, rfc="7.1.5", application=when(MESSAGE, pause(), send("late")), surfaces=EVERY
)
def endpoint_sends_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while the endpoint works on a message; then that sends one."""
    leave_a_busy_endpoint(client, leave)


@scenario_for_each(
    LEAVING, rfc="7.1.5", application=when(MESSAGE, pause(), close(4000, "enough")), surfaces=EVERY
)
def endpoint_closes_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while the endpoint works on a message; then that closes."""
    leave_a_busy_endpoint(client, leave)


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough"), send("one more")),
    surfaces=EVERY,
)
def endpoint_sends_after_its_own_close(client: Peer) -> None:
    """The endpoint closes on the first message, and sends one of its own."""
    answer_close(client)


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough"), library_call("receive")),
    surfaces=FUNCTION,
)
def endpoint_calls_receive_after_its_own_close(client: Peer) -> None:
    """The endpoint closes on the first message, and calls `receive()`, not `receive_text()`."""
    answer_close(client)


@scenario_for_each(
    {name: name for name in ("receive", "receive_text")},
    rfc="7.1.5",
    application=lambda name: when(CLOSED, library_call(name)),
    surfaces=BOTH_KINDS,
    tags="with_reason",
)
def endpoint_is_told_of_the_close_and_calls(client: Peer, _: str) -> None:
    """The endpoint calls `{value}()` once more when it knows that the client closed."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, library_call("send", {"type": "websocket.unheard.of"})),
    surfaces=FUNCTION,
)
def endpoint_sends_an_unheard_of_event(client: Peer) -> None:
    """The endpoint sends an event of a type that ASGI has not got."""
    client.open()
    client.send_text("hello")
    client.await_close_else_close()


@scenario(
    rfc="7.4.1",
    settings=Settings(idiom="raises WebSocketException on a message"),
    surfaces=FUNCTION,
)
def endpoint_raises_websocket_exception_on_message(client: Peer) -> None:
    """The endpoint raises `WebSocketException(4000, "enough")` on the first message."""
    answer_close(client)


@scenario(
    rfc="7.4.1", application=when(MESSAGE, raise_error("WebSocketException")), surfaces=BOTH_KINDS
)
def endpoint_raises_websocket_exception_without_code(client: Peer) -> None:
    """The endpoint raises `WebSocketException()` on the first message."""
    answer_close(client)


@scenario(
    rfc="7.4.1", settings=Settings(idiom="raises HTTPException on a message"), surfaces=FUNCTION
)
def endpoint_raises_http_exception_on_message(client: Peer) -> None:
    """The endpoint raises `HTTPException(401)` on the first message, and has accepted before."""
    client.open()
    client.send_text("hello")
    client.await_close_else_close()


@scenario(rfc="7.4.1", settings=Settings(serving="exits"), surfaces=EVERY)
def server_exits_while_the_endpoint_receives(client: Peer) -> None:
    """The server is told to exit while the endpoint waits for a message; the client answers."""
    client.open()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.4.1", settings=Settings(serving="exits"), surfaces=EVERY)
def server_exits_and_the_client_does_not_answer(client: Peer) -> None:
    """The server is told to exit while the endpoint waits for a message; no answer comes."""
    client.open()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close()
    client.keep_tcp_open()
