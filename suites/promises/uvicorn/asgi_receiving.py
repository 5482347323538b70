"""What the ASGI specification promises about events that the application receives."""

from __future__ import annotations

from fixtures.drivers.surfaces import asgi_uvicorn_sansio
from fixtures.model.situations import tagged

from ...judging.expectations import ANYTHING, PEER_CODE, called, delivered, either, returned
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios.asgi import busy_application as busy
from ...scenarios.asgi import sending_and_closing as acting
from .uvicorn_documents import (
    NOT_ACCEPTED,
    OPENING,
    RECEIVING,
    SAYING_HELLO,
    cite_specification,
)

CONNECT, DISCONNECT = "Connect - receive event", "Disconnect - receive event"
RECEIVE = "Receive - receive event"

# The opening
promise(
    "the_scope_is_a_websocket",
    asgi_uvicorn_sansio,
    (*OPENING, *NOT_ACCEPTED),
    called("application", "websocket", ANYTHING).once(),
    source=cite_specification("Websocket Connection Scope", 'the type of the scope is "websocket"'),
)
promise(
    "connect_is_received",
    asgi_uvicorn_sansio,
    (*OPENING, *NOT_ACCEPTED),
    called("websocket.connect").once(),
    source=cite_specification(CONNECT, "sent to the application when a client opens a connection"),
)
promise(
    "messages_come_once_it_has_accepted",
    asgi_uvicorn_sansio,
    SAYING_HELLO,
    returned("websocket.accept", ...).once().before("websocket.receive"),
    source=cite_specification(
        CONNECT, "no message is passed on before the application has sent an accept or a close"
    ),
)

# Messages
promise(
    "messages_are_received",
    asgi_uvicorn_sansio,
    SAYING_HELLO,
    called("websocket.receive", "hello").once(),
    source=cite_specification(
        RECEIVE, "sent to the application for a message of the client; text is in the key text"
    ),
)
promise(
    "messages_come_in_order",
    asgi_uvicorn_sansio,
    (
        close.peer_closes_after_messages,
        acting.client_closes_behind_a_waiting_message,
        busy.client_answers_pings_while_a_message_waits,
    ),
    delivered("websocket.receive", "one", "two"),
    source=cite_specification(RECEIVE, "sent to the application for each message of the client"),
)

# The close
promise(
    "disconnect_is_received",
    asgi_uvicorn_sansio,
    RECEIVING,
    called("websocket.disconnect", ...).once(),
    source=cite_specification(
        DISCONNECT,
        "sent to the application when the client or the server closes, or the socket is lost",
    ),
)
promise(
    "the_code_is_the_clients",
    asgi_uvicorn_sansio,
    tagged("with_code"),
    either(
        called("websocket.disconnect", PEER_CODE, ANYTHING).once(),
        called("websocket.disconnect", PEER_CODE).once(),
    ),
    source=cite_specification(DISCONNECT, "code is the close code of the WebSocket protocol"),
)
promise(
    "the_code_is_1005_if_the_client_gives_none",
    asgi_uvicorn_sansio,
    close.peer_closes_with_empty_frame,
    either(
        called("websocket.disconnect", 1005, ANYTHING).once(),
        called("websocket.disconnect", 1005).once(),
    ),
    source=cite_specification(DISCONNECT, "code is 1005 if the client's frame had none"),
)
promise(
    "the_answer_to_a_close_is_its_code",
    asgi_uvicorn_sansio,
    [
        one
        for one in tagged("answered", "own_close", without="both_close")
        if one not in (close.application_closes_twice, close.peer_answers_with_empty_frame)
        and one is not open_time_close.application_closes_twice_when_opened
    ],
    either(
        called("websocket.disconnect", PEER_CODE, ANYTHING).once(),
        called("websocket.disconnect", PEER_CODE).once(),
    ),
    source=cite_specification(
        DISCONNECT, "code is the close code of the WebSocket protocol, also if the server closes"
    ),
)

# Pings
promise(
    "a_client_that_answers_pings_is_kept",
    asgi_uvicorn_sansio,
    (
        busy.client_answers_pings_of_a_busy_application,
        busy.client_answers_pings_while_a_message_waits,
    ),
    either(
        called("websocket.disconnect", 1000, ANYTHING).once(),
        called("websocket.disconnect", 1000).once(),
    ),
    source=cite_specification(
        "WebSocket", "the server handles pings and pongs itself, to ensure that a client is there"
    ),
)
