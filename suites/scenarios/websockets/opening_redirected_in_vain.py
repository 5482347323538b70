"""Redirects that lead nowhere: in a circle, and from TLS to a server without it."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

from .redirected_openings import redirect_again

GROUP = "error"
CLIENTS = ("websockets_[!ds]*_client",)


@scenario(rfc="4.1", surfaces=CLIENTS, tags=("redirected", "not_accepted"))
def server_redirects_in_a_circle(server: Peer) -> None:
    """The server redirects each of eleven requests to the same path."""
    server.read_request()
    server.redirect_here("/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")
    redirect_again(server, "/again")


@scenario(
    rfc="4.1",
    settings=Settings(tls="valid"),
    surfaces=CLIENTS,
    tags=("redirected", "not_accepted"),
)
def server_redirects_out_of_tls(server: Peer) -> None:
    """A server that uses TLS redirects to an address that does not."""
    server.read_request()
    server.redirect_here("/elsewhere", scheme="ws")
