"""An endpoint of starlette decides on a client: it refuses, raises, returns or takes its time."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.model.actions import OPENED, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
EVERY = ("starlette_*",)
BOTH_KINDS = ("starlette_websocket", "starlette_endpoint")
FUNCTION = ("starlette_websocket",)
Step = Callable[[Peer], object]
LEAVING: dict[str, Step] = {"ends": Peer.half_close, "resets": Peer.reset}
"""How a client leaves that has sent its request: the step."""


def be_refused(client: Peer) -> None:
    """A client asks for a connection, and gets whatever answer there is."""
    client.request()
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.2.2", surfaces=EVERY, tags="not_opened")
def no_route_matches(client: Peer) -> None:
    """The client asks for a path that no route of the application has."""
    client.request("/elsewhere")
    client.await_response()
    client.close_if_open()


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="returns before it accepts"),
    surfaces=FUNCTION,
    tags="not_opened",
)
def endpoint_returns_before_it_accepts(client: Peer) -> None:
    """The endpoint returns, and has neither accepted nor closed."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="raises before it accepts"),
    surfaces=BOTH_KINDS,
    tags="not_opened",
)
def endpoint_raises_before_it_accepts(client: Peer) -> None:
    """The endpoint raises an error of its own, and has neither accepted nor closed."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="raises HTTPException before it accepts"),
    surfaces=BOTH_KINDS,
    tags="not_opened",
)
def endpoint_raises_http_exception_before_it_accepts(client: Peer) -> None:
    """The endpoint raises `HTTPException(401)`, and has not accepted."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="raises WebSocketException before it accepts"),
    surfaces=BOTH_KINDS,
    tags="not_opened",
)
def endpoint_raises_websocket_exception_before_it_accepts(client: Peer) -> None:
    """The endpoint raises `WebSocketException(4003)`, and has not accepted."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="denies with a response"),
    surfaces=FUNCTION,
    tags="not_opened",
)
def endpoint_denies_with_a_response(client: Peer) -> None:
    """The endpoint calls `send_denial_response()` with a response of 401."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="denies with a response in parts"),
    surfaces=FUNCTION,
    tags="not_opened",
)
def endpoint_denies_with_a_response_in_parts(client: Peer) -> None:
    """The endpoint calls `send_denial_response()` with a `StreamingResponse` of 401."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="closes before it accepts, and receives"),
    surfaces=("starlette_websocket", "starlette_websocket_iterating"),
    tags="not_opened",
)
def endpoint_closes_before_it_accepts(client: Peer) -> None:
    """The endpoint closes with 4003 and a reason, does not accept, and receives."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="sends before it accepts"),
    surfaces=FUNCTION,
    tags="not_opened",
)
def endpoint_sends_before_it_accepts(client: Peer) -> None:
    """The endpoint sends a message to a client that it has not accepted."""
    be_refused(client)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="receives before it accepts"),
    surfaces=("starlette_websocket", "starlette_websocket_iterating"),
    tags="not_opened",
)
def endpoint_receives_before_it_accepts(client: Peer) -> None:
    """The endpoint receives from a client that it has not accepted."""
    be_refused(client)


@scenario(rfc="4.2.2", application=when(OPENED, library_call("accept")), surfaces=EVERY)
def endpoint_accepts_twice(client: Peer) -> None:
    """The endpoint accepts a client that it has accepted."""
    client.open()
    client.await_close_else_close()


@scenario_for_each(
    LEAVING,
    rfc="4.1",
    settings=Settings(idiom="accepts once it is released"),
    surfaces=FUNCTION,
    tags="not_opened",
)
def endpoint_accepts_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} before the endpoint accepts it."""
    client.request()
    client.wait_part_of_close_timeout(0.1)
    leave(client)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
