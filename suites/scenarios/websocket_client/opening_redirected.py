"""Redirects that lead nowhere: in circles, or to something that is not a WebSocket server."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "error"
CLIENTS = ("websocket_client_app", "websocket_client_core")
CORE = ("websocket_client_core",)
EVERY_CLIENT = (*CLIENTS, "websockets_[!ds]*_client")
"""Those of websockets as well, but for the default one, which is another's, and Sans-I/O."""


@scenario(rfc="4.1", surfaces=CLIENTS, tags=("redirected", "not_opened"))
def server_redirects_for_ever(server: Peer) -> None:
    """The server answers every opening request with a redirect, for as long as they come."""
    server.read_request()
    server.redirect_here("/one")
    server.next_connection()
    server.read_request()
    server.redirect_here("/two")
    server.next_connection()
    server.read_request()
    server.redirect_here("/three")
    server.next_connection()
    server.read_request()
    server.redirect_here("/four")
    server.next_connection()
    server.read_request()
    server.redirect_here("/five")


@scenario_for_each(
    {"another_scheme": "http", "no_scheme": "odd+scheme"},
    rfc="4.1",
    surfaces=EVERY_CLIENT,
    tags=("redirected", "not_opened"),
)
def server_redirects_to(server: Peer, scheme: str) -> None:
    """The server redirects to an address of {value} that a client can open."""
    server.read_request()
    server.redirect_here("/", scheme=scheme)


@scenario(rfc="4.1", surfaces=CLIENTS, tags=("redirected", "not_opened"))
def server_redirects_to_a_path(server: Peer) -> None:
    """The server redirects to a relative location: a path of the same server."""
    server.read_request()
    server.redirect("/elsewhere")


@scenario(rfc="4.1", surfaces=EVERY_CLIENT, tags=("redirected", "refused"))
def server_redirects_to_a_refusal(server: Peer) -> None:
    """The server redirects to a path that it then refuses with 404."""
    server.read_request()
    server.redirect_here("/elsewhere")
    server.next_connection()
    server.read_request()
    server.refuse(404, "Not Found")


@scenario(
    rfc="4.1",
    settings=Settings(options={"redirect_limit": 0}),
    surfaces=CORE,
    tags=("redirected", "not_opened"),
)
def server_redirects_beyond_limit_of_none(server: Peer) -> None:
    """The server redirects once; the limit is no redirect."""
    server.read_request()
    server.redirect_here("/one")
    server.next_connection()
    server.open()


@scenario(
    rfc="4.1",
    settings=Settings(options={"redirect_limit": 1}),
    surfaces=CORE,
    tags=("redirected", "not_opened"),
)
def server_redirects_beyond_limit_of_one(server: Peer) -> None:
    """The server redirects twice; the limit is one redirect."""
    server.read_request()
    server.redirect_here("/one")
    server.next_connection()
    server.read_request()
    server.redirect_here("/two")
    server.next_connection()
    server.open()
