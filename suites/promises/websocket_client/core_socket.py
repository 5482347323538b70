"""What the page on the core API promises about `WebSocket`."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.event import WIRE
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import (
    Finding,
    both,
    either,
    ends,
    raised,
    returned,
    sends_close,
    thing,
)
from ...judging.finding import ON_THE_WIRE
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import closing_everywhere as closing
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import using_the_socket as using
from ...scenarios.websocket_client import using_the_socket_to_close as socket
from ...scenarios.websocket_client import waiting_for_defaults
from .app_situations import (
    BY_DATA,
    BY_FRAME,
    BY_ITERATION,
    BY_RECV,
    CLOSED_IN_LINE,
    CORE,
    GIVEN_CODE,
    GIVEN_REASON,
    PEER_CLOSE_PAYLOAD,
    UNANSWERED,
)

TIMEOUT = "WebSocket.close, timeout"

# Connecting
promise(
    "connect_uses_the_default_timeout",
    core,
    using.server_is_silent_after_connect_without_timeout,
    both(raised("connect", "WebSocketTimeoutException"), ends("1 x open_timeout")),
    source=doc(CORE, "WebSocket.connect, timeout", "None means the default timeout"),
)

# Receiving
promise(
    "recv_returns_the_message",
    core,
    (BY_RECV, using.peer_pings_before_a_message),
    returned("recv", "hello"),
    source=doc(CORE, "WebSocket.recv, Returns", "the data, a string or bytes"),
)
promise(
    "iteration_is_repeated_recv",
    core,
    BY_ITERATION,
    returned("iteration", "hello"),
    source=doc(CORE, "WebSocket, iteration", "an iteration calls recv() repeatedly"),
)
promise(
    "recv_data_returns_opcode_and_data",
    core,
    (
        *tagged("on_message", but=close.application_closes_on_message_with_another_waiting),
        failure.peer_ends_after_a_message,
        failure.peer_resets_after_a_message,
        opening.in_the_same_write_after_a_message,
    ),
    either(returned("recv_data", 1, b"hello"), returned("recv_data", 1, "hello")),
    source=doc(CORE, "WebSocket.recv_data, Returns", "the opcode (1: text) and the data"),
)
promise(
    "good_text_is_delivered_without_validation",
    core,
    faults.server_sends_good_text_unvalidated,
    either(returned("recv_data", 1, b"hello"), returned("recv_data", 1, "hello")),
    source=doc(CORE, "WebSocket.recv_data, Returns", "the opcode (1: text) and the data"),
)
promise(
    "recv_data_returns_control_frames_if_asked",
    core,
    BY_DATA,
    both(returned("recv_data", 9, b"one"), returned("recv_data", 10, b"two")),
    source=doc(CORE, "WebSocket.recv_data, control_frame", "whether control frames are returned"),
)
promise(
    "recv_data_frame_returns_control_frames_if_asked",
    core,
    BY_FRAME,
    both(
        returned("recv_data_frame", 9, thing("ABNF", data=b"one")),
        returned("recv_data_frame", 10, thing("ABNF", data=b"two")),
        returned("recv_data_frame", 8, thing("ABNF", data=PEER_CLOSE_PAYLOAD)),
    ),
    source=doc(
        CORE, "WebSocket.recv_data_frame, control_frame", "whether control frames are returned"
    ),
)


@dataclass(frozen=True, slots=True)
class SendsPong:
    """A pong with this payload leaves the library."""

    payload: bytes

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"sends a pong: {self.payload!r}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({ON_THE_WIRE})

    def judge(self, trace: Trace) -> Finding:
        """Look at the pongs that the peer received."""
        found = [
            event
            for event in trace.lanes[WIRE]
            if event.name == "pong frame" and event.how == "received"
        ]
        wanted = {"bytes": self.payload.decode("latin-1")}
        return Finding(
            any(event.args[:1] == (wanted,) for event in found),
            tuple(found) or "no pong",
        )


promise(
    "a_ping_is_answered",
    core,
    (BY_RECV, BY_ITERATION, BY_DATA, BY_FRAME, using.peer_pings_before_a_message),
    SendsPong(b"one"),
    source=doc(CORE, "WebSocket.recv_data_frame", "a valid ping is answered with a pong"),
)

# What close() does
promise(
    "close_sends_the_status_and_reason",
    core,
    (*CLOSED_IN_LINE, *UNANSWERED),
    sends_close(GIVEN_CODE, GIVEN_REASON),
    source=doc(
        CORE,
        "WebSocket.close, status and reason",
        "the code and the reason to send; 1000 by default",
    ),
)
promise(
    "close_waits_no_longer_than_its_timeout",
    (app, core),
    (
        close.peer_never_answers,
        close.peer_never_answers_but_ends,
        opening.application_closes_when_opened_and_no_answer_comes,
    ),
    ends("1 x close_timeout"),
    source=doc(CORE, TIMEOUT, "the time to wait for the peer's close frame, in seconds"),
)
promise(
    "close_waits_no_longer_while_data_comes",
    (app, core),
    closing.peer_sends_data_and_never_answers,
    ends("1 x close_timeout"),
    source=doc(CORE, TIMEOUT, "the time to wait for the peer's close frame, in seconds"),
)
promise(
    "close_waits_three_seconds_by_default",
    (app, core),
    waiting_for_defaults.peer_never_answers_the_default_close,
    ends("1 x close_timeout"),
    source=doc(CORE, TIMEOUT, "the time to wait in seconds; 3 is the default in the signature"),
)
promise(
    "close_without_a_limit_waits_for_the_answer",
    (app, core),
    closing.application_closes_and_waits_for_ever,
    ends("2 x close_timeout"),
    source=doc(CORE, TIMEOUT, "None means to wait for ever for the peer's close frame"),
)
promise(
    "close_without_time_does_not_wait",
    (app, core),
    closing.application_closes_without_waiting,
    ends("at once"),
    source=doc(CORE, TIMEOUT, "the time to wait for the peer's close frame, in seconds"),
)

# Other ways to close


@dataclass(frozen=True, slots=True)
class EndsTcp:
    """The library ends TCP, and the peer has not."""

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return "ends TCP"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({ON_THE_WIRE})

    def judge(self, trace: Trace) -> Finding:
        """Look at the first end on the wire."""
        ends_of_tcp = [event for event in trace.lanes[WIRE] if event.kind == "end"][:1]
        holds = [event.how for event in ends_of_tcp] == ["received"]
        return Finding(holds, tuple(ends_of_tcp))


promise(
    "send_close_sends_the_status_and_reason",
    core,
    socket.socket_closes_with_send_close,
    sends_close(4000, "enough"),
    source=doc(CORE, "WebSocket.send_close", "sends a close frame with the status and the reason"),
)
promise(
    "shutdown_closes_at_once",
    core,
    socket.socket_closes_with_shutdown,
    both(EndsTcp(), ends("at once")),
    source=doc(CORE, "WebSocket.shutdown", "closes the socket immediately"),
)
promise(
    "abort_wakes_who_receives",
    core,
    socket.socket_closes_with_abort_elsewhere,
    both(either(raised("recv_data", "Exception"), returned("recv_data", ...)), ends("at once")),
    source=doc(CORE, "WebSocket.abort", "wakes up other threads that wait in a recv call"),
)
