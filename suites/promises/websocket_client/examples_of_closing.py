"""What the page of examples promises about closing, and about blocks that close."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.description import Value
from fixtures.model.event import APPLICATION
from fixtures.model.trace import Trace

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    Finding,
    both,
    called,
    returned,
    sends_close,
)
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import dispatcher_closing as loop_closing
from ...scenarios.websocket_client import running_to_a_close as running
from ...scenarios.websocket_client import using_the_socket_to_close as socket
from .app_situations import (
    ANSWERED,
    BY_DATA,
    CLOSED_ELSEWHERE,
    CLOSED_IN_LINE,
    EXAMPLES,
    GIVEN_CODE,
    GIVEN_REASON,
    LOOPS,
    LOST,
    NOT_OPENED,
    PEER_CLOSE_PAYLOAD,
    PEER_CLOSES,
    PEER_CLOSES_WITH_CODE,
    POOL,
    UNANSWERED,
)

RECEIVING = "Receiving Connection Close Status Codes"
SENDING = "Sending Connection Close Status Codes"
BLOCKS = 'Using websocket-client with "with" statements'

# The close code that the app receives
promise(
    "on_close_gets_the_code",
    app,
    (*PEER_CLOSES_WITH_CODE, *ANSWERED, *CLOSED_ELSEWHERE),
    called("on_close", PEER_CODE, ANYTHING).once(),
    source=doc(
        EXAMPLES,
        RECEIVING,
        "on_close gets the status code from the server, which may be missing",
    ),
)
promise(
    "on_close_means_that_a_close_frame_came",
    app,
    (*LOST, *NOT_OPENED, failure.no_pong_comes),
    called("on_close", ...).never(),
    source=doc(
        EXAMPLES,
        RECEIVING,
        "a call of on_close means that a close frame, opcode 8, was received",
    ),
)
promise(
    "on_close_gets_nothing_of_another_run",
    app,
    running.runs_again_after_its_own_close_and_peer_ends,
    both(called("on_close", 4000, "answer"), called("on_close", None, None)),
    source=doc(
        EXAMPLES,
        RECEIVING,
        "on_close gets the status code from the server, which may be missing",
    ),
)


@dataclass(frozen=True, slots=True)
class OneByOne:
    """The calls of one callback of several apps, in the order of the apps."""

    name: str
    args: tuple[tuple[Value, ...], ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return "; ".join(f"{self.name}({', '.join(map(repr, args))})" for args in self.args)

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({self.name})

    def judge(self, trace: Trace) -> Finding:
        """Look at every call, app by app."""
        calls = [event for event in trace.lanes[APPLICATION] if event.name == self.name]
        holds = tuple(event.args for event in calls) == self.args
        return Finding(holds, tuple(calls))


promise(
    "each_app_of_a_pool_is_told_of_its_own_close",
    app,
    POOL,
    OneByOne("on_close", ((4001, "one"), (4002, "two"), (4003, "three"))),
    source=doc(
        EXAMPLES,
        RECEIVING,
        "on_close gets the status code from the server",
    ),
)

# The close code that the socket receives
promise(
    "recv_data_returns_the_close_frame",
    core,
    PEER_CLOSES,
    returned("recv_data", 8, PEER_CLOSE_PAYLOAD),
    source=doc(
        EXAMPLES,
        RECEIVING,
        "recv_data returns opcode 8 and the payload: two bytes with the code, then the message",
    ),
)
promise(
    "recv_data_returns_the_close_frame_among_control_frames",
    core,
    (BY_DATA, socket.socket_connects_again_after_it_closes),
    returned("recv_data", 8, PEER_CLOSE_PAYLOAD),
    source=doc(
        EXAMPLES,
        RECEIVING,
        "recv_data returns opcode 8 and the payload: two bytes with the code, then the message",
    ),
)

# The close code that is sent
promise(
    "close_sends_the_status_and_reason",
    app,
    (*CLOSED_IN_LINE, *UNANSWERED, *CLOSED_ELSEWHERE),
    sends_close(GIVEN_CODE, GIVEN_REASON),
    source=doc(EXAMPLES, SENDING, "close(status=...) sends the code"),
)
promise(
    "close_in_a_loop_sends_a_close_frame",
    LOOPS,
    loop_closing.application_sends_and_closes_in_a_loop,
    sends_close(1000, ""),
    source=doc(EXAMPLES, SENDING, "close(status=...) sends the code"),
)

# Blocks that close
promise(
    "the_block_closes",
    core,
    (
        close.application_leaves_on_message,
        opening.application_leaves_when_opened,
        failure.application_raises_when_opened,
        failure.application_raises_on_message,
    ),
    sends_close(1000),
    source=doc(
        EXAMPLES,
        BLOCKS,
        "contextlib.closing closes the connection at the end of the block",
    ),
)
promise(
    "the_block_of_contextlib_closes",
    core,
    socket.server_closes_in_a_closing_block,
    sends_close(1000),
    source=doc(
        EXAMPLES,
        BLOCKS,
        "contextlib.closing closes the connection at the end of the block",
    ),
)
