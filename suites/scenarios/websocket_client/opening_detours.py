"""Connections that open through a redirect or a proxy, and then close in order."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.net.loopback import BEHIND_A_PROXY
from fixtures.peer.steps import Peer

GROUP = "close"
APP, CORE = "websocket_client_app", "websocket_client_core"
CLIENTS = (APP, CORE)
PROXY = {"http_proxy_host": "{host}", "http_proxy_port": "{port}", "proxy_type": "http"}
NOBODY_THERE = {"http_proxy_host": "{host}", "http_proxy_port": 1, "proxy_type": "http"}
BY_ADDRESS = "ws://192.0.2.1/"
"""An address reserved for documentation, RFC 5737: it needs no name resolution."""


def through(proxy_type: str, url: str = "") -> Settings:
    """Settings for a server that is reached through a SOCKS proxy."""
    return Settings(options={**PROXY, "proxy_type": proxy_type}, proxied=True, url=url)


@scenario_for_each(
    (301, 302, 303, 307, 308), rfc="4.1", surfaces=CLIENTS, tags=("with_reason", "redirected")
)
def server_redirects_then_closes(server: Peer, status: int) -> None:
    """The server redirects to itself with {value}, accepts, and closes."""
    server.read_request()
    server.redirect_here("/elsewhere", status)
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"redirect_limit": 1}),
    surfaces=(CORE,),
    tags=("with_reason", "redirected"),
)
def server_redirects_within_limit_then_closes(server: Peer) -> None:
    """The server redirects once, which is the limit, then accepts and closes."""
    server.read_request()
    server.redirect_here("/elsewhere")
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(object_options={"subprotocols": ["chat", "superchat"]}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_confirms_subprotocol_then_closes(server: Peer) -> None:
    """The server confirms the second of two subprotocols, and closes."""
    server.read_request()
    server.accept(headers={"Sec-WebSocket-Protocol": "superchat"})
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1", settings=Settings(options=PROXY, proxied=True), surfaces=CLIENTS, tags="with_reason"
)
def server_closes_behind_a_proxy(server: Peer) -> None:
    """An HTTP proxy grants the CONNECT; the server behind it closes."""
    server.read_connect()
    server.grant_connect()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(
        options={"http_proxy_host": "{host}", "http_proxy_port": "{port}"},
        url=f"ws://{BEHIND_A_PROXY}/",
    ),
    surfaces=CLIENTS,
)
def server_closes_behind_a_proxy_of_no_type(server: Peer) -> None:
    """The HTTP proxy is given by host and port, without a type; the server behind it closes."""
    server.read_connect()
    server.grant_connect()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(options=PROXY, proxied=True, tls="valid"),
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_over_tls_behind_a_proxy(server: Peer) -> None:
    """An HTTP proxy grants the CONNECT; the server behind it uses TLS, and closes."""
    server.read_connect()
    server.grant_connect()
    server.start_tls()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {"by_name": through("socks5h"), "by_address": through("socks5", BY_ADDRESS)},
    rfc="4.1",
    settings=lambda found: found,
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_behind_socks_five(server: Peer, _: Settings) -> None:
    """A SOCKS 5 proxy grants the connection, asked for {value}; the server closes."""
    server.read_socks_greeting()
    server.answer_socks_greeting()
    server.read_socks_request()
    server.answer_socks_request()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {"by_name": through("socks4a"), "by_address": through("socks4", BY_ADDRESS)},
    rfc="4.1",
    settings=lambda found: found,
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_behind_socks_four(server: Peer, _: Settings) -> None:
    """A SOCKS 4 proxy grants the connection, asked for {value}; the server closes."""
    server.read_socks4_request()
    server.answer_socks4_request()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {"http": {}, "socks": {"proxy_type": "socks5"}},
    rfc="4.1",
    settings=lambda kind: Settings(
        options={**NOBODY_THERE, **kind, "http_no_proxy": ["127.0.0.1"]},
        url="ws://{host}:{port}/",
    ),
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_beside_a_proxy(server: Peer, _: dict[str, str]) -> None:
    """A silent proxy is set, {value}; http_no_proxy names the server."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
