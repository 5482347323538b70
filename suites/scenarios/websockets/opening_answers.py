"""Answers to the opening request that open no connection: statuses, bodies, limits, extensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "error"
CLIENTS = ("websockets_[!ds]*_client", "tornado_client", "tornado_client_callback")
CHUNKED = {"Content-Length": None, "Transfer-Encoding": "chunked"}
HALF_A_HEAD = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"


@scenario_for_each((100, 400, 426, 429), rfc="4.1", surfaces=CLIENTS, tags="refused")
def server_rejects_with(server: Peer, status: int) -> None:
    """The server answers the opening request with status {value}, and a body."""
    server.read_request()
    server.refuse(status, "No", body=b"not here")


@scenario_for_each(
    {
        "in_chunks": {"headers": CHUNKED, "body": b"8\r\nnot here\r\n0\r\n\r\n"},
        "in_chunks_of_odd_size": {"headers": CHUNKED, "body": b"+8\r\nnot here\r\n0\r\n\r\n"},
        "in_another_coding": {"headers": {"Transfer-Encoding": "gzip"}, "body": b"not here"},
        "of_two_lengths": {"headers": {"content-length": "9"}, "body": b"not here"},
    },
    rfc="4.1",
    surfaces=CLIENTS,
    tags="refused",
)
def server_refuses_with_body(server: Peer, answer: Mapping[str, Any]) -> None:
    """The server answers the opening request with 404 and a body {value}."""
    server.read_request()
    server.refuse(404, "Not Found", **answer)


@scenario_for_each(
    {
        "first_line": {"phrase": "x" * 9000},
        "header_line": {"headers": {"X-Long": "x" * 9000}},
        "list_of_headers": {"headers": {f"X-{number}": "1" for number in range(130)}},
    },
    rfc="4.1",
    surfaces=CLIENTS,
    tags="refused",
)
def server_refuses_with_too_long(server: Peer, answer: Mapping[str, Any]) -> None:
    """The server answers the opening request with 404 and a {value} beyond the library's limit."""
    server.read_request()
    server.refuse(**{"status": 404, "phrase": "Not Found", **answer})


@scenario_for_each(
    {
        "older_http": b"HTTP/1.0 101 Switching Protocols\r\n\r\n",
        "number_of_two_digits": b"HTTP/1.1 99 Odd\r\n\r\n",
    },
    rfc="4.1",
    surfaces=CLIENTS,
    tags="no_response",
)
def server_answers_with(server: Peer, answer: bytes) -> None:
    """The server answers the opening request with what is not HTTP/1.1: {value}."""
    server.read_request()
    server.answer_garbage(answer)


@scenario_for_each(
    {
        "subprotocol": {"Sec-WebSocket-Protocol": "gossip"},
        "extension": {"Sec-WebSocket-Extensions": "x-odd"},
    },
    rfc="4.1",
    surfaces=CLIENTS,
    tags="not_accepted",
)
def server_chooses_unasked(server: Peer, headers: Mapping[str, str | None]) -> None:
    """The 101 response names a {value} that the client did not offer."""
    server.read_request()
    server.accept(headers=headers)
    server.await_close_else_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"subprotocols": ["chat", "superchat"]}),
    surfaces=CLIENTS,
    tags="not_accepted",
)
def server_chooses_another_subprotocol(server: Peer) -> None:
    """The client offers two subprotocols, and the 101 response names a third one."""
    server.read_request()
    server.accept(headers={"Sec-WebSocket-Protocol": "gossip"})
    server.await_close_else_close()


@scenario(rfc="4.1", settings=Settings(open_timeout=True), surfaces=CLIENTS, tags="not_opened")
def server_falls_silent_mid_headers(server: Peer) -> None:
    """The server sends half the headers of the 101 response, and nothing more."""
    server.read_request()
    server.send(HALF_A_HEAD)
    server.await_end()
