"""Promises of websockets about clients: what connect() raises, and what its block does."""

from __future__ import annotations

from ...judging.expectations import (
    both,
    either,
    ends,
    error,
    fact,
    raised,
    reached,
    sends_close,
    thing,
)
from ...judging.promise import doc, promise
from ...scenarios import error as failure
from .connection_situations import (
    AFTER_ONE_OPEN_TIMEOUT,
    APPLICATION_IS_DONE,
    CHANGELOG,
    CLIENTS,
    EXCEPTIONS,
    HAS_STATE,
    LEGACY,
    LEGACY_CLIENT,
    NOT_A_RESPONSE,
    NOT_ACCEPTED,
    NOT_CONNECTED,
    NOT_LEGACY,
    NOT_SECURED,
    PAGES,
    REDIRECTS,
    SINCE_10_0,
    SINCE_11_0,
    SINCE_14_2,
    promised,
    stated,
)

promised(
    "connect_raises_what_it_lists",
    CLIENTS,
    (
        *NOT_CONNECTED,
        *NOT_SECURED,
        *NOT_A_RESPONSE,
        *NOT_ACCEPTED,
        failure.server_redirects_to_nowhere,
        failure.server_is_silent_in_the_handshake,
    ),
    either(
        raised("connect", "OSError").once(),
        raised("connect", "InvalidHandshake").once(),
        raised("connect", "TimeoutError").once(),
    ),
    "connect, Raises",
    "OSError, InvalidHandshake or TimeoutError (or a fault of the arguments)",
    SINCE_11_0,
)
promised(
    "connect_raises_os_error_if_tcp_fails",
    CLIENTS,
    NOT_CONNECTED,
    raised("connect", "OSError").once(),
    "connect, Raises",
    "OSError if the TCP connection fails",
    SINCE_11_0,
)
promised(
    "connect_raises_invalid_handshake",
    CLIENTS,
    (*NOT_A_RESPONSE, *NOT_ACCEPTED),
    raised("connect", "InvalidHandshake").once(),
    "connect, Raises",
    "InvalidHandshake if the opening handshake fails",
)
stated(
    "connect_raises_invalid_message_if_no_response_can_be_read",
    CLIENTS,
    NOT_A_RESPONSE,
    raised("connect", "InvalidMessage").once(),
    doc(CHANGELOG, "14.2, bug fixes", "errors in reading the response are InvalidMessage"),
    SINCE_14_2,
)
for _scenario in failure.server_refuses_with:
    _status = int(_scenario.name.rpartition("_")[2])
    stated(
        f"connect_raises_invalid_status_{_status}",
        CLIENTS,
        _scenario,
        raised(
            "connect", error("InvalidStatus", response=thing("Response", status_code=_status))
        ).once(),
        doc(EXCEPTIONS, "InvalidStatus", "the response rejects the upgrade"),
        NOT_LEGACY,
    )
    promise(
        f"connect_raises_invalid_status_code_{_status}",
        LEGACY_CLIENT,
        _scenario,
        raised("connect", error("InvalidStatusCode", status_code=_status)).once(),
        source=doc(EXCEPTIONS, "InvalidStatusCode", "the status of the response is not valid"),
        versions=LEGACY,
    )
stated(
    "connect_raises_invalid_status_for_a_redirect_without_location",
    CLIENTS,
    failure.server_redirects_without_location,
    raised("connect", error("InvalidStatus", response=thing("Response", status_code=301))).once(),
    doc(EXCEPTIONS, "InvalidStatus", "the response rejects the upgrade"),
    NOT_LEGACY,
)
promise(
    "connect_raises_invalid_header_value",
    CLIENTS,
    failure.accept_value_is_wrong,
    raised("connect", error("InvalidHeaderValue", name="Sec-WebSocket-Accept")).once(),
    source=doc(EXCEPTIONS, "InvalidHeaderValue", "a header has the right format, a wrong value"),
)
promise(
    "connect_raises_invalid_upgrade",
    CLIENTS,
    failure.upgrade_header_is_missing,
    raised("connect", error("InvalidUpgrade", name="Upgrade")).once(),
    source=doc(EXCEPTIONS, "InvalidUpgrade", "the Upgrade or Connection header is not correct"),
)
stated(
    "connect_follows_redirects",
    CLIENTS,
    failure.server_redirects_to_nowhere,
    raised("connect", "OSError").once(),
    doc(f"{PAGES}reference/variables.html", "WEBSOCKETS_MAX_REDIRECTS", "redirects are followed"),
    REDIRECTS,
)
promised(
    "open_timeout_limits_the_opening_handshake",
    CLIENTS,
    failure.server_is_silent_in_the_handshake,
    both(raised("connect", "TimeoutError").once(), ends(*AFTER_ONE_OPEN_TIMEOUT)),
    "connect, open_timeout and Raises",
    "TimeoutError if the opening handshake takes longer than 10 seconds, the default",
    SINCE_10_0,
)
promised(
    "block_is_closed_on_the_way_out",
    CLIENTS,
    APPLICATION_IS_DONE,
    sends_close(),
    "connect",
    "the connection is closed automatically on leaving the context",
)
promised(
    "state_is_closed_after_the_block",
    CLIENTS,
    APPLICATION_IS_DONE,
    fact("state", "CLOSED"),
    "connect; Connection.state",
    "the connection is closed automatically on leaving the context; state is that of RFC 6455",
    HAS_STATE,
)
for _surface, _page in CLIENTS.items():
    _block = "with block" if "threading" in _surface.name else "async with block"
    promise(
        "block_is_entered_only_when_connected",
        _surface,
        (*NOT_CONNECTED, *NOT_SECURED, *NOT_A_RESPONSE, *NOT_ACCEPTED),
        reached(_block).never(),
        source=doc(_page, "connect", "a context manager that yields a connection"),
    )
