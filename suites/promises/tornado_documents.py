"""What the promises of tornado share: its documents, and the situations they speak of."""

from __future__ import annotations

from fixtures.model.scenario import SCENARIOS, Family, Scenario

from ..judging.promise import Source, doc
from ..scenarios import GROUPS, close, open_time_close
from ..scenarios import error as failing

SITE = "https://www.tornadoweb.org/en/stable/"
PING_TIMES_OUT = "ping_interval + ping_timeout"
"""The interval and the timeout of the surfaces, one after the other."""


def flat(*items: Scenario | Family) -> tuple[Scenario, ...]:
    """The scenarios, families taken apart."""
    found: list[Scenario] = []
    for item in items:
        found += [item] if isinstance(item, Scenario) else item
    return tuple(found)


def handler_doc(method: str, says: str) -> Source:
    """What the page on `tornado.websocket` says of a method of `WebSocketHandler`."""
    return doc(SITE + "websocket.html", f"WebSocketHandler.{method}", says)


def client_doc(place: str, says: str) -> Source:
    """What the page on `tornado.websocket` says of the client."""
    return doc(SITE + "websocket.html", place, says)


def notes(release: str, says: str) -> Source:
    """What the release notes say in their section on `tornado.websocket`."""
    return doc(f"{SITE}releases/v{release}.html", "tornado.websocket", says)


# Situations

NOT_OPENING = flat(
    failing.connection_is_refused,
    failing.name_is_not_resolved,
    failing.server_refuses_with,
    failing.server_redirects_to_nowhere,
    failing.server_redirects_without_location,
    failing.accept_value_is_wrong,
    failing.upgrade_header_is_missing,
    failing.server_answers_garbage,
    failing.server_ends_in_the_handshake,
    failing.server_resets_in_the_handshake,
    failing.server_is_silent_in_the_handshake,
    failing.client_ends_in_the_handshake,
    failing.client_is_silent_in_the_handshake,
    failing.certificate_is,
    failing.tls_handshake_fails,
    failing.server_ends_in_the_tls_handshake,
    open_time_close.server_ends_before_the_handshake,
    open_time_close.application_closes_while_connecting,
    open_time_close.application_is_cancelled_while_connecting,
    open_time_close.request_hook_refuses,
)
COROUTINE_ON_CLOSE = (
    close.close_callback_is_a_coroutine,
    close.close_callback_is_a_coroutine_five_times,
)
OPENING = [
    scenario
    for scenario in SCENARIOS.values()
    if scenario.group in GROUPS
    and scenario not in (*NOT_OPENING, close.close_callback_is_a_coroutine_five_times)
]
"""One connection opens."""

CLOSED_WITH_REASON = flat(
    close.peer_closes_first,
    close.peer_closes_with_unicode_reason,
    close.peer_closes_with_code,
    close.peer_closes_after_messages,
    close.peer_closes_byte_by_byte,
    close.peer_closes_then_ends,
    close.peer_closes_and_keeps_tcp_open,
    close.peer_sends_data_after_its_close,
    close.peer_sends_two_close_frames,
    close.peer_closes_in_a_fragmented_message,
    close.application_closes_when_told_of_the_close,
    close.application_closes_after_the_end,
    close.application_sends_after_the_close,
    close.close_callback_starts_a_task,
    failing.application_raises_at_the_end,
    open_time_close.behind_the_request,
    open_time_close.right_after_the_handshake,
    open_time_close.peer_closes_while_open_runs,
)
"""The peer alone closes, cleanly, and supplies a code and a reason."""

SAYING_HELLO = (
    close.application_closes_on_message,
    close.application_closes_with_code_on_message,
    close.application_closes_twice,
    close.application_closes_from_elsewhere,
    close.application_closes_from_elsewhere_with_code,
    close.application_closes_from_elsewhere_when_idle,
    close.application_closes_from_elsewhere_during_a_message,
    close.application_leaves_on_message,
    close.application_is_cancelled_on_message,
    close.peer_closes_and_nobody_reads,
    close.peer_answers_with_another_code,
    close.peer_answers_with_empty_frame,
    close.peer_answers_late,
    close.peer_never_answers,
    close.peer_answers_with_fin,
    close.both_close_at_once,
    failing.peer_ends_after_a_message,
    failing.peer_resets_after_a_message,
    failing.application_raises_on_message,
)
"""The peer sends "hello"; that is the only message."""

CLOSED_WITH_4000 = (
    close.application_closes_with_code_on_message,
    close.application_closes_from_elsewhere_with_code,
    close.peer_answers_with_another_code,
    close.peer_answers_with_empty_frame,
)
"""The application closes with 4000 "enough"."""

ANSWERED_AT_ONCE = (
    *CLOSED_WITH_4000,
    close.application_closes_on_message,
    close.application_closes_on_message_with_another_waiting,
    close.application_closes_on_ping,
    close.application_closes_on_pong,
    close.application_closes_twice,
    close.application_closes_from_elsewhere,
    open_time_close.application_closes_when_opened,
    open_time_close.application_closes_with_code_when_opened,
    open_time_close.application_closes_twice_when_opened,
    open_time_close.application_closes_from_elsewhere_when_opened,
)
"""The application closes, and the peer answers with a close frame."""
