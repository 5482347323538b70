"""What the promises of tornado share: the documents, and the situations that they are about."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_client, tornado_client_callback
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.tornado import closing_with_arguments, keepalive, opening_in_time, origins
from ...scenarios.websockets import opening_answers as common
from .hook_situations import FIVE_CONNECTIONS, PREVENTING_ON_CLOSE

SITE = "https://www.tornadoweb.org/en/stable/"
PING_TIMES_OUT = "ping_interval + ping_timeout"
"""The duration class of a missing pong: the interval, then the timeout."""


def cite_handler(method: str, says: str) -> Source:
    """What the page on `tornado.websocket` says about a method of `WebSocketHandler`."""
    return doc(SITE + "websocket.html", f"WebSocketHandler.{method}", says)


def cite_client(place: str, says: str) -> Source:
    """What the page on `tornado.websocket` says about the client."""
    return doc(SITE + "websocket.html", place, says)


def cite_release_notes(release: str, says: str, section: str = "tornado.websocket") -> Source:
    """What the release notes say in their section on `tornado.websocket`, or on another module."""
    return doc(f"{SITE}releases/v{release}.html", section, says)


# Situations

_NOT_TRIED = (
    open_time_close.application_closes_while_connecting,
    open_time_close.application_is_cancelled_while_connecting,
    open_time_close.application_is_cancelled_and_tcp_stays_open,
    open_time_close.request_hook_refuses,
)
"""The application, or its hook, prevents the connection from opening."""
_OPENING_ALL_THE_SAME = (
    common.server_chooses_unasked.member("subprotocol"),
    common.server_chooses_another_subprotocol,
)
"""Tornado does not check which subprotocol the server selects."""
_DEPENDING = (
    *origins.browser_says_it_is_from,
    *(
        one
        for one in origins.handler_does_not_accept
        if one.tags.isdisjoint({"not_opened", "lost"})
    ),
    origins.handler_accepts_a_cross_site_without_an_origin,
    origins.application_trusts.member("the_one"),
    opening_in_time.server_answers_after_a_minute,
)
"""The release decides whether the connection opens: 6.6 judges origins in another way ..."""
NOT_OPENING = (*tagged("not_opened", but=_OPENING_ALL_THE_SAME), *_NOT_TRIED)
OPENING = tagged(
    without="not_opened",
    but=(
        *_NOT_TRIED,
        *_DEPENDING,
        close.close_callback_is_a_coroutine_five_times,
        opening_in_time.server_accepts_after_the_application_is_cancelled,
        opening_in_time.server_accepts_what_the_application_has_given_up,
        *FIVE_CONNECTIONS,
    ),
)
"""The scenarios in which one connection opens."""
COROUTINE_ON_CLOSE = (
    close.close_callback_is_a_coroutine,
    close.close_callback_is_a_coroutine_five_times,
    *PREVENTING_ON_CLOSE,
)
"""The application's own methods prevent the body of `on_close` from being run."""
CLOSED_WITH_REASON = (*tagged("with_reason"), open_time_close.behind_the_request)
"""Only the peer closes, cleanly, and supplies a code and a reason."""

SAYING_HELLO = (
    *tagged(
        "on_message",
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
        ),
    ),
    failing.peer_ends_after_a_message,
    failing.peer_resets_after_a_message,
)
"""The peer sends "hello", and no other message."""

CLOSED_WITH_4000 = tagged(
    "answered",
    "own_code",
    "on_message",
    without="both_close",
    but=closing_with_arguments.application_closes_with_legal_code,
)
"""The application closes with 4000 "enough"."""

ANSWERED_AT_ONCE = tagged(
    "answered",
    without="both_close",
    but=(
        close.peer_answers_late,
        close.peer_sends_data_before_it_answers,
        close.application_closes_from_elsewhere_when_idle,
        close.application_closes_from_elsewhere_during_a_message,
        keepalive.application_closes_between_pings,
    ),
)
"""The application closes, and the peer answers with a close frame."""

RAISING = (
    failing.application_raises_when_opened,
    failing.application_raises_on_message,
    failing.application_raises_on_ping,
    failing.application_raises_on_pong,
    failing.application_raises_at_the_end,
    open_time_close.application_closes_and_raises_when_opened,
)
"""A method of the handler raises an exception."""

BOTH_STYLES = (tornado_client, tornado_client_callback)
