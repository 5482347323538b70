"""What the page on `WebSocketApp` promises about its other callbacks, and about its constructor."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app

from ...judging.expectations import ANYTHING, both, called, delivered, either
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import callbacks_and_the_close as callbacks
from ...scenarios.websocket_client import callbacks_that_raise as raising
from ...scenarios.websocket_client import dispatcher_closing as loop_closing
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from ...scenarios.websocket_client import running_to_a_close as running
from .app_situations import (
    ANSWERED,
    APP,
    BROKEN,
    CALLBACK_RAISES,
    CLOSED_ELSEWHERE,
    CLOSED_ELSEWHERE_ON_MESSAGE,
    CLOSED_IN_ON_MESSAGE,
    LOST,
    LOST_AND_OPEN_AGAIN,
    LOST_OTHERWISE,
    NOT_OPENED,
    PEER_CLOSES,
    UNANSWERED,
)

ON_OPEN = "WebSocketApp.__init__, on_open"
RECONNECTS = doc(APP, "WebSocketApp.__init__, on_reconnect", "called when it reconnects")
ON_MESSAGE = "WebSocketApp.__init__, on_message"
ON_DATA = "WebSocketApp.__init__, on_data"
ON_CONT = "WebSocketApp.__init__, on_cont_message"

# on_open
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
    source=doc(APP, ON_OPEN, "called when the WebSocket opens"),
)
promise(
    "on_open_only_at_the_opening",
    app,
    NOT_OPENED,
    called("on_open").never(),
    source=doc(APP, ON_OPEN, "called when the WebSocket opens"),
)
promise(
    "on_open_not_without_an_opening",
    app,
    fails.address_is,
    called("on_open").never(),
    source=doc(APP, ON_OPEN, "called when the WebSocket opens"),
)

# on_reconnect
ONCE = [one for one in LOST_AND_OPEN_AGAIN if one is not reconnecting.reconnects_when_lost_twice]
promise(
    "on_reconnect_when_it_reconnects",
    app,
    ONCE,
    both(called("on_open"), called("on_reconnect").once()),
    source=RECONNECTS,
    versions=">=1.8.0",
)
promise(
    "on_reconnect_each_time_it_reconnects",
    app,
    reconnecting.reconnects_when_lost_twice,
    both(called("on_open"), called("on_reconnect").times(2)),
    source=RECONNECTS,
    versions=">=1.8.0",
)

# on_message
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
    source=doc(APP, ON_MESSAGE, "called with the received data"),
)
promise(
    "on_message_gets_every_message",
    app,
    close.peer_closes_after_messages,
    both(delivered("on_message", "one", "two"), called("on_message", "two").before("on_close")),
    source=doc(APP, ON_MESSAGE, "called with the received data"),
)
promise(
    "good_text_is_delivered_without_validation",
    app,
    faults.server_sends_good_text_unvalidated,
    either(called("on_message", "hello").once(), called("on_message", b"hello").once()),
    source=doc(APP, ON_MESSAGE, "called with the data, a UTF-8 string"),
)
promise(
    "a_tls_record_is_delivered_whole",
    app,  # and its variants
    loop_closing.peer_closes_after_messages_in_one_tls_record,
    delivered("on_message", "one", "two"),
    source=doc(APP, ON_MESSAGE, "called with the received data"),
)

# on_cont_message
promise(
    "on_cont_message_gets_text",
    app,
    (
        callbacks.peer_closes_after_fragments_heard_one_by_one,
        callbacks.application_closes_on_a_fragment,
        raising.application_raises_on_a_fragment,
    ),
    called("on_cont_message", "b", ANYTHING),
    source=doc(APP, ON_CONT, "the second argument is a utf-8 string"),
)
promise(
    "on_cont_message_gets_the_flag",
    app,
    callbacks.peer_closes_after_fragments_heard_one_by_one,
    both(
        called("on_cont_message", ANYTHING, 0).before("on_close"),
        called("on_cont_message", ANYTHING, 1),
    ),
    source=doc(APP, ON_CONT, "the third argument is 0 if the data continues"),
)
# The form of the callbacks, and the other arguments
promise(
    "callbacks_of_every_form_are_called",
    app,
    [one for one in callbacks.peer_closes_and_callbacks_are if "with_reason" in one.tags],
    both(
        called("on_open").once(),
        called("on_message", "hello").once(),
        called("on_close", ...).once(),
    ),
    source=doc(
        APP,
        "WebSocketApp.__init__",
        "each callback is a callable object; its first argument is the app",
    ),
)
promise(
    "keep_running_is_ignored",
    app,
    running.peer_closes_and_keep_running_is_false,
    both(called("on_open").once(), called("on_message", "hello").once()),
    source=doc(APP, "WebSocketApp.__init__, keep_running", "obsolete, and ignored"),
    versions="!=1.2.2",
)
promise(
    "a_prepared_socket_is_used",
    app,
    running.peer_closes_a_prepared_socket,
    called("on_message", "hello").once(),
    source=doc(APP, "WebSocketApp.__init__, socket", "an initialised stream socket"),
    versions=">=1.3.2",
)
