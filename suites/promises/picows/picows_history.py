"""What the release history promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import picows_client

from ...judging.expectations import called, raised, sends_close
from ...judging.promise import promise
from ...scenarios import error as failing
from .picows_documents import BOTH, cite_history

promise(
    "too_big_a_frame_closes_with_1009",
    BOTH,
    failing.message_is_too_big,
    sends_close(1009),
    source=cite_history("1.16.0", "CLOSE(MESSAGE_TOO_BIG) is sent on a frame size violation"),
    versions=">=1.16",
)
promise(
    "an_unknown_opcode_is_disconnected",
    BOTH,
    (
        failing.peer_breaks_the_protocol.member("reserved_opcode"),
        failing.peer_breaks_the_protocol.member("reserved_control_opcode"),
    ),
    sends_close(1002),
    source=cite_history("1.19.0", "an unknown opcode is disconnected, as RFC 6455 requires"),
    versions=">=1.19",
)
promise(
    "a_wrong_mask_is_disconnected",
    BOTH,
    (failing.server_masks_a_frame, failing.client_does_not_mask_a_frame),
    sends_close(1002),
    source=cite_history("1.19.0", "a wrong mask is disconnected, as RFC 6455 requires"),
    versions=">=1.19",
)
promise(
    "reserved_bits_are_allowed",
    BOTH,
    failing.peer_breaks_the_protocol.member("rsv2_set"),
    called("on_ws_frame", "odd"),
    source=cite_history("1.19.0", "RSV2 and RSV3 are allowed in frames"),
    versions=">=1.19",
)
promise(
    "a_parser_error_is_raised",
    picows_client,
    (
        failing.peer_breaks_the_protocol.member("reserved_opcode"),
        failing.peer_breaks_the_protocol.member("oversized_ping"),
        failing.message_is_too_big,
    ),
    raised("wait_disconnected", "WSError").once(),
    source=cite_history("1.14.0", "wait_disconnected() raises WSError after an error of parsing"),
    versions=">=1.19",
)
