"""A client opens with a request that is odd, or not one for a WebSocket; paths of no handler."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
HANDLER = ("tornado_handler",)
KEY, VERSION = "Sec-WebSocket-Key", "Sec-WebSocket-Version"
PLAIN: Mapping[str, str | None] = {"Upgrade": None, "Connection": None, KEY: None, VERSION: None}
"""What makes an ordinary request of an opening one: these headers are left out."""

# A connection stays open after a refusal, for the next request: the client ends it.


@scenario_for_each(
    {
        "get": "GET / HTTP/1.1",
        "post": "POST / HTTP/1.1",
        "options": "OPTIONS / HTTP/1.1",
    },
    rfc="4.2.1",
    surfaces=HANDLER,
    tags="not_opened",
)
def client_asks_for_a_page_with(client: Peer, line: str) -> None:
    """The client sends an ordinary request, with the method {value}, where the handler is."""
    client.request_with(line, PLAIN)
    client.await_response()
    client.half_close()


@scenario_for_each(
    {"post": "POST / HTTP/1.1", "put": "PUT / HTTP/1.1"},
    rfc="4.2.1",
    surfaces=HANDLER,
    tags="not_opened",
)
def client_upgrades_with(client: Peer, line: str) -> None:
    """The client's opening request is complete, but its method is {value}."""
    client.request_with(line)
    client.await_response()
    client.half_close()


@scenario(rfc="4.2.1", surfaces=HANDLER, tags="not_opened")
def client_upgrades_with_head(client: Peer) -> None:
    """The client's opening request is complete, but its method is head: no body may come."""
    client.request_with("HEAD / HTTP/1.1")
    client.read_response(405)
    client.half_close()


@scenario_for_each(
    {
        "its_upgrade": {"Upgrade": None},
        "its_connection": {"Connection": None},
        "its_key": {KEY: None},
        "its_version": {VERSION: None},
        "its_host": {"Host": None},
    },
    rfc="4.2.1",
    surfaces=HANDLER,
    tags="not_opened",
)
def client_leaves_out(client: Peer, headers: Mapping[str, str | None]) -> None:
    """The client's opening request leaves out {value}."""
    client.request_with(headers=headers)
    client.await_response()
    client.note_headers(VERSION)
    client.half_close()


@scenario_for_each(
    {
        "another_upgrade": {"Upgrade": "h2c"},
        "another_connection": {"Connection": "keep-alive"},
        "an_empty_key": {KEY: ""},
        "version_7": {VERSION: "7"},
        "version_8": {VERSION: "8"},
        "version_12": {VERSION: "12"},
        "two_versions": {VERSION: "13, 8"},
    },
    rfc="4.2.1",
    surfaces=HANDLER,
    tags="not_opened",
)
def client_asks_for(client: Peer, headers: Mapping[str, str | None]) -> None:
    """The client's opening request names {value}."""
    client.request_with(headers=headers)
    client.await_response()
    client.note_headers(VERSION)
    client.half_close()


@scenario_for_each(
    {
        "method": {"line": "G(T / HTTP/1.1"},
        "path": {"line": "GET /\x07 HTTP/1.1"},
        "field_name": {"headers": {"X Own": "one"}},
        "field": {"headers": {"X-Own": "one\x07"}},
        "host": {"headers": {"Host": "a b"}},
        "folded_field": {"headers": {"X-Own": "one\r\n two"}},
    },
    rfc="4.2.1",
    surfaces=HANDLER,
    tags="not_opened",
)
def client_sends_a_malformed(client: Peer, request: Mapping[str, object]) -> None:
    """The client's opening request has a {value} that HTTP does not allow."""
    client.request_with(**request)  # type: ignore[arg-type] # the arguments are in the table
    client.await_response()
    client.half_close()


@scenario(rfc="4.2.1", surfaces=HANDLER, tags="not_opened")
def client_sends_two_hosts(client: Peer) -> None:
    """The client's opening request has two Host headers."""
    client.request_with(repeated=[("Host", "elsewhere.example")])
    client.await_response()
    client.half_close()


@scenario_for_each(
    {"no_handler": "GET /nowhere HTTP/1.1", "a_room_without_a_name": "GET /rooms/ HTTP/1.1"},
    rfc="4.2.2",
    surfaces=HANDLER,
    tags="not_opened",
)
def client_asks_where_there_is(client: Peer, line: str) -> None:
    """The client's opening request is for a path where there is {value}."""
    client.request_with(line)
    client.await_response()
    client.half_close()


# Odd, and yet an opening request


@scenario_for_each(
    {
        "a_key_that_is_not_base64": {KEY: "not base64"},
        "a_list_of_options": {"Connection": "keep-alive, Upgrade"},
        "capitals": {"Upgrade": "WebSocket", "Connection": "UPGRADE"},
        "a_long_field": {"X-Long": "a" * 10_000},
        "another_host": {"Host": "elsewhere.example"},
    },
    rfc="4.2.1",
    surfaces=HANDLER,
    tags="with_reason",
)
def client_opens_with(client: Peer, headers: Mapping[str, str | None]) -> None:
    """The client's opening request has {value}; then the client closes."""
    client.request_with(headers=headers)
    client.await_response()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="4.2.1", surfaces=HANDLER, tags="with_reason")
def client_opens_with_a_body(client: Peer) -> None:
    """The client's opening request has a body, and says how long it is; then the client closes."""
    client.request_with(headers={"Content-Length": "5"}, body=b"hello")
    client.await_response()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="4.2.1", surfaces=HANDLER)
def client_opens_in_an_older_http(client: Peer) -> None:
    """The client's opening request is one of HTTP/1.0, which ends TCP after a response."""
    client.request_with("GET / HTTP/1.0")
    client.await_response()
    client.await_end()


@scenario(rfc="4.2.2", surfaces=HANDLER)
def client_enters_a_room(client: Peer) -> None:
    """The path of the client's opening request has a group of the handler's URL; it closes."""
    client.request_with("GET /rooms/lobby HTTP/1.1")
    client.await_response()
    client.send_close(1000, "bye")
    client.await_close()
