"""Promises of websocket-client about closing with arguments, and about reconnecting."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, both, called, ends, error
from ...judging.promise import doc, promise
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import closing_everywhere as closing
from ...scenarios.websocket_client import reconnecting_when_closed as reclosing
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from ...scenarios.websocket_client import waiting_for_defaults as waiting
from .app_callbacks import README
from .app_situations import APP, CORE, LOST_AND_OPEN_AGAIN

# How long close() waits

TIMEOUT = "WebSocket.close, timeout"
promise(
    "close_waits_three_seconds_by_default",
    (app, core),
    waiting.peer_never_answers_the_default_close,
    ends("10 x timeout"),  # of 0.3 s
    source=doc(CORE, TIMEOUT, "the default, in the signature, is 3: seconds to wait"),
)
promise(
    "close_without_a_limit_waits_for_the_answer",
    (app, core),
    closing.application_closes_and_waits_for_ever,
    ends("1 x timeout"),
    source=doc(CORE, TIMEOUT, "None waits for ever for the peer's close frame"),
)
promise(
    "close_without_time_does_not_wait",
    (app, core),
    closing.application_closes_without_waiting,
    ends("at once"),
    source=doc(CORE, TIMEOUT, "seconds to wait for the peer's close frame: none"),
)
promise(
    "close_waits_no_longer_while_data_comes",
    (app, core),
    closing.peer_sends_data_and_never_answers,
    ends("1 x timeout"),
    source=doc(CORE, TIMEOUT, "seconds to wait for the peer's close frame"),
)
promise(
    "nothing_opens_after_close",
    app,
    opening.application_closes_while_connecting,
    called("on_open").never(),
    source=doc(APP, "WebSocketApp.close", "closes the connection"),
)
promise(
    "nothing_opens_again_after_close",
    app,
    (
        reconnecting.gives_up_during_the_delay,
        reconnecting.gives_up_when_peer_ends,
        reclosing.application_closes_on_message_despite_reconnect,
        reclosing.application_closes_when_opened_despite_reconnect,
    ),
    both(called("on_open").once(), called("on_reconnect").never()),
    source=doc(APP, "WebSocketApp.close", "closes the connection"),
    versions=">=1.4.0",
)

# Reconnecting

RECONNECT = "WebSocketApp.run_forever, reconnect"
ONCE = [one for one in LOST_AND_OPEN_AGAIN if one is not reconnecting.reconnects_when_lost_twice]
promise(
    "reconnects_when_the_connection_is_lost",
    app,
    tagged("opens_again", "on_message"),
    called("on_message", "hello").once(),
    source=doc(APP, RECONNECT, "the delay before it connects again"),
    versions=">=1.4.0",
)
promise(
    "on_reconnect_when_it_reconnects",
    app,
    ONCE,
    both(called("on_open").once(), called("on_reconnect").once()),
    source=doc(APP, "WebSocketApp.__init__, on_reconnect", "called when it reconnects"),
    versions=">=1.8.0",
)
promise(
    "on_reconnect_each_time_it_reconnects",
    app,
    reconnecting.reconnects_when_lost_twice,
    both(called("on_open").once(), called("on_reconnect").times(2)),
    source=doc(APP, "WebSocketApp.__init__, on_reconnect", "called when it reconnects"),
    versions=">=1.8.0",
)
promise(
    "on_error_for_each_error",
    app,
    reconnecting.reconnects_when_lost_twice,
    called("on_error", error("Exception")).times(2),
    source=doc(
        APP, "WebSocketApp.__init__, on_error", "called when there is an error, with an exception"
    ),
    versions=">=1.4.0",
)
GRACEFULLY = reclosing.server_closes_despite_reconnect_with
promise(
    "a_graceful_close_is_told_to_on_close",
    app,
    GRACEFULLY,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=doc(
        README,
        "Long-lived Connection",
        "what happens when the server closes gracefully is on_close's affair",
    ),
    versions=">=1.4.0",
)
promise(
    "a_graceful_close_ends_reconnecting",
    app,
    (*GRACEFULLY, reclosing.server_closes_after_reconnecting),
    called("on_message", "hello").never(),
    source=doc(
        README,
        "Long-lived Connection",
        "run_forever does not reconnect if the server closes gracefully with a standard code",
    ),
    versions=">=1.4.0",
)
