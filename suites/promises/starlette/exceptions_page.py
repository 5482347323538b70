"""What starlette's page on exceptions promises of endpoints for WebSocket."""

from __future__ import annotations

from fixtures.drivers.starlette_surfaces import starlette_websocket

from ...judging.expectations import answers, logged, sends_close
from ...judging.promise import promise
from ...scenarios import error as failing
from ...scenarios.starlette import before_the_endpoint_accepts as before
from ...scenarios.starlette import endpoint_sends_and_receives as acting
from .starlette_documents import cite_site

PAGE = "exceptions"
KINDS = "Errors and handled exceptions"

promise(
    "an_http_exception_before_the_accept_is_its_response",
    starlette_websocket,
    before.endpoint_raises_http_exception_before_it_accepts,
    answers(401),
    source=cite_site(
        PAGE,
        "HTTPException",
        "raised before accept() it is the HTTP response, and no connection opens",
    ),
    versions=">=0.41",
)
promise(
    "a_websocket_exception_closes_with_its_code",
    starlette_websocket,
    acting.endpoint_raises_websocket_exception_on_message,
    sends_close(4000, "enough"),
    source=cite_site(
        PAGE, "WebSocketException", "an endpoint may raise it, with any valid code, and a reason"
    ),
)
promise(
    "the_code_of_a_websocket_exception_is_1008_by_default",
    starlette_websocket,
    acting.endpoint_raises_websocket_exception_without_code,
    sends_close(1008),
    source=cite_site(PAGE, "WebSocketException", "its code is 1008 by default"),
    versions="<1.7",
)
promise(
    "a_handled_exception_is_no_error",
    starlette_websocket,
    (
        before.endpoint_raises_websocket_exception_before_it_accepts,
        acting.endpoint_raises_websocket_exception_on_message,
    ),
    logged("ERROR").never(),
    source=cite_site(PAGE, KINDS, "a handled exception does not stand for an error"),
)
promise(
    "an_http_exception_is_no_error",
    starlette_websocket,
    before.endpoint_raises_http_exception_before_it_accepts,
    logged("ERROR").never(),
    source=cite_site(PAGE, KINDS, "HTTPException is handled, and does not stand for an error"),
    versions=">=0.41",
)
promise(
    "an_error_goes_to_the_server",
    starlette_websocket,
    (
        before.endpoint_raises_before_it_accepts,
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        failing.application_raises_at_the_end,
    ),
    logged("ERROR"),
    source=cite_site(PAGE, KINDS, "any other exception goes through all of it, up to the server"),
)
