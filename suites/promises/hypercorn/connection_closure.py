"""What hypercorn's page on the closure of connections promises."""

from __future__ import annotations

from ...judging.expectations import called, raised, returned
from ...judging.promise import promise
from ...scenarios.asgi import before_the_accept as before
from ...scenarios.asgi import sending_and_closing as acting
from ...scenarios.asgi.graceful_exits import client_closes_within_the_graceful_timeout
from ..asgi.asgi_situations import CLOSING_TOO_LATE, RECEIVING, SENDING_TOO_LATE
from .hypercorn_documents import DOCUMENTED, cite_site

CLOSURE = "discussion/closing"
MESSAGES = "Connection closure, ASGI messages"
NO_ERROR = cite_site(
    CLOSURE, MESSAGES, "what is sent on a connection that is closed is no error, and does nothing"
)

promise(
    "the_disconnect_is_guaranteed",
    DOCUMENTED,
    (
        *RECEIVING,
        *acting.application_sends_once_the_client,
        *acting.application_closes_once_the_client,
        before.application_closes_before_the_accept,
        *before.application_accepts_once_the_client,
        *before.application_refuses_once_the_client,
        client_closes_within_the_graceful_timeout,
    ),
    called("websocket.disconnect", ...).once(),
    source=cite_site(
        CLOSURE,
        MESSAGES,
        "each application is told of the end once, whether the client or the server closes",
    ),
)
promise(
    "a_message_once_closed_is_ignored",
    DOCUMENTED,
    SENDING_TOO_LATE,
    returned("send", None).once(),
    source=cite_site(
        CLOSURE,
        MESSAGES,
        "what is sent once the connection is closed is no error, and does nothing",
    ),
)
promise(
    "a_close_once_closed_is_ignored",
    DOCUMENTED,
    (*CLOSING_TOO_LATE, *before.application_refuses_once_the_client),
    returned("close", None).once(),
    source=cite_site(
        CLOSURE,
        MESSAGES,
        "what is sent once the connection is closed is no error, and does nothing",
    ),
)
promise(
    "an_accept_once_closed_is_ignored",
    DOCUMENTED,
    before.application_accepts_once_the_client,
    raised("websocket.accept", "Exception").never(),
    source=cite_site(
        CLOSURE,
        MESSAGES,
        "what is sent once the connection is closed is no error, and does nothing",
    ),
)
