"""Connections through a proxy, given as an option or by the environment, that close in order."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.net.loopback import BEHIND_A_PROXY
from fixtures.peer.steps import Peer

GROUP = "close"
CLIENTS = ("websockets_[!ds]*_client",)
HTTP, SOCKS = "http://{host}:{port}", "socks5h://{host}:{port}"
NOBODY = "http://{host}:1"


def by_environment(variables: Mapping[str, str]) -> Settings:
    """Settings for a server that is reached through the proxy that the environment names."""
    return Settings(options={"proxy": True}, environment=variables, proxied=True)


def behind(proxy: str, tls: str | None = None) -> Settings:
    """Settings for a server that is reached through this proxy."""
    return Settings(options={"proxy": proxy}, proxied=True, tls=tls)


@scenario(
    rfc="4.1",
    settings=behind("http://user:pass%3Aword@{host}:{port}"),
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_behind_an_http_proxy(server: Peer) -> None:
    """An HTTP proxy, whose address has a user, grants the CONNECT; the server closes."""
    server.read_connect()
    server.note_headers("Proxy-Authorization")
    server.grant_connect()
    server.read_request()
    server.note_headers("Proxy-Authorization")
    server.accept()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(
        options={"proxy": "https://{host}:{port}"},
        url=f"ws://{BEHIND_A_PROXY}/",
        environment={"SSL_CERT_FILE": "{trusted}"},
        proxied=True,
        tls="valid",
    ),
    surfaces=CLIENTS,
)
def server_closes_behind_a_proxy_that_has_tls(server: Peer) -> None:
    """The client speaks TLS to an HTTP proxy, which grants the CONNECT; the server closes."""
    server.connect()
    server.read_connect()
    server.grant_connect()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="4.1", settings=behind(HTTP), surfaces=CLIENTS)
def server_closes_behind_a_proxy_of_an_older_http(server: Peer) -> None:
    """A proxy grants the CONNECT by HTTP/1.0; the server behind it closes."""
    server.read_connect()
    server.grant_connect("HTTP/1.0")
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {
        "for_ws": {"ws_proxy": HTTP, "https_proxy": NOBODY},
        "for_https": {"https_proxy": HTTP, "http_proxy": NOBODY},
        "for_http": {"http_proxy": HTTP},
    },
    rfc="4.1",
    settings=by_environment,
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_behind_the_proxy(server: Peer, _: Mapping[str, str]) -> None:
    """The environment names an HTTP proxy {value}; the server behind it closes."""
    server.read_connect()
    server.grant_connect()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {
        "that_is_disabled": Settings(options={"proxy": None}, environment={"ws_proxy": NOBODY}),
        "that_is_bypassed": Settings(
            options={"proxy": True}, environment={"ws_proxy": NOBODY, "no_proxy": "{host}"}
        ),
    },
    rfc="4.1",
    settings=lambda found: found,
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_beside_the_proxy(server: Peer, _: Settings) -> None:
    """The environment names a proxy {value}; the server closes."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="4.1", settings=behind(HTTP, "valid"), surfaces=CLIENTS, tags="with_reason")
def server_closes_over_tls_behind_an_http_proxy(server: Peer) -> None:
    """An HTTP proxy grants the CONNECT; the server behind it uses TLS, and closes."""
    server.read_connect()
    server.grant_connect()
    server.start_tls()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {"as_an_option": behind(SOCKS), "by_the_environment": by_environment({"ws_proxy": SOCKS})},
    rfc="4.1",
    settings=lambda found: found,
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_behind_a_socks_proxy(server: Peer, _: Settings) -> None:
    """A SOCKS 5 proxy, given {value}, grants the connection; the server closes."""
    server.read_socks_greeting()
    server.answer_socks_greeting()
    server.read_socks_request()
    server.answer_socks_request()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
