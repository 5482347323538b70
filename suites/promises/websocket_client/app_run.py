"""What the page on `WebSocketApp` promises about `run_forever()` and `close()`."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_app_dispatcher
from fixtures.model.situations import tagged

from ...judging.expectations import both, called, returned
from ...judging.promise import doc, promise, untestable
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import callbacks_that_raise as raising
from ...scenarios.websocket_client import dispatcher_reconnecting as loop
from ...scenarios.websocket_client import reconnecting_when_closed as reclosing
from ...scenarios.websocket_client import reconnecting_when_unwanted as unwanted
from ...scenarios.websocket_client import running_into_failures as failing
from ...scenarios.websocket_client import running_to_a_close as running
from ...scenarios.websocket_client import tutorials_on_errors as mending
from .app_situations import (
    ANSWERED,
    APP,
    BROKEN,
    CLOSED_ELSEWHERE,
    EXITS,
    LOOPS,
    LOST,
    LOST_OTHERWISE,
    OPEN_AGAIN,
    PEER_CLOSES,
    PONG_IS_LATE,
    POOL,
    UNANSWERED,
)

RETURNS = "WebSocketApp.run_forever, Returns"

# What one run returns
promise(
    "run_forever_returns_false_when_closed",
    app,
    (*PEER_CLOSES, *ANSWERED, *UNANSWERED, *CLOSED_ELSEWHERE, *OPEN_AGAIN),
    returned("run_forever", False).once(),
    source=doc(APP, RETURNS, "False if the app is closed"),
)
promise(
    "run_forever_returns_true_after_an_exception",
    app,
    (*LOST, *BROKEN, *PONG_IS_LATE, *LOST_OTHERWISE),
    returned("run_forever", True).once(),
    source=doc(APP, RETURNS, "True if an exception was raised in the loop"),
)
promise(
    "a_lost_run_returns_true",
    app,
    (
        raising.peer_ends_and_on_error_takes_the_app_alone,
        raising.peer_ends_and_nobody_hears_failures,
        *raising.peer_ends_and_every_callback_is,
        mending.runs_again_at_the_end_after_each_loss,
        mending.runs_again_at_the_end_after_each_401,
    ),
    returned("run_forever", True).once(),
    source=doc(APP, RETURNS, "True if an exception was raised in the loop"),
)
promise(
    "run_forever_returns_true_after_a_system_exit",
    app,
    tuple(one for one in EXITS if one.end == "system_exit"),
    returned("run_forever", True).once(),
    source=doc(APP, RETURNS, "True if any other exception was raised in the loop"),
)
promise(
    "run_forever_returns_false_after_a_keyboard_interrupt",
    app,
    (
        *(one for one in EXITS if one.end == "keyboard_interrupt"),
        *tagged("interrupted"),
    ),
    returned("run_forever", False).once(),
    source=doc(APP, RETURNS, "False if a KeyboardInterrupt was caught"),
)

# What several runs return
AGAIN = (
    running.runs_again_after_a_close,
    running.runs_again_after_its_own_close,
    running.runs_again_when_told_of_the_close,
)
promise(
    "every_run_returns_false_when_closed",
    app,
    AGAIN,
    both(returned("run_forever", False).once(), returned("run again", False).once()),
    source=doc(APP, RETURNS, "False if the app is closed"),
)
promise(
    "a_run_after_a_loss_returns_false_when_closed",
    app,
    (failing.runs_again_after_a_loss, failing.runs_again_after_it_was_refused),
    both(returned("run_forever", True).once(), returned("run again", False).once()),
    source=doc(APP, RETURNS, "True if an exception was raised in the loop, False if it is closed"),
)
promise(
    "a_loss_in_the_second_run_returns_true",
    app,
    running.runs_again_after_its_own_close_and_peer_ends,
    both(returned("run_forever", False).once(), returned("run again", True).once()),
    source=doc(APP, RETURNS, "True if an exception was raised in the loop, False if it is closed"),
)
promise(
    "each_run_of_a_pool_returns_false_when_closed",
    app,
    POOL,
    returned("run_forever", False).times(3),
    source=doc(APP, RETURNS, "False if the app is closed"),
)

# The argument dispatcher
untestable(
    LOOPS,
    source=doc(
        APP, "WebSocketApp.run_forever, dispatcher", "an object that customises how data is read"
    ),
    because="neither its methods nor their arguments are documented: every cell with a dispatcher "
    "shows that it is used at all, and how it is used is recorded",
)

# What close() does
CLOSES = doc(APP, "WebSocketApp.close", "closes the connection")
"""That nothing opens once the app is closed is how we read it; the page does not say more."""
promise(
    "nothing_opens_after_close",
    app,
    opening.application_closes_while_connecting,
    called("on_open").never(),
    source=CLOSES,
)
promise(
    "nothing_opens_again_after_close",
    app,
    (
        unwanted.gives_up_during_the_delay,
        unwanted.gives_up_when_peer_ends,
        reclosing.application_closes_on_message_despite_reconnect,
        reclosing.application_closes_when_opened_despite_reconnect,
    ),
    both(called("on_open").once(), called("on_reconnect").never()),
    source=CLOSES,
    versions=">=1.4.0",
)
promise(
    "close_ends_the_reconnecting",
    websocket_client_app_dispatcher,
    loop.application_gives_up_in_the_loops_delay,
    both(called("on_open").once(), called("on_reconnect").never()),
    source=CLOSES,
    versions=">=1.4.0",
)
