"""Keepalive: each timeout beside an interval of a second, and how the peer answers pings."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, pause, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("tornado_client", "tornado_client_callback", "tornado_handler")
INTERVAL = 1
TIMEOUTS = {
    "unset": None,
    "of_zero": 0,
    "half_the_interval": INTERVAL / 2,
    "equal_to_the_interval": INTERVAL,
    "over_the_interval": INTERVAL * 1.5,
}
"""The timeout of a pong, in seconds, by what it is in comparison with the interval."""


def with_timeout(seconds: float | None) -> Settings:
    """An interval of a second, and this timeout; none is the default."""
    return Settings(options={"ping_interval": INTERVAL, "ping_timeout": seconds})


@scenario_for_each(TIMEOUTS, rfc="5.5.2", settings=with_timeout, surfaces=SURFACES)
def pongs_come_at_once_timeout(peer: Peer, _: object) -> None:
    """The peer answers three pings at once, and closes; the timeout of a pong is {value}."""
    peer.open()
    peer.answer_ping()
    peer.answer_ping()
    peer.answer_ping()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario_for_each(TIMEOUTS, rfc="5.5.2", settings=with_timeout, surfaces=SURFACES)
def pongs_come_late_timeout(peer: Peer, _: object) -> None:
    """The peer answers three pings after 0.7 seconds, and closes; the timeout is {value}."""
    peer.open()
    peer.answer_ping_late(0.14)
    peer.answer_ping_late(0.14)
    peer.answer_ping_late(0.14)
    peer.close_if_open()


@scenario_for_each(TIMEOUTS, rfc="5.5.2", settings=with_timeout, surfaces=SURFACES)
def no_pong_of_three_comes_timeout(peer: Peer, _: object) -> None:
    """The peer answers neither pings nor a close frame, up to the third; the timeout is {value}."""
    peer.open()
    peer.await_frame()
    peer.await_frame()
    peer.await_frame()
    peer.close_if_open()


@scenario(rfc="5.5.2", settings=with_timeout(INTERVAL / 2), surfaces=SURFACES)
def no_pong_comes_and_peer_echoes(peer: Peer) -> None:
    """The peer answers no ping, but echoes the close frame that the library sends because of it."""
    peer.open()
    peer.await_frame()
    peer.await_close()
    peer.echo_close()


@scenario_for_each(TIMEOUTS, rfc="5.5.2", settings=with_timeout, surfaces=SURFACES)
def messages_come_instead_of_pongs_timeout(peer: Peer, _: object) -> None:
    """The peer sends a message at three pings, and no pong; the timeout is {value}."""
    peer.open()
    peer.await_frame()
    peer.send_text("one")
    peer.await_frame()
    peer.send_text("two")
    peer.await_frame()
    peer.send_text("three")
    peer.close_if_open()


# Without pings, before the first one, and after the last


@scenario_for_each(
    {"unset": None, "of_zero": 0},
    rfc="5.5.2",
    settings=lambda seconds: Settings(options={"ping_interval": seconds, "ping_timeout": 1}),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_is_idle_and_closes_interval(peer: Peer, _: object) -> None:
    """The peer sends nothing for five seconds, and closes; the interval of pings is {value}."""
    peer.open()
    peer.wait_part_of_close_timeout(1.0)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="5.5.2", settings=Settings(keepalive=True), surfaces=SURFACES, tags="with_reason")
def peer_closes_at_the_third_ping(peer: Peer) -> None:
    """The peer answers two pings at once, and closes at the third one."""
    peer.open()
    peer.answer_ping()
    peer.answer_ping()
    peer.await_frame()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(
    rfc="5.5.2",
    settings=Settings(options={"ping_interval": 300}),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_ahead_of_the_first_ping(peer: Peer) -> None:
    """The peer closes when the first ping is due in five minutes."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(
    rfc="5.5.2",
    settings=Settings(options={"ping_interval": 300}),
    surfaces=SURFACES,
    tags="lost",
)
def peer_ends_ahead_of_the_first_ping(peer: Peer) -> None:
    """The peer sends FIN when the first ping is due in five minutes."""
    peer.open()
    peer.wait_for(OPENED)
    peer.half_close()


@scenario(
    rfc="5.5.2",
    application=when(MESSAGE, close(4000, "enough")),
    settings=Settings(options={"ping_interval": 2}),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_between_pings(peer: Peer) -> None:
    """The application closes after the first ping; the peer answers when the third would be due."""
    peer.open()
    peer.answer_ping()
    peer.send_text("hello")
    peer.await_close()
    peer.wait_part_of_close_timeout(0.9)
    peer.echo_close()


@scenario(
    rfc="5.5.2",
    application=when(OPENED, pause()),
    settings=Settings(async_open=True, options={"ping_interval": 1, "ping_timeout": 0.5}),
    surfaces=("tornado_handler",),
)
def pong_comes_while_open_runs(client: Peer) -> None:
    """The client answers the first ping at once; `open` runs for longer than the timeout."""
    client.open()
    client.answer_ping()
    client.await_frame()
    client.release_application()
    client.close_if_open()
