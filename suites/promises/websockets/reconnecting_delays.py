"""What the documents promise of the delays of a client that reconnects, and of the legacy one.

The first delay is random: it is 3 seconds for the drivers, which seed `random`.
"""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_legacy_reconnecting

from ...judging.expectations import both, ends, logged, raised, reached
from ...judging.promise import doc, promise
from ...scenarios.websockets import reconnecting_decisions as decisions
from ...scenarios.websockets import reconnecting_failures as fails
from .connection_situations import PAGES
from .reconnecting import CALL, LOST_OPENINGS, NETWORK_FAILURES, PAGE_OF, SERVER_FAILURES

_LEGACY, _LEGACY_PAGE = websockets_legacy_reconnecting, PAGE_OF[websockets_legacy_reconnecting]
_VARIABLES = f"{PAGES}reference/variables.html"
_FAILURES = (
    *LOST_OPENINGS,
    *NETWORK_FAILURES,
    *SERVER_FAILURES,
    fails.iterator_reconnects_after,
    fails.iterator_reconnects_after_garbage,
)

for _surface, _call in CALL.items():
    _page = PAGE_OF[_surface]
    promise(
        "reconnect_delays_are_waited",
        _surface,
        decisions.application_sets_the_delays,
        ends("4.0 s"),
        source=doc(
            _page,
            f"{_call}, reconnect_delays",
            "the delays in seconds between the attempts to reconnect",
        ),
        versions=">=17.0",
    )
    promise(
        "delays_grow_to_60_seconds",
        _surface,
        fails.iterator_waits_for_a_server_for_minutes,
        ends("203.6 s"),
        source=doc(
            _page,
            f"{_call}, reconnect_delays",
            "exponential backoff by default, up to 60 seconds",
        ),
        versions=">=17.0",
    )

# The page on environment variables
promise(
    "delays_grow_to_90_seconds",
    CALL,
    fails.iterator_waits_for_a_server_for_minutes,
    ends("233.6 s"),
    source=doc(
        _VARIABLES,
        "WEBSOCKETS_BACKOFF_MAX_DELAY",
        "up to 90 seconds by default; 3.1 at first, then each is 1.618 times the one before",
    ),
)
promise(
    "delays_grow_from_3_1_seconds",
    CALL,
    fails.iterator_reconnects_when_refused_three_times,
    ends("11.1 s"),
    source=doc(
        _VARIABLES,
        "WEBSOCKETS_BACKOFF_MIN_DELAY and _FACTOR",
        "the second delay is 3.1 seconds, and each one after it 1.618 times the one before",
    ),
)
promise(
    "first_delay_is_random",
    (*CALL, _LEGACY),
    (
        fails.iterator_reconnects_when_tcp_is_refused,
        fails.iterator_reconnects_when_refused_with,
    ),
    ends("3.0 s"),
    source=doc(
        _VARIABLES,
        "WEBSOCKETS_BACKOFF_INITIAL_DELAY",
        "the first attempt to reconnect is delayed by a random time of up to 5 seconds",
    ),
    versions=">=13.1",
)

# The legacy API
promise(
    "failures_are_retried",
    _LEGACY,
    _FAILURES,
    both(reached("loop body").once(), raised("connect", "Exception").never()),
    source=doc(_LEGACY_PAGE, "connect", "retries if an error occurs while connecting"),
)
promise(
    "failures_that_do_not_end_are_retried",
    _LEGACY,
    (
        fails.iterator_meets_an_untrusted_certificate,
        fails.iterator_meets_a_name_that_is_not_resolved,
    ),
    both(logged("INFO"), raised("connect", "Exception").never()),
    source=doc(_LEGACY_PAGE, "connect", "retries if an error occurs while connecting"),
)
promise(
    "delays_grow_to_one_minute",
    _LEGACY,
    fails.iterator_waits_for_a_server_for_minutes,
    ends("202.0 s"),
    source=doc(_LEGACY_PAGE, "connect", "the delay grows up to one minute"),
)
