"""`async for websocket in connect(uri)`, `for websocket in reconnect(uri)`: openings that fail."""

from __future__ import annotations

from fixtures.model.actions import CONNECTING, MESSAGE, cancel, leave, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "error"
LEGACY = ("websockets_legacy_reconnecting",)
DECIDES = ("websockets_asyncio_reconnecting", "websockets_trio_reconnecting")
COROUTINES = (*DECIDES, *LEGACY)
DECIDING = (*DECIDES, "websockets_threading_reconnecting")
"""For the legacy API no failure is final."""
ITERATORS = (*DECIDING, *LEGACY)
LEAVES = when(MESSAGE, leave())


def serve_again(server: Peer) -> None:
    """Serve one more connection, on which a message makes the application leave the loop."""
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


# What is tried again


@scenario_for_each(
    (500, 502, 503, 504), rfc="4.1", application=LEAVES, surfaces=ITERATORS, tags="opens_again"
)
def iterator_reconnects_when_refused_with(server: Peer, status: int) -> None:
    """The server answers the first opening request with {value}, and accepts the second one."""
    server.read_request()
    server.refuse(status, "No")
    server.end()
    serve_again(server)


@scenario(rfc="7.2.3", application=LEAVES, surfaces=ITERATORS, tags="opens_again")
def iterator_reconnects_when_refused_three_times(server: Peer) -> None:
    """The server answers three opening requests with 503, and accepts the fourth one."""
    server.read_request()
    server.refuse(503, "No")
    server.end()
    server.next_connection()
    server.read_request()
    server.refuse(503, "No")
    server.end()
    server.next_connection()
    server.read_request()
    server.refuse(503, "No")
    server.end()
    serve_again(server)


@scenario(rfc="4.1", application=LEAVES, surfaces=ITERATORS, tags="opens_again")
def iterator_reconnects_when_the_handshake_ends(server: Peer) -> None:
    """The server answers the first opening request with FIN, and accepts the second one."""
    server.read_request()
    server.end()
    serve_again(server)


@scenario(rfc="4.1", application=LEAVES, surfaces=ITERATORS, tags="opens_again")
def iterator_reconnects_when_the_handshake_is_reset(server: Peer) -> None:
    """The server answers the first opening request with RST, and accepts the second one."""
    server.read_request()
    server.reset()
    serve_again(server)


@scenario(rfc="4.1", application=LEAVES, surfaces=ITERATORS, tags="opens_again")
def iterator_reconnects_when_no_answer_comes(server: Peer) -> None:
    """The server does not answer the first opening request, and accepts the second one."""
    server.read_request()
    server.await_end()
    serve_again(server)


@scenario(
    rfc="4.1",
    settings=Settings(address="refused"),
    application=LEAVES,
    surfaces=ITERATORS,
    tags="opens_again",
)
def iterator_reconnects_when_tcp_is_refused(server: Peer) -> None:
    """No server listens on the port at first; a second later, one does."""
    server.wait_part_of_close_timeout(0.1)
    server.start_listening()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="4.1",
    settings=Settings(tls="valid"),
    application=LEAVES,
    surfaces=ITERATORS,
    tags="opens_again",
)
def iterator_reconnects_when_tls_fails(server: Peer) -> None:
    """The server answers the first TLS client hello with bytes that are not TLS."""
    server.fail_tls()
    server.end()
    serve_again(server)


@scenario(
    rfc="4.1",
    settings=Settings(tls="untrusted"),
    application=when(CONNECTING, cancel()),
    surfaces=COROUTINES,
)
def iterator_meets_an_untrusted_certificate(server: Peer) -> None:
    """The server's certificate is untrusted; a second later, during the delay, it is cancelled."""
    server.start_tls()
    server.wait_part_of_close_timeout(0.1)
    server.application_acts(CONNECTING)


@scenario(
    rfc="4.1",
    settings=Settings(address="unresolved"),
    application=when(CONNECTING, cancel()),
    surfaces=COROUTINES,
)
def iterator_meets_a_name_that_is_not_resolved(server: Peer) -> None:
    """The host name does not exist; after four seconds, the task is cancelled."""
    server.wait_part_of_close_timeout(0.4)
    server.application_acts(CONNECTING)


@scenario(
    rfc="7.2.3",
    settings=Settings(address="refused"),
    application=LEAVES,
    surfaces=ITERATORS,
    tags="opens_again",
)
def iterator_waits_for_a_server_for_minutes(server: Peer) -> None:
    """No server listens on the port at first; after 150 seconds, one does."""
    server.wait_part_of_close_timeout(15.0)
    server.start_listening()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(rfc="7.2.3", application=when(CONNECTING, cancel()), surfaces=COROUTINES)
def iterator_is_cancelled_during_the_delay(server: Peer) -> None:
    """The server answers with 503; a second later, the task that waits is cancelled."""
    server.read_request()
    server.refuse(503, "No")
    server.end()
    server.wait_part_of_close_timeout(0.1)
    server.application_acts(CONNECTING)


# What is final


@scenario_for_each((401, 404, 429), rfc="4.1", surfaces=DECIDING, tags="refused")
def iterator_is_refused_with(server: Peer, status: int) -> None:
    """The server answers the opening request with {value}, which is final."""
    server.read_request()
    server.refuse(status, "No")
    server.end()


# What the legacy API tries again as well


@scenario_for_each(
    (401, 404, 429), rfc="4.1", application=LEAVES, surfaces=LEGACY, tags="opens_again"
)
def iterator_reconnects_after(server: Peer, status: int) -> None:
    """The server answers the first opening request with {value}, and accepts the second one."""
    server.read_request()
    server.refuse(status, "No")
    server.end()
    serve_again(server)


@scenario(rfc="4.1", application=LEAVES, surfaces=LEGACY, tags="opens_again")
def iterator_reconnects_after_garbage(server: Peer) -> None:
    """The server answers the first opening request with garbage, and accepts the second one."""
    server.read_request()
    server.answer_garbage()
    serve_again(server)
