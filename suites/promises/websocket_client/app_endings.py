"""What the page on `WebSocketApp` promises about on_close."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.model.event import APPLICATION
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import ANYTHING, PEER_CODE, PEER_REASON, Finding, both, called
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import callbacks_and_the_close as callbacks
from ...scenarios.websocket_client import callbacks_that_raise as raising
from ...scenarios.websocket_client import dispatcher_closing as loop_closing
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
    CLOSED_IN_A_LOOP,
    EXITS,
    LOOPS,
    LOST,
    LOST_OTHERWISE,
    OPEN_AGAIN,
    PEER_CLOSES,
    PEER_CLOSES_WITH_REASON,
    PONG_IS_LATE,
    UNANSWERED,
    WRONG_ARITY,
)

ON_CLOSE = "WebSocketApp.__init__, on_close"
CLOSES = doc(APP, ON_CLOSE, "called when the connection is closed")

# on_close
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
    source=CLOSES,
)
promise(
    "on_close_in_every_run",
    app,
    (running.runs_again_after_a_close, running.runs_again_when_told_of_the_close),
    both(called("on_close", 1000, "bye"), called("on_close", 1001, "again")),
    source=doc(APP, ON_CLOSE, "called with the code and the message"),
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
    source=doc(APP, ON_CLOSE, "the third argument is the close message"),
)
promise(
    "on_close_in_a_loop",
    LOOPS,
    (
        *CLOSED_IN_A_LOOP,
        loop_closing.application_sends_and_closes_in_a_loop,
        loop.loop_has_no_delay_for_reconnecting,
    ),
    called("on_close", ...).once(),
    source=CLOSES,
)
promise(
    "on_close_gets_code_and_reason_in_a_loop",
    LOOPS,
    CLOSED_IN_A_LOOP,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=doc(
        APP,
        ON_CLOSE,
        "its arguments after the app are the close code and the close message",
    ),
)
promise(
    "a_close_frame_in_a_tls_record_is_told",
    app,  # and its variants
    loop_closing.peer_closes_after_messages_in_one_tls_record,
    called("on_close", PEER_CODE, ANYTHING).once(),
    source=CLOSES,
)

# on_close as the last callback
INTERRUPTED = tagged("interrupted", but=interrupted.application_is_interrupted_in_the_handshake)


@dataclass(frozen=True, slots=True)
class Last:
    """The last of some callbacks is one of them."""

    name: str
    of: tuple[str, ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{self.name} is the last of {', '.join(self.of)}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(self.of)

    def judge(self, trace: Trace) -> Finding:
        """Look at the events of the application, up to the end of its last run."""
        names = [event.name for event in trace.lanes[APPLICATION] if event.name in self.of]
        return Finding(names[-1:] == [self.name], ", ".join(names) or "nothing")


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
        *(one for one in WRONG_ARITY if one.end != "on_close"),
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
        "on_open is called at the opening, on_close when the connection is closed",
    ),
)
