"""What `prepare` does with the opening request, and what the client does while it waits."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

from .hooks_that_wait import Step, go_on, leave_meanwhile, waits

GROUP = "open_time_close"
HANDLER = ("tornado_handler",)
COROUTINES = ("tornado_handler_coroutines",)
WAITS = waits("prepare")


@scenario_for_each(
    {"finishes": "finishes", "redirects": "redirects"},
    rfc="4.2.2",
    settings=lambda does: Settings(options={"prepare": does}),
    surfaces=HANDLER,
    tags="not_opened",
)
def prepare(client: Peer, _: str) -> None:
    """`prepare` {value}, and no connection opens."""
    client.request()
    client.await_response()


@scenario(
    rfc="7.1.2",
    settings=Settings(options={"prepare": "closes"}),
    surfaces=HANDLER,
    tags="with_reason",
)
def prepare_closes(client: Peer) -> None:
    """`prepare` calls `close(4000, ...)`; then the client closes."""
    client.open()
    client.send_text("hello")
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="4.2.2",
    settings=Settings(options={"prepare": "sends"}),
    surfaces=HANDLER,
    tags="not_opened",
)
def prepare_sends(client: Peer) -> None:
    """`prepare` calls `write_message`, and lets pass what that raises."""
    client.request()
    client.await_response()


@scenario(
    rfc="4.2.2",
    settings=Settings(options={"select_subprotocol": "returns one that was not offered"}),
    surfaces=HANDLER,
    tags="not_opened",
)
def select_subprotocol_returns_another(client: Peer) -> None:
    """`select_subprotocol` returns a subprotocol that the client has not offered."""
    client.request_with(headers={"Sec-WebSocket-Protocol": "chat, superchat"})
    client.await_response()


# As a coroutine


@scenario(rfc="4.2.2", settings=WAITS, surfaces=COROUTINES, tags="with_reason")
def prepare_waits(client: Peer) -> None:
    """`prepare` awaits something; the connection opens after that."""
    client.request()
    client.wait_for("request")
    go_on(client)
    client.await_response()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="4.2.2", settings=WAITS, surfaces=COROUTINES, tags="with_reason")
def prepare_waits_and_frames_come(client: Peer) -> None:
    """A message and a close frame are in one write with the request; `prepare` awaits something."""
    client.request(then=[text("hello"), close_frame(1000, "bye")])
    client.wait_for("request")
    go_on(client)
    client.await_response()
    client.await_close()


@scenario_for_each(
    {"ends": Peer.half_close, "resets": Peer.reset},
    rfc="4.2.2",
    settings=WAITS,
    surfaces=COROUTINES,
)
def prepare_waits_and_client(client: Peer, leave: Step) -> None:
    """The client {value} while `prepare` waits; then `prepare` goes on."""
    client.request()
    client.wait_for("request")
    leave_meanwhile(client, leave)


@scenario_for_each(
    {
        "finishes": "waits, then finishes",
        "raises_http_403": "waits, then raises HTTPError",
        "raises": "waits, then raises RuntimeError",
        "raises_finish": "waits, then raises Finish",
        "raises_a_cancellation": "waits, then raises CancelledError",
    },
    rfc="4.2.2",
    settings=lambda does: Settings(options={"prepare": does}),
    surfaces=COROUTINES,
    tags="not_opened",
)
def prepare_waits_and(client: Peer, _: str) -> None:
    """`prepare` awaits something and then {value}; no connection opens."""
    client.request()
    client.wait_for("request")
    go_on(client)
    client.await_response()


@scenario_for_each(
    {"ends": Peer.half_close, "resets": Peer.reset},
    rfc="4.2.2",
    settings=waits("prepare", ", then raises HTTPError"),
    surfaces=COROUTINES,
    tags="not_opened",
)
def prepare_refuses_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while `prepare` waits; then `prepare` raises `HTTPError`."""
    client.request()
    client.wait_for("request")
    leave_meanwhile(client, leave)
