"""An application gives up waiting for one call, or makes two at once, and goes on."""

from __future__ import annotations

from fixtures.model.actions import GIVEN_UP, OPENED, elsewhere, library_call, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import close_frame, continuation, text
from fixtures.peer.steps import Peer

GROUP = "close"
COROUTINES = ("websockets_[al]*_client", "websockets_trio_client")
CLIENTS = ("websockets_[!ds]*_client",)


@scenario(rfc="5.6", settings=Settings(idiom="gives up a recv"), surfaces=CLIENTS)
def application_gives_up_a_recv(server: Peer) -> None:
    """The application gives up a recv; then the server sends a message, and closes."""
    server.open()
    server.wait_for(GIVEN_UP)
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.4", settings=Settings(idiom="gives up a recv"), surfaces=CLIENTS)
def application_gives_up_a_recv_in_a_message(server: Peer) -> None:
    """The application gives up a recv while half of a fragmented message has come."""
    server.open()
    server.send(text("first half, ", fin=False))
    server.wait_for(GIVEN_UP)
    server.send(continuation(b"second half"), text("hello"))
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.4", settings=Settings(idiom="streams half a message"), surfaces=CLIENTS)
def application_leaves_half_a_message(server: Peer) -> None:
    """The application receives the first of two fragments, then calls recv, and leaves."""
    server.open()
    server.send(text("first half, ", fin=False), continuation(b"second half"))
    server.await_close()
    server.echo_close()


@scenario(rfc="5.5.3", settings=Settings(idiom="gives up a pong"), surfaces=CLIENTS)
def application_gives_up_a_pong(server: Peer) -> None:
    """The application gives up waiting for a pong, which then comes; the server closes."""
    server.open()
    server.wait_for(GIVEN_UP)
    server.answer_ping()
    server.wait_part_of_close_timeout(0.1)
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.2", settings=Settings(idiom="gives up a close"), surfaces=COROUTINES)
def application_gives_up_its_close(server: Peer) -> None:
    """The application gives up its close and receives; then the server answers the close frame."""
    server.open()
    server.wait_for(GIVEN_UP)
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(rfc="7.1.2", settings=Settings(idiom="gives up a close"), surfaces=COROUTINES)
def application_gives_up_its_close_in_vain(server: Peer) -> None:
    """The application gives up its close and receives; the server never answers."""
    server.open()
    server.await_close()
    server.await_end()


@scenario(
    rfc="7.1.2", settings=Settings(idiom="gives up a close, then closes"), surfaces=COROUTINES
)
def application_gives_up_its_close_then_repeats_it(server: Peer) -> None:
    """The application gives up its close, then closes again; the server never answers."""
    server.open()
    server.await_close()
    server.await_end()


@scenario(
    rfc="5.4",
    settings=Settings(idiom="gives up a send"),
    surfaces=COROUTINES,
)
def application_gives_up_a_send(server: Peer) -> None:
    """The application gives up a message of which a fragment has left, and sends another."""
    server.open()
    server.await_close_else_close()
    server.echo_close()


@scenario(
    rfc="5.6",
    application=when(OPENED, elsewhere(library_call("recv"), once_released=True)),
    surfaces=CLIENTS,
)
def application_receives_twice_at_once(server: Peer) -> None:
    """A second task or thread calls recv while the first waits in it; both go on."""
    server.open()
    server.wait_for(OPENED)
    server.wait_part_of_close_timeout(0.1)
    server.release_application()
    server.wait_part_of_close_timeout(0.1)
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.2", settings=Settings(idiom="pings twice alike"), surfaces=CLIENTS)
def application_pings_twice_alike(server: Peer) -> None:
    """The application sends a ping of a payload that already waits for its pong."""
    server.open()
    server.answer_ping()
    server.send_text("hello")
    server.send(close_frame(1000, "bye"))
    server.await_close()
