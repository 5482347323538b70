"""What the topic "Exceptions handling" of the guides promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import picows_client, picows_server
from fixtures.model.situations import tagged

from ...judging.expectations import both, called, ends, error, logged, raised, sends_close, thing
from ...judging.promise import promise
from ...scenarios import error as failing
from ...scenarios.picows import listeners_that_raise
from .picows_documents import BOTH, cite_guide

TOPIC = "Exceptions handling"
RAISING = (
    failing.application_raises_when_opened,
    failing.application_raises_on_message,
    failing.application_raises_on_pong,
)
"""A callback of the listener raises, and the connection is open."""

# What connecting raises
promise(
    "a_failed_negotiation_is_a_handshake_error",
    picows_client,
    [one for one in tagged("not_accepted") if "redirected" not in one.tags],
    raised("ws_connect", "WSHandshakeError").once(),
    source=cite_guide(TOPIC, "WSHandshakeError is raised for HTTP upgrade negotiation failures"),
    versions=">=1.16",
)
promise(
    "a_failed_negotiation_is_a_ws_error",
    picows_client,
    [one for one in tagged("not_accepted") if "redirected" not in one.tags],
    raised("ws_connect", "WSError").once(),
    source=cite_guide(TOPIC, "WSError is raised in cases of websocket negotiation errors"),
)
promise(
    "a_malformed_response_is_an_error_of_its_own",
    picows_client,
    failing.server_answers_garbage,
    raised("ws_connect", "WSInvalidMessageError").once(),
    source=cite_guide(TOPIC, "WSInvalidMessageError is for malformed HTTP upgrade responses"),
    versions=">=1.20",
)
for _one in failing.server_refuses_with:
    promise(
        f"a_refusal_has_its_status_{_one.end}",
        picows_client,
        _one,
        raised(
            "ws_connect",
            error(
                "WSInvalidStatusError", response=thing("WSUpgradeResponse", status=int(_one.end))
            ),
        ).once(),
        source=cite_guide(TOPIC, "WSInvalidStatusError is raised when the status is not 101"),
        versions=">=1.20",
    )
promise(
    "a_wrong_accept_is_an_error_of_its_own",
    picows_client,
    failing.accept_value_is_wrong,
    raised("ws_connect", "WSInvalidHeaderError").once(),
    source=cite_guide(TOPIC, "WSInvalidHeaderError is for headers such as Sec-WebSocket-Accept"),
    versions=">=1.20",
)
promise(
    "a_missing_upgrade_is_an_error_of_its_own",
    picows_client,
    failing.upgrade_header_is_missing,
    raised("ws_connect", "WSInvalidUpgradeError").once(),
    source=cite_guide(TOPIC, "WSInvalidUpgradeError is for invalid Upgrade and Connection headers"),
    versions=">=1.20",
)
promise(
    "a_failed_redirect_is_a_handshake_error",
    picows_client,
    failing.server_redirects_without_location,
    raised("ws_connect", "WSHandshakeError").once(),
    source=cite_guide(TOPIC, "redirect-following failures raise the base WSHandshakeError"),
    versions=">=1.16",
)
promise(
    "a_server_that_is_lost_first_raises",
    picows_client,
    tagged("handshake_lost", without=("no_tls", "no_tcp")),
    raised("ws_connect", "Exception").once(),
    source=cite_guide(
        TOPIC, "a failed negotiation raises WSHandshakeError, a system call its own exception"
    ),
)
promise(
    "what_the_system_raises_is_raised",
    picows_client,
    (*tagged("no_tcp", without="proxied"), *tagged("no_tls")),
    raised("ws_connect", "OSError").once(),
    source=cite_guide(TOPIC, "exceptions of the system calls are not wrapped"),
)
promise(
    "a_silent_server_is_a_timeout",
    picows_client,
    (failing.server_is_silent_in_the_handshake, failing.server_is_silent_then_ends),
    both(raised("ws_connect", "TimeoutError").once(), ends("1 x open_timeout")),
    source=cite_guide(TOPIC, "handshake timeouts raise asyncio.TimeoutError"),
)

# What a listener raises
promise(
    "what_a_listener_raises_closes_with_1011",
    BOTH,
    RAISING,
    both(sends_close(1011), called("on_ws_disconnected").once()),
    source=cite_guide(TOPIC, "it sends CLOSE(INTERNAL_ERROR), and closes the transport"),
)
promise(
    "what_a_listener_raises_is_reraised",
    picows_client,
    (*RAISING, failing.application_raises_at_the_end),
    raised("wait_disconnected", "ApplicationError").once(),
    source=cite_guide(TOPIC, "the first exception of a handler is raised by wait_disconnected()"),
    versions=">=1.14",
)
promise(
    "what_a_listener_raises_is_logged",
    picows_server,
    (*RAISING, failing.application_raises_at_the_end),
    logged("ERROR"),
    source=cite_guide(TOPIC, "on the server side exceptions of callbacks are logged"),
)
promise(
    "an_exception_may_be_logged_and_no_more",
    BOTH,
    listeners_that_raise.listener_raises_and_keeps_the_connection,
    both(
        logged("ERROR"),
        called("on_ws_frame", "two"),
        raised("wait_disconnected", "Exception").never(),
    ),
    source=cite_guide(TOPIC, "with disconnect_on_exception=False it is only logged"),
)
