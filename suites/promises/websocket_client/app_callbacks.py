"""Promises of websocket-client about `WebSocketApp`: which callback is called when, with what."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    both,
    called,
    error,
    raised,
)
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import closing_everywhere as closing
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from .app_situations import (
    ANSWERED,
    APP,
    BROKEN,
    CALLBACK_RAISES,
    CLOSED_ELSEWHERE,
    CLOSED_ELSEWHERE_ON_MESSAGE,
    CLOSED_IN_ON_MESSAGE,
    EXAMPLES,
    FAQ,
    LOST,
    LOST_OTHERWISE,
    NOT_OPENED,
    OPEN_AGAIN,
    PAGES,
    PEER_CLOSES,
    PEER_CLOSES_WITH_CODE,
    PEER_CLOSES_WITH_REASON,
    PONG_IS_LATE,
    UNANSWERED,
)

THREADING = f"{PAGES}threading.html"
README = "https://github.com/websocket-client/websocket-client/blob/master/README.md"

# The callbacks

promise(
    "on_open_at_the_opening",
    app,
    (
        *PEER_CLOSES,
        *ANSWERED,
        *UNANSWERED,
        *LOST,
        *BROKEN,
        *CALLBACK_RAISES,
        *CLOSED_ELSEWHERE,
        *LOST_OTHERWISE,
    ),
    called("on_open").once(),
    source=doc(APP, "WebSocketApp.__init__, on_open", "called when the websocket opens"),
)
promise(
    "on_open_only_at_the_opening",
    app,
    NOT_OPENED,
    called("on_open").never(),
    source=doc(APP, "WebSocketApp.__init__, on_open", "called when the websocket opens"),
)
promise(
    "on_message_gets_the_data",
    app,
    (
        *(scenario for scenario in CLOSED_IN_ON_MESSAGE if "waiting" not in scenario.name),
        *CLOSED_ELSEWHERE_ON_MESSAGE,
        failure.peer_ends_after_a_message,
        failure.peer_resets_after_a_message,
        failure.application_raises_on_message,
        opening.in_the_same_write_after_a_message,
    ),
    called("on_message", "hello").once(),
    source=doc(APP, "WebSocketApp.__init__, on_message", "called with the data that was received"),
)
promise(
    "on_message_gets_every_message",
    app,
    close.peer_closes_after_messages,
    both(called("on_message", "one").before("on_close"), called("on_message", "two")),
    source=doc(APP, "WebSocketApp.__init__, on_message", "called with the data that was received"),
)
promise(
    "on_data_before_on_message",
    app,
    (
        *CLOSED_ELSEWHERE_ON_MESSAGE,
        failure.peer_ends_after_a_message,
        close.application_closes_on_message,
    ),
    called("on_data", "hello", 1, ANYTHING).before("on_message"),
    source=doc(
        APP,
        "WebSocketApp.__init__, on_data",
        "called before on_message, with the data, its type (OPCODE_TEXT is 1) and a flag",
    ),
)
promise(
    "on_ping_gets_the_payload",
    app,
    (close.application_closes_on_ping, failure.application_raises_on_ping),
    called("on_ping", ANYTHING).once(),
    source=doc(EXAMPLES, "Ping/Pong Usage", "on_ping(app, message) tells of a ping"),
)
promise(
    "on_pong_gets_the_payload",
    app,
    (close.application_closes_on_pong, failure.application_raises_on_pong),
    called("on_pong", ANYTHING).once(),
    source=doc(EXAMPLES, "Ping/Pong Usage", "on_pong(app, message) tells of a pong"),
)

# Which endings reach on_error

promise(
    "on_error_for_errors",
    app,
    (*LOST, *BROKEN, *NOT_OPENED, *OPEN_AGAIN, *PONG_IS_LATE, *LOST_OTHERWISE),
    called("on_error", error("Exception")),
    source=doc(
        APP, "WebSocketApp.__init__, on_error", "called when there is an error, with an exception"
    ),
)
promise(
    "on_error_only_for_errors",
    app,
    (*PEER_CLOSES, *ANSWERED, *CLOSED_ELSEWHERE),
    called("on_error", ...).never(),
    source=doc(
        README,
        "Long-lived Connection",
        "a server that closes gracefully is on_close's affair; on_error is called on errors",
    ),
)
promise(
    "on_error_for_what_a_callback_raises",
    app,
    (
        *CALLBACK_RAISES,
        opening.application_closes_and_raises_when_opened,
        reconnecting.reconnects_and_on_reconnect_raises,
    ),
    called("on_error", error("ApplicationError")),
    source=doc(
        FAQ, "How to troubleshoot an unclear callback error?", "on_error is told of callback errors"
    ),
)
promise(
    "what_on_error_raises_is_raised",
    app,
    failure.application_raises_when_it_fails,
    raised("run_forever", "ApplicationError"),
    source=doc(
        FAQ,
        "How to troubleshoot an unclear callback error?",
        "an on_error that raises shows more of what went wrong",
    ),
)

# The arguments of on_close on each ending

promise(
    "on_close_when_the_connection_is_closed",
    app,
    (
        *PEER_CLOSES,
        *ANSWERED,
        *UNANSWERED,
        *CLOSED_ELSEWHERE,
        *LOST,
        *BROKEN,
        *CALLBACK_RAISES,
        *OPEN_AGAIN,
        *PONG_IS_LATE,
        *LOST_OTHERWISE,
    ),
    called("on_close", ...).once(),
    source=doc(APP, "WebSocketApp.__init__, on_close", "called when the connection is closed"),
)
promise(
    "on_close_gets_the_code",
    app,
    (*PEER_CLOSES_WITH_CODE, *ANSWERED, *CLOSED_ELSEWHERE),
    called("on_close", PEER_CODE, ANYTHING).once(),
    source=doc(
        EXAMPLES,
        "Receiving Connection Close Status Codes",
        "on_close gets the status code that the server sent, which need not send one",
    ),
)
promise(
    "on_close_gets_the_reason",
    app,
    (
        *PEER_CLOSES_WITH_REASON,
        close.peer_answers_with_another_code,
        close.both_close_at_once,
        opening.both_close_when_opened,
    ),
    called("on_close", ANYTHING, PEER_REASON).once(),
    source=doc(APP, "WebSocketApp.__init__, on_close", "the third argument is the close message"),
)
promise(
    "on_close_means_that_a_close_frame_came",
    app,
    (*LOST, *NOT_OPENED, failure.no_pong_comes),
    called("on_close", ...).never(),
    source=doc(
        EXAMPLES,
        "Receiving Connection Close Status Codes",
        "that on_close is called tells that a frame of opcode 8, a close frame, came",
    ),
)

# Whether closing in a callback triggers on_close

promise(
    "close_in_on_message_does_not_trigger_on_close",
    app,
    CLOSED_IN_ON_MESSAGE,
    called("on_close", ...).never(),
    source=doc(
        THREADING,
        "Possible issues with threading, first example",
        "close() in on_message, on the thread of run_forever, does not trigger on_close",
    ),
)
promise(
    "close_in_a_thread_triggers_on_close",
    app,
    (
        close.application_closes_from_elsewhere,
        close.application_closes_from_elsewhere_with_code,
        close.application_closes_from_elsewhere_when_idle,
        closing.application_closes_elsewhere_while_peer_sends,
    ),
    called("on_close", ...).once(),
    source=doc(
        THREADING,
        "Possible issues with threading, second and fourth example",
        "close() in a thread that on_message starts triggers on_close",
    ),
)
promise(
    "close_while_on_message_runs_does_not_trigger_on_close",
    app,
    close.application_closes_from_elsewhere_during_a_message,
    called("on_close", ...).never(),
    source=doc(
        THREADING,
        "Possible issues with threading, third example",
        "close() by another thread while on_message sleeps does not trigger on_close",
    ),
)
