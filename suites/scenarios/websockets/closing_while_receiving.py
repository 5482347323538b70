"""The application closes while a message of the peer is on the way, or a thread or task waits."""

from __future__ import annotations

from fixtures.model.actions import CONTINUED, MESSAGE, close, elsewhere, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import text
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("websockets_[alt]*_client", "websockets_[alt]*_server")
"""Of the asyncio, legacy, threading and trio APIs."""
STREAMING = Settings(idiom="recv_streaming")
STREAMERS = (
    "websockets_[at]*_client",
    "websockets_[at]*_server",
)
"""As before, without the legacy API."""
CLOSED_ELSEWHERE = when(MESSAGE, elsewhere(close(), once_released=True))


@scenario(rfc="7.1.1", application=CLOSED_ELSEWHERE, surfaces=SURFACES, tags="unanswered")
def application_closes_elsewhere_and_no_answer_comes(peer: Peer) -> None:
    """A second thread or task closes while the first one receives; the peer never answers."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.keep_tcp_open()


@scenario(rfc="5.4", application=CLOSED_ELSEWHERE, surfaces=SURFACES)
def application_closes_between_fragments(peer: Peer) -> None:
    """The application closes when half a message has come; the rest comes before the answer."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.send(text("first half", fin=False))
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.send_continuation(b", second half")
    peer.echo_close()


@scenario(rfc="5.4", application=CLOSED_ELSEWHERE, surfaces=SURFACES)
def peer_answers_in_a_fragmented_message(peer: Peer) -> None:
    """The application closes when half a message has come; the answer comes instead of the rest."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.send(text("first half", fin=False))
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="5.4",
    application=when(CONTINUED, close()),
    settings=STREAMING,
    surfaces=STREAMERS,
)
def application_closes_on_the_first_fragment(peer: Peer) -> None:
    """The application receives in fragments, and closes on the first; the rest comes after."""
    peer.open()
    peer.send(text("one", fin=False))
    peer.await_close()
    peer.send_continuation(b"two")
    peer.echo_close()


@scenario(rfc="5.4", settings=STREAMING, surfaces=STREAMERS)
def peer_closes_after_fragments(peer: Peer) -> None:
    """The application receives in fragments a message of two and one of one; the peer closes."""
    peer.open()
    peer.send(text("one", fin=False))
    peer.send_continuation(b"two")
    peer.send_text("whole")
    peer.send_close(1000, "bye")
    peer.await_close()
