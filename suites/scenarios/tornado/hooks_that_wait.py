"""The client does something while a hook that is a coroutine is still running."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.model.actions import MESSAGE, OPENED, PING, PONG
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame, ping, pong, text
from fixtures.peer.steps import Peer

GROUP = "close"
COROUTINES = ("tornado_handler_coroutines",)

Step = Callable[[Peer], None]


def send_going_away(client: Peer) -> None:
    """Close with 1001 and a reason."""
    client.send_close(1001, "going away")


LEAVING: dict[str, Step] = {
    "closes": send_going_away,
    "ends": Peer.half_close,
    "resets": Peer.reset,
}
"""The ways in which a client leaves; the ends of names."""
LOST = {"ends": "lost", "resets": "lost"}
TOLD = LOST | {"closes": "with_reason"}
"""What kind of situation each way is, if the application is told of a close frame, too."""


def waits(hook: str, further: str = "") -> Settings:
    """The settings for a hook that waits until it is released, and for what it does then."""
    return Settings(options={hook: f"waits{further}"})


def go_on(client: Peer) -> None:
    """Let time pass, in which the library handles what has come; then the hook goes on."""
    client.wait_part_of_close_timeout(0.1)
    client.release_application()


def leave_meanwhile(client: Peer, leave: Step) -> None:
    """Leave while the hook waits; then it goes on, and the connection ends."""
    leave(client)
    go_on(client)
    client.await_end()


@scenario_for_each(
    LEAVING, rfc="7.1.5", settings=waits("open"), surfaces=COROUTINES, further_tags=TOLD
)
def open_waits_and_client(client: Peer, leave: Step) -> None:
    """The client {value} while `open` waits; then `open` goes on."""
    client.open()
    client.wait_for(OPENED)
    leave_meanwhile(client, leave)


@scenario_for_each(
    LEAVING, rfc="7.1.5", settings=waits("on_message"), surfaces=COROUTINES, further_tags=TOLD
)
def on_message_waits_and_client(client: Peer, leave: Step) -> None:
    """The client {value} while `on_message` waits; then `on_message` goes on."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    leave_meanwhile(client, leave)


@scenario_for_each(
    LEAVING, rfc="5.5.2", settings=waits("on_ping"), surfaces=COROUTINES, further_tags=TOLD
)
def on_ping_waits_and_client(client: Peer, leave: Step) -> None:
    """The client {value} while `on_ping` waits; then `on_ping` goes on."""
    client.open()
    client.send_ping(b"are you there")
    client.wait_for(PING)
    leave_meanwhile(client, leave)


@scenario_for_each(
    LEAVING, rfc="5.5.3", settings=waits("on_pong"), surfaces=COROUTINES, further_tags=TOLD
)
def on_pong_waits_and_client(client: Peer, leave: Step) -> None:
    """The client {value} while `on_pong` waits; then `on_pong` goes on."""
    client.open()
    client.send_pong(b"here I am")
    client.wait_for(PONG)
    leave_meanwhile(client, leave)


@scenario(rfc="5.4", settings=waits("open"), surfaces=COROUTINES, tags="with_reason")
def open_waits_and_frames_come(client: Peer) -> None:
    """A message, a ping and a close frame come while `open` waits."""
    client.open()
    client.wait_for(OPENED)
    client.send(text("hello"), ping(b"one"), close_frame(1000, "bye"))
    go_on(client)
    client.await_close()


@scenario(rfc="5.4", settings=waits("on_message"), surfaces=COROUTINES, tags="with_reason")
def on_message_waits_and_frames_come(client: Peer) -> None:
    """A second message, a ping and a close frame come while `on_message` waits."""
    client.open()
    client.send(text("one"), text("two"), ping(b"three"), close_frame(1000, "bye"))
    client.wait_for(MESSAGE)
    go_on(client)
    client.await_close()


@scenario(rfc="5.5.2", settings=waits("on_ping"), surfaces=COROUTINES, tags="with_reason")
def on_ping_waits_and_frames_come(client: Peer) -> None:
    """A message, a pong and a close frame come while `on_ping` waits."""
    client.open()
    client.send(ping(b"one"), text("two"), pong(b"three"), close_frame(1000, "bye"))
    client.wait_for(PING)
    go_on(client)
    client.await_close()


@scenario(rfc="5.5.3", settings=waits("on_pong"), surfaces=COROUTINES, tags="with_reason")
def on_pong_waits_and_frames_come(client: Peer) -> None:
    """A message, a second pong and a close frame come while `on_pong` waits."""
    client.open()
    client.send(pong(b"one"), text("two"), pong(b"three"), close_frame(1000, "bye"))
    client.wait_for(PONG)
    go_on(client)
    client.await_close()
