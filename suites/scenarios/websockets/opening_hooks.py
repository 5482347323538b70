"""The application takes part in the opening handshake: hooks that see request and response."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
SERVERS = ("websockets_[at]*_server",)
"""The asyncio, the threading and the trio server."""
WITH_LEGACY = ("websockets_[alt]*_server",)
"""And the legacy server, which passes other arguments to the same hooks."""
OFFER = {"Sec-WebSocket-Protocol": "chat, superchat"}
AUTHORIZED = {
    "with_credentials": "Basic c29tZWJvZHk6c2VjcmV0",
    "with_a_wrong_password": "Basic c29tZWJvZHk6d3Jvbmc=",
    "with_another_scheme": "Bearer token",
    "without_credentials": None,
}
"""The Authorization header of somebody with the right password, with a wrong one ..."""


ANSWERS: Mapping[str, str] = {
    "answers": "responds",
    "builds_a_response": "returns a response",
    "raises": "raises",
}
"""The ends of names, and what a function does that sees the request, or the response."""


@scenario_for_each(
    ANSWERS,
    rfc="4.2.2",
    settings=lambda does: Settings(options={"process_request": does}),
    surfaces=WITH_LEGACY,
    tags="not_opened",
)
def request_hook(client: Peer, _: str) -> None:
    """`process_request` {value}; no connection opens."""
    client.request()
    client.await_response()
    client.await_end()


@scenario_for_each(
    ANSWERS,
    rfc="4.2.2",
    settings=lambda does: Settings(options={"process_response": does}),
    surfaces=SERVERS,
    tags="not_opened",
)
def response_hook(client: Peer, _: str) -> None:
    """`process_response` {value}; no connection opens."""
    client.request()
    client.await_response()
    client.await_end()


@scenario_for_each(
    {"process_request": "process_request", "process_response": "process_response"},
    rfc="4.2.2",
    settings=lambda option: Settings(options={option: "returns None"}),
    surfaces=WITH_LEGACY,
    tags="with_reason",
)
def hook_lets_pass(client: Peer, _: str) -> None:
    """{value} returns None; the connection opens, and the client closes it."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="4.2.2",
    settings=Settings(options={"process_request": "waits"}),
    surfaces=WITH_LEGACY,
    tags="not_opened",
)
def client_leaves_while_the_request_hook_waits(client: Peer) -> None:
    """`process_request` waits for something else while the client sends FIN; then it goes on."""
    client.request()
    client.wait_for("request")
    client.half_close()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_response()
    client.await_end()


@scenario(
    rfc="4.2.2",
    settings=Settings(options={"process_request": "waits"}),
    surfaces=WITH_LEGACY,
    tags="not_opened",
)
def request_hook_waits_too_long(client: Peer) -> None:
    """`process_request` waits for longer than a handshake may take; the client stays."""
    client.request()
    client.wait_for("request")
    client.wait_part_of_close_timeout(2.0)
    client.release_application()
    client.await_response()
    client.close_if_open()


@scenario_for_each(
    AUTHORIZED,
    rfc="4.2.2",
    settings=Settings(options={"process_request": "is basic_auth"}),
    surfaces=SERVERS,
)
def client_authorizes_itself(client: Peer, value: str | None) -> None:
    """The server has `basic_auth`; the client asks {value}."""
    client.request_with(headers={"Authorization": value})
    client.await_response()
    client.close_if_open()


@scenario_for_each(
    AUTHORIZED,
    rfc="4.2.2",
    settings=Settings(options={"create_protocol": "is basic_auth_protocol_factory"}),
    surfaces=("websockets_legacy_server",),
)
def client_authorizes_itself_for_a_protocol(client: Peer, value: str | None) -> None:
    """The server has `basic_auth_protocol_factory`; the client asks {value}."""
    client.request_with(headers={"Authorization": value})
    client.await_response()
    client.close_if_open()


@scenario_for_each(
    {
        "the_first": "returns the first",
        "none": "returns None",
    },
    rfc="4.2.2",
    settings=lambda does: Settings(options={"select_subprotocol": does, "subprotocols": ["chat"]}),
    surfaces=WITH_LEGACY,
)
def application_selects(client: Peer, _: str) -> None:
    """`select_subprotocol` returns {value} of those that the client offers."""
    client.request_with(headers=OFFER)
    client.await_response()
    client.close_if_open()


@scenario_for_each(
    {"as_documented": "raises NegotiationError", "in_its_own_way": "raises"},
    rfc="4.2.2",
    settings=lambda does: Settings(options={"select_subprotocol": does, "subprotocols": ["chat"]}),
    surfaces=WITH_LEGACY,
    tags="not_opened",
)
def application_refuses_subprotocols(client: Peer, _: str) -> None:
    """`select_subprotocol` raises, {value}; the client offers two."""
    client.request_with(headers=OFFER)
    client.await_response()
    client.await_end()
