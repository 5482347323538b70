"""A client that reconnects: its connections are closed or lost, and it leaves its loop."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, leave, raise_error, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

from .reconnecting_failures import DECIDING, ITERATORS, LEAVES, serve_again

GROUP = "close"


@scenario_for_each(
    (1000, 1011), rfc="7.1.5", application=LEAVES, surfaces=ITERATORS, tags="opens_again"
)
def iterator_goes_on_when_peer_closes_with(server: Peer, code: int) -> None:
    """The peer closes the first connection with {value}; a second one opens."""
    server.open()
    server.send_close(code)
    server.await_close()
    server.end()
    serve_again(server)


@scenario(rfc="7.1.5", application=LEAVES, surfaces=ITERATORS, tags="opens_again")
def iterator_goes_on_when_peer_ends(server: Peer) -> None:
    """The peer ends the first connection with FIN; a second one opens."""
    server.open()
    server.wait_for(OPENED)
    server.end()
    serve_again(server)


@scenario(rfc="7.2.3", application=LEAVES, surfaces=ITERATORS, tags="opens_again")
def iterator_meets_503_when_it_goes_on(server: Peer) -> None:
    """After a 503, a connection ends with FIN; after one more 503, another one opens."""
    server.read_request()
    server.refuse(503, "No")
    server.end()
    server.next_connection()
    server.open()
    server.wait_for(OPENED)
    server.end()
    server.next_connection()
    server.read_request()
    server.refuse(503, "No")
    server.end()
    serve_again(server)


@scenario(rfc="7.1.5", surfaces=DECIDING)
def iterator_meets_404_when_it_goes_on(server: Peer) -> None:
    """The peer closes the first connection, and answers the second opening request with 404."""
    server.open()
    server.send_close(1001)
    server.await_close()
    server.end()
    server.next_connection()
    server.read_request()
    server.refuse(404, "No")
    server.end()


@scenario(
    rfc="7.1.2",
    application=(when(MESSAGE, close(4000, "enough")), when(MESSAGE, leave(), nth=2)),
    surfaces=ITERATORS,
    tags="opens_again",
)
def iterator_goes_on_when_application_closes(server: Peer) -> None:
    """The application closes the first connection with 4000; a second one opens."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()
    serve_again(server)


@scenario(
    rfc="7.1.1",
    settings=Settings(idiom="one message"),
    application=when(MESSAGE, leave(), nth=2),
    surfaces=ITERATORS,
    tags="opens_again",
)
def body_of_the_loop_ends_on_message(server: Peer) -> None:
    """After one message, the body of the loop ends, as with `continue`; a second one opens."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()
    serve_again(server)


@scenario(rfc="7.1.1", application=LEAVES, surfaces=ITERATORS)
def application_breaks_and_no_answer_comes(server: Peer) -> None:
    """The application leaves the loop with `break`; the peer sends no close frame."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.await_end()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, raise_error(), nth=2),
    surfaces=ITERATORS,
    tags="opens_again",
)
def application_raises_on_the_second_connection(server: Peer) -> None:
    """The peer closes the first connection; on the second one, an exception leaves the loop."""
    server.open()
    server.send_text("hello")
    server.send_close(1001)
    server.await_close()
    server.end()
    serve_again(server)
