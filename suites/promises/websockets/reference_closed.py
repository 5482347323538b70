"""What the reference pages and the changelog promise of connections that have ended."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_threading_client,
    websockets_threading_server,
)

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    both,
    delivered,
    ends,
    raised,
    reached,
    returned,
    warned,
)
from ...judging.promise import doc
from ...scenarios.websockets import after_the_close as after
from ...scenarios.websockets import reading_attributes as reading
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    AS_IN_LEGACY,
    CHANGELOG,
    CLIENTS,
    CONNECTIONS,
    DEFAULT,
    FAQ,
    HAS_STATE,
    SERVERS,
    SINCE_10_0,
    SINCE_13_1,
    SINCE_14_2,
    promise_on_own_page,
    promise_since,
)

THREADS = {
    one: CONNECTIONS[one] for one in (websockets_threading_client, websockets_threading_server)
}
PAGES = {one: page for one, page in CONNECTIONS.items() if one not in DEFAULT}
NOT_TRIO = [one for one in PAGES if one.api != "trio"]
OK, ERROR = "ConnectionClosedOK", "ConnectionClosedError"
SINCE_17_2 = dict.fromkeys(THREADS, ">=17.2")

# What is read of a connection
for _scenario, _state in (
    (reading.peer_closes_between_two_readings, "OPEN"),
    (reading.attributes_are_read_during_the_close, "CLOSING"),
):
    promise_on_own_page(
        f"state_is_{_state.lower()}_before_it_is_closed",
        PAGES,
        _scenario,
        both(
            returned("state.name", _state).before("state.name"),
            returned("state.name", "CLOSED"),
        ),
        "Connection.state",
        "the state of the connection, as RFC 6455 has it",
        HAS_STATE,
    )
promise_on_own_page(
    "subprotocol_is_none_if_none_is_negotiated",
    PAGES,
    (reading.peer_closes_between_two_readings, reading.peer_ends_between_two_readings),
    returned("subprotocol", None).times(2),
    "Connection.subprotocol",
    "None if no subprotocol was negotiated",
)

# What is read of the exception
promise_since(
    "code_of_the_exception_is_deprecated",
    PAGES,
    (
        reading.peer_closes_and_the_exception_is_read,
        reading.application_closes_and_the_exception_is_read,
        reading.peer_ends_and_the_exception_is_read,
    ),
    warned("DeprecationWarning"),
    doc(CHANGELOG, "13.1", "code and reason of ConnectionClosed are deprecated, and are kept"),
    SINCE_13_1,
)
promise_since(
    "code_of_the_exception_is_kept",
    PAGES,
    (
        reading.peer_closes_and_the_exception_is_read,
        reading.application_closes_and_the_exception_is_read,
    ),
    both(returned("error.code", PEER_CODE).once(), returned("error.reason", PEER_REASON).once()),
    doc(CHANGELOG, "13.1", "code and reason of ConnectionClosed are deprecated, and are kept"),
    SINCE_13_1,
)
promise_since(
    "text_says_that_no_close_frame_came",
    PAGES,
    reading.peer_ends_and_the_exception_is_read,
    returned("str(error)", "no close frame received or sent").once(),
    doc(
        FAQ,
        "ConnectionClosedError: no close frame received or sent",
        "what the exception says if the connection is lost without a closing handshake",
    ),
    SINCE_10_0,
)

# A second call, after the end
for _scenarios, _end, _error, _says in (
    (
        after.connection_is_used_after_peer_closes,
        "ok",
        OK,
        "raises ConnectionClosedOK after a normal closure",
    ),
    (
        (
            after.connection_is_used_after_peer_ends,
            after.connection_is_used_after_application_closes,
        ),
        "error",
        ERROR,
        "raises ConnectionClosedError after any other end",
    ),
):
    for _call in ("recv", "send"):
        promise_on_own_page(
            f"{_call}_raises_{_end}_after_the_end",
            PAGES,
            _scenarios,
            raised(_call, _error),
            f"Connection.{_call}",
            _says,
        )
    promise_on_own_page(
        f"ping_and_pong_raise_{_end}_after_the_end",
        PAGES,
        _scenarios,
        both(raised("ping", _error).once(), raised("pong", _error).once()),
        "Connection.ping and pong, Raises",
        "raise ConnectionClosed when the connection is closed",
    )
for _call, _scenario, _expected in (
    (
        "silently_after_a_normal_closure",
        after.peer_closes_and_application_iterates,
        both(reached("end of next iteration").once(), raised("next iteration", ERROR).never()),
    ),
    (
        "with_an_exception_after_any_other",
        after.peer_closes_with_4000_and_application_iterates,
        both(raised("next iteration", ERROR).once(), reached("end of next iteration").never()),
    ),
):
    promise_on_own_page(
        f"iteration_after_the_end_ends_{_call}",
        PAGES,
        _scenario,
        _expected,
        "Connection.__iter__, __aiter__",
        "ends after a normal closure, and raises ConnectionClosedError after any other",
    )

# Messages that nobody has asked for
TWENTY = tuple(map(str, range(20)))
for _call, _pages in (("recv", CLIENTS), ("iteration", SERVERS)):
    promise_since(
        "messages_of_a_full_queue_stay_readable",
        [one for one in _pages if one in NOT_TRIO],
        (after.peer_closes_behind_twenty_messages, after.application_closes_before_twenty_messages),
        delivered(_call, *TWENTY),
        doc(
            CHANGELOG, "14.1", "buffered messages can be read after the close, as in the legacy API"
        ),
        AS_IN_LEGACY,
    )
    promise_since(
        "a_full_queue_does_no_harm",
        [one for one in _pages if one.api == "trio"],
        after.peer_closes_behind_twenty_messages,
        delivered(_call, *TWENTY),
        doc(
            CHANGELOG,
            "17.0.1",
            "on trio, to receive faster than the application reads is no longer a crash",
        ),
        dict.fromkeys(_pages, ">=17.0.1"),
    )
promise_since(
    "close_times_out_if_the_queue_is_full",
    NOT_TRIO,
    after.application_closes_before_twenty_messages,
    both(returned("close", None).once(), ends(*AFTER_ONE_CLOSE_TIMEOUT)),
    doc(CHANGELOG, "14.2, bug fixes", "close() does not block if receive buffers are saturated"),
    SINCE_14_2,
)
promise_since(
    "leaving_times_out_if_the_queue_is_full",
    NOT_TRIO,
    (
        after.application_leaves_before_twenty_messages,
        after.application_raises_before_twenty_messages,
    ),
    ends(*AFTER_ONE_CLOSE_TIMEOUT),
    doc(CHANGELOG, "14.2, bug fixes", "close() does not block if receive buffers are saturated"),
    SINCE_14_2,
)
promise_on_own_page(
    "recv_does_not_wait_if_the_timeout_is_zero",
    THREADS,
    after.peer_closes_and_application_polls,
    both(
        raised("recv(timeout=0)", "TimeoutError"),
        returned("recv(timeout=0)", "hello").once(),
        raised("recv(timeout=0)", OK),
    ),
    "Connection.recv, timeout",
    "with a timeout of 0, returns a message that has been received, else raises TimeoutError",
    dict.fromkeys(THREADS, ">=14.2"),
)

# Who waits for the end without receiving
_WAITED = (after.peer_closes_and_somebody_awaits_it, after.peer_closes_and_nobody_receives_first)
promise_on_own_page(
    "wait_closed_returns_at_the_end",
    {one: page for one, page in PAGES.items() if one not in THREADS},
    _WAITED,
    returned("wait_closed", None).once(),
    "Connection.wait_closed",
    "waits until the connection is closed",
)
promise_on_own_page(
    "wait_closed_returns_true_at_the_end",
    THREADS,
    _WAITED,
    returned("wait_closed", True).once(),
    "Connection.wait_closed",
    "waits until the connection is closed; tells whether it is",
    SINCE_17_2,
)
promise_on_own_page(
    "wait_closed_returns_false_after_its_timeout",
    THREADS,
    after.peer_closes_after_a_wait_in_vain,
    returned("wait_closed", False).once(),
    "Connection.wait_closed, timeout",
    "returns False if the timeout elapses first",
    SINCE_17_2,
)
