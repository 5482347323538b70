"""What the docstrings of `setProtocolOptions` promise of timeouts, failures, limits and echoes."""

from __future__ import annotations

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    both,
    called,
    ends,
    sends_close,
)
from ...judging.promise import doc, promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.autobahn import closing_by_options as closing
from .autobahn_documents import (
    AFTER_SIX_SECONDS,
    BOTH,
    CLIENTS,
    ECHOED,
    PEER_CLOSES,
    SERVERS,
    TOLD,
    cite_option,
)

promise(
    "a_silent_peer_is_left_in_time",
    BOTH,
    (
        failing.server_is_silent_in_the_handshake,
        failing.server_is_silent_then_ends,
        failing.client_is_silent_in_the_handshake,
    ),
    ends("1 x open_timeout"),
    source=cite_option("openHandshakeTimeout", "the opening handshake times out after it"),
)
promise(
    "an_opening_has_no_limit_by_default",
    BOTH,
    AFTER_SIX_SECONDS,
    called("onOpen").once(),
    source=cite_option("openHandshakeTimeout", "0 deactivates it, and is the default"),
)
promise(
    "a_close_without_an_answer_ends_in_time",
    BOTH,
    (
        close.peer_never_answers,
        close.peer_never_answers_but_ends,
        open_time_close.application_closes_when_opened_and_no_answer_comes,
    ),
    ends("1 x close_timeout"),
    source=cite_option("closeHandshakeTimeout", "how long a reply is expected; the default is 1"),
)
promise(
    "an_answer_in_time_is_awaited",
    BOTH,
    (
        close.peer_answers_late,
        closing.peer_answers_in_time_to_a_late_close,
        closing.peer_answers_within_a_longer_timeout,
    ),
    called("onClose", True, ANYTHING, ANYTHING).once(),
    source=cite_option("closeHandshakeTimeout", "how long a reply is expected, in seconds"),
)
promise(
    "a_server_that_keeps_tcp_open_is_left_in_time",
    CLIENTS,
    (close.peer_closes_and_keeps_tcp_open, closing.server_answers_and_keeps_tcp_open),
    both(called("onClose", ...).once(), ends("1 x close_timeout")),
    source=cite_option(
        "serverConnectionDropTimeout", "how long the server may take to drop TCP; the default is 1"
    ),
)
promise(
    "a_missing_pong_drops_the_connection",
    BOTH,
    failing.no_pong_comes,
    both(called("onClose", False, ANYTHING, ANYTHING).once(), ends("ping_interval + ping_timeout")),
    source=cite_option("autoPingTimeout", "if the peer does not respond in time, it is dropped"),
)
promise(
    "a_close_is_answered_with_1000",
    BOTH,
    PEER_CLOSES,
    sends_close(1000, ""),
    source=cite_option("echoCloseCodeReason", "by default, the reply is 1000 without a reason"),
)
promise(
    "a_close_is_echoed",
    BOTH,
    ECHOED,
    sends_close(PEER_CODE, PEER_REASON),
    source=cite_option("echoCloseCodeReason", "if it is on, code and reason are echoed"),
)
promise(
    "a_failure_is_a_closing_handshake",
    BOTH,
    TOLD,
    both(sends_close(), called("onClose", True, ANYTHING, ANYTHING).once()),
    source=cite_option(
        "failByDrop", "if it is on, a failure drops TCP without performing a closing handshake"
    ),
)
promise(
    "too_big_a_message_is_not_accepted",
    BOTH,
    failing.message_is_too_big,
    called("onMessage", ...).never(),
    source=cite_option("maxMessagePayloadSize", "the size of a message that will be accepted"),
)
promise(
    "a_server_drops_tcp_at_once",
    SERVERS,
    (close.peer_closes_and_keeps_tcp_open, close.client_closes_and_ends_tcp_last),
    ends("at once"),
    source=doc(
        "https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1",
        "5.5.1",
        "once a close frame was sent and received, the server closes TCP immediately",
    ),
)
