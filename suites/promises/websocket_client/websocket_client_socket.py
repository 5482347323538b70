"""Promises of websocket-client about the blocking socket: each idiom, each way to end it."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.event import WIRE
from fixtures.model.trace import Trace

from ...judging.expectations import (
    Finding,
    both,
    ends,
    raised,
    returned,
    sends_close,
    thing,
)
from ...judging.promise import doc, promise
from ...scenarios.websocket_client import using_the_socket as using
from ...scenarios.websocket_client import using_the_socket_to_close as socket
from .app_situations import CORE, EXAMPLES, FAQ
from .exceptions import ALREADY_CLOSED, EXCEPTIONS, PEER_CLOSE_PAYLOAD

BY_RECV, BY_ITERATION, BY_DATA, BY_FRAME = socket.server_closes_and_socket_receives_by
TIMES_OUT = (using.socket_times_out_between_messages, using.socket_times_out_mid_frame)


@dataclass(frozen=True, slots=True)
class SendsPong:
    """A pong with this payload leaves the library."""

    payload: bytes

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"sends a pong: {self.payload!r}"

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
            "; ".join(map(str, found)) or "no pong",
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
    source=doc(CORE, "WebSocket, iteration", "iterating is calling recv() again and again"),
)
promise(
    "recv_data_returns_the_close_frame_among_control_frames",
    core,
    (BY_DATA, socket.socket_connects_again_after_it_closes),
    returned("recv_data", 8, PEER_CLOSE_PAYLOAD),
    source=doc(
        EXAMPLES,
        "Receiving Connection Close Status Codes",
        "recv_data returns opcode 8; the code is in the first two bytes, the message after them",
    ),
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
promise(
    "a_ping_is_answered",
    core,
    (BY_RECV, BY_ITERATION, BY_DATA, BY_FRAME, using.peer_pings_before_a_message),
    SendsPong(b"one"),
    source=doc(CORE, "WebSocket.recv_data_frame", "a pong is sent for a valid ping"),
)

# Timeouts

promise(
    "a_timeout_is_a_timeout_exception",
    core,
    TIMES_OUT,
    raised("recv_data", "WebSocketTimeoutException"),
    source=doc(
        EXCEPTIONS, "WebSocketTimeoutException", "raised when the socket times out in a read"
    ),
)
promise(
    "connect_uses_the_default_timeout",
    core,
    using.server_is_silent_after_connect_without_timeout,
    both(raised("connect", "WebSocketTimeoutException"), ends("1 x timeout")),
    source=doc(CORE, "WebSocket.connect, timeout", "None means the default timeout"),
)

# Ending it

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
    both(raised("recv_data", "WebSocketConnectionClosedException"), ends("at once")),
    source=doc(CORE, "WebSocket.shutdown", "closes the socket immediately"),
)
promise(
    "abort_wakes_who_receives",
    core,
    (socket.socket_closes_with_abort, socket.socket_closes_with_abort_elsewhere),
    both(raised("recv_data", "WebSocketConnectionClosedException"), ends("at once")),
    source=doc(CORE, "WebSocket.abort", "wakes other threads that wait in a recv call"),
)
promise(
    "the_block_of_contextlib_closes",
    core,
    socket.server_closes_in_a_closing_block,
    sends_close(1000),
    source=doc(
        EXAMPLES,
        'Using websocket-client with "with" statements',
        "a block of contextlib.closing manages the closing: after it the connection is closed",
    ),
)

# After the end

AFTER_THE_END = (
    socket.socket_is_used_after_it_is_closed,
    using.socket_is_used_after_peer_ends,
)
promise(
    "send_after_the_end_raises",
    core,
    (
        *AFTER_THE_END,
        using.socket_sends_when_peer_has_ended,
        using.socket_sends_when_peer_has_reset,
    ),
    raised("send", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "send() on a closed connection raises this exception"),
)
promise(
    "recv_after_the_end_raises",
    core,
    (*AFTER_THE_END, socket.socket_closes_and_receives_after_peer_closes),
    raised("recv", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "recv() on a closed connection raises this exception"),
)
promise(
    "connect_opens_again_after_the_end",
    core,
    socket.socket_connects_again_after_it_closes,
    returned("connect", None).once(),
    source=doc(FAQ, ALREADY_CLOSED, "to go on after the connection has closed, connect() again"),
)
