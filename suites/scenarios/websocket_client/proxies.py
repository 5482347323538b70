"""Proxies that refuse, drop the connection, fall silent, or are of another type than given."""

from __future__ import annotations

from typing import Any

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.proxy import NO_ACCEPTABLE_METHOD, REJECTED_4
from fixtures.peer.steps import Peer

GROUP = "error"
APP, CORE = "websocket_client_app", "websocket_client_core"
CLIENTS = (APP, CORE)
PROXY = {"http_proxy_host": "{host}", "http_proxy_port": "{port}", "proxy_type": "http"}
SMALL = 0.05
"""Seconds for `http_proxy_timeout`, or `timeout`: less than the peer waits."""
NOWHERE = {"http_proxy_host": "unresolved.invalid", "proxy_type": "http"}


def behind(address: str = "listening", *, open_timeout: bool = False, **more: Any) -> Settings:
    """Settings for a server that is reached through a proxy; `more` are further options."""
    return Settings(
        options={**PROXY, **more}, proxied=True, address=address, open_timeout=open_timeout
    )


HTTP, SOCKS, SOCKS4 = behind(), behind(proxy_type="socks5h"), behind(proxy_type="socks4a")

# HTTP


@scenario(rfc="4.1", settings=behind("refused"), surfaces=CLIENTS, tags="proxy_fails")
def proxy_is_not_there(server: Peer) -> None:
    """No server listens on the port of the HTTP proxy."""


@scenario_for_each((403, 407, 502), rfc="4.1", settings=HTTP, surfaces=CLIENTS, tags="proxy_fails")
def proxy_refuses_with(server: Peer, status: int) -> None:
    """The HTTP proxy answers the CONNECT with status {value}."""
    server.read_connect()
    server.refuse(status, "No", body=b"not for you")


@scenario(rfc="4.1", settings=HTTP, surfaces=CLIENTS, tags="proxy_fails")
def proxy_answers_garbage(server: Peer) -> None:
    """The HTTP proxy answers the CONNECT with bytes that are not HTTP."""
    server.read_connect()
    server.answer_garbage()


@scenario(rfc="4.1", settings=HTTP, surfaces=CLIENTS, tags="proxy_fails")
def proxy_ends_in_the_connect(server: Peer) -> None:
    """The HTTP proxy answers the CONNECT with FIN."""
    server.read_connect()
    server.half_close()


@scenario(rfc="4.1", settings=HTTP, surfaces=CLIENTS, tags="proxy_fails")
def proxy_resets_in_the_connect(server: Peer) -> None:
    """The HTTP proxy answers the CONNECT with RST."""
    server.read_connect()
    server.reset()


@scenario(rfc="4.1", settings=HTTP, surfaces=CLIENTS, tags="handshake_lost")
def proxy_ends_once_granted(server: Peer) -> None:
    """The HTTP proxy grants the CONNECT; the server behind it answers the request with FIN."""
    server.read_connect()
    server.grant_connect()
    server.read_request()
    server.half_close()


@scenario(rfc="4.1", settings=HTTP, surfaces=CLIENTS, tags="refused")
def server_behind_a_proxy_refuses(server: Peer) -> None:
    """The HTTP proxy grants the CONNECT; the server behind it answers 401."""
    server.read_connect()
    server.grant_connect()
    server.read_request()
    server.refuse(401, "Unauthorized")


@scenario(rfc="4.1", settings=behind(open_timeout=True), surfaces=(APP,), tags="proxy_fails")
def proxy_is_silent_until_timeout(server: Peer) -> None:
    """The HTTP proxy does not answer the CONNECT; the timeout of the socket is set."""
    server.read_connect()
    server.await_end()


@scenario(
    rfc="4.1", settings=behind(http_proxy_timeout=SMALL), surfaces=CLIENTS, tags="proxy_fails"
)
def proxy_is_silent_beyond_its_timeout(server: Peer) -> None:
    """The HTTP proxy answers the CONNECT with FIN, long after http_proxy_timeout."""
    server.read_connect()
    server.wait_part_of_close_timeout(0.25)
    server.half_close()


# SOCKS


@scenario(
    rfc="4.1",
    settings=behind("refused", proxy_type="socks5h"),
    surfaces=CLIENTS,
    tags="proxy_fails",
)
def socks_proxy_is_not_there(server: Peer) -> None:
    """No server listens on the port of the SOCKS 5 proxy."""


@scenario(rfc="4.1", settings=SOCKS, surfaces=CLIENTS, tags="proxy_fails")
def socks_proxy_accepts_no_method(server: Peer) -> None:
    """The SOCKS 5 proxy accepts none of the offered authentication methods."""
    server.read_socks_greeting()
    server.answer_socks_greeting(NO_ACCEPTABLE_METHOD)


@scenario_for_each(
    {"general_failure": 1, "host_unreachable": 4, "connection_refused": 5},
    rfc="4.1",
    settings=SOCKS,
    surfaces=CLIENTS,
    tags="proxy_fails",
)
def socks_proxy_replies(server: Peer, reply: int) -> None:
    """The SOCKS 5 proxy answers the request for a connection: {value}."""
    server.read_socks_greeting()
    server.answer_socks_greeting()
    server.read_socks_request()
    server.answer_socks_request(reply)


@scenario(rfc="4.1", settings=SOCKS4, surfaces=CLIENTS, tags="proxy_fails")
def socks_four_proxy_rejects(server: Peer) -> None:
    """The SOCKS 4 proxy rejects the request for a connection."""
    server.read_socks4_request()
    server.answer_socks4_request(REJECTED_4)


@scenario(rfc="4.1", settings=SOCKS, surfaces=CLIENTS, tags="proxy_fails")
def socks_proxy_answers_garbage(server: Peer) -> None:
    """The SOCKS 5 proxy is an HTTP server: it answers the greeting in HTTP."""
    server.read_socks_greeting()
    server.refuse(400, "Bad Request")


@scenario(rfc="4.1", settings=SOCKS, surfaces=CLIENTS, tags="proxy_fails")
def socks_proxy_ends_when_greeted(server: Peer) -> None:
    """The SOCKS 5 proxy answers the greeting with FIN."""
    server.read_socks_greeting()
    server.half_close()


@scenario(rfc="4.1", settings=SOCKS, surfaces=CLIENTS, tags="proxy_fails")
def socks_proxy_resets_when_asked(server: Peer) -> None:
    """The SOCKS 5 proxy answers the request for a connection with RST."""
    server.read_socks_greeting()
    server.answer_socks_greeting()
    server.read_socks_request()
    server.reset()


@scenario(
    rfc="4.1",
    settings=behind(proxy_type="socks5h", http_proxy_timeout=SMALL),
    surfaces=CLIENTS,
    tags="proxy_fails",
)
def socks_proxy_is_silent_until_its_timeout(server: Peer) -> None:
    """The SOCKS 5 proxy does not answer the greeting until http_proxy_timeout."""
    server.read_socks_greeting()
    server.await_end()


@scenario(
    rfc="4.1",
    settings=behind(proxy_type="socks5h", open_timeout=True),
    surfaces=(APP,),
    tags="proxy_fails",
)
def socks_proxy_is_silent_beyond_timeout(server: Peer) -> None:
    """The SOCKS 5 proxy ends long after the socket's timeout, which is set."""
    server.read_socks_greeting()
    server.wait_part_of_close_timeout(1.1)
    server.half_close()


@scenario(
    rfc="4.1",
    settings=behind(proxy_type="socks5h", timeout=SMALL),
    surfaces=(CORE,),
    tags="not_opened",
)
def server_behind_socks_is_silent(server: Peer) -> None:
    """The proxy grants the connection; the server sends FIN long after the socket's timeout."""
    server.read_socks_greeting()
    server.answer_socks_greeting()
    server.read_socks_request()
    server.answer_socks_request()
    server.read_request()
    server.wait_part_of_close_timeout(0.25)
    server.half_close()


# Settings


@scenario(
    rfc="4.1", settings=behind("refused", proxy_type="gopher"), surfaces=CLIENTS, tags="proxy_fails"
)
def proxy_type_is_unknown(server: Peer) -> None:
    """The client is given a proxy type that does not exist."""


@scenario(
    rfc="4.1",
    settings=Settings(
        options={**NOWHERE, "http_proxy_port": 8080},
        proxied=True,
        address="unresolved",
    ),
    surfaces=CLIENTS,
    tags="no_tcp",
)
def name_of_proxy_is_not_resolved(server: Peer) -> None:
    """The proxy's host name does not exist."""


@scenario_for_each(
    {"http": {}, "socks": {"proxy_type": "socks5h"}},
    rfc="4.1",
    settings=lambda kind: Settings(
        options={**NOWHERE, **kind},
        proxied=True,
        address="unresolved",
    ),
    surfaces=CLIENTS,
    tags="not_opened",
)
def proxy_has_no_port(server: Peer, _: dict[str, str]) -> None:
    """The client is given the host of a proxy, {value}, without a port."""
