"""What the promises of websocket-client's surfaces share: pages, situations, placeholders."""

from __future__ import annotations

from fixtures.scenario import Scenario
from fixtures.trace import Trace, Value
from suites.expect import Placeholder
from suites.scenarios import close
from suites.scenarios import error as failure
from suites.scenarios import open_time_close as opening

from . import websocket_client_situations as own

PAGES = "https://websocket-client.readthedocs.io/en/latest/"
APP, CORE, EXAMPLES = f"{PAGES}app.html", f"{PAGES}core.html", f"{PAGES}examples.html"
FAQ = f"{PAGES}faq.html"


def given(index: int, default: Value) -> Placeholder:
    """What the application gives to its first close(), or the documented default."""

    def find(trace: Trace) -> Value:
        calls = [event for event in trace.events if (event.kind, event.name) == ("acted", "close")]
        return calls[0].args[index] if calls and len(calls[0].args) > index else default

    return Placeholder(f"the {('code', 'reason')[index]} given to close()", find)


GIVEN_CODE, GIVEN_REASON = given(0, 1000), given(1, "")

PEER_CLOSES_WITH_REASON: tuple[Scenario, ...] = (
    close.peer_closes_first,
    close.peer_closes_with_unicode_reason,
    *close.peer_closes_with_code,
    close.peer_closes_after_messages,
    close.peer_closes_byte_by_byte,
    close.peer_closes_then_ends,
    close.peer_closes_and_keeps_tcp_open,
    close.peer_sends_data_after_its_close,
    close.peer_sends_two_close_frames,
    close.peer_closes_in_a_fragmented_message,
    close.application_closes_when_told_of_the_close,
    close.application_closes_after_the_end,
    opening.in_the_same_write,
    opening.in_the_same_write_after_a_message,
    opening.right_after_the_handshake,
    opening.right_after_the_handshake_over_tls,
    opening.application_closes_before_connecting,
    *own.SERVER_CLOSES_WITH_REASON,
)
PEER_CLOSES_WITH_CODE = (
    *PEER_CLOSES_WITH_REASON,
    close.peer_closes_without_reason,
    *own.SERVER_CLOSES_WITH_CODE,
)
PEER_CLOSES = (*PEER_CLOSES_WITH_CODE, close.peer_closes_with_empty_frame)

CLOSED_IN_ON_MESSAGE = (
    close.application_closes_on_message,
    close.application_closes_with_code_on_message,
    close.application_closes_on_message_with_another_waiting,
    close.application_closes_twice,
    close.peer_answers_with_another_code,
    close.peer_answers_late,
)
CLOSED_IN_LINE = (
    *CLOSED_IN_ON_MESSAGE,
    close.application_closes_on_ping,
    close.application_closes_on_pong,
    close.peer_sends_data_before_it_answers,
    close.both_close_at_once,
    opening.application_closes_when_opened,
    opening.application_closes_with_code_when_opened,
    opening.application_closes_twice_when_opened,
    opening.both_close_when_opened,
)
"""The application closes in a callback, or between two receptions."""

ANSWERED = (*CLOSED_IN_LINE, close.peer_answers_with_empty_frame)
"""The closing handshake is complete."""

UNANSWERED = (
    close.peer_never_answers,
    close.peer_answers_with_fin,
    opening.application_closes_when_opened_and_no_answer_comes,
)
CLOSED_ELSEWHERE = (
    opening.application_closes_from_elsewhere_when_opened,
    close.application_closes_from_elsewhere,
    close.application_closes_from_elsewhere_with_code,
    close.application_closes_from_elsewhere_when_idle,
    close.application_closes_from_elsewhere_during_a_message,
)

LOST = (
    failure.peer_ends,
    failure.peer_resets,
    failure.peer_ends_after_a_message,
    failure.peer_resets_after_a_message,
    failure.peer_ends_mid_frame,
    failure.peer_resets_mid_frame,
    failure.peer_ends_in_a_fragmented_message,
    failure.peer_resets_in_a_fragmented_message,
    failure.tls_ends_without_alert,
    opening.peer_ends_right_after_the_handshake,
    opening.peer_resets_right_after_the_handshake,
    *own.SERVER_LOST,
)
NOT_TEXT = tuple(
    scenario
    for scenario in failure.peer_breaks_the_protocol
    if scenario.name.startswith("peer_breaks_the_protocol_text_not_utf8")
)
BAD_PROTOCOL = (
    *failure.peer_ends_with_illegal_code,
    *(s for s in failure.peer_ends_with_illegal_payload if not s.name.endswith("not_utf8")),
    *(scenario for scenario in failure.peer_breaks_the_protocol if scenario not in NOT_TEXT),
    failure.peer_breaks_the_protocol_after_a_message,
    close.application_closes_when_it_fails,
    *own.SERVER_BREAKS_THE_PROTOCOL,
)
BROKEN = (*BAD_PROTOCOL, *NOT_TEXT, *failure.peer_ends_with_illegal_payload[2:])
"""The peer sends a frame that ends the connection."""

ENDED_IN_THE_HANDSHAKE = (
    failure.server_ends_in_the_handshake,
    failure.server_resets_in_the_handshake,
    opening.server_ends_before_the_handshake,
    *own.SERVER_ENDED_IN_THE_HANDSHAKE,
)
NOT_OPENED = (
    *ENDED_IN_THE_HANDSHAKE,
    failure.connection_is_refused,
    failure.name_is_not_resolved,
    *failure.server_refuses_with,
    failure.server_redirects_to_nowhere,
    failure.server_redirects_without_location,
    failure.accept_value_is_wrong,
    failure.upgrade_header_is_missing,
    failure.server_answers_garbage,
    failure.server_is_silent_in_the_handshake,
    *failure.certificate_is,
    failure.tls_handshake_fails,
    failure.server_ends_in_the_tls_handshake,
    *own.SERVER_DOES_NOT_OPEN,
)
CALLBACK_RAISES = (
    failure.application_raises_when_opened,
    failure.application_raises_on_message,
    failure.application_raises_on_ping,
    failure.application_raises_on_pong,
    failure.application_raises_at_the_end,
)
