"""Proxies that are not there, refuse, break off or fall silent, and addresses that are none."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "error"
CLIENTS = ("websockets_[!ds]*_client",)
HTTP, SOCKS = "http://{host}:{port}", "socks5h://{host}:{port}"


def behind(proxy: str, address: str = "listening", *, open_timeout: bool = False) -> Settings:
    """Settings for a server that is reached through this proxy."""
    return Settings(
        options={"proxy": proxy}, proxied=True, address=address, open_timeout=open_timeout
    )


@scenario_for_each(
    {"http": HTTP, "socks": SOCKS},
    rfc="4.1",
    settings=lambda proxy: behind(proxy, "refused"),
    surfaces=CLIENTS,
    tags="no_tcp",
)
def no_proxy_listens(server: Peer, _: str) -> None:
    """No server listens on the port of the proxy: {value}."""


@scenario_for_each(
    {"of_another_scheme": "gopher://{host}:{port}", "without_password": "http://me@{host}:{port}"},
    rfc="4.1",
    settings=lambda proxy: behind(proxy, "refused"),
    surfaces=CLIENTS,
    tags="proxy_fails",
)
def proxy_address_is(server: Peer, _: str) -> None:
    """The client is given a proxy by an address {value}."""


@scenario_for_each(
    (407, 502), rfc="4.1", settings=behind(HTTP), surfaces=CLIENTS, tags="proxy_fails"
)
def http_proxy_refuses_with(server: Peer, status: int) -> None:
    """The HTTP proxy answers the CONNECT with status {value}."""
    server.read_connect()
    server.refuse(status, "No", body=b"not for you")


@scenario(rfc="4.1", settings=behind(HTTP), surfaces=CLIENTS, tags="proxy_fails")
def proxy_of_an_older_http_refuses(server: Peer) -> None:
    """The proxy answers the CONNECT with status 407, by HTTP/1.0, and a body without a length."""
    server.read_connect()
    length = {"Content-Length": None}
    server.refuse(407, "No", length, b"not for you", version="HTTP/1.0")


@scenario(rfc="4.1", settings=behind(HTTP), surfaces=CLIENTS, tags="proxy_fails")
def http_proxy_answers_garbage(server: Peer) -> None:
    """The HTTP proxy answers the CONNECT with bytes that are not HTTP."""
    server.read_connect()
    server.answer_garbage()


@scenario(rfc="4.1", settings=behind(HTTP), surfaces=CLIENTS, tags="proxy_fails")
def http_proxy_ends_mid_headers(server: Peer) -> None:
    """The HTTP proxy sends FIN in the middle of the headers of its answer."""
    server.read_connect()
    server.send(b"HTTP/1.1 200 OK\r\nX-Half: ")
    server.half_close()


@scenario(rfc="4.1", settings=behind(HTTP), surfaces=CLIENTS, tags="proxy_fails")
def http_proxy_resets(server: Peer) -> None:
    """The HTTP proxy answers the CONNECT with RST."""
    server.read_connect()
    server.reset()


@scenario(rfc="4.1", settings=behind(HTTP, open_timeout=True), surfaces=CLIENTS, tags="proxy_fails")
def http_proxy_is_silent(server: Peer) -> None:
    """The HTTP proxy does not answer the CONNECT."""
    server.read_connect()
    server.await_end()


@scenario(rfc="4.1", settings=behind(HTTP), surfaces=CLIENTS, tags="refused")
def server_refuses_behind_an_http_proxy(server: Peer) -> None:
    """The HTTP proxy grants the CONNECT; the server behind it answers 401."""
    server.read_connect()
    server.grant_connect()
    server.read_request()
    server.refuse(401, "Unauthorized")


@scenario(rfc="4.1", settings=behind(SOCKS), surfaces=CLIENTS, tags="proxy_fails")
def socks_proxy_refuses(server: Peer) -> None:
    """The SOCKS 5 proxy answers that the server refuses the connection."""
    server.read_socks_greeting()
    server.answer_socks_greeting()
    server.read_socks_request()
    server.answer_socks_request(5)


@scenario(rfc="4.1", settings=behind(SOCKS), surfaces=CLIENTS, tags="proxy_fails")
def socks_proxy_ends(server: Peer) -> None:
    """The SOCKS 5 proxy answers the greeting with FIN."""
    server.read_socks_greeting()
    server.half_close()


@scenario(
    rfc="4.1", settings=behind(SOCKS, open_timeout=True), surfaces=CLIENTS, tags="proxy_fails"
)
def socks_proxy_is_silent(server: Peer) -> None:
    """The SOCKS 5 proxy does not answer the greeting."""
    server.read_socks_greeting()
    server.await_end()
