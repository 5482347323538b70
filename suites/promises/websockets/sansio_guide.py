"""What the guide "Integrate the Sans-I/O layer" promises."""

from __future__ import annotations

from fixtures.model.situations import flat

from ...judging.expectations import (
    both,
    delivered,
    error,
    fact,
    raised,
    reached,
    returned,
    sends_close,
)
from ...judging.promise import doc, untestable
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websockets import sansio_calls as calls
from .connection_situations import (
    ALL,
    BROKEN,
    NOT_A_RESPONSE,
    NOT_ACCEPTED,
    PAGES,
    PEER_CLOSES_NORMALLY,
    PEER_CLOSES_WITH_ANOTHER_CODE,
    promise_since,
)
from .reference_sansio import SANSIO, SERVER

GUIDE = f"{PAGES}howto/sansio.html"
CALLED_AFTER_THE_END = (
    calls.application_feeds_data_after_the_end,
    calls.application_ends_the_data_stream_again,
)
promise_since(
    "receiving_does_not_raise",
    SANSIO,
    (
        *[one for one in flat(ALL) if one not in CALLED_AFTER_THE_END],
        *NOT_A_RESPONSE,
        *NOT_ACCEPTED,
        failure.client_ends_in_the_handshake,
        opening.behind_the_request,
        opening.in_the_same_write,
    ),
    both(
        raised("receive_data", "Exception").never(),
        raised("receive_eof", "Exception").never(),
    ),
    doc(GUIDE, "Receive data", "receive_data and receive_eof do not raise before the end"),
)
promise_since(
    "incoming_close_frames_are_answered",
    SANSIO,
    (*PEER_CLOSES_NORMALLY, *PEER_CLOSES_WITH_ANOTHER_CODE),
    sends_close(),
    doc(GUIDE, "Send data", "ping frames, close frames and incorrect inputs are answered"),
)
promise_since(
    "incorrect_inputs_are_answered",
    SANSIO,
    [one for one in BROKEN if "not_utf8" not in one.tags],  # the application decodes text
    sends_close(),
    doc(GUIDE, "Send data", "ping frames, close frames and incorrect inputs are answered"),
)
promise_since(
    "pings_are_events",
    SANSIO,
    (close.application_closes_on_ping, close.application_closes_on_pong),
    returned("close", None).once(),
    doc(GUIDE, "Receive events", "control frames are events as well"),
)
promise_since(
    "no_inconsistent_frames_are_events",
    SANSIO,
    [one for one in failure.peer_breaks_the_protocol if "continuation" in one.name],
    delivered("events_received"),
    doc(GUIDE, "Fragmentation", "an inconsistent sequence of frames fails the connection"),
)
promise_since(
    "open_unless_the_handshake_failed",
    SANSIO,
    ALL,
    reached("opening handshake").once(),
    doc(GUIDE, "Opening a connection", "the connection is open unless there is a handshake_exc"),
)
promise_since(
    "a_rejected_handshake_has_an_exception",
    SERVER,
    opening.request_hook_refuses,
    both(reached("opening handshake").never(), fact("handshake_exc", error("Exception"))),
    doc(GUIDE, "Opening a connection", "the connection is open unless there is a handshake_exc"),
    dict.fromkeys(SERVER, ">=10.3"),
)
untestable(
    SANSIO,
    source=doc(
        GUIDE,
        "Expect TCP connection to close",
        "a second thread that closes the socket ends the wait of the one that reads",
    ),
    because="it is about sockets, not about the library: the application of this suite has a "
    "timeout on its socket",
)
untestable(
    SANSIO,
    source=doc(GUIDE, "Minimize buffers", "the layer buffers nothing"),
    because="what a protocol keeps for itself is not to be seen from outside",
)
