"""What the API reference promises of the clients."""

from __future__ import annotations

from ...judging.expectations import (
    both,
    ends,
    error,
    fact,
    raised,
    returned,
    sends_close,
    sends_header,
)
from ...judging.promise import promise
from ...scenarios import error as failing
from ...scenarios.simple_websocket import options_of_connect as options
from ...scenarios.simple_websocket import receiving_and_pinging as receiving
from .simple_documents import (
    CLIENT,
    CLOSED_WITHOUT_CODE,
    CODE_4000,
    PING_TIMES_OUT,
    SAYING_HELLO,
    cite_api,
)

# Receiving
promise(
    "receive_returns_the_messages",
    CLIENT,
    SAYING_HELLO,
    returned("receive", "hello"),
    source=cite_api("receive", "returns the data that is received"),
)
promise(
    "receive_returns_none_in_time",
    CLIENT,
    (
        receiving.application_receives_for_five_seconds,
        receiving.application_receives_without_waiting,
    ),
    returned("receive", None),
    source=cite_api("receive, timeout", "the seconds to wait for the data; 0 does not block"),
)

# Closing
promise(
    "close_sends_1000_by_default",
    CLIENT,
    CLOSED_WITHOUT_CODE,
    sends_close(1000, ""),
    source=cite_api("close, reason", "the numeric code of the closure; the default is 1000"),
)
promise(
    "close_sends_its_reason_and_message",
    CLIENT,
    CODE_4000,
    sends_close(4000, "enough"),
    source=cite_api("close, reason and message", "a numeric code, and a text for the other side"),
)

# What connect is asked for
promise(
    "ping_interval_detects_an_unresponsive_server",
    CLIENT,
    failing.no_pong_comes,
    both(sends_close(), ends(PING_TIMES_OUT)),
    source=cite_api("connect, ping_interval", "detects a server that does not respond"),
)
promise(
    "a_ping_is_answered",
    CLIENT,
    receiving.server_pings_and_has_a_pong,
    raised("receive", error("ConnectionClosed", reason=1000)).once(),
    source=cite_api("connect, ping_interval", "a client responds with a pong in any case"),
)
promise(
    "pongs_keep_the_connection",
    CLIENT,
    receiving.server_answers_both_pings,
    raised("receive", error("ConnectionClosed", reason=1000)).once(),
    source=cite_api("connect, ping_interval", "detects a server that does not respond"),
)
promise(
    "max_message_size_limits_messages",
    CLIENT,
    failing.message_is_too_big,
    returned("receive", b"x" * 2000).never(),
    source=cite_api("connect, max_message_size", "the greatest size of a message, in bytes"),
)
promise(
    "max_message_size_limits_fragments_together",
    CLIENT,
    options.fragments_are_too_big,
    returned("receive", "x" * 1600).never(),
    source=cite_api("connect, max_message_size", "the greatest size of a message, in bytes"),
)
promise(
    "max_message_size_counts_bytes",
    CLIENT,
    options.text_has_more_bytes_than_the_limit,
    returned("receive", options.SIX_HUNDRED).never(),
    source=cite_api("connect, max_message_size", "the greatest size of a message, in bytes"),
)
promise(
    "subprotocol_is_the_chosen_one",
    CLIENT,
    options.server_chooses_the_second_subprotocol,
    fact("subprotocol", "log"),
    source=cite_api("subprotocol", "the subprotocol that was chosen for the connection"),
)
promise(
    "connect_sends_its_headers",
    CLIENT,
    options.server_reads_a_header_of_the_application,
    sends_header("X-Token", "secret"),
    source=cite_api("connect, headers", "further headers of the opening request"),
)

# Exceptions
for _scenario in failing.server_refuses_with:
    promise(
        f"connect_raises_with_the_status_{_scenario.end}",
        CLIENT,
        _scenario,
        raised("connect", error("ConnectionError", status_code=int(_scenario.end))).once(),
        source=cite_api("ConnectionError(status_code)", "the exception has the status code"),
    )
