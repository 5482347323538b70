"""Promises of websocket-client about an app's callbacks: fragments, failures, the last word."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.model.event import APPLICATION
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import ANYTHING, Finding, both, called, error, raised, returned
from ...judging.promise import doc, promise
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import callbacks_and_the_close as callbacks
from ...scenarios.websocket_client import callbacks_that_raise as raising
from ...scenarios.websocket_client import dispatcher_reconnecting as loop
from ...scenarios.websocket_client import interrupted
from ...scenarios.websocket_client import running_into_failures as failing
from ...scenarios.websocket_client import running_to_a_close as running
from ...scenarios.websocket_client import tutorials_on_errors as mending
from ...scenarios.websocket_client import tutorials_to_a_close as taught
from .app_situations import (
    ANSWERED,
    APP,
    BROKEN,
    CALLBACK_RAISES,
    CLOSED_ELSEWHERE,
    EXAMPLES,
    FAQ,
    LOST,
    PEER_CLOSES,
    PONG_IS_LATE,
    UNANSWERED,
)

ON_DATA = "WebSocketApp.__init__, on_data"
ON_CONT = "WebSocketApp.__init__, on_cont_message"
RETURNS = "WebSocketApp.run_forever, Returns"

# What the callbacks get

promise(
    "callbacks_of_every_form_are_called",
    app,
    [one for one in callbacks.peer_closes_and_callbacks_are if "with_reason" in one.tags],
    both(
        called("on_open").once(),
        called("on_ping", b"are you there").once(),
        called("on_message", "hello").once(),
        called("on_close", ...).once(),
    ),
    source=doc(
        APP,
        "WebSocketApp.__init__",
        "each callback is an object that is called, with the app as its first argument",
    ),
)
promise(
    "on_data_gets_the_type_of_the_message",
    app,
    callbacks.peer_closes_after_fragments_heard_whole,
    both(
        called("on_data", "ab", 1, ANYTHING).once(),
        called("on_data", b"\x00\x01", 2, ANYTHING).once(),
    ),
    source=doc(APP, ON_DATA, "the third argument is OPCODE_TEXT (1) or OPCODE_BINARY (2)"),
)
promise(
    "on_data_gets_the_type_of_every_fragment",
    app,
    callbacks.peer_closes_after_fragments_heard_one_by_one,
    called("on_data", ANYTHING, 1, ANYTHING).times(3),
    source=doc(APP, ON_DATA, "the third argument is OPCODE_TEXT (1) or OPCODE_BINARY (2)"),
)
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
    source=doc(APP, ON_CONT, "the third argument is 0 if the data goes on, else not"),
)
promise(
    "on_data_before_on_cont_message",
    app,
    (callbacks.application_closes_on_a_fragment, raising.application_raises_on_a_fragment),
    called("on_data", b"b", ANYTHING, ANYTHING).before("on_cont_message"),
    source=doc(APP, ON_DATA, "called before on_cont_message"),
)
promise(
    "on_message_after_on_data",
    app,
    (callbacks.application_closes_on_data, raising.application_raises_on_data),
    both(called("on_data", "hello", 1, ANYTHING).before("on_message"), called("on_message", ...)),
    source=doc(APP, ON_DATA, "on_message is called after it"),
)

# What a callback raises

WRONG_ARITY = callbacks.peer_closes_and_the_app_alone_is_taken_by
promise(
    "on_error_for_a_callback_that_cannot_be_called",
    app,
    WRONG_ARITY,
    called("on_error", error("TypeError")),
    source=doc(
        FAQ, "How to troubleshoot an unclear callback error?", "on_error is told of callback errors"
    ),
)
promise(
    "what_both_callbacks_raise_is_raised",
    app,
    raising.both_callbacks_raise_on_message,
    raised("run_forever", "ApplicationError"),
    source=doc(
        FAQ,
        "How to troubleshoot an unclear callback error?",
        "an on_error that raises shows more of what went wrong",
    ),
)

# What ends a program

EXITS = tagged("exits", but=loop.application_is_interrupted_in_a_loop)
INTERRUPTED = tagged("interrupted", but=interrupted.application_is_interrupted_in_the_handshake)
promise(
    "run_forever_returns_false_after_a_keyboard_interrupt",
    app,
    (
        *(one for one in EXITS if one.name.endswith("keyboard_interrupt")),
        *tagged("interrupted"),
    ),
    returned("run_forever", False).once(),
    source=doc(APP, RETURNS, "False if a KeyboardInterrupt was caught"),
)
promise(
    "run_forever_returns_true_after_a_system_exit",
    app,
    tuple(one for one in EXITS if one.name.endswith("system_exit")),
    returned("run_forever", True).once(),
    source=doc(APP, RETURNS, "True if any other exception was raised in the loop"),
)

# The state that a program keeps from the callbacks


@dataclass(frozen=True, slots=True)
class Last:
    """The last of some callbacks is one of them."""

    name: str
    of: tuple[str, ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{self.name} is the last of {', '.join(self.of)}"

    def judge(self, trace: Trace) -> Finding:
        """Look at what the application was told, up to the end of its last run."""
        told = [event.name for event in trace.lanes[APPLICATION] if event.name in self.of]
        return Finding(told[-1:] == [self.name], ", ".join(told) or "nothing")


promise(
    "on_close_is_the_last_word",
    app,
    (
        *PEER_CLOSES,
        *ANSWERED,
        *UNANSWERED,
        *CLOSED_ELSEWHERE,
        *LOST,
        *BROKEN,
        *CALLBACK_RAISES,
        *PONG_IS_LATE,
        *EXITS,
        *INTERRUPTED,
        *(one for one in WRONG_ARITY if not one.name.endswith("_on_close")),
        callbacks.peer_closes_and_nobody_hears_failures,
        raising.application_raises_as_if_the_peer_had_ended,
        raising.application_raises_and_nobody_hears,
        raising.both_callbacks_raise_on_message,
        raising.application_sends_after_it_has_ended,
        raising.peer_ends_and_on_error_takes_the_app_alone,
        raising.peer_ends_and_nobody_hears_failures,
        failing.runs_again_after_a_loss,
        failing.runs_again_after_it_was_refused,
        failing.runs_again_on_message,
        failing.application_is_busy_while_the_pong_comes,
        running.runs_again_after_a_close,
        running.runs_again_after_its_own_close,
        running.runs_again_after_its_own_close_and_peer_ends,
        running.runs_again_when_told_of_the_close,
        running.stops_running_on_message_to_close,
        mending.runs_again_at_the_end_after_each_loss,
        mending.runs_again_at_the_end_after_each_401,
        mending.runs_again_in_on_error_after_a_loss,
        failure.server_masks_a_frame,
        opening.application_closes_while_connecting,
        taught.server_closes_a_pool_at_once,
        taught.applications_close_their_pool_at_once,
    ),
    Last("on_close", ("on_open", "on_reconnect", "on_close")),
    source=doc(
        APP,
        "WebSocketApp.__init__, on_open and on_close",
        "on_open when the websocket opens, on_close when the connection is closed: what is told "
        "last is the state",
    ),
)
promise(
    "on_close_in_every_run",
    app,
    (running.runs_again_after_a_close, running.runs_again_when_told_of_the_close),
    both(called("on_close", 1000, "bye"), called("on_close", 1001, "again")),
    source=doc(APP, "WebSocketApp.__init__, on_close", "called with the code and the message"),
)
promise(
    "on_close_gets_nothing_of_another_run",
    app,
    running.runs_again_after_its_own_close_and_peer_ends,
    both(called("on_close", 4000, "answer"), called("on_close", None, None)),
    source=doc(
        EXAMPLES,
        "Receiving Connection Close Status Codes",
        "on_close gets the status code that the server sent, which need not send one",
    ),
)
