"""An ASGI application decides on a client: before it accepts, it returns, raises or closes."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.model.actions import OPENED, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
ASGI = ("asgi_*",)
Step = Callable[[Peer], object]
LEAVING: dict[str, Step] = {"ends": Peer.half_close, "resets": Peer.reset}
"""How a client leaves that has sent its request: the step."""
LATE = Settings(idiom="accepts once it is released")
LATE_CLOSE = Settings(idiom="closes once it is released, and receives")


def be_refused(client: Peer) -> None:
    """A client asks for a connection, and gets whatever answer there is."""
    client.request()
    client.await_response()
    client.close_if_open()


def leave_unanswered(client: Peer, leave: Step) -> None:
    """A client leaves before its request is answered; then the application goes on."""
    client.request()
    client.wait_part_of_close_timeout(0.1)
    leave(client)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="returns before it accepts"),
    surfaces=ASGI,
    tags="not_opened",
)
def application_returns_before_the_accept(client: Peer) -> None:
    """The application returns, and has neither accepted nor closed."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="raises before it accepts"),
    surfaces=ASGI,
    tags="not_opened",
)
def application_raises_before_the_accept(client: Peer) -> None:
    """The application raises, and has neither accepted nor closed."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="closes before it accepts, and receives"),
    surfaces=ASGI,
    tags="not_opened",
)
def application_closes_before_the_accept(client: Peer) -> None:
    """The application closes with 4003 and a reason, does not accept, and receives."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="sends before it accepts"),
    surfaces=ASGI,
    tags="not_opened",
)
def application_sends_before_the_accept(client: Peer) -> None:
    """The application sends a message to a client that it has not accepted."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    application=when(OPENED, library_call("send", {"type": "websocket.accept"})),
    surfaces=ASGI,
)
def application_accepts_twice(client: Peer) -> None:
    """The application accepts a connection that it has accepted."""
    client.open()
    client.await_close_else_close()


@scenario_for_each(LEAVING, rfc="4.1", settings=LATE, surfaces=ASGI, tags="not_opened")
def application_accepts_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} before the application accepts it."""
    leave_unanswered(client, leave)


@scenario_for_each(LEAVING, rfc="4.1", settings=LATE_CLOSE, surfaces=ASGI, tags="not_opened")
def application_refuses_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} before the application closes, which has not accepted it."""
    leave_unanswered(client, leave)
