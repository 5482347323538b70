"""What the docstrings of starlette's classes promise."""

from __future__ import annotations

from fixtures.drivers.starlette_surfaces import starlette_websocket

from ...judging.expectations import raised
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios.starlette import before_the_endpoint_accepts as before
from ...scenarios.starlette import endpoint_sends_and_receives as acting
from .starlette_documents import cite_docstring

SENDING = cite_docstring("WebSocket.send", "it sees to it that transitions of state are valid")
RECEIVING = cite_docstring("WebSocket.receive", "it sees to it that transitions of state are valid")
DISCONNECTED = cite_docstring(
    "WebSocketDisconnected", "raised when a WebSocket is used that is disconnected"
)
TWICE = (close.application_closes_twice, open_time_close.application_closes_twice_when_opened)

promise(
    "send_raises_out_of_turn",
    starlette_websocket,
    (
        before.endpoint_sends_before_it_accepts,
        acting.endpoint_sends_an_unheard_of_event,
        acting.endpoint_sends_after_its_own_close,
    ),
    raised("send", "RuntimeError").once(),
    source=SENDING,
)
promise(
    "a_second_accept_raises",
    starlette_websocket,
    before.endpoint_accepts_twice,
    raised("accept", "RuntimeError").once(),
    source=SENDING,
)
promise(
    "a_second_close_raises",
    starlette_websocket,
    TWICE,
    raised("close", "RuntimeError").once(),
    source=SENDING,
)
promise(
    "receive_raises_once_the_close_is_received",
    starlette_websocket,
    acting.endpoint_is_told_of_the_close_and_calls.member("receive"),
    raised("receive", "RuntimeError").once(),
    source=RECEIVING,
)
promise(
    "send_on_a_disconnected_one_raises_disconnected",
    starlette_websocket,
    acting.endpoint_sends_after_its_own_close,
    raised("send", "WebSocketDisconnected").once(),
    source=DISCONNECTED,
    versions=">=1.7",
)
promise(
    "close_on_a_disconnected_one_raises_disconnected",
    starlette_websocket,
    TWICE,
    raised("close", "WebSocketDisconnected").once(),
    source=DISCONNECTED,
    versions=">=1.7",
)
promise(
    "receive_on_a_disconnected_one_raises_disconnected",
    starlette_websocket,
    acting.endpoint_is_told_of_the_close_and_calls.member("receive"),
    raised("receive", "WebSocketDisconnected").once(),
    source=DISCONNECTED,
    versions=">=1.7",
)
promise(
    "receive_text_on_a_disconnected_one_raises_disconnected",
    starlette_websocket,
    (
        close.application_closes_on_message,
        close.application_closes_with_code_on_message,
        open_time_close.application_closes_when_opened,
        before.endpoint_closes_before_it_accepts,
    ),
    raised("receive_text", "WebSocketDisconnected").once(),
    source=DISCONNECTED,
    versions=">=1.7",
)
