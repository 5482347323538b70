"""A client that reconnects, and decides which failures are final, or how long it waits."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

from .reconnecting_failures import DECIDING, LEAVES, serve_again

GROUP = "error"
DECISION = "process_exception"


@scenario(
    rfc="4.1",
    settings=Settings(options={DECISION: "returns None"}),
    application=LEAVES,
    surfaces=DECIDING,
    tags="opens_again",
)
def application_retries_after_404(server: Peer) -> None:
    """The server answers with 404; process_exception returns None."""
    server.read_request()
    server.refuse(404, "No")
    server.end()
    serve_again(server)


@scenario(
    rfc="4.1",
    settings=Settings(options={DECISION: "returns the exception"}),
    surfaces=DECIDING,
    tags="refused",
)
def application_gives_up_after_503(server: Peer) -> None:
    """The server answers with 503; process_exception returns the exception that it is given."""
    server.read_request()
    server.refuse(503, "No")
    server.end()


@scenario(
    rfc="4.1",
    settings=Settings(options={DECISION: "returns another exception"}),
    surfaces=DECIDING,
    tags="not_opened",
)
def application_gives_up_with_its_own_exception(server: Peer) -> None:
    """The server answers with 503; process_exception returns an exception of its own."""
    server.read_request()
    server.refuse(503, "No")
    server.end()


@scenario(
    rfc="4.1",
    settings=Settings(options={DECISION: "raises"}),
    surfaces=DECIDING,
    tags="not_opened",
)
def application_raises_in_process_exception(server: Peer) -> None:
    """The server answers with 503; process_exception raises."""
    server.read_request()
    server.refuse(503, "No")
    server.end()


@scenario(
    rfc="4.1",
    settings=Settings(address="unresolved", options={DECISION: "returns None, then the exception"}),
    surfaces=DECIDING,
)
def application_tries_a_name_twice(server: Peer) -> None:
    """The host name does not exist; process_exception returns None once, then the exception."""


@scenario(
    rfc="7.2.3",
    settings=Settings(options={"reconnect_delays": "2 s each"}),
    application=LEAVES,
    surfaces=DECIDING,
    tags="opens_again",
)
def application_sets_the_delays(server: Peer) -> None:
    """The server answers two opening requests with 503; reconnect_delays yields 2 s each time."""
    server.read_request()
    server.refuse(503, "No")
    server.end()
    server.next_connection()
    server.read_request()
    server.refuse(503, "No")
    server.end()
    serve_again(server)


@scenario(
    rfc="7.2.3",
    settings=Settings(options={"reconnect_delays": "2 s once"}),
    surfaces=DECIDING,
    tags="not_opened",
)
def application_runs_out_of_delays(server: Peer) -> None:
    """The server answers two opening requests with 503; reconnect_delays yields one delay."""
    server.read_request()
    server.refuse(503, "No")
    server.end()
    server.next_connection()
    server.read_request()
    server.refuse(503, "No")
    server.end()
