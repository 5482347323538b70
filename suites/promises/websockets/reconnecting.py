"""What the documents promise of a client that reconnects: `async for`, `for`, over connections."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_reconnecting,
    websockets_legacy_reconnecting,
    websockets_threading_reconnecting,
    websockets_trio_reconnecting,
)
from fixtures.model.situations import tagged

from ...judging.expectations import (
    both,
    called,
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
from ...scenarios.websockets import reconnecting_closes as closes
from ...scenarios.websockets import reconnecting_decisions as decisions
from ...scenarios.websockets import reconnecting_failures as fails
from .connection_situations import CHANGELOG, PAGES

_ASYNCIO, _LEGACY = websockets_asyncio_reconnecting, websockets_legacy_reconnecting
_THREADING, _TRIO = websockets_threading_reconnecting, websockets_trio_reconnecting
PAGE_OF = {
    _ASYNCIO: f"{PAGES}reference/asyncio/client.html",
    _THREADING: f"{PAGES}reference/sync/client.html",
    _TRIO: f"{PAGES}reference/trio/client.html",
    _LEGACY: f"{PAGES}reference/legacy/client.html",
}
CALL = {_ASYNCIO: "connect", _THREADING: "reconnect", _TRIO: "connect"}
"""For the legacy API no failure is final."""
_DECISION = f"{PAGES}reference/asyncio/client.html"

LOST_OPENINGS = (
    fails.iterator_reconnects_when_the_handshake_ends,
    fails.iterator_reconnects_when_the_handshake_is_reset,
)
NETWORK_FAILURES = (
    fails.iterator_reconnects_when_no_answer_comes,
    fails.iterator_reconnects_when_tcp_is_refused,
    fails.iterator_reconnects_when_tls_fails,
)
SERVER_FAILURES = (
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
LEFT = (
    *tagged("leaves", without="not_opened", but=fails.iterator_reconnects_when_tls_fails),
    closes.body_of_the_loop_ends_on_message,
    closes.application_raises_on_the_second_connection,
    close.application_is_cancelled_on_message,
    failure.application_raises_on_message,
)
"""The application leaves the loop, or the body of it."""

for _surface, _call in CALL.items():
    _opens = both(reached("loop body").once(), raised(_call, "Exception").never())
    promise(
        "network_failures_are_retried",
        _surface,
        NETWORK_FAILURES,
        _opens,
        source=doc(
            _DECISION, "process_exception", "OSError and TimeoutError, of the network, are retried"
        ),
    )
    promise(
        "lost_handshakes_are_retried",
        _surface,
        LOST_OPENINGS,
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
        SERVER_FAILURES,
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
    CALL,
    (*LOST_OPENINGS, *NETWORK_FAILURES, *SERVER_FAILURES),
    logged("INFO"),
    source=doc(
        _DECISION, "process_exception", "an exception after which it retries is logged at INFO"
    ),
)

promise(
    "failures_that_do_not_end_are_retried",
    (_ASYNCIO, _TRIO),
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

for _surface, _page in PAGE_OF.items():
    _call = CALL.get(_surface, "connect")
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
        source=doc(_page, _call, "an infinite iterator that reconnects automatically"),
    )
    promise(
        "connection_is_closed_after_each_iteration",
        _surface,
        LEFT,
        sends_close(),
        source=doc(_page, _call, "the connection is closed after each iteration"),
    )
    promise(
        "exception_leaves_the_loop",
        _surface,
        (
            failure.application_raises_on_message,
            closes.application_raises_on_the_second_connection,
        ),
        raised("for loop" if _surface is _THREADING else "async for loop", "ApplicationError"),
        source=doc(_page, _call, "only failures to connect are retried; others leave the loop"),
    )

for _surface, _call in CALL.items():
    promise(
        "fatal_failure_ends_the_loop_later_as_well",
        _surface,
        closes.iterator_meets_404_when_it_goes_on,
        both(raised(_call, "InvalidStatus").once(), reached("loop body").once()),
        source=doc(
            PAGE_OF[_surface], _call, "an exception that is final is raised out of the loop"
        ),
    )

promise(
    "asyncio_reconnects_since_13_1",
    _ASYNCIO,
    closes.iterator_goes_on_when_peer_ends,
    reached("loop body").times(2),
    source=doc(CHANGELOG, "13.1, new features", "connect() is an iterator that reconnects"),
)
