"""What the promises of websocket-client's surfaces share: pages, situations, placeholders."""

from __future__ import annotations

import ast

from fixtures.model.description import Value
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Trace

from ..judging.expectations import Placeholder
from ..scenarios import close
from ..scenarios import error as failure
from ..scenarios import open_time_close as opening
from ..scenarios.websocket_client import callbacks_and_the_close as callbacks
from ..scenarios.websocket_client import callbacks_that_raise as raising
from ..scenarios.websocket_client import closing_everywhere as closing
from ..scenarios.websocket_client import reconnecting_when_closed as reclosing
from ..scenarios.websocket_client import reconnecting_when_lost as reconnecting
from ..scenarios.websocket_client import running_into_failures as failing
from ..scenarios.websocket_client import running_to_a_close as running
from ..scenarios.websocket_client import tutorials_on_errors as mending
from ..scenarios.websocket_client import tutorials_to_a_close as taught
from . import websocket_client_situations as own

PAGES = "https://websocket-client.readthedocs.io/en/latest/"
APP, CORE, EXAMPLES = f"{PAGES}app.html", f"{PAGES}core.html", f"{PAGES}examples.html"
FAQ = f"{PAGES}faq.html"


def given(index: int, default: Value) -> Placeholder:
    """What the application gives to its first close(), or the documented default."""
    name = ("status", "reason")[index]

    def find(trace: Trace) -> Value:
        calls = [event for event in trace.events if (event.kind, event.name) == ("acted", "close")]
        args = calls[0].args if calls else ()
        named = [arg for arg in args if isinstance(arg, str) and arg.startswith(f"{name}=")]
        if named:
            value = ast.literal_eval(named[0].partition("=")[2])
            return value.decode() if isinstance(value, bytes) else value
        plain = [arg for arg in args if not (isinstance(arg, str) and "=" in arg)]
        return plain[index] if len(plain) > index else default

    return Placeholder(f"the {('code', 'reason')[index]} given to close()", find)


GIVEN_CODE, GIVEN_REASON = given(0, 1000), given(1, "")

EVERY_CALLBACK_GIVEN = tuple(
    one
    for one in callbacks.peer_closes_and_callbacks_are
    if not one.name.endswith(("_not_given", "_overridden_in_a_subclass"))
)
PINGED = (running.peer_closes_after_an_answered_ping, running.peer_closes_after_answered_pings)
PEER_CLOSES_AN_APP: tuple[Scenario, ...] = (
    *EVERY_CALLBACK_GIVEN,
    *(one for one in callbacks.peer_closes_and_there_is_no if not one.name.endswith("on_close")),
    callbacks.peer_closes_after_fragments_heard_one_by_one,
    callbacks.peer_closes_after_fragments_heard_whole,
    *PINGED,
    running.peer_closes_and_keep_running_is_false,
    running.peer_closes_and_pings_are_off,
    running.peer_closes_before_the_first_ping,
    running.peer_closes_a_prepared_socket,
    running.peer_closes_after_an_early_send,
    running.peer_closes_before_a_late_send,
    taught.peer_closes_as_a_heartbeat_is_sent,
    taught.peer_closes_and_a_heartbeat_follows,
)
"""The same, in what only an app has."""

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
    *PEER_CLOSES_AN_APP,
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
    *closing.application_closes_with_reason_as,
    closing.application_closes_with_all_defaults,
    closing.application_closes_and_waits_for_ever,
    reclosing.application_closes_on_message_despite_reconnect,
    running.application_closes_on_message_before_a_ping,
)
CLOSED_IN_LINE = (
    *CLOSED_IN_ON_MESSAGE,
    close.application_closes_on_ping,
    close.application_closes_on_pong,
    callbacks.application_closes_on_data,
    callbacks.application_closes_on_a_fragment,
    taught.application_closes_on_message_with_a_full_queue,
    close.peer_sends_data_before_it_answers,
    close.both_close_at_once,
    opening.application_closes_when_opened,
    opening.application_closes_with_code_when_opened,
    opening.application_closes_twice_when_opened,
    opening.both_close_when_opened,
    reclosing.application_closes_when_opened_despite_reconnect,
)
"""The application closes in a callback, or between two receptions."""

ANSWERED = (*CLOSED_IN_LINE, close.peer_answers_with_empty_frame)
"""The closing handshake is complete."""

UNANSWERED = (
    close.peer_never_answers,
    close.peer_answers_with_fin,
    opening.application_closes_when_opened_and_no_answer_comes,
    closing.application_closes_without_waiting,
    closing.peer_sends_data_and_never_answers,
    closing.peer_answers_with_reset,
)
CLOSED_ELSEWHERE = (
    opening.application_closes_from_elsewhere_when_opened,
    close.application_closes_from_elsewhere,
    close.application_closes_from_elsewhere_with_code,
    close.application_closes_from_elsewhere_when_idle,
    close.application_closes_from_elsewhere_during_a_message,
    closing.application_closes_elsewhere_while_peer_sends,
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
    closing.application_closes_when_peer_ends,
    *(one for one in raising.peer_ends_and_every_callback_is if one.name.endswith("_a_method")),
    failing.application_sends_when_it_fails,
    mending.peer_ends_and_a_heartbeat_follows,
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
    raising.application_raises_on_data,
    raising.application_raises_on_a_fragment,
    raising.application_raises_on_every_message,
)

LOST_AND_OPEN_AGAIN = (
    reconnecting.reconnects_when_peer_ends,
    reconnecting.reconnects_when_peer_resets,
    reconnecting.reconnects_when_lost_twice,
    reconnecting.reconnects_when_no_pong_comes,
    reconnecting.reconnects_by_default_once_set,
    reconnecting.reconnects_and_on_reconnect_raises,
    reconnecting.gives_up_on_reconnecting,
)
"""The first connection is lost, and one more opens; on_reconnect is given."""

OPEN_AGAIN = (
    *LOST_AND_OPEN_AGAIN,
    reconnecting.reconnects_without_on_reconnect,
    reconnecting.gives_up_when_opened_again,
    reconnecting.reconnects_when_refused,
    reconnecting.reconnects_when_server_answers_500,
)
"""Whatever went wrong with the first one, one more connection opens, and the app closes it."""
PONG_IS_LATE = (failure.no_pong_comes, failing.pong_comes_too_late)
SENT_TOO_LATE = (
    close.application_sends_after_the_close,
    running.peer_closes_after_an_early_send,
    running.peer_closes_before_a_late_send,
    taught.peer_closes_and_a_heartbeat_follows,
    mending.peer_ends_and_a_heartbeat_follows,
    failing.application_sends_when_it_fails,
    raising.application_sends_after_it_has_ended,
)
"""The application sends when there is no connection."""
