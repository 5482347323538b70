"""An application of a Sans-I/O protocol calls its methods, each by its own name."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, MESSAGE, OPENED, close, library_call, send, when
from fixtures.model.scenario import scenario
from fixtures.peer.steps import Peer

GROUP = "close"
SANSIO = ("websockets_sansio_*",)


@scenario(
    rfc="5.5.1",
    application=when(MESSAGE, close(), library_call("send_ping", b"still there?")),
    surfaces=SANSIO,
    tags="answered",
)
def application_pings_after_its_close_frame(peer: Peer) -> None:
    """The application closes and sends a ping behind its close frame; the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="5.5.1", application=when(MESSAGE, close(), send("too late")), surfaces=SANSIO)
def application_sends_after_its_close_frame(peer: Peer) -> None:
    """The application closes, and sends a message while the closing handshake is on."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="5.5.1",
    application=when(MESSAGE, library_call("send_close", reason="no code")),
    surfaces=SANSIO,
    tags="illegal_close",
)
def application_gives_a_reason_without_a_code(peer: Peer) -> None:
    """The application closes with a reason and without a code, which no frame can carry."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.7", application=when(MESSAGE, library_call("fail", 1011, "broken")), surfaces=SANSIO
)
def application_fails_the_connection(peer: Peer) -> None:
    """The application fails the connection with 1011; the peer answers the close frame."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.7",
    application=when(MESSAGE, library_call("fail", 999)),
    surfaces=SANSIO,
    tags="illegal_close",
)
def application_fails_it_with_an_illegal_code(peer: Peer) -> None:
    """The application fails the connection with 999, which no endpoint may send."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="5.4",
    application=when(
        MESSAGE,
        library_call("send_text", b"begun", fin=False),
        library_call("send_text", b"another"),
    ),
    surfaces=SANSIO,
)
def application_sends_text_in_its_fragmented_message(peer: Peer) -> None:
    """The application begins a fragmented message, and sends another before it has ended that."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="5.4",
    application=when(MESSAGE, library_call("send_continuation", b"of nothing", fin=True)),
    surfaces=SANSIO,
)
def application_continues_no_message(peer: Peer) -> None:
    """The application sends a continuation frame, and has begun no message."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.1",
    application=when(
        MESSAGE, library_call("close_expected"), close(), library_call("close_expected")
    ),
    surfaces=SANSIO,
    tags="answered",
)
def application_asks_whether_the_end_is_expected(peer: Peer) -> None:
    """The application closes, and asks before and after whether the end is expected."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.5",
    application=(
        when(OPENED, library_call("close_code")),
        when(MESSAGE, library_call("close_exc")),
    ),
    surfaces=SANSIO,
)
def application_asks_for_the_close_too_early(peer: Peer) -> None:
    """The application reads the close code and the exception of an open connection."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.4",
    application=when(CLOSED, library_call("receive_eof")),
    surfaces=SANSIO,
    tags="with_reason",
)
def application_ends_the_data_stream_again(peer: Peer) -> None:
    """The peer closes; the application feeds the end of the data stream a second time."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()
    peer.end()


@scenario(
    rfc="7.1.4",
    application=when(CLOSED, library_call("receive_data", b"late")),
    surfaces=SANSIO,
    tags="with_reason",
)
def application_feeds_data_after_the_end(peer: Peer) -> None:
    """The peer closes; the application feeds data behind the end of the data stream."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()
    peer.end()
