"""A hook that is a coroutine sends, closes or raises after the client has done something."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, send, when
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.frames import text
from fixtures.peer.steps import Peer

from .hooks_that_wait import (
    COROUTINES,
    LEAVING,
    LOST,
    TOLD,
    Step,
    go_on,
    leave_meanwhile,
    waits,
)

GROUP = "close"


def leave_on_message(client: Peer, leave: Step) -> None:
    """Send a message, and leave while `on_message` waits.

    The handler waits for what comes when the message does, so that it sees an end of TCP.
    """
    client.open()
    client.wait_for(OPENED)
    client.wait_part_of_close_timeout(0.1)
    client.send_text("hello")
    client.wait_for(MESSAGE)
    leave_meanwhile(client, leave)


def leave_on_early_message(client: Peer, leave: Step) -> None:
    """Send a message with the request, and leave while `on_message` waits."""
    client.request(then=[text("hello")])
    client.await_response()
    client.wait_for(MESSAGE)
    leave_meanwhile(client, leave)


@scenario_for_each(
    LEAVING,
    rfc="6.1",
    settings=waits("on_message", ", then sends"),
    surfaces=COROUTINES,
    further_tags=TOLD,
)
def on_message_sends_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while `on_message` waits; then `on_message` awaits `write_message`."""
    leave_on_message(client, leave)


@scenario_for_each(
    LEAVING,
    rfc="6.1",
    settings=waits("on_message", ", then sends and does not await it"),
    surfaces=COROUTINES,
    further_tags=TOLD,
)
def on_message_sends_unawaited_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while `on_message` waits; it calls `write_message` and does not await."""
    leave_on_message(client, leave)


@scenario_for_each(
    LEAVING,
    rfc="7.1.2",
    settings=waits("on_message", ", then closes"),
    surfaces=COROUTINES,
    further_tags=TOLD,
)
def on_message_acts_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while `on_message` waits; then `on_message` closes with 4000."""
    leave_on_message(client, leave)


@scenario_for_each(
    {"open": "open", "on_message": "on_message"},
    rfc="7.1.2",
    settings=lambda hook: waits(hook, ", then closes"),
    surfaces=COROUTINES,
)
def handler_closes_late_in(client: Peer, _: str) -> None:
    """The hook {value} waits, and then closes with 4000; the client answers, and ends TCP."""
    client.open()
    client.send_text("hello")
    client.wait_for(OPENED)
    go_on(client)
    client.await_close()
    client.echo_close()


@scenario_for_each(
    LEAVING,
    rfc="7.1.7",
    settings=waits("on_message", ", then raises RuntimeError"),
    surfaces=COROUTINES,
    further_tags=LOST,
)
def on_message_raises_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while `on_message` waits; then `on_message` raises."""
    leave_on_message(client, leave)


@scenario_for_each(
    LEAVING,
    rfc="7.1.7",
    settings=waits("open", ", then raises RuntimeError"),
    surfaces=COROUTINES,
    further_tags=LOST,
)
def open_raises_once_the_client(client: Peer, leave: Step) -> None:
    """The client {value} while `open` waits; then `open` raises."""
    client.open()
    client.wait_for(OPENED)
    leave_meanwhile(client, leave)


@scenario_for_each(
    LEAVING,
    rfc="6.1",
    settings=waits("on_message", ", then sends"),
    surfaces=COROUTINES,
    further_tags=TOLD,
)
def early_message_is_answered_once_the_client(client: Peer, leave: Step) -> None:
    """The client's message came with its request; it {value}; `on_message` awaits a write."""
    leave_on_early_message(client, leave)


@scenario_for_each(
    LEAVING,
    rfc="6.1",
    settings=waits("on_message", ", then sends and does not await it"),
    surfaces=COROUTINES,
    further_tags=TOLD,
)
def early_message_is_answered_unawaited_once_the_client(client: Peer, leave: Step) -> None:
    """The client's message came with its request; it {value}; `on_message` awaits no write."""
    leave_on_early_message(client, leave)


@scenario(
    rfc="6.1",
    application=when(MESSAGE, close(4000, "enough"), send("one more")),
    surfaces=("tornado_handler",),
)
def on_message_closes_and_sends(client: Peer) -> None:
    """`on_message` closes, and then calls `write_message`; what that raises is not caught."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()
