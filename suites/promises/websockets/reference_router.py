"""What the reference of the asyncio, threading and trio APIs promises of `route()`."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_router,
    websockets_asyncio_server,
    websockets_threading_router,
    websockets_threading_server,
    websockets_trio_router,
    websockets_trio_server,
)

from ...judging.expectations import answers, both, called, sends_header
from ...scenarios.websockets import routing
from .connection_situations import SERVERS, promise_on_own_page
from .reference_server_opening import NO_HANDLER

ROUTERS = {
    websockets_asyncio_router: SERVERS[websockets_asyncio_server],
    websockets_threading_router: SERVERS[websockets_threading_server],
    websockets_trio_router: SERVERS[websockets_trio_server],
}

promise_on_own_page(
    "handlers_receive_parameters_of_the_url",
    ROUTERS,
    (routing.client_asks_for_a_channel, routing.request_hook_leaves_it_to_the_router),
    both(answers(101), called("channel_handler", 7).once(), called("handler").once()),
    "route",
    "dispatches connections to handlers, which receive parameters captured in the URL",
)
promise_on_own_page(
    "route_has_the_request_hook_of_serve",
    ROUTERS,
    routing.request_hook_of_a_router_answers,
    both(called("process_request", ...).once(), answers(200), NO_HANDLER),
    "route; serve, process_request",
    "the same arguments as those of serve(): process_request may force a response",
)
promise_on_own_page(
    "redirects_use_the_host_header",
    ROUTERS,
    routing.router_redirects_from_a_path.member("that_has_moved"),
    sends_header("Location", "ws://127.0.0.1/channel/7"),
    "route, server_name",
    "the name of the server as seen by clients; the value of the Host header if it is not given",
)
promise_on_own_page(
    "redirects_use_the_name_of_the_server",
    ROUTERS,
    routing.router_redirects_behind_a_proxy.member("of_another_name"),
    sends_header("Location", "ws://here.example/channel/7"),
    "route, server_name",
    "the name of the server as seen by clients, for redirects behind a reverse proxy",
)
promise_on_own_page(
    "redirects_use_wss_where_a_proxy_ends_tls",
    ROUTERS,
    routing.router_redirects_behind_a_proxy.member("before_which_tls_ends"),
    sends_header("Location", "wss://127.0.0.1/channel/7"),
    "route, ssl",
    "True generates wss:// addresses without TLS, for redirects behind a reverse proxy",
)
