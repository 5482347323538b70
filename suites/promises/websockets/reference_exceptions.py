"""What the reference page on exceptions promises."""

from __future__ import annotations

from ...judging.expectations import PEER_CODE, PEER_REASON, error, raised, thing
from ...judging.promise import doc, promise
from ...scenarios import error as failure
from .connection_situations import (
    BOTH_CLOSE,
    BROKEN,
    CLIENTS,
    CLOSED_WRONGLY,
    CONNECTIONS,
    EXCEPTIONS,
    ITERATING,
    LEGACY_CLIENT,
    NOT_ANSWERED,
    NOT_LEGACY,
    PEER_CLOSES_NORMALLY,
    PEER_CLOSES_WITH_ANOTHER_CODE,
    SENT_CODE,
    SENT_REASON,
    SINCE_13_1,
    WE_CLOSE_NORMALLY,
    WE_CLOSE_WITH_CODE,
    WHILE_LEGACY,
    promise_since,
)

# ConnectionClosed: recv() raises it in a client, the iteration in a server
for _call, _pages in (("recv", CLIENTS), ("iteration", ITERATING)):
    _with_the_peers_close = (
        *PEER_CLOSES_WITH_ANOTHER_CODE,
        *WE_CLOSE_WITH_CODE,
        *BOTH_CLOSE,
        *((*PEER_CLOSES_NORMALLY, *WE_CLOSE_NORMALLY) if _call == "recv" else ()),
    )
    promise(
        "rcvd_is_the_peers_close",
        _pages,
        _with_the_peers_close,
        raised(
            _call,
            error("ConnectionClosed", rcvd=thing("Close", code=PEER_CODE, reason=PEER_REASON)),
        ).once(),
        source=doc(
            EXCEPTIONS, "ConnectionClosed.rcvd", "the code and the reason that were received"
        ),
    )
    promise(
        "sent_is_our_close",
        _pages,
        (*_with_the_peers_close, *NOT_ANSWERED, *BROKEN),
        raised(
            _call,
            error("ConnectionClosed", sent=thing("Close", code=SENT_CODE, reason=SENT_REASON)),
        ).once(),
        source=doc(EXCEPTIONS, "ConnectionClosed.sent", "the code and the reason that were sent"),
    )
    promise(
        "rcvd_then_sent_if_the_peer_closes_first",
        _pages,
        (*PEER_CLOSES_WITH_ANOTHER_CODE, *(PEER_CLOSES_NORMALLY if _call == "recv" else ())),
        raised(_call, error("ConnectionClosed", rcvd_then_sent=True)).once(),
        source=doc(
            EXCEPTIONS, "ConnectionClosed.rcvd_then_sent", "the order of the two close frames"
        ),
    )
    promise(
        "sent_then_rcvd_if_we_close_first",
        _pages,
        (*WE_CLOSE_WITH_CODE, *(WE_CLOSE_NORMALLY if _call == "recv" else ())),
        raised(_call, error("ConnectionClosed", rcvd_then_sent=False)).once(),
        source=doc(
            EXCEPTIONS, "ConnectionClosed.rcvd_then_sent", "the order of the two close frames"
        ),
    )
    promise_since(
        "protocol_errors_are_translated",
        _pages,
        BROKEN,
        raised(_call, error("ConnectionClosedError", rcvd=None)).once(),
        doc(
            EXCEPTIONS,
            "Sans-I/O exceptions",
            "ProtocolError and PayloadTooBig become ConnectionClosedError outside Sans-I/O",
        ),
        SINCE_13_1,
    )

# Exceptions of connect()
for _scenario in failure.server_refuses_with:
    _status = int(_scenario.end)
    promise_since(
        f"connect_raises_invalid_status_{_status}",
        CLIENTS,
        _scenario,
        raised(
            "connect", error("InvalidStatus", response=thing("Response", status_code=_status))
        ).once(),
        doc(EXCEPTIONS, "InvalidStatus", "the response rejects the upgrade"),
        NOT_LEGACY,
    )
    promise_since(
        f"connect_raises_invalid_status_code_{_status}",
        LEGACY_CLIENT,
        _scenario,
        raised("connect", error("InvalidStatusCode", status_code=_status)).once(),
        doc(EXCEPTIONS, "InvalidStatusCode", "the status of the response is invalid"),
        WHILE_LEGACY,
    )
promise_since(
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
    source=doc(
        EXCEPTIONS, "InvalidHeaderValue", "a header has a correct format and an incorrect value"
    ),
)
promise(
    "connect_raises_invalid_upgrade",
    CLIENTS,
    failure.upgrade_header_is_missing,
    raised("connect", error("InvalidUpgrade", name="Upgrade")).once(),
    source=doc(EXCEPTIONS, "InvalidUpgrade", "the Upgrade or Connection header is incorrect"),
)

# ProtocolError
promise_since(
    "no_protocol_error_reaches_the_application",
    CONNECTIONS,
    CLOSED_WRONGLY,
    raised("close", "ProtocolError").never(),
    doc(
        EXCEPTIONS,
        "Sans-I/O exceptions, ProtocolError",
        "raised by the Sans-I/O implementation only; the other implementations translate it",
    ),
    SINCE_13_1,
)
