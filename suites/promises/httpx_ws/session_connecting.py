"""What the documents promise of connecting, those of HTTPX as well."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import both, ends, error, raised, reached, thing
from ...judging.promise import doc, promise
from ...scenarios import error as failing
from .httpx_ws_documents import HTTPX, NAMES, OPENING, cite_connect, cite_exception

STATUS = {str(status): status for status in (401, 403, 404, 500, 503)}
SILENT = (failing.server_is_silent_in_the_handshake, failing.server_is_silent_then_ends)
NOT_UPGRADED = (*tagged("not_accepted"), failing.server_redirects_to_nowhere)

for _surface, (_connect, _block) in NAMES.items():
    promise(
        "connecting_gives_a_block",
        _surface,
        OPENING,
        reached(_block).once(),
        source=cite_connect("result", "is a context manager for a session"),
    )
    promise(
        "a_failed_upgrade_is_an_error_of_its_own",
        _surface,
        NOT_UPGRADED,
        raised(_connect, "WebSocketUpgradeError").once(),
        source=cite_exception(
            "WebSocketUpgradeError", "the initial connection did not upgrade correctly"
        ),
    )
    for _end, _status in STATUS.items():
        promise(
            f"the_error_has_the_response_with_{_status}",
            _surface,
            failing.server_refuses_with.member(_end),
            raised(
                _connect,
                error("WebSocketUpgradeError", response=thing("Response", status_code=_status)),
            ),
            source=cite_exception("WebSocketUpgradeError.response", "is the response of HTTPX"),
        )
    promise(
        "a_refused_connection_is_a_connect_error",
        _surface,
        (*tagged("no_tcp"), *tagged("no_tls")),
        raised(_connect, "ConnectError").once(),
        source=doc(HTTPX + "exceptions/", "ConnectError", "no connection can be established"),
    )
    promise(
        "a_silent_server_is_a_read_timeout",
        _surface,
        SILENT,
        both(raised(_connect, "ReadTimeout").once(), ends("1 x open_timeout")),
        source=doc(
            HTTPX + "advanced/timeouts/",
            "Timeouts",
            "by default, a timeout is raised after 5 seconds without network activity",
        ),
    )
    promise(
        "what_is_no_response_is_an_error_of_transport",
        _surface,
        tagged("no_response", without="races"),
        raised(_connect, "TransportError").once(),
        source=doc(HTTPX + "exceptions/", "TransportError", "is the base of errors of transport"),
    )
