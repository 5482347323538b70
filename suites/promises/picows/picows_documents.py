"""What the promises of picows share: the documents, and the situations that they are about."""

from __future__ import annotations

from fixtures.drivers.surfaces import picows_client, picows_server
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios.picows import calls_of_a_transport, deciding_on_a_request

SITE = "https://picows.readthedocs.io/en/stable/"
BOTH = (picows_client, picows_server)


def cite_guide(topic: str, says: str) -> Source:
    """What a topic of the guides says."""
    return doc(SITE + "guides.html", topic, says)


def cite_reference(place: str, says: str) -> Source:
    """What the reference says, which is the docstrings."""
    return doc(SITE + "reference.html", place, says)


def cite_history(release: str, says: str) -> Source:
    """What the release history says of a release."""
    return doc("https://github.com/tarasko/picows/blob/master/HISTORY.rst", release, says)


# Situations

TWO_OPTIONS = (
    deciding_on_a_request.client_has_two_connection_options,
    deciding_on_a_request.server_has_two_connection_options,
)
"""The Connection header of a handshake names another option besides "Upgrade"."""
OPENING = tagged(
    without="not_opened",
    but=(
        open_time_close.request_hook_refuses,
        open_time_close.application_is_cancelled_while_connecting,
        open_time_close.application_is_cancelled_and_tcp_stays_open,
        open_time_close.peer_resets_right_after_the_handshake,  # RST can overtake the response
        *TWO_OPTIONS,
    ),
)
"""The scenarios in which a connection opens."""
TOLD = [one for one in OPENING if not one.tags & {"cancelled", "when_failed"}]
"""... and the application is there to be told of the end, and waits for no failure before it."""
OWN_4000 = (
    close.application_closes_with_code_on_message,
    close.application_closes_from_elsewhere_with_code,
    close.peer_answers_with_another_code,
    close.peer_answers_with_empty_frame,
    calls_of_a_transport.application_calls_send_close_alone,
    *calls_of_a_transport.application_calls_send_close_and_then,
)
"""The application closes with 4000 "enough"."""
OWN_1000 = tagged(
    "own_close",
    without=("own_code", "when_failed", "when_closed", "peer_closes"),
)
"""The application closes first, without a code of its own."""
BY_THE_PEER = [
    one
    for one in (*tagged("peer_closes"), *tagged("lost"))
    if not one.tags & {"cancelled", "raises", "races"} and one != close.peer_sends_two_close_frames
]
"""The peer closes or is lost, and nothing at this end fails."""
WITH_REASON = tagged(
    "with_reason", without=("own_close", "cancelled"), but=close.peer_sends_two_close_frames
)
"""The peer closes with a code and a reason, and the application has sent no close frame before."""
