"""What the ASGI specification promises about events that the application sends."""

from __future__ import annotations

from fixtures.drivers.surfaces import asgi_uvicorn_sansio
from fixtures.model.situations import tagged

from ...judging.expectations import answers, ends, logged, raised, sends_close
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.asgi import before_the_accept as before
from ...scenarios.asgi import sending_and_closing as acting
from .uvicorn_documents import (
    CLOSING_TOO_LATE,
    OPENING,
    REFUSED,
    SENDING_TOO_LATE,
    cite_specification,
    promise_of_2_4,
)

ACCEPT, CLOSE = "Accept - send event", "Close - send event"
GONE = "Disconnected Client - send exception"
DIES = "Websocket Connection Scope"

# Accept
promise(
    "an_accept_completes_the_handshake",
    asgi_uvicorn_sansio,
    OPENING,
    answers(101),
    source=cite_specification(ACCEPT, "accepts an incoming connection"),
)
promise(
    "a_close_instead_is_403",
    asgi_uvicorn_sansio,
    REFUSED,
    answers(403),
    source=cite_specification(CLOSE, "before the accept it refuses the handshake with status 403"),
)

# Close
promise(
    "close_sends_its_code_and_reason",
    asgi_uvicorn_sansio,
    (
        *(
            one
            for one in tagged("answered", "own_code", "on_message", without="both_close")
            if one not in acting.application_sends_close_with_code
        ),
        acting.application_sends_after_its_own_close,
    ),
    sends_close(4000, "enough"),
    source=cite_specification(
        CLOSE, "closes with the code and the reason that the message has", "2.3"
    ),
)
for _one in acting.application_sends_close_with_code:
    promise(
        f"close_sends_{_one.end}",
        asgi_uvicorn_sansio,
        _one,
        sends_close(int(_one.end), "a reason"),
        source=cite_specification(
            CLOSE, "closes with the code and the reason that the message has", "2.3"
        ),
    )
promise(
    "close_sends_1000_by_default",
    asgi_uvicorn_sansio,
    (
        close.application_closes_on_message,
        close.application_closes_on_message_with_another_waiting,
        close.application_closes_from_elsewhere,
        close.application_closes_from_elsewhere_when_idle,
        close.application_closes_from_elsewhere_during_a_message,
        close.peer_answers_late,
        close.peer_never_answers,
        open_time_close.application_closes_when_opened,
        open_time_close.application_closes_from_elsewhere_when_opened,
    ),
    sends_close(1000),
    source=cite_specification(CLOSE, "the code is 1000 if the message has none"),
)

# Too late
promise_of_2_4(
    "send_raises_an_os_error_once_closed",
    SENDING_TOO_LATE,
    raised("send", "OSError").once(),
    cite_specification(GONE, "send() on a closed connection raises an OSError", "2.4"),
)
promise_of_2_4(
    "close_raises_an_os_error_once_closed",
    (*CLOSING_TOO_LATE, *before.application_refuses_once_the_client),
    raised("close", "OSError").once(),
    cite_specification(GONE, "send() on a closed connection raises an OSError", "2.4"),
)
promise_of_2_4(
    "accept_raises_an_os_error_once_closed",
    before.application_accepts_once_the_client,
    raised("websocket.accept", "OSError").once(),
    cite_specification(GONE, "send() on a closed connection raises an OSError", "2.4"),
)
promise_of_2_4(
    "an_os_error_of_send_is_no_error_of_the_server",
    (
        *SENDING_TOO_LATE,
        close.application_closes_when_told_of_the_close,
        *acting.application_closes_once_the_client,
        *before.application_refuses_once_the_client,
        *before.application_accepts_once_the_client,
    ),
    logged("ERROR").never(),
    cite_specification(
        GONE, "the server catches it if the application lets it pass, and logs no error", "2.4"
    ),
)

# The application ends
promise(
    "an_application_that_ends_closes_the_socket",
    asgi_uvicorn_sansio,
    (
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        open_time_close.handler_returns_at_once,
        close.application_leaves_on_message,
    ),
    ends("at once"),
    source=cite_specification(DIES, "if the application dies, the socket is closed"),
)
