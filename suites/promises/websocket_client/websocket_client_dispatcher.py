"""Promises of websocket-client about `run_forever(dispatcher=...)`: a loop of the program's own.

What is promised of an app holds with a dispatcher as well: these surfaces are variants of the app.
Which methods a dispatcher must have, what `run_forever()` returns and who is told of errors, no
document says: there is no promise about it.
"""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websocket_client_app,
    websocket_client_app_dispatcher,
    websocket_client_app_rel,
)

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    both,
    called,
    either,
    error,
    sends_close,
)
from ...judging.promise import doc, promise, untestable
from ...scenarios.websocket_client import dispatcher_closing as closing
from ...scenarios.websocket_client import dispatcher_reconnecting as reconnecting
from .app_situations import APP, EXAMPLES, FAQ

LOOPS = (websocket_client_app_dispatcher, websocket_client_app_rel)
README = "https://github.com/websocket-client/websocket-client/blob/master/README.md"
CLOSED_BY_PEER = (
    closing.application_sends_in_a_loop_and_peer_closes,
    closing.application_ends_its_loop_at_the_close,
    closing.peer_closes_a_loop_that_looks_for_pongs,
)
STANDARD_CODES = closing.peer_closes_a_loop_that_reconnects_with[:2]
LOST = (
    reconnecting.loop_reconnects_when_peer_ends,
    reconnecting.loop_reconnects_when_peer_resets,
    reconnecting.loop_reconnects_when_peer_ends_twice,
)

# Reconnecting

promise(
    "reconnects_when_the_connection_is_lost",
    LOOPS,
    LOST,
    either(called("on_reconnect"), called("on_open").times(2), called("on_open").times(3)),
    source=doc(
        README,
        "Long-lived Connection",
        "given a dispatcher and a delay, run_forever reconnects when the connection is lost",
    ),
    versions=">=1.4.0",
)
promise(
    "reconnects_with_a_dispatcher_alone",
    LOOPS,
    reconnecting.loop_has_no_delay_for_reconnecting,
    either(called("on_reconnect"), called("on_open").times(2)),
    source=doc(
        FAQ,
        'How to solve the "connection is already closed" error?',
        "run_forever tries to reconnect a lost connection if it is given a dispatcher",
    ),
)
promise(
    "no_reconnecting_after_a_standard_close",
    LOOPS,
    STANDARD_CODES,
    both(called("on_open").once(), called("on_reconnect").never()),
    source=doc(
        README,
        "Long-lived Connection",
        "nothing reconnects by itself after a close by the server with a standard code",
    ),
    versions=">=1.4.0",
)
promise(
    "on_close_is_where_a_close_by_the_server_is_handled",
    LOOPS,
    STANDARD_CODES,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=doc(
        README,
        "Long-lived Connection",
        "what to do when the server closes belongs into on_close",
    ),
    versions=">=1.4.0",
)
promise(
    "close_ends_the_reconnecting",
    websocket_client_app_dispatcher,
    reconnecting.application_gives_up_in_the_loops_delay,
    both(called("on_open").once(), called("on_reconnect").never()),
    source=doc(APP, "WebSocketApp.close", "closes the connection"),
    versions=">=1.4.0",
)

# What the callbacks of a loop are told

promise(
    "on_error_for_a_failure_in_a_loop",
    LOOPS,
    (
        *LOST,
        reconnecting.loop_reconnects_when_refused,
        reconnecting.loop_is_refused_for_ever,
        reconnecting.loop_meets_a_refusal_when_it_reconnects,
        reconnecting.loop_has_no_delay_for_reconnecting,
        reconnecting.one_of_two_apps_in_a_loop_is_lost,
    ),
    called("on_error", error("Exception")),
    source=doc(
        APP, "WebSocketApp.__init__, on_error", "called when there is an error, with an exception"
    ),
)
promise(
    "on_close_in_a_loop",
    LOOPS,
    (
        *CLOSED_BY_PEER,
        closing.application_sends_and_closes_in_a_loop,
        reconnecting.loop_has_no_delay_for_reconnecting,
    ),
    called("on_close", ...).once(),
    source=doc(APP, "WebSocketApp.__init__, on_close", "called when the connection is closed"),
)
promise(
    "on_close_for_each_app_and_run",
    LOOPS,
    (
        reconnecting.one_of_two_apps_in_a_loop_is_lost,
        closing.application_runs_again_at_the_close,
    ),
    both(called("on_open").times(2), called("on_close", ...).times(2)),
    source=doc(
        EXAMPLES,
        "Dispatching Multiple WebSocketApps",
        "several apps run in one loop of an asynchronous dispatcher, without threads",
    ),
)
promise(
    "on_close_gets_code_and_reason_in_a_loop",
    LOOPS,
    CLOSED_BY_PEER,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=doc(
        APP,
        "WebSocketApp.__init__, on_close",
        "its arguments after the app: the close code and the close message",
    ),
)
promise(
    "on_error_in_a_loop_only_for_errors",
    LOOPS,
    CLOSED_BY_PEER,
    called("on_error", ...).never(),
    source=doc(
        README,
        "Long-lived Connection",
        "a server that closes gracefully is on_close's affair; on_error is called on errors",
    ),
)
promise(
    "a_tls_record_is_delivered_whole",
    websocket_client_app,  # and its variants
    closing.peer_closes_after_messages_in_one_tls_record,
    both(called("on_message", "one"), called("on_message", "two")),
    source=doc(APP, "WebSocketApp.__init__, on_message", "called with the data that was received"),
)
promise(
    "a_close_frame_in_a_tls_record_is_told",
    websocket_client_app,  # and its variants
    closing.peer_closes_after_messages_in_one_tls_record,
    called("on_close", PEER_CODE, ANYTHING).once(),
    source=doc(APP, "WebSocketApp.__init__, on_close", "called when the connection is closed"),
)
promise(
    "close_in_a_loop_sends_a_close_frame",
    LOOPS,
    closing.application_sends_and_closes_in_a_loop,
    sends_close(1000, ""),
    source=doc(
        EXAMPLES, "Sending Connection Close Status Codes", "close(status=...) gives the code"
    ),
)
untestable(
    (websocket_client_app_dispatcher, websocket_client_app_rel),
    source=doc(
        APP, "WebSocketApp.run_forever, dispatcher", "an object that customizes how data is read"
    ),
    because="neither its methods nor what they are given are documented: that it is used at all is "
    "what every cell with a dispatcher shows, and how it is used is recorded",
)
