"""What the documents promise of a client that reconnects: `async for`, `for`, over connections."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_reconnecting,
    websockets_threading_reconnecting,
)

from ...judging.expectations import (
    both,
    called,
    ends,
    error,
    logged,
    raised,
    reached,
    sends_close,
    thing,
)
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websockets import reconnecting_closes as closes
from ...scenarios.websockets import reconnecting_decisions as decisions
from ...scenarios.websockets import reconnecting_failures as fails
from .connection_situations import CHANGELOG, PAGES

_ASYNCIO, _THREADING = websockets_asyncio_reconnecting, websockets_threading_reconnecting
_PAGE = {
    _ASYNCIO: f"{PAGES}reference/asyncio/client.html",
    _THREADING: f"{PAGES}reference/sync/client.html",
}
_CALL = {_ASYNCIO: "connect", _THREADING: "reconnect"}
_DECISION = f"{PAGES}reference/asyncio/client.html"
_VARIABLES = f"{PAGES}reference/variables.html"

_LOST_OPENING = (
    fails.iterator_reconnects_when_the_handshake_ends,
    fails.iterator_reconnects_when_the_handshake_is_reset,
)
_NETWORK_FAILURES = (
    fails.iterator_reconnects_when_no_answer_comes,
    fails.iterator_reconnects_when_tcp_is_refused,
    fails.iterator_reconnects_when_tls_fails,
)
_SERVER_FAILURES = (
    fails.iterator_reconnects_when_refused_with,
    fails.iterator_reconnects_when_refused_three_times,
)
_FINAL = (
    fails.iterator_is_refused_with,
    failure.accept_value_is_wrong,
    failure.upgrade_header_is_missing,
    failure.server_answers_garbage,
    failure.server_redirects_without_location,
    failure.server_refuses_with,
)
_LEFT = (
    closes.body_of_the_loop_ends_on_message,
    closes.application_breaks_and_no_answer_comes,
    close.application_leaves_on_message,
    close.application_is_cancelled_on_message,
    failure.application_raises_on_message,
    opening.application_leaves_when_opened,
)

for _surface, _call in _CALL.items():
    _opens = both(reached("loop body").once(), raised(_call, "Exception").never())
    promise(
        "network_failures_are_retried",
        _surface,
        _NETWORK_FAILURES,
        _opens,
        source=doc(
            _DECISION, "process_exception", "OSError and TimeoutError, of the network, are retried"
        ),
    )
    promise(
        "lost_handshakes_are_retried",
        _surface,
        _LOST_OPENING,
        _opens,
        source=doc(
            _DECISION,
            "process_exception",
            "the end of the connection before a response, an error of the network, is retried",
        ),
    )
    promise(
        "server_failures_are_retried",
        _surface,
        _SERVER_FAILURES,
        _opens,
        source=doc(_DECISION, "process_exception", "the statuses 500, 502, 503, 504 are retried"),
    )
    promise(
        "other_failures_are_raised",
        _surface,
        _FINAL,
        both(raised(_call, "Exception").once(), reached("loop body").never()),
        source=doc(
            _DECISION,
            "process_exception",
            "all exceptions but those that it lists are final: they are raised out of the loop",
        ),
    )
    promise(
        "process_exception_none_means_retry",
        _surface,
        decisions.application_retries_after_404,
        both(
            called("process_exception", error("InvalidStatus", response=thing("Response"))).once(),
            reached("loop body").once(),
        ),
        source=doc(_DECISION, "process_exception", "None says that the exception is not final"),
    )
    promise(
        "process_exception_decides_what_is_raised",
        _surface,
        decisions.application_gives_up_after_503,
        both(raised(_call, "InvalidStatus").once(), reached("loop body").never()),
        source=doc(_DECISION, "process_exception", "the exception that is returned is raised"),
    )
    promise(
        "process_exception_may_return_another",
        _surface,
        decisions.application_gives_up_with_its_own_exception,
        both(raised(_call, "ApplicationError").once(), reached("loop body").never()),
        source=doc(_DECISION, "process_exception", "the exception that is returned is raised"),
    )
    promise(
        "process_exception_is_called_for_each_failure",
        _surface,
        decisions.application_tries_a_name_twice,
        both(called("process_exception", error("OSError")).times(2), raised(_call, "OSError")),
        source=doc(
            _DECISION,
            "process_exception",
            "it is called when an attempt to connect fails; an exception that it returns is raised",
        ),
    )

promise(
    "retried_failures_are_logged",
    _CALL,
    (*_LOST_OPENING, *_NETWORK_FAILURES, *_SERVER_FAILURES),
    logged("INFO"),
    source=doc(
        _DECISION, "process_exception", "an exception after which it retries is logged at INFO"
    ),
)

promise(
    "failures_that_do_not_end_are_retried",
    _ASYNCIO,
    (
        fails.iterator_meets_an_untrusted_certificate,
        fails.iterator_meets_a_name_that_is_not_resolved,
    ),
    both(logged("INFO"), raised("connect", "Exception").never()),
    source=doc(
        _DECISION,
        "process_exception",
        "OSError is retried, and logged at INFO; SSLError and gaierror are OSErrors",
    ),
)

# Other documents on what is retried
promise(
    "upgrade_guide_retries_on_any_error",
    _ASYNCIO,
    decisions.application_gives_up_after_503,
    reached("loop body"),
    source=doc(
        f"{PAGES}howto/upgrade.html",
        "Customizing automatic reconnection",
        "a process_exception that returns what it is given makes connect() retry on any error",
    ),
    versions=">=14.0",
)

for _surface, _page in _PAGE.items():
    promise(
        "loop_goes_on_when_the_connection_is_closed",
        _surface,
        (
            closes.iterator_goes_on_when_peer_closes_with,
            closes.iterator_goes_on_when_peer_ends,
            closes.iterator_goes_on_when_application_closes,
            closes.body_of_the_loop_ends_on_message,
        ),
        reached("loop body").times(2),
        source=doc(_page, _CALL[_surface], "an infinite iterator that reconnects automatically"),
    )
    promise(
        "fatal_failure_ends_the_loop_later_as_well",
        _surface,
        closes.iterator_meets_404_when_it_goes_on,
        both(raised(_CALL[_surface], "InvalidStatus").once(), reached("loop body").once()),
        source=doc(_page, _CALL[_surface], "an exception that is final is raised out of the loop"),
    )
    promise(
        "connection_is_closed_after_each_iteration",
        _surface,
        _LEFT,
        sends_close(),
        source=doc(_page, _CALL[_surface], "the connection is closed after each iteration"),
    )
    promise(
        "reconnect_delays_are_waited",
        _surface,
        decisions.application_sets_the_delays,
        ends("4.0 s"),
        source=doc(
            _page,
            f"{_CALL[_surface]}, reconnect_delays",
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
            f"{_CALL[_surface]}, reconnect_delays",
            "exponential backoff by default, up to 60 seconds",
        ),
        versions=">=17.0",
    )

# The delays: the first one is random, and 3 seconds for the drivers, which seed `random`
promise(
    "delays_grow_to_90_seconds",
    _CALL,
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
    _CALL,
    fails.iterator_reconnects_when_refused_three_times,
    ends("11.1 s"),
    source=doc(
        _VARIABLES,
        "WEBSOCKETS_BACKOFF_MIN_DELAY and _FACTOR",
        "the second delay is 3.1 seconds, and each one after it 1.618 times the one before",
    ),
)
promise(
    "asyncio_reconnects_since_13_1",
    _ASYNCIO,
    closes.iterator_goes_on_when_peer_ends,
    reached("loop body").times(2),
    source=doc(CHANGELOG, "13.1, new features", "connect() is an iterator that reconnects"),
)
