"""What starlette's page on endpoints promises of `WebSocketEndpoint`."""

from __future__ import annotations

from fixtures.drivers.starlette_surfaces import starlette_endpoint
from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, called, delivered
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios.starlette import messages_of_another_type as typed
from .starlette_documents import OPENING, SAYING_HELLO, TOLD, cite_site

PAGE, PLACE = "endpoints", "WebSocketEndpoint"

promise(
    "on_connect_is_called",
    starlette_endpoint,
    OPENING,
    called("on_connect").once().before("on_receive"),
    source=cite_site(PAGE, PLACE, "on_connect() is called for websocket.connect"),
)
promise(
    "on_receive_is_called",
    starlette_endpoint,
    SAYING_HELLO,
    called("on_receive", "hello").once(),
    source=cite_site(PAGE, PLACE, "on_receive() is called with the data of a message"),
)
promise(
    "on_receive_is_called_in_order",
    starlette_endpoint,
    close.peer_closes_after_messages,
    delivered("on_receive", "one", "two"),
    source=cite_site(PAGE, PLACE, "on_receive() is called with the data of a message"),
)
promise(
    "on_disconnect_is_called",
    starlette_endpoint,
    TOLD,
    called("on_disconnect", ...).once(),
    source=cite_site(PAGE, PLACE, "on_disconnect() is called for websocket.disconnect"),
)
promise(
    "on_disconnect_has_the_close_code",
    starlette_endpoint,
    tagged("with_code"),
    called("on_disconnect", PEER_CODE).once(),
    source=cite_site(PAGE, PLACE, "on_disconnect() is called with the close code"),
)
promise(
    "data_of_another_encoding_is_not_received",
    starlette_endpoint,
    (
        typed.client_sends_bytes_for_text,
        typed.client_sends_text_for_json,
        typed.client_sends_bytes_for_json,
    ),
    called("on_receive", ...).never(),
    source=cite_site(PAGE, PLACE, "encoding has the data validated that on_receive() gets"),
)
promise(
    "an_empty_text_is_received",
    starlette_endpoint,
    (typed.client_sends_an_empty_message, typed.client_sends_an_empty_message_for_anything),
    called("on_receive", "").once(),
    source=cite_site(PAGE, PLACE, "on_receive() is called with the data of a message"),
)
