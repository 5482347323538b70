"""What the documents promise about the pings of the library, at both ends."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler
from fixtures.model.scenario import Scenario

from ...judging.expectations import ends
from ...judging.promise import doc, promise
from ...scenarios.tornado import keepalive
from .tornado_documents import BOTH_STYLES, SITE, cite_client, cite_handler

BOTH_ENDS = (tornado_handler, *BOTH_STYLES)
LATE = keepalive.pongs_come_late_timeout
WITHOUT_PONGS = (
    keepalive.no_pong_of_three_comes_timeout,
    keepalive.messages_come_instead_of_pongs_timeout,
)


def without_pongs(*timeouts: str) -> list[Scenario]:
    """The scenarios without a pong in which the timeout is one of these."""
    return [family.member(end) for family in WITHOUT_PONGS for end in timeouts]


# When a ping is due: the peer closes at the third one
promise(
    "a_ping_is_due_every_interval",
    tornado_handler,
    keepalive.pongs_come_at_once_timeout,
    ends("3.0 s"),
    source=doc(
        SITE + "web.html",
        "Application.settings, websocket_ping_interval",
        "all websockets are pinged every so many seconds",
    ),
)
promise(
    "a_ping_is_due_every_interval",
    BOTH_STYLES,
    keepalive.pongs_come_at_once_timeout,
    ends("3.0 s"),
    source=cite_client(
        "websocket_connect",
        "ping_interval is as for the handler: a ping is sent every so many seconds",
    ),
)
promise(
    "three_pings_are_due_in_three_intervals",
    BOTH_ENDS,
    keepalive.peer_closes_at_the_third_ping,
    ends("60.0 s"),
    source=cite_handler("ping_interval", "a ping is sent every so many seconds"),
)
promise(
    "no_ping_is_due_without_an_interval",
    BOTH_ENDS,
    keepalive.peer_is_idle_and_closes_interval,
    ends("1 x close_timeout"),
    source=cite_handler("ping_interval", "0, the default, disables pings"),
)

# When a pong is late
promise(
    "a_pong_in_time_keeps_the_connection_open",
    BOTH_ENDS,
    [LATE.member("unset"), LATE.member("equal_to_the_interval"), LATE.member("over_the_interval")],
    ends("3.7 s"),
    source=cite_handler(
        "ping_timeout", "the connection is closed if no pong is received in so many seconds"
    ),
)
promise(
    "a_pong_keeps_the_connection_open_while_open_runs",
    tornado_handler,
    keepalive.pong_comes_while_open_runs,
    ends("2.0 s"),
    source=cite_handler(
        "ping_timeout", "the connection is closed if no pong is received in so many seconds"
    ),
)
promise(
    "a_pong_that_is_late_closes",
    BOTH_ENDS,
    LATE.member("half_the_interval"),
    ends("1.5 s", "6.5 s"),
    source=cite_handler(
        "ping_timeout", "the connection is closed if no pong is received in so many seconds"
    ),
)

# When none comes: the connection is closed in the time of the closing handshake, or before
promise(
    "a_pong_is_awaited_for_the_timeout",
    BOTH_ENDS,
    without_pongs("half_the_interval"),
    ends("1.5 s", "6.5 s"),
    source=cite_handler(
        "ping_timeout", "the connection is closed if no pong is received in so many seconds"
    ),
)
promise(
    "a_pong_is_awaited_for_no_longer_than_the_interval",
    BOTH_ENDS,
    without_pongs("unset", "equal_to_the_interval", "over_the_interval"),
    ends("2.0 s", "7.0 s"),
    source=cite_handler(
        "ping_timeout", "it cannot be longer than the interval, to which it is equal by default"
    ),
    versions=">=6.5",
)
promise(
    "a_pong_is_not_awaited_without_a_timeout",
    BOTH_ENDS,
    [*without_pongs("of_zero"), LATE.member("of_zero")],
    ends("3.0 s", "3.7 s"),
    source=cite_handler("ping_timeout", "0 disables the timeout"),
    versions=">=6.5",
)
