"""What the client reference promises of exceptions."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_client
from fixtures.model.situations import tagged

from ...judging.expectations import both, ends, error, raised
from ...judging.promise import Source, doc, promise
from ...scenarios import error as failing
from .aiohttp_documents import SITE

STATUS = {str(status): status for status in (401, 403, 404, 500, 503)}


def cite_exception(name: str, says: str) -> Source:
    """What the section on exceptions says of one."""
    return doc(SITE + "client_reference.html", f"Client exceptions, {name}", says)


promise(
    "a_handshake_fails_with_its_own_error",
    aiohttp_client,
    tagged("not_accepted"),
    raised("ws_connect", "WSServerHandshakeError").once(),
    source=cite_exception("WSServerHandshakeError", "is an error of a WebSocket server response"),
)
for _end, _status in STATUS.items():
    promise(
        f"the_error_has_the_status_{_status}",
        aiohttp_client,
        failing.server_refuses_with.member(_end),
        raised("ws_connect", error("WSServerHandshakeError", status=_status)),
        source=cite_exception("ClientResponseError.status", "is the status of the response"),
    )
promise(
    "a_refused_connection_is_an_error_of_the_connector",
    aiohttp_client,
    failing.connection_is_refused,
    raised("ws_connect", "ClientConnectorError").once(),
    source=cite_exception("ClientConnectorError", "is an error of the connector"),
)
promise(
    "an_unknown_name_is_an_error_of_dns",
    aiohttp_client,
    failing.name_is_not_resolved,
    raised("ws_connect", "ClientConnectorDNSError").once(),
    source=cite_exception("ClientConnectorDNSError", "is an error of the resolution of a name"),
    versions=">=3.10.10",
)
promise(
    "a_bad_certificate_is_an_error_of_its_own",
    aiohttp_client,
    failing.certificate_is,
    raised("ws_connect", "ClientConnectorCertificateError").once(),
    source=cite_exception("ClientConnectorCertificateError", "is an error of the certificate"),
)
promise(
    "bytes_that_are_no_tls_are_an_error_of_ssl",
    aiohttp_client,
    failing.tls_handshake_fails,
    raised("ws_connect", "ClientConnectorSSLError").once(),
    source=cite_exception("ClientConnectorSSLError", "is an error of SSL"),
)
promise(
    "no_response_is_a_client_error",
    aiohttp_client,
    failing.server_answers_garbage,
    raised("ws_connect", "ClientError").once(),
    source=cite_exception("ClientError", "is the base of all exceptions of the client"),
)
promise(
    "a_redirect_elsewhere_than_to_http_is_an_error",
    aiohttp_client,
    failing.server_redirects_to_nowhere,
    raised("ws_connect", "NonHttpUrlRedirectClientError").once(),
    source=cite_exception("NonHttpUrlRedirectClientError", "the scheme of a redirect is not http"),
    versions=">=3.10",
)
promise(
    "the_total_timeout_limits_the_handshake",
    aiohttp_client,
    (failing.server_is_silent_in_the_handshake, failing.server_is_silent_then_ends),
    both(raised("ws_connect", "TimeoutError").once(), ends("1 x open_timeout")),
    source=doc(
        SITE + "client_quickstart.html",
        "Timeouts",
        "the whole operation, from connecting on, has 300 seconds in total by default",
    ),
)
