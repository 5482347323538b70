"""Promises of websocket-client about `run_forever()`: pings, runs one after another, arguments."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.model.description import Value
from fixtures.model.event import APPLICATION, WIRE
from fixtures.model.trace import Trace

from ...judging.expectations import Finding, both, called, error, returned
from ...judging.promise import doc, promise
from ...scenarios.websocket_client import callbacks_that_raise as raising
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import running_into_failures as failing
from ...scenarios.websocket_client import running_to_a_close as running
from ...scenarios.websocket_client import tutorials_on_errors as mending
from ...scenarios.websocket_client import tutorials_to_a_close as taught
from .app_situations import APP, EXAMPLES, PONG_IS_LATE

RUN_FOREVER = "WebSocketApp.run_forever"
RETURNS = f"{RUN_FOREVER}, Returns"
README = "https://github.com/websocket-client/websocket-client/blob/master/README.md"


@dataclass(frozen=True, slots=True)
class Pings:
    """How many pings the peer receives."""

    least: int
    most: int | None = None

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        count = "no ping" if self.most == 0 else f"{self.least} pings or more"
        return f"sends {count}"

    def judge(self, trace: Trace) -> Finding:
        """Look at the frames on the wire."""
        seen = [e for e in trace.lanes[WIRE] if (e.name, e.how) == ("ping frame", "received")]
        holds = len(seen) >= self.least and (self.most is None or len(seen) <= self.most)
        return Finding(holds, "a ping" if seen else "no ping")


@dataclass(frozen=True, slots=True)
class OneByOne:
    """The calls of a callback, in the order of the apps that it belongs to."""

    name: str
    args: tuple[tuple[Value, ...], ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return "; ".join(f"{self.name}({', '.join(map(repr, args))})" for args in self.args)

    def judge(self, trace: Trace) -> Finding:
        """Look at every call, app by app."""
        calls = [event for event in trace.lanes[APPLICATION] if event.name == self.name]
        holds = tuple(event.args for event in calls) == self.args
        return Finding(holds, "; ".join(map(str, calls)) or "nothing")


# Pings

promise(
    "pings_are_sent_every_ping_interval",
    app,
    (
        running.peer_closes_after_an_answered_ping,
        running.peer_closes_after_answered_pings,
        *PONG_IS_LATE,
        failing.application_is_busy_while_the_pong_comes,
    ),
    Pings(1),
    source=doc(APP, f"{RUN_FOREVER}, ping_interval", "a ping is sent every so many seconds"),
)
promise(
    "no_ping_without_ping_interval",
    app,
    (running.peer_closes_and_pings_are_off,),
    Pings(0, 0),
    source=doc(APP, f"{RUN_FOREVER}, ping_interval", "with 0 no ping is sent"),
)
promise(
    "pings_carry_the_payload",
    app,
    running.peer_closes_after_an_answered_ping,
    called("on_pong", b"are you there").once(),
    source=doc(APP, f"{RUN_FOREVER}, ping_payload", "the payload of each ping"),
    versions=">=0.59.0",
)
promise(
    "on_pong_for_every_answer",
    app,
    running.peer_closes_after_answered_pings,
    called("on_pong", b"").times(2),
    source=doc(EXAMPLES, "Ping/Pong Usage", "on_pong(app, message) tells of a pong"),
)
promise(
    "a_late_pong_is_a_timeout_exception",
    app,
    PONG_IS_LATE,
    called("on_error", error("WebSocketTimeoutException")).once(),
    source=doc(
        EXAMPLES,
        "Ping/Pong Usage",
        "without a pong within ping_timeout the run ends with a WebSocketTimeoutException",
    ),
)
promise(
    "a_pong_in_time_is_no_error",
    app,
    (
        running.peer_closes_after_answered_pings,
        failing.application_is_busy_while_the_pong_comes,
    ),
    called("on_error", error("WebSocketTimeoutException")).never(),
    source=doc(
        APP, f"{RUN_FOREVER}, ping_timeout", "the timeout is for a pong that is not received"
    ),
)

# Arguments

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
    source=doc(APP, "WebSocketApp.__init__, socket", "a stream socket that is initialised"),
    versions=">=1.3.2",
)
promise(
    "on_error_for_what_the_header_raises",
    app,
    fails.header_callable_raises,
    called("on_error", error("ApplicationError")).once(),
    source=doc(
        APP,
        "WebSocketApp.__init__, header and on_error",
        "a callable header is called just before connecting; on_error is called on errors",
    ),
    versions=">=1.6.2",
)
promise(
    "on_open_not_without_an_opening",
    app,
    fails.address_is,
    called("on_open").never(),
    source=doc(APP, "WebSocketApp.__init__, on_open", "called when the websocket opens"),
)

# One run after another, and in another

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

# A pool of apps

POOL = (taught.server_closes_a_pool_at_once, taught.applications_close_their_pool_at_once)
promise(
    "each_app_of_a_pool_is_told_of_its_own_close",
    app,
    POOL,
    OneByOne("on_close", ((4001, "one"), (4002, "two"), (4003, "three"))),
    source=doc(
        EXAMPLES,
        "Receiving Connection Close Status Codes",
        "on_close gets the status code that the server sent",
    ),
)
promise(
    "each_run_of_a_pool_returns_false_when_closed",
    app,
    POOL,
    returned("run_forever", False).times(3),
    source=doc(APP, RETURNS, "False if the app is closed"),
)
promise(
    "on_error_not_for_the_close_of_a_pool",
    app,
    POOL,
    called("on_error", ...).never(),
    source=doc(
        README,
        "Long-lived Connection",
        "a server that closes gracefully is on_close's affair; on_error is called on errors",
    ),
)
