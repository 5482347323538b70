"""A server has a handler for each pattern of paths: which runs, and what the others are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
ROUTERS = ("websockets_*_router",)


@scenario(rfc="4.2.2", surfaces=ROUTERS, tags="with_reason")
def client_asks_for_a_channel(client: Peer) -> None:
    """The path has an argument of its handler; the connection opens, and the client closes it."""
    client.request("/channel/7?color=blue")
    client.read_response()
    client.send_close(1000, "bye")
    client.await_close()


@scenario_for_each(
    {"without_a_handler": "/elsewhere", "whose_argument_is_no_number": "/channel/seven"},
    rfc="4.2.2",
    surfaces=ROUTERS,
    tags="not_opened",
)
def client_asks_for_a_path(client: Peer, path: str) -> None:
    """The client asks for a path {value}."""
    client.request_with(f"GET {path} HTTP/1.1")
    client.await_response()
    client.await_end()


@scenario_for_each(
    {"without_its_last_slash": "/lobby", "that_has_moved": "/moved"},
    rfc="4.2.2",
    surfaces=ROUTERS,
    tags="not_opened",
)
def router_redirects_from_a_path(client: Peer, path: str) -> None:
    """The client asks for a path {value}."""
    client.request_with(f"GET {path} HTTP/1.1")
    client.await_response()
    client.await_end()


@scenario_for_each(
    {"of_another_name": {"server_name": "here.example"}, "before_which_tls_ends": {"ssl": True}},
    rfc="4.2.2",
    settings=lambda options: Settings(options=options),
    surfaces=ROUTERS,
    tags="not_opened",
)
def router_redirects_behind_a_proxy(client: Peer, _: Mapping[str, Any]) -> None:
    """The server is told that it is behind a proxy {value}; it redirects."""
    client.request_with("GET /moved HTTP/1.1")
    client.await_response()
    client.await_end()


@scenario(rfc="4.2.1", surfaces=ROUTERS)
def client_gives_a_router_no_host(client: Peer) -> None:
    """The client's opening request has no Host header, by which a router redirects."""
    client.request_with(headers={"Host": None})
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.2.1", settings=Settings(options={"server_name": "here.example"}), surfaces=ROUTERS)
def client_gives_a_router_that_has_a_name_no_host(client: Peer) -> None:
    """The client's opening request has no Host header; the server is given its name."""
    client.request_with(headers={"Host": None})
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.2.1", surfaces=ROUTERS, tags="not_opened")
def client_asks_a_router_with_the_method_post(client: Peer) -> None:
    """The path of the request has a handler, and its method is POST."""
    client.request_with("POST /channel/7 HTTP/1.1")
    client.await_response()
    client.await_end()


@scenario_for_each(
    {"for_a_path_that_is_routed": "/channel/7", "for_a_path_without_a_handler": "/elsewhere"},
    rfc="4.2.2",
    settings=Settings(options={"process_request": "responds"}),
    surfaces=ROUTERS,
    tags="not_opened",
)
def request_hook_of_a_router_answers(client: Peer, path: str) -> None:
    """The client asks {value}; `process_request` answers first."""
    client.request_with(f"GET {path} HTTP/1.1")
    client.await_response()
    client.await_end()


@scenario(
    rfc="4.2.2",
    settings=Settings(options={"process_request": "returns None"}),
    surfaces=ROUTERS,
    tags="with_reason",
)
def request_hook_leaves_it_to_the_router(client: Peer) -> None:
    """`process_request` returns None; the router finds the handler, and the client closes."""
    client.request("/channel/7")
    client.read_response()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="4.2.2",
    settings=Settings(options={"process_request": "waits"}),
    surfaces=ROUTERS,
    tags="not_opened",
)
def client_leaves_before_it_is_routed(client: Peer) -> None:
    """`process_request` waits while the client sends FIN; then the router finds the handler."""
    client.request("/channel/7")
    client.wait_for("request")
    client.half_close()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_response()
    client.await_end()
