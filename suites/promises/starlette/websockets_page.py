"""What starlette's page on WebSockets promises."""

from __future__ import annotations

from fixtures.drivers.starlette_surfaces import (
    starlette_endpoint,
    starlette_websocket,
    starlette_websocket_iterating,
)

from ...judging.expectations import (
    answers,
    both,
    delivered,
    ends,
    raised,
    reached,
    returned,
    sends_close,
)
from ...judging.promise import promise, untestable
from ...scenarios import close, open_time_close
from ...scenarios.starlette import before_the_endpoint_accepts as before
from ...scenarios.starlette import endpoint_sends_and_receives as acting
from .starlette_documents import OPENING, SAYING_HELLO, TOLD, cite_site

PAGE = "websockets"
RECEIVING, ITERATING = "Receiving data", "Iterating data"
CLOSING, DENYING = "Closing the connection", "Send Denial Response"

promise(
    "accept_opens_the_connection",
    starlette_websocket,
    OPENING,
    answers(101),
    source=cite_site(PAGE, "Accepting the connection", "accept() accepts the connection"),
)

# Receiving
promise(
    "receive_text_returns_a_message",
    starlette_websocket,
    SAYING_HELLO,
    returned("receive_text", "hello").once(),
    source=cite_site(PAGE, RECEIVING, "receive_text() is how text is received"),
)
promise(
    "receive_text_returns_messages_in_order",
    starlette_websocket,
    close.peer_closes_after_messages,
    delivered("receive_text", "one", "two"),
    source=cite_site(PAGE, RECEIVING, "receive_text() is how text is received"),
)
promise(
    "receive_text_raises_at_the_end",
    starlette_websocket,
    TOLD,
    raised("receive_text", "WebSocketDisconnect"),
    source=cite_site(PAGE, RECEIVING, "receive_text() may raise WebSocketDisconnect"),
)

# Iterating
promise(
    "the_iterator_yields_messages",
    starlette_websocket_iterating,
    SAYING_HELLO,
    returned("iteration", "hello").once(),
    source=cite_site(PAGE, ITERATING, "iter_text() is an iterator like receive_text()"),
)
promise(
    "the_iterator_ends_at_the_end",
    starlette_websocket_iterating,
    TOLD,
    reached("end of iteration").once(),
    source=cite_site(PAGE, ITERATING, "the iterator ends where WebSocketDisconnect is raised"),
)
promise(
    "an_iterating_endpoint_closes_after_the_loop",
    starlette_websocket_iterating,
    [one for one in TOLD if "own_close" not in one.tags],
    raised("close", "Exception").never(),
    source=cite_site(PAGE, ITERATING, "the example calls close() when the iterator has ended"),
)

# Closing
promise(
    "close_sends_its_code_and_reason",
    starlette_websocket,
    (
        close.application_closes_with_code_on_message,
        close.application_closes_from_elsewhere_with_code,
        close.peer_answers_with_another_code,
        close.peer_answers_with_empty_frame,
        acting.endpoint_sends_after_its_own_close,
        acting.endpoint_calls_receive_after_its_own_close,
    ),
    sends_close(4000, "enough"),
    source=cite_site(PAGE, CLOSING, "close() takes a code and a reason"),
)
promise(
    "close_sends_1000_by_default",
    starlette_websocket,
    (
        close.application_closes_on_message,
        close.application_closes_on_message_with_another_waiting,
        close.application_closes_from_elsewhere,
        close.application_closes_from_elsewhere_when_idle,
        close.application_closes_from_elsewhere_during_a_message,
        close.application_closes_twice,
        close.peer_answers_late,
        close.peer_never_answers,
        open_time_close.application_closes_when_opened,
        open_time_close.application_closes_twice_when_opened,
        open_time_close.application_closes_from_elsewhere_when_opened,
    ),
    sends_close(1000),
    source=cite_site(PAGE, CLOSING, "the code is 1000 by default"),
)

# Denying
promise(
    "a_close_instead_is_403",
    starlette_websocket,
    (open_time_close.request_hook_refuses, before.endpoint_closes_before_it_accepts),
    answers(403),
    source=cite_site(PAGE, DENYING, "the client gets a 403 if close() is called before accept()"),
)
promise(
    "a_denial_response_is_sent",
    starlette_websocket,
    before.endpoint_denies_with_a_response,
    both(answers(401), ends("at once")),
    source=cite_site(
        PAGE, DENYING, "send_denial_response() sends the response, then closes the connection"
    ),
    versions=">=0.37",
)
promise(
    "an_http_exception_is_a_denial_response_as_well",
    starlette_websocket,
    before.endpoint_raises_http_exception_before_it_accepts,
    answers(401),
    source=cite_site(PAGE, DENYING, "HTTPException achieves the same as send_denial_response()"),
    versions=">=0.41",
)
untestable(
    (starlette_websocket, starlette_endpoint),
    source=cite_site(
        PAGE, DENYING, "RuntimeError is raised if the server does not support denial responses"
    ),
    because="the server on which starlette is driven supports them",
)
