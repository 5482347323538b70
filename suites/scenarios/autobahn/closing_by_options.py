"""A connection of autobahn closes as the options of its factory say."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, close, elsewhere, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, close_frame
from fixtures.peer.steps import Peer

GROUP = "close"
BOTH = ("autobahn_*",)
CLIENT = ("autobahn_*_client",)


@scenario_for_each(
    {
        "with_a_reason": close_frame(4001, "yours"),
        "without_a_reason": close_frame(4001),
        "without_a_code": close_frame(),
    },
    rfc="5.5.1",
    settings=Settings(options={"echoCloseCodeReason": True}),
    surfaces=BOTH,
    tags="peer_closes",
)
def peer_closes_and_is_echoed(peer: Peer, frame: Frame) -> None:
    """The peer closes {value}; the library is to echo what has come."""
    peer.open()
    peer.send(frame)
    peer.await_close()


@scenario(rfc="7.1.1", application=when(MESSAGE, close()), surfaces=CLIENT, tags="answered")
def server_answers_and_keeps_tcp_open(server: Peer) -> None:
    """The application closes; the server answers, and does not end TCP."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.send_close(1000)
    server.keep_tcp_open()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(close(), once_released=True)),
    surfaces=BOTH,
    tags="answered",
)
def peer_answers_in_time_to_a_late_close(peer: Peer) -> None:
    """The application closes 0.9 s after a message; the peer answers within half a second."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.wait_part_of_close_timeout(0.9)
    peer.release_application()
    peer.await_close()
    peer.wait_part_of_close_timeout(0.5)
    peer.echo_close()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close()),
    settings=Settings(options={"closeHandshakeTimeout": 3}),
    surfaces=BOTH,
    tags="answered",
)
def peer_answers_within_a_longer_timeout(peer: Peer) -> None:
    """The timeout of the closing handshake is 3 s; the peer answers after 2 s."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.wait_part_of_close_timeout(2)
    peer.echo_close()
