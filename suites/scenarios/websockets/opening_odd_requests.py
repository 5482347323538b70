"""A client opens with a request that is odd, or with none: what it is answered, what is logged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import text
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
SERVERS = ("websockets_[alt]*_server",)
"""The asyncio, the legacy, the threading and the trio server."""
EVERY_SERVER = (*SERVERS, "tornado_handler")
LONG = "a" * 10_000
KEY = "Sec-WebSocket-Key"

# The request line


@scenario_for_each(
    {
        "the_method_head": "HEAD / HTTP/1.1",
        "the_method_post": "POST / HTTP/1.1",
        "the_method_options": "OPTIONS / HTTP/1.1",
        "an_older_http": "GET / HTTP/1.0",
        "a_long_path": f"GET /{LONG} HTTP/1.1",
    },
    rfc="4.2.1",
    surfaces=SERVERS,
    tags="not_opened",
)
def client_asks_with(client: Peer, line: str) -> None:
    """The client's opening request is complete, with {value} in its first line."""
    client.request_with(line)
    client.await_response()
    client.await_end()


# The headers


@scenario_for_each(
    {
        "no_key": {KEY: None},
        "a_key_that_is_not_base64": {KEY: "not base64"},
        "a_key_that_is_too_short": {KEY: "c2hvcnQ="},
        "no_version": {"Sec-WebSocket-Version": None},
        "version_eight": {"Sec-WebSocket-Version": "8"},
        "no_upgrade": {"Upgrade": None},
        "another_upgrade": {"Upgrade": "h2c"},
        "no_connection": {"Connection": None},
        "a_long_field": {"X-Long": LONG},
    },
    rfc="4.2.1",
    surfaces=SERVERS,
    tags="not_opened",
)
def client_gives(client: Peer, headers: Mapping[str, str | None]) -> None:
    """The client's opening request has {value} in its headers."""
    client.request_with(headers=headers)
    client.await_response()
    client.await_end()


@scenario_for_each(
    {
        "its_key": [(KEY, "dGhlIHNhbXBsZSBub25jZQ==")],
        "its_version": [("Sec-WebSocket-Version", "13")],
        "a_field_two_hundred_times": [("X-Many", str(number)) for number in range(200)],
    },
    rfc="4.2.1",
    surfaces=SERVERS,
    tags="not_opened",
)
def client_repeats(client: Peer, headers: list[tuple[str, str]]) -> None:
    """The client's opening request repeats {value}."""
    client.request_with(repeated=headers)
    client.await_response()
    client.await_end()


@scenario(rfc="4.2.1", surfaces=SERVERS)
def client_gives_no_host(client: Peer) -> None:
    """The client's opening request has no Host header."""
    client.request_with(headers={"Host": None})
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.2.1", settings=Settings(idiom="reads a header of the request"), surfaces=SERVERS)
def client_sends_a_header_beyond_ascii(client: Peer) -> None:
    """The client's opening request has a header that is not ASCII; the handler reads it."""
    client.request_with(headers={"X-Odd": "caf\xe9"})
    client.await_response()
    client.close_if_open()


# More than a request


@scenario_for_each(
    {"with_its_length": {"Content-Length": "5"}, "in_chunks": {"Transfer-Encoding": "chunked"}},
    rfc="4.2.1",
    surfaces=SERVERS,
)
def client_sends_a_body(client: Peer, headers: Mapping[str, str | None]) -> None:
    """The client's opening request has a body, {value}."""
    client.request_with(headers=headers, body=b"hello")
    client.await_response()
    client.await_end()


@scenario(rfc="4.1", surfaces=EVERY_SERVER)
def message_behind_the_request(client: Peer) -> None:
    """The client's opening request and a message are one write."""
    client.request_with(then=[text("hello")])
    client.await_response()
    client.close_if_open()


# No request at all


@scenario(rfc="4.2.1", surfaces=EVERY_SERVER, tags="not_opened")
def client_sends_what_is_not_http(client: Peer) -> None:
    """The client sends bytes that are no HTTP request, and waits."""
    client.begin_request(b"\x00\x01 not HTTP at all\r\n\r\n")
    client.await_response()
    client.await_end()


@scenario(rfc="4.2.1", surfaces=EVERY_SERVER, tags="not_opened")
def client_connects_and_leaves(client: Peer) -> None:
    """The client connects, and sends FIN without a byte, as a port scan does."""
    client.connect()
    client.half_close()


@scenario(rfc="4.2.1", surfaces=EVERY_SERVER, tags="not_opened")
def client_connects_and_resets(client: Peer) -> None:
    """The client connects, and sends RST without a byte, once it has been accepted."""
    client.connect()
    client.wait_part_of_close_timeout(0.1)
    client.reset()


# TLS


@scenario(rfc="4.2.1", settings=Settings(tls="valid"), surfaces=EVERY_SERVER, tags="no_tls")
def client_asks_a_tls_server_without_tls(client: Peer) -> None:
    """The client sends its opening request in plain bytes to a server that speaks TLS."""
    client.connect(tls=False)
    client.request_with()
    client.await_end()


@scenario(rfc="4.2.1", settings=Settings(tls="valid"), surfaces=EVERY_SERVER, tags="no_tls")
def client_leaves_a_tls_server_at_once(client: Peer) -> None:
    """The client connects to a server that speaks TLS, and sends FIN without a byte."""
    client.connect(tls=False)
    client.half_close()


# What the server has been asked to check


@scenario_for_each(
    {"is_not_listed": "https://elsewhere.example", "is_missing": None},
    rfc="4.2.2",
    settings=Settings(options={"origins": ["https://here.example"]}),
    surfaces=SERVERS,
    tags="not_opened",
)
def origin(client: Peer, value: str | None) -> None:
    """The server lists an origin; that of the client {value}."""
    client.request_with(headers={"Origin": value})
    client.await_response()
    client.await_end()


@scenario_for_each(
    {"listed": "https://here.example", "not_given": None},
    rfc="4.2.2",
    settings=Settings(options={"origins": ["https://here.example", None]}),
    surfaces=SERVERS,
)
def origin_may_be(client: Peer, value: str | None) -> None:
    """The server lists an origin and None; that of the client is {value}."""
    client.request_with(headers={"Origin": value})
    client.await_response()
    client.close_if_open()


PATTERN = Settings(options={"origins": [re.compile(r"https://\w+\.example")]})


@scenario(rfc="4.2.2", settings=PATTERN, surfaces=SERVERS)
def origin_matches_a_pattern(client: Peer) -> None:
    """The server lists a regular expression; the origin of the client matches it."""
    client.request_with(headers={"Origin": "https://here.example"})
    client.await_response()
    client.close_if_open()


@scenario_for_each(
    {"does_not_match": "https://here.elsewhere", "has_more": "https://here.example.elsewhere"},
    rfc="4.2.2",
    settings=PATTERN,
    surfaces=SERVERS,
    tags="not_opened",
)
def pattern_of_origins_and_one_that(client: Peer, value: str) -> None:
    """The server lists a regular expression; the origin of the client {value}."""
    client.request_with(headers={"Origin": value})
    client.await_response()
    client.await_end()


@scenario(rfc="4.2.2", settings=PATTERN, surfaces=SERVERS, tags="not_opened")
def pattern_of_origins_and_none(client: Peer) -> None:
    """The server lists a regular expression; the client gives no origin."""
    client.request_with(headers={"Origin": None})
    client.await_response()
    client.await_end()


OFFERS: Mapping[str, Any] = {"its_own": "chat", "another": "other", "none": None}


@scenario_for_each(
    OFFERS,
    rfc="4.2.2",
    settings=Settings(options={"subprotocols": ["superchat", "chat"]}),
    surfaces=SERVERS,
)
def server_lists_subprotocols_and_client_offers(client: Peer, offer: str | None) -> None:
    """The server lists two subprotocols; the client offers {value}."""
    client.request_with(headers={"Sec-WebSocket-Protocol": offer})
    client.await_response()
    client.close_if_open()
