"""Open-time closes: a close in, or right after, the opening handshake."""

from __future__ import annotations

from fixtures.model.actions import (
    BEFORE_CONNECTING,
    CONNECTING,
    HANDLER,
    OPENED,
    cancel,
    close,
    elsewhere,
    leave,
    pause,
    raise_error,
    send,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

# The peer


@scenario(rfc="4.2.2", tags=("with_reason", "other_code"))
def in_the_same_write(server: Peer) -> None:
    """The 101 response and the close frame leave the server in one write."""
    server.read_request()
    server.accept(then=close_frame(1008, "no"))
    server.await_close()


@scenario(rfc="4.2.2", tags="with_reason")
def in_the_same_write_after_a_message(server: Peer) -> None:
    """The 101 response, a message and the close frame leave the server in one write."""
    server.read_request()
    server.accept(then=[text("hello"), close_frame(1000, "bye")])
    server.await_close()


@scenario(rfc="4.1", races=True)
def behind_the_request(client: Peer) -> None:
    """The client's opening request and close frame are one write; then the client waits."""
    client.request(then=[close_frame(1000, "bye")])
    client.wait_part_of_close_timeout(0.1)
    client.read_response()
    client.await_close()


@scenario(rfc="7.1.5", tags="with_reason")
def right_after_the_handshake(peer: Peer) -> None:
    """The peer's close frame follows the opening handshake at once, in a write of its own."""
    peer.open()
    peer.send_close(1001, "going away")
    peer.await_close()


@scenario(rfc="7.1.5", settings=Settings(tls="valid"), tags="with_reason")
def right_after_the_handshake_over_tls(server: Peer) -> None:
    """Over TLS, the server's close frame follows the opening handshake at once."""
    server.open()
    server.send_close(1001, "going away")
    server.await_close()


@scenario(rfc="7.1.5", tags="lost")
def peer_ends_right_after_the_handshake(peer: Peer) -> None:
    """The peer sends FIN right after the opening handshake."""
    peer.open()
    peer.half_close()


@scenario(rfc="7.1.5", races=True, tags="lost")
def peer_resets_right_after_the_handshake(peer: Peer) -> None:
    """The peer sends RST right after the opening handshake."""
    peer.open()
    peer.reset()


@scenario(rfc="4.1", races=True, tags="handshake_lost")
def server_ends_before_the_handshake(server: Peer) -> None:
    """The server accepts the TCP connection and sends FIN before it reads the request."""
    server.half_close()


# The application


@scenario(rfc="7.1.2", application=when(OPENED, close()), tags="answered")
def application_closes_when_opened(peer: Peer) -> None:
    """The application closes as soon as it is notified that the connection is open."""
    peer.open()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(OPENED, close(4000, "no need")), tags="answered")
def application_closes_with_code_when_opened(peer: Peer) -> None:
    """The application closes with 4000 and a reason as soon as the connection is open."""
    peer.open()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(OPENED, close(), close()), tags="answered")
def application_closes_twice_when_opened(peer: Peer) -> None:
    """The application closes twice as soon as the connection is open."""
    peer.open()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(OPENED, close(), raise_error()))
def application_closes_and_raises_when_opened(peer: Peer) -> None:
    """The application closes, then raises, as soon as the connection is open."""
    peer.open()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(OPENED, close()), tags="unanswered")
def application_closes_when_opened_and_no_answer_comes(peer: Peer) -> None:
    """The application closes as soon as it has opened; the peer neither answers nor ends TCP."""
    peer.open()
    peer.await_close()
    peer.keep_tcp_open()


@scenario(rfc="7.1.2", application=when(OPENED, close(4000, "mine")), tags="both_close")
def both_close_when_opened(server: Peer) -> None:
    """The 101 response and the server's close frame are one write; the application closes too."""
    server.read_request()
    server.accept(then=close_frame(4001, "yours"))
    server.await_close()


@scenario(rfc="7.1.2", application=when(OPENED, leave()))
def application_leaves_when_opened(server: Peer) -> None:
    """The application leaves the block that owns the connection as soon as it is open."""
    server.open()
    server.await_close()
    server.echo_close()


@scenario(rfc="7.1.2", application=when(OPENED, elsewhere(close())), races=True, tags="answered")
def application_closes_from_elsewhere_when_opened(peer: Peer) -> None:
    """A second thread or task closes as soon as the connection is open."""
    peer.open()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(CONNECTING, elsewhere(close())), races=True)
def application_closes_while_connecting(server: Peer) -> None:
    """A second thread or task closes while the opening request is unanswered."""
    server.read_request()
    server.application_acts(CONNECTING)
    server.accept()
    server.await_close()
    server.echo_close()


@scenario(rfc="4.1", application=when(CONNECTING, cancel()))
def application_is_cancelled_while_connecting(server: Peer) -> None:
    """The task that connects is cancelled while the opening request is unanswered."""
    server.read_request()
    server.application_acts(CONNECTING)
    server.await_end()


@scenario(rfc="4.1", application=when(CONNECTING, cancel()))
def application_is_cancelled_and_tcp_stays_open(server: Peer) -> None:
    """The task that connects is cancelled; the server neither answers nor ends TCP."""
    server.read_request()
    server.application_acts(CONNECTING)
    server.keep_tcp_open()


@scenario(rfc="7.1.2", application=when(BEFORE_CONNECTING, close()), tags="with_reason")
def application_closes_before_connecting(server: Peer) -> None:
    """The application closes before it connects, and then connects."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="7.1.5",
    application=when(OPENED, pause()),
    settings=Settings(async_open=True),
    tags="with_reason",
)
def peer_closes_while_open_runs(peer: Peer) -> None:
    """The asynchronous open callback is still running when the peer closes."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send_close(1001, "going away")
    peer.wait_part_of_close_timeout(0.1)
    peer.release_application()
    peer.await_close()


@scenario(
    rfc="7.1.5", application=when(OPENED, pause()), settings=Settings(async_open=True), tags="lost"
)
def peer_ends_while_open_runs(peer: Peer) -> None:
    """The asynchronous open callback is still running when the peer sends FIN."""
    peer.open()
    peer.wait_for(OPENED)
    peer.half_close()
    peer.wait_part_of_close_timeout(0.1)
    peer.release_application()


@scenario(
    rfc="5.4",
    application=when(OPENED, pause(), send("from open")),
    settings=Settings(async_open=True),
    tags="with_reason",
)
def peer_sends_while_open_runs(peer: Peer) -> None:
    """A message comes while the asynchronous open callback runs, which then sends one itself."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send_text("hello")
    peer.wait_part_of_close_timeout(0.1)
    peer.release_application()
    peer.await_frame()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="7.1.2", application=when(OPENED, leave()), needs=(HANDLER,))
def handler_returns_at_once(client: Peer) -> None:
    """The handler returns as soon as the connection is open."""
    client.open()
    client.await_close()
    client.echo_close()


@scenario(rfc="4.2.2", settings=Settings(hook_refuses=True))
def request_hook_refuses(client: Peer) -> None:
    """The hook that sees the request answers 403; no connection opens."""
    client.request()
    client.read_response(403)
