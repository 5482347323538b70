"""Closing handshakes: who closes, with which frame, and how the other end answers."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    CLOSED,
    FAILED,
    ITERATION,
    MESSAGE,
    OPENED,
    PING,
    PONG,
    cancel,
    close,
    elsewhere,
    leave,
    pause,
    send,
    stop_reading,
    when,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame, ping, text
from fixtures.peer.steps import Peer
from fixtures.peer.wire import LEGAL_CLOSE_CODES

OTHER_CODES = {str(code): "other_code" for code in LEGAL_CLOSE_CODES if code > 1001}
"""1000 is normal, and so is 1001: the peer is going away."""

# The peer closes


@scenario(rfc="7.1.5", tags="with_reason")
def peer_closes_first(peer: Peer) -> None:
    """The peer starts the closing handshake with 1000 and a reason."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="7.1.5", tags="with_code")
def peer_closes_without_reason(peer: Peer) -> None:
    """The peer closes with 1000 and no reason."""
    peer.open()
    peer.send_close(1000)
    peer.await_close()


@scenario(rfc="7.1.5", tags="peer_closes")
def peer_closes_with_empty_frame(peer: Peer) -> None:
    """The peer's close frame has no body: no status is received."""
    peer.open()
    peer.send_close()
    peer.await_close()


@scenario(rfc="7.1.6", tags="with_reason")
def peer_closes_with_unicode_reason(peer: Peer) -> None:
    """The peer's close reason is UTF-8 outside ASCII."""
    peer.open()
    peer.send_close(1000, "adiós, 世界")
    peer.await_close()


@scenario_for_each(
    LEGAL_CLOSE_CODES,
    rfc="7.4.1",
    tags="with_reason",
    further_tags=OTHER_CODES,
)
def peer_closes_with_code(peer: Peer, code: int) -> None:
    """The peer closes with {value} and a reason."""
    peer.open()
    peer.send_close(code, "a reason")
    peer.await_close()


@scenario(rfc="7.1.5", tags="with_reason")
def peer_closes_after_messages(peer: Peer) -> None:
    """Two messages and the close frame leave the peer in one write."""
    peer.open()
    peer.send(text("one"), text("two"), close_frame(1000, "bye"))
    peer.await_close()


@scenario(rfc="5.5.1", tags="with_reason")
def peer_closes_byte_by_byte(peer: Peer) -> None:
    """The peer's close frame arrives one byte at a time."""
    peer.open()
    peer.send(close_frame(1000, "bye"), every=1)
    peer.await_close()


@scenario(rfc="7.1.1", tags="with_reason")
def peer_closes_then_ends(peer: Peer) -> None:
    """The peer's close frame is followed by FIN at once, before any answer."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send_close(1000, "bye")
    peer.half_close()


@scenario(rfc="7.1.1", tags="with_reason")
def peer_closes_and_keeps_tcp_open(peer: Peer) -> None:
    """The closing handshake is complete, and the peer does not end the TCP connection."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.keep_tcp_open()


@scenario(rfc="7.1.1", tags="with_reason")
def client_closes_and_ends_tcp_last(client: Peer) -> None:
    """The closing handshake is complete; the client ends TCP as soon as the server has."""
    client.open()
    client.send_close(1000, "bye")
    client.await_end()


@scenario(rfc="5.5.1", tags="with_reason")
def peer_sends_data_after_its_close(peer: Peer) -> None:
    """A text message follows the peer's close frame in the same write."""
    peer.open()
    peer.send(close_frame(1000, "bye"), text("too late"))
    peer.await_close()


@scenario(rfc="5.5.1", tags="with_reason")
def peer_sends_two_close_frames(peer: Peer) -> None:
    """Two close frames with different codes leave the peer in one write."""
    peer.open()
    peer.send(close_frame(1000, "one"), close_frame(1001, "two"))
    peer.await_close()


@scenario(rfc="5.4", tags="with_reason")
def peer_closes_in_a_fragmented_message(peer: Peer) -> None:
    """The peer's close frame comes between two fragments of a message."""
    peer.open()
    peer.send(text("half", fin=False), close_frame(1000, "bye"))
    peer.await_close()


# The application closes


@scenario(rfc="7.1.2", application=when(MESSAGE, close()), tags="answered")
def application_closes_on_message(peer: Peer) -> None:
    """The application closes while it handles the first message; the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, close(4000, "enough")), tags="answered")
def application_closes_with_code_on_message(peer: Peer) -> None:
    """The application closes with 4000 and a reason while it handles the first message."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, close()), tags="answered")
def application_closes_on_message_with_another_waiting(peer: Peer) -> None:
    """The application closes on the first message; a second one came in the same write."""
    peer.open()
    peer.send(text("one"), text("two"))
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(PING, close()), tags="answered")
def application_closes_on_ping(peer: Peer) -> None:
    """The application closes in its ping callback."""
    peer.open()
    peer.send_ping(b"are you there")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(PONG, close()), tags="answered")
def application_closes_on_pong(peer: Peer) -> None:
    """The application closes in its pong callback; the pong is unsolicited."""
    peer.open()
    peer.send_pong(b"here I am")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.7", application=when(FAILED, close()), tags="bad_frame")
def application_closes_when_it_fails(peer: Peer) -> None:
    """The application closes when it is notified of a failure: a reserved bit was set."""
    peer.open()
    peer.send(text("odd").replace(rsv=2))
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(CLOSED, close()), tags="with_reason")
def application_closes_when_told_of_the_close(peer: Peer) -> None:
    """The application closes once more when it is notified that the peer closed."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="7.1.2", application=when(AFTER_THE_END, close()), tags="with_reason")
def application_closes_after_the_end(peer: Peer) -> None:
    """The application closes once more after the connection has ended."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, close(), close()), tags="answered")
def application_closes_twice(peer: Peer) -> None:
    """The application closes twice while it handles the first message."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, elsewhere(close())), races=True, tags="answered")
def application_closes_from_elsewhere(peer: Peer) -> None:
    """On a message, a second thread or task closes; the peer answers and ends TCP."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(close(4000, "enough"))),
    races=True,
    tags="answered",
)
def application_closes_from_elsewhere_with_code(peer: Peer) -> None:
    """On a message, a second thread or task closes with 4000 and a reason."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, leave()))
def application_leaves_on_message(peer: Peer) -> None:
    """The application leaves its block or handler on the first message."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, cancel()))
def application_is_cancelled_on_message(peer: Peer) -> None:
    """The task that receives is cancelled on the first message."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, stop_reading()))
def peer_closes_and_nobody_reads(peer: Peer) -> None:
    """The application receives one message and stops reading; then the peer closes."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="5.5.1", application=when(CLOSED, send("too late")), tags="with_reason")
def application_sends_after_the_close(peer: Peer) -> None:
    """The application sends a message when it is notified that the peer closed."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


# How the peer answers the application's close


@scenario(rfc="7.1.5", application=when(MESSAGE, close(4000, "enough")), tags="answered")
def peer_answers_with_another_code(peer: Peer) -> None:
    """The application closes with 4000; the peer answers with 4001 and its own reason."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.send_close(4001, "my own")


@scenario(rfc="7.1.5", application=when(MESSAGE, close(4000, "enough")), tags="answered")
def peer_answers_with_empty_frame(peer: Peer) -> None:
    """The application closes with 4000; the peer answers with an empty close frame."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.send_close()


@scenario(rfc="7.1.1", application=when(MESSAGE, close()), tags="answered")
def peer_answers_late(peer: Peer) -> None:
    """The application closes; the peer answers after half the close timeout."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.wait_part_of_close_timeout(0.5)
    peer.echo_close()


@scenario(rfc="7.1.1", application=when(MESSAGE, close()), tags="unanswered")
def peer_never_answers(peer: Peer) -> None:
    """The application closes; the peer neither answers nor ends the connection."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.keep_tcp_open()


@scenario(rfc="7.1.1", application=when(MESSAGE, close()), tags="unanswered")
def peer_never_answers_but_ends(peer: Peer) -> None:
    """The application closes; the peer never answers, and ends TCP once the other side has."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.await_end()


@scenario(rfc="7.1.1", application=when(MESSAGE, close()), tags="unanswered")
def peer_answers_with_fin(peer: Peer) -> None:
    """The application closes; the peer sends FIN and no close frame."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.half_close()


@scenario(rfc="5.5.1", application=when(MESSAGE, close()), tags="answered")
def peer_sends_data_before_it_answers(peer: Peer) -> None:
    """The application closes; the peer sends a message and a ping, then answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.send(text("one more"), ping(b"still here"), close_frame(1000))


@scenario(rfc="5.5.1", application=when(MESSAGE, close(4000, "mine")), tags="both_close")
def both_close_at_once(peer: Peer) -> None:
    """The peer's close frame is in transit while the application closes on a message."""
    peer.open()
    peer.send(text("hello"), close_frame(4001, "yours"))
    peer.await_close()


@scenario(rfc="7.1.5", needs=(ITERATION,), tags="with_reason")
def peer_closes_while_the_handler_iterates(client: Peer) -> None:
    """The handler iterates and cleans up in `finally`; the client closes with 1000."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="7.1.5", needs=(ITERATION,), tags="with_reason")
def client_goes_away_while_the_handler_iterates(client: Peer) -> None:
    """The handler iterates and cleans up in `finally`; the client closes with 1001."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(1001, "going away")
    client.await_close()


@scenario(rfc="7.4.2", needs=(ITERATION,), tags=("with_reason", "other_code"))
def client_closes_with_4000_while_the_handler_iterates(client: Peer) -> None:
    """The handler iterates and cleans up in `finally`; the client closes with 4000."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(4000, "mine")
    client.await_close()


@scenario(rfc="7.1.5", settings=Settings(async_closed=True))
def close_callback_is_a_coroutine(client: Peer) -> None:
    """The application's close callback is declared `async def`."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="7.1.5", settings=Settings(async_closed=True, connections=5))
def close_callback_is_a_coroutine_five_times(client: Peer) -> None:
    """Five connections in a row have a close callback that is declared `async def`."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()
    client.next_connection()
    client.open()
    client.send_close(1001, "going away")
    client.await_close()
    client.next_connection()
    client.open()
    client.send_close()
    client.await_close()
    client.next_connection()
    client.open()
    client.send_close(4000, "mine")
    client.await_close()
    client.next_connection()
    client.open()
    client.send_close(1000, "the last")
    client.await_close()


@scenario(rfc="7.1.5", settings=Settings(closed_starts_task=True), tags="with_reason")
def close_callback_starts_a_task(client: Peer) -> None:
    """The application's close callback is a plain function that starts a task."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(close(), once_released=True)),
    races=True,
    tags="answered",
)
def application_closes_from_elsewhere_when_idle(peer: Peer) -> None:
    """A second thread or task closes an idle connection; the peer answers and ends TCP."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.wait_part_of_close_timeout(0.1)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(MESSAGE, elsewhere(close()), pause()), tags="answered")
def application_closes_from_elsewhere_during_a_message(peer: Peer) -> None:
    """A second thread or task closes while the first message is still being handled."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()
    peer.wait_part_of_close_timeout(0.5)
    peer.release_application()
