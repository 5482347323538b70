"""What the reference promises of `WSListener` and of `WSFrame`."""

from __future__ import annotations

from fixtures.drivers.surfaces import picows_client, picows_server

from ...judging.expectations import called, logged, raised
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.picows import deciding_on_a_request as deciding
from .picows_documents import BOTH, OPENING, TOLD, cite_reference

promise(
    "on_ws_connected_is_called_when_it_is_open",
    BOTH,
    (*OPENING, deciding.server_has_two_connection_options),
    called("on_ws_connected").once(),
    source=cite_reference(
        "WSListener.on_ws_connected", "called after the websocket handshake is complete"
    ),
)
promise(
    "on_ws_disconnected_is_called_at_the_end",
    BOTH,
    TOLD,
    called("on_ws_disconnected").once(),
    source=cite_reference(
        "WSListener.on_ws_disconnected", "called when the websocket has been disconnected"
    ),
)
promise(
    "on_ws_frame_is_called_for_a_message",
    BOTH,
    (
        open_time_close.in_the_same_write_after_a_message,
        failing.peer_ends_after_a_message,
        failing.peer_resets_after_a_message,
        close.application_closes_on_message,
        close.application_closes_with_code_on_message,
    ),
    called("on_ws_frame", "hello"),
    source=cite_reference("WSListener.on_ws_frame", "called when a new frame is received"),
)
promise(
    "an_exception_of_on_ws_connected_is_reraised",
    picows_client,
    failing.application_raises_when_opened,
    raised("wait_disconnected", "ApplicationError").once(),
    source=cite_reference(
        "WSListener.on_ws_connected", "an exception is raised again by wait_disconnected()"
    ),
    versions=">=1.9",
)
promise(
    "an_exception_of_on_ws_frame_is_logged",
    picows_server,
    (failing.application_raises_on_message, failing.application_raises_on_pong),
    logged("ERROR"),
    source=cite_reference("WSListener.on_ws_frame", "on a server it is logged at the ERROR level"),
)
promise(
    "a_close_without_message_has_none",
    BOTH,
    close.peer_closes_without_reason,
    called("on_ws_frame", "CLOSE", 1000, None).once(),
    source=cite_reference("WSFrame.get_close_message", "without a close message it returns None"),
)
promise(
    "a_close_message_is_bytes",
    BOTH,
    (close.peer_closes_first, close.peer_closes_then_ends, close.peer_closes_byte_by_byte),
    called("on_ws_frame", "CLOSE", 1000, b"bye").once(),
    source=cite_reference("WSFrame.get_close_message", "a new bytes object with the message"),
)
