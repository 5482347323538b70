"""Idioms from tutorials, in programs that restore their connections themselves."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, FAILED, elsewhere, pause, run_again, send, when
from fixtures.model.scenario import scenario
from fixtures.peer.steps import Peer

GROUP = "error"
APP = ("websocket_client_app",)


@scenario(
    rfc="7.2.3",
    application=[when(CLOSED, run_again(), nth=1), when(CLOSED, run_again(), nth=2)],
    surfaces=APP,
)
def runs_again_at_the_end_after_each_loss(server: Peer) -> None:
    """The application runs again at each end; two connections are lost, the third is closed."""
    server.open()
    server.half_close()
    server.next_connection()
    server.open()
    server.half_close()
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.2.3", application=when(FAILED, run_again()), surfaces=APP)
def runs_again_in_on_error_after_a_loss(server: Peer) -> None:
    """The application runs again in on_error, which reports the peer's FIN."""
    server.open()
    server.half_close()
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.2.3", application=when(FAILED, run_again()), surfaces=APP)
def runs_again_in_on_error_after_401(server: Peer) -> None:
    """The application runs again in on_error, when the server has answered 401."""
    server.read_request()
    server.refuse(401, "Unauthorized")
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="7.2.3",
    application=[when(CLOSED, run_again(), nth=1), when(CLOSED, run_again(), nth=2)],
    surfaces=APP,
)
def runs_again_at_the_end_after_each_401(server: Peer) -> None:
    """The application runs again at each end; two connections are refused with 401."""
    server.read_request()
    server.refuse(401, "Unauthorized")
    server.next_connection()
    server.read_request()
    server.refuse(401, "Unauthorized")
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="7.1.5",
    application=when(CLOSED, elsewhere(send("beat")), pause()),
    surfaces=APP,
    tags="lost",
)
def peer_ends_and_a_heartbeat_follows(server: Peer) -> None:
    """A second thread sends while the application is being notified of the peer's FIN."""
    server.open()
    server.half_close()
    server.wait_for("acted")
    server.wait_part_of_close_timeout(0.1)
    server.release_application()
