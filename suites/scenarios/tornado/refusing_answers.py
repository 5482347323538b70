"""Answers to the opening request of tornado's client that open no connection, or should not."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "error"
CLIENTS = ("tornado_client", "tornado_client_callback")
HALF_A_HEAD = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
ACCEPT = "Sec-WebSocket-Accept"


@scenario_for_each((200, 204, 304), rfc="4.1", surfaces=CLIENTS, tags="refused")
def server_replies_with(server: Peer, status: int) -> None:
    """The server answers the opening request with status {value}, which is no failure of HTTP."""
    server.read_request()
    server.refuse(status, "Fine")


@scenario_for_each(
    (302, 303, 307, 308), rfc="4.1", surfaces=CLIENTS, tags=("redirected", "not_accepted")
)
def server_redirects_the_client_with(server: Peer, status: int) -> None:
    """The server redirects to another path of its own, with status {value}."""
    server.read_request()
    server.redirect_here("/elsewhere", status)


@scenario_for_each(
    {
        "no_accept_value": {ACCEPT: None},
        "another_upgrade": {"Upgrade": "h2c"},
        "no_connection": {"Connection": None},
        "another_connection": {"Connection": "close"},
    },
    rfc="4.1",
    surfaces=CLIENTS,
    tags="not_accepted",
)
def response_has(server: Peer, headers: Mapping[str, str | None]) -> None:
    """The 101 response has {value}."""
    server.read_request()
    server.accept(headers=headers)
    server.await_end()


@scenario(rfc="4.1", surfaces=CLIENTS, tags="with_reason")
def response_has_a_list_of_options(server: Peer) -> None:
    """The Connection header of the 101 response has another option beside Upgrade."""
    server.read_request()
    server.accept(headers={"Connection": "keep-alive, Upgrade"})
    server.await_close_else_close()


@scenario_for_each(
    {
        "no_colon": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade websocket\r\n\r\n",
        "no_name": b"HTTP/1.1 101 Switching Protocols\r\n: websocket\r\n\r\n",
    },
    rfc="4.1",
    surfaces=CLIENTS,
    tags="no_response",
)
def server_answers_with_a_header_that_has(server: Peer, answer: bytes) -> None:
    """The server answers the opening request with a header line that has {value}."""
    server.read_request()
    server.answer_garbage(answer)


@scenario(rfc="4.1", surfaces=CLIENTS, tags="handshake_lost")
def server_ends_in_the_headers(server: Peer) -> None:
    """The server sends half the headers of the 101 response, and FIN."""
    server.read_request()
    server.send(HALF_A_HEAD)
    server.half_close()


@scenario(rfc="4.1", surfaces=CLIENTS, tags="handshake_lost")
def server_resets_in_the_headers(server: Peer) -> None:
    """The server sends half the headers of the 101 response, and RST."""
    server.read_request()
    server.send(HALF_A_HEAD)
    server.reset()


@scenario(rfc="4.1", surfaces=CLIENTS, tags="refused")
def server_ends_in_the_body_of_a_refusal(server: Peer) -> None:
    """The server refuses with 403, and sends FIN before the body is as long as it says."""
    server.read_request()
    server.refuse(403, "Forbidden", {"Content-Length": "20"}, b"not here")
    server.half_close()
