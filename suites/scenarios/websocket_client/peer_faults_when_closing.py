"""Close frames at the edge of what is legal, and connections that are lost after one."""

from __future__ import annotations

import ssl

from fixtures.model.actions import OPENED, pause, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer import wire
from fixtures.peer.frames import close_frame, raw_close_frame
from fixtures.peer.steps import Peer

GROUP = "close"
CLIENTS = ("websocket_client_app", "websocket_client_core")
UNVALIDATED = Settings(options={"skip_utf8_validation": True})


@scenario(rfc="5.5", surfaces=CLIENTS, tags="with_reason")
def server_closes_with_longest_reason(server: Peer) -> None:
    """The server's close reason has 123 bytes, the most that a control frame can carry."""
    server.open()
    server.send_close(1000, "x" * 123)
    server.await_close()


@scenario(rfc="5.5.1", settings=UNVALIDATED, surfaces=CLIENTS, tags="with_reason")
def server_closes_with_reason_unvalidated(server: Peer) -> None:
    """The server's close reason is UTF-8, with skip_utf8_validation."""
    server.open()
    server.send_close(1000, "adiós")
    server.await_close()


@scenario(rfc="5.5.1", settings=UNVALIDATED, surfaces=CLIENTS, tags="with_code")
def server_closes_with_bad_reason_unvalidated(server: Peer) -> None:
    """The server's close reason is not UTF-8, with skip_utf8_validation."""
    server.open()
    server.send(raw_close_frame(wire.encode_close(1000, b"\xff\xfe")))
    server.await_close()


@scenario(rfc="5.5", surfaces=CLIENTS, tags="bad_close_frame")
def server_closes_with_fragmented_frame(server: Peer) -> None:
    """The server's close frame says that it is the first fragment of several."""
    server.open()
    server.send(close_frame(1000, "bye").replace(fin=False))
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(tls="untrusted", options={"sslopt": {"cert_reqs": ssl.CERT_NONE}}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_with_certificate_unchecked(server: Peer) -> None:
    """The server's certificate is untrusted, the client does not check it, the server closes."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(tls="wrong name", options={"sslopt": {"check_hostname": False}}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_with_name_unchecked(server: Peer) -> None:
    """The certificate is for another name, the client does not check it, the server closes."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"sslopt": {"check_hostname": False}}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def server_closes_with_sslopt_unused(server: Peer) -> None:
    """The client has an sslopt and an address without TLS; the server closes."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="7.1.1",
    application=when(OPENED, pause()),
    surfaces=(*CLIENTS, "websocket_client_app_tls"),
)
def server_closes_then_resets(server: Peer) -> None:
    """RST follows the server's close frame before the client has read either."""
    server.open()
    server.wait_for(OPENED)
    server.send_close(1000, "bye")
    server.reset()
    server.release_application()


@scenario(
    rfc="7.1.1",
    application=when(OPENED, pause()),
    surfaces=(*CLIENTS, "websocket_client_app_tls"),
    tags="with_reason",
)
def server_closes_then_ends_unread(server: Peer) -> None:
    """FIN follows the server's close frame before the client has read either."""
    server.open()
    server.wait_for(OPENED)
    server.send_close(1000, "bye")
    server.half_close()
    server.release_application()
