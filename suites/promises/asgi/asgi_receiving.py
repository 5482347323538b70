"""What the ASGI specification says about events that the application receives."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import ANYTHING, PEER_CODE, called, delivered, either, returned
from ...scenarios import close, open_time_close
from ...scenarios.asgi import busy_application as busy
from ...scenarios.asgi import sending_and_closing as acting
from .asgi_situations import NOT_ACCEPTED, OPENING, RECEIVING, SAYING_HELLO
from .sentence import Sentence

CONNECT, DISCONNECT = "Connect - receive event", "Disconnect - receive event"
RECEIVE = "Receive - receive event"

OF_THE_OPENING = (
    Sentence(
        "the_scope_is_a_websocket",
        (*OPENING, *NOT_ACCEPTED),
        called("application", "websocket", ANYTHING).once(),
        "Websocket Connection Scope",
        'the type of the scope is "websocket"',
    ),
    Sentence(
        "connect_is_received",
        (*OPENING, *NOT_ACCEPTED),
        called("websocket.connect").once(),
        CONNECT,
        "sent to the application when a client opens a connection",
    ),
    Sentence(
        "messages_come_once_it_has_accepted",
        SAYING_HELLO,
        returned("websocket.accept", ...).once().before("websocket.receive"),
        CONNECT,
        "no message is passed on before the application has sent an accept or a close",
    ),
)
OF_MESSAGES = (
    Sentence(
        "messages_are_received",
        SAYING_HELLO,
        called("websocket.receive", "hello").once(),
        RECEIVE,
        "sent to the application for a message of the client; text is in the key text",
    ),
    Sentence(
        "messages_come_in_order",
        (
            close.peer_closes_after_messages,
            acting.client_closes_behind_a_waiting_message,
            busy.client_answers_pings_while_a_message_waits,
        ),
        delivered("websocket.receive", "one", "two"),
        RECEIVE,
        "sent to the application for each message of the client",
    ),
)
OF_THE_CLOSE = (
    Sentence(
        "disconnect_is_received",
        RECEIVING,
        called("websocket.disconnect", ...).once(),
        DISCONNECT,
        "sent to the application when the client or the server closes, or the socket is lost",
    ),
    Sentence(
        "the_code_is_the_clients",
        tagged("with_code"),
        either(
            called("websocket.disconnect", PEER_CODE, ANYTHING).once(),
            called("websocket.disconnect", PEER_CODE).once(),
        ),
        DISCONNECT,
        "code is the close code of the WebSocket protocol",
    ),
    Sentence(
        "the_code_is_1005_if_the_client_gives_none",
        close.peer_closes_with_empty_frame,
        either(
            called("websocket.disconnect", 1005, ANYTHING).once(),
            called("websocket.disconnect", 1005).once(),
        ),
        DISCONNECT,
        "code is 1005 if the client's frame had none",
    ),
    Sentence(
        "the_answer_to_a_close_is_its_code",
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
        DISCONNECT,
        "code is the close code of the WebSocket protocol, also if the server closes",
    ),
)
OF_PINGS = Sentence(
    "a_client_that_answers_pings_is_kept",
    (
        busy.client_answers_pings_of_a_busy_application,
        busy.client_answers_pings_while_a_message_waits,
    ),
    either(
        called("websocket.disconnect", 1000, ANYTHING).once(),
        called("websocket.disconnect", 1000).once(),
    ),
    "WebSocket",
    "the server handles pings and pongs itself, to ensure that a client is there",
)
RECEIVED = (*OF_THE_OPENING, *OF_MESSAGES, *OF_THE_CLOSE, OF_PINGS)
"""Every sentence about what is received."""
