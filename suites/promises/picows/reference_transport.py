"""What the reference promises of `WSTransport`."""

from __future__ import annotations

from fixtures.drivers.surfaces import picows_client
from fixtures.model.situations import tagged

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    both,
    either,
    fact,
    raised,
    returned,
    thing,
)
from ...judging.promise import promise
from ...scenarios import close
from .picows_documents import BOTH, BY_THE_PEER, TOLD, WITH_REASON, cite_reference

WAITING = "WSTransport.wait_disconnected"
SINCE_IT_IS_THERE = ">=2.0"
"""The attribute `close_handshake` came with 1.20, and was filled everywhere with 2.0."""

promise(
    "wait_disconnected_ends",
    picows_client,
    TOLD,
    either(returned("wait_disconnected", None).once(), raised("wait_disconnected", "Exception")),
    source=cite_reference(WAITING, "wait until the websocket is fully disconnected"),
)
promise(
    "the_peer_does_not_make_wait_disconnected_raise",
    picows_client,
    BY_THE_PEER,
    both(
        returned("wait_disconnected", None).once(), raised("wait_disconnected", "Exception").never()
    ),
    source=cite_reference(WAITING, "what the peer initiates does not cause it to raise"),
)
promise(
    "close_handshake_has_what_was_received",
    BOTH,
    WITH_REASON,
    fact("close_handshake.recv", thing("WSCloseInfo", code=PEER_CODE, reason=PEER_REASON)),
    source=cite_reference(WAITING, "close_handshake exposes what the remote side has done"),
    versions=SINCE_IT_IS_THERE,
)
promise(
    "a_send_after_the_end_does_nothing",
    BOTH,
    close.application_sends_after_the_close,
    raised("send", "Exception").never(),
    source=cite_reference("WSTransport", "after send_close() the calls that send are no-ops"),
)
promise(
    "a_frame_that_breaks_the_protocol_is_raised",
    picows_client,
    tagged("bad_frame", without=("own_close", "raises")),
    raised("wait_disconnected", "WSProtocolError").once(),
    source=cite_reference(
        "WSProtocolError", "raised when receiving frames that break the protocol"
    ),
    versions=">=1.16",
)
