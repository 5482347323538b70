"""What the ASGI specification says about events that the application sends."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import answers, ends, logged, raised, sends_close
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.asgi import before_the_accept as before
from ...scenarios.asgi import sending_and_closing as acting
from .asgi_situations import CLOSING_TOO_LATE, OPENING, REFUSED, SENDING_TOO_LATE
from .sentence import Sentence

ACCEPT, CLOSE = "Accept - send event", "Close - send event"
GONE = "Disconnected Client - send exception"
DIES = "Websocket Connection Scope"

OF_THE_ANSWER = (
    Sentence(
        "an_accept_completes_the_handshake",
        OPENING,
        answers(101),
        ACCEPT,
        "accepts an incoming connection",
    ),
    Sentence(
        "a_close_instead_is_403",
        REFUSED,
        answers(403),
        CLOSE,
        "before the accept it refuses the handshake with status 403",
    ),
)
OF_A_CLOSE = (
    Sentence(
        "close_sends_its_code_and_reason",
        (
            *(
                one
                for one in tagged("answered", "own_code", "on_message", without="both_close")
                if one not in acting.application_sends_close_with_code
            ),
            acting.application_sends_after_its_own_close,
        ),
        sends_close(4000, "enough"),
        CLOSE,
        "closes with the code and the reason that the message has",
        "2.3",
    ),
    *(
        Sentence(
            f"close_sends_{one.end}",
            one,
            sends_close(int(one.end), "a reason"),
            CLOSE,
            "closes with the code and the reason that the message has",
            "2.3",
        )
        for one in acting.application_sends_close_with_code
    ),
    Sentence(
        "close_sends_1000_by_default",
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
        CLOSE,
        "the code is 1000 if the message has none",
    ),
)
ONCE_CLOSED = (
    Sentence(
        "send_raises_an_os_error_once_closed",
        SENDING_TOO_LATE,
        raised("send", "OSError").once(),
        GONE,
        "send() on a closed connection raises an OSError",
        "2.4",
    ),
    Sentence(
        "close_raises_an_os_error_once_closed",
        (*CLOSING_TOO_LATE, *before.application_refuses_once_the_client),
        raised("close", "OSError").once(),
        GONE,
        "send() on a closed connection raises an OSError",
        "2.4",
    ),
    Sentence(
        "accept_raises_an_os_error_once_closed",
        before.application_accepts_once_the_client,
        raised("websocket.accept", "OSError").once(),
        GONE,
        "send() on a closed connection raises an OSError",
        "2.4",
    ),
    Sentence(
        "an_os_error_of_send_is_no_error_of_the_server",
        (
            *SENDING_TOO_LATE,
            close.application_closes_when_told_of_the_close,
            *acting.application_closes_once_the_client,
            *before.application_refuses_once_the_client,
            *before.application_accepts_once_the_client,
        ),
        logged("ERROR").never(),
        GONE,
        "the server catches it if the application lets it pass, and logs no error",
        "2.4",
    ),
)
OF_THE_END = Sentence(
    "an_application_that_ends_closes_the_socket",
    (
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        open_time_close.handler_returns_at_once,
        close.application_leaves_on_message,
    ),
    ends("at once"),
    DIES,
    "if the application dies, the socket is closed",
)
SENT = (*OF_THE_ANSWER, *OF_A_CLOSE, *ONCE_CLOSED, OF_THE_END)
"""Every sentence about what is sent."""
