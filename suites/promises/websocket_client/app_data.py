"""What the page on `WebSocketApp` promises about on_data, the callback before the others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.model.event import APPLICATION, Event
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import ANYTHING, Finding, both, called
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import callbacks_and_the_close as callbacks
from ...scenarios.websocket_client import callbacks_that_raise as raising
from .app_situations import APP, CLOSED_ELSEWHERE_ON_MESSAGE

ON_DATA = "WebSocketApp.__init__, on_data"
TYPES = (1, 2)
"""OPCODE_TEXT and OPCODE_BINARY."""

# on_data
promise(
    "on_data_before_on_message",
    app,
    (
        *CLOSED_ELSEWHERE_ON_MESSAGE,
        failure.peer_ends_after_a_message,
        close.application_closes_on_message,
    ),
    called("on_data", "hello", 1, ANYTHING).before("on_message"),
    source=doc(
        APP,
        ON_DATA,
        "called before on_message with the data, its type (OPCODE_TEXT is 1) and a flag",
    ),
)
promise(
    "on_message_after_on_data",
    app,
    (callbacks.application_closes_on_data, raising.application_raises_on_data),
    both(called("on_data", "hello", 1, ANYTHING).before("on_message"), called("on_message", ...)),
    source=doc(APP, ON_DATA, "on_message is called after on_data"),
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
    "on_data_before_on_cont_message",
    app,
    (callbacks.application_closes_on_a_fragment, raising.application_raises_on_a_fragment),
    called("on_data", b"b", ANYTHING, ANYTHING).before("on_cont_message"),
    source=doc(APP, ON_DATA, "called before on_cont_message"),
)


@dataclass(frozen=True, slots=True)
class DataThenMessage:
    """Each call of on_data is followed by that of on_message, with the same data."""

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return "on_data(data, 1 or 2, not 0), then on_message(data), for each message"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({"on_data", "on_message"})

    def judge(self, trace: Trace) -> Finding:
        """Look at both callbacks, in their order; there is at least one pair."""
        names = {"on_data", "on_message"}
        calls = tuple(event for event in trace.lanes[APPLICATION] if event.name in names)
        pairs = zip_longest(calls[::2], calls[1::2])
        return Finding(bool(calls) and all(_is_pair(*pair) for pair in pairs), calls)


def _is_pair(first: Event, second: Event | None) -> bool:
    if second is None or (first.name, second.name) != ("on_data", "on_message"):
        return False
    (data, kind, flag), (message,) = first.args, second.args
    return bool(data == message and kind in TYPES and flag)


promise(
    "on_data_with_every_message",
    app,
    (
        *tagged("on_message", without="reconnects"),
        failure.peer_ends_after_a_message,
        failure.peer_resets_after_a_message,
        opening.in_the_same_write_after_a_message,
        close.peer_closes_after_messages,
    ),
    DataThenMessage(),
    source=doc(
        APP,
        ON_DATA,
        "called before on_message, which is called then; the type is OPCODE_TEXT or OPCODE_BINARY, "
        "and the flag is 0 if the data continues",
    ),
)
