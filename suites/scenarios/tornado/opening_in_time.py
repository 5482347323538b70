"""The time limits of tornado's client on an opening: on names, TCP, TLS, and the response."""

from __future__ import annotations

from fixtures.model.actions import CONNECTING, GIVEN_UP, cancel, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

GROUP = "error"
CLIENTS = ("tornado_client", "tornado_client_callback")
LIMIT = 5
"""Seconds: as long as the close timeout, far from the 20 seconds of the defaults."""
NO_LIMIT = 0
CONNECT, REQUEST = "connect_timeout", "request_timeout"

# The response


@scenario_for_each(
    {
        "by_default": Settings(),
        "whatever_connect_timeout_is": Settings(options={CONNECT: LIMIT}),
        "whatever_connect_timeout_of_the_request_is": Settings(object_options={CONNECT: LIMIT}),
        "for_request_timeout": Settings(object_options={REQUEST: LIMIT}),
    },
    rfc="4.1",
    settings=lambda settings: settings,
    surfaces=CLIENTS,
    tags="not_opened",
)
def server_is_silent(server: Peer, _: Settings) -> None:
    """The server reads the opening request and never answers: {value}."""
    server.read_request()
    server.keep_tcp_open()


@scenario(
    rfc="4.1",
    settings=Settings(object_options={REQUEST: NO_LIMIT, CONNECT: NO_LIMIT}),
    surfaces=CLIENTS,
)
def server_answers_after_a_minute(server: Peer) -> None:
    """Both limits of the request are 0; the server answers after a minute, and closes."""
    server.read_request()
    server.wait_part_of_close_timeout(12.0)
    server.accept()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="4.1", application=when(CONNECTING, cancel()), surfaces=CLIENTS)
def server_accepts_after_the_application_is_cancelled(server: Peer) -> None:
    """The task that connects is cancelled, and then the server accepts the connection."""
    server.read_request()
    server.application_acts(CONNECTING)
    server.accept()
    server.await_close_else_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"websocket_connect": "is awaited by a task"}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def message_and_end_are_in_one_write_with_the_response(server: Peer) -> None:
    """A task of the application connects; all that the server sends is in one write."""
    server.read_request()
    server.accept(then=[text("hello"), close_frame(1000, "bye")])
    server.await_close()


@scenario(
    rfc="4.1", settings=Settings(options={"websocket_connect": "is given up"}), surfaces=CLIENTS
)
def server_accepts_what_the_application_has_given_up(server: Peer) -> None:
    """The application gives up waiting for a connection; then the server accepts, and sends."""
    server.read_request()
    server.wait_for(GIVEN_UP)
    server.accept()
    server.send_text("hello")
    server.await_close_else_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"websocket_connect": "is given up"}),
    surfaces=CLIENTS,
    tags="refused",
)
def server_refuses_what_the_application_has_given_up(server: Peer) -> None:
    """The application gives up waiting for a connection; then the server refuses with 404."""
    server.read_request()
    server.wait_for(GIVEN_UP)
    server.refuse(404)


@scenario(
    rfc="4.1",
    settings=Settings(address="refused", options={"websocket_connect": "is not awaited"}),
    surfaces=CLIENTS,
    tags="no_tcp",
)
def nobody_awaits_a_port_without_a_server(server: Peer) -> None:
    """The application does not await `websocket_connect`; no server listens on the port."""


@scenario(
    rfc="4.1",
    settings=Settings(options={"websocket_connect": "is not awaited"}),
    surfaces=CLIENTS,
    tags="refused",
)
def nobody_awaits_a_refusal(server: Peer) -> None:
    """The application does not await `websocket_connect`; the server refuses with 404."""
    server.read_request()
    server.refuse(404)


# Names


@scenario_for_each(
    {
        "by_default": ({}, {}),
        "for_connect_timeout": ({CONNECT: LIMIT}, {}),
        "for_connect_timeout_of_the_request": ({}, {CONNECT: LIMIT}),
        "for_request_timeout": ({}, {REQUEST: LIMIT}),
    },
    rfc="4.1",
    settings=lambda given: Settings(
        options={"resolver": "never resolves", **given[0]},
        object_options=given[1],
        may_be_refused=True,
    ),
    surfaces=CLIENTS,
    tags="no_tcp",
)
def resolver_is_silent(server: Peer, _: object) -> None:
    """The application gives a resolver that never has a result: {value}."""


@scenario_for_each(
    {"has_no_address": "resolves to nothing", "raises": "raises OSError"},
    rfc="4.1",
    settings=lambda does: Settings(options={"resolver": does}, may_be_refused=True),
    surfaces=CLIENTS,
    tags="no_tcp",
)
def resolver(server: Peer, _: str) -> None:
    """The application gives a resolver that {value}."""


# TLS


@scenario_for_each(
    {
        "by_default": Settings(tls="valid"),
        "for_connect_timeout": Settings(tls="valid", object_options={CONNECT: LIMIT}),
    },
    rfc="4.1",
    settings=lambda settings: settings,
    surfaces=CLIENTS,
    tags="no_tls",
)
def server_is_silent_in_the_tls_handshake(server: Peer, _: Settings) -> None:
    """The server never answers the TLS client hello: {value}."""
    server.connect(tls=False)
    server.keep_tcp_open()


@scenario(
    rfc="4.1",
    settings=Settings(tls="untrusted", object_options={"validate_cert": False}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def certificate_is_not_checked(server: Peer) -> None:
    """The server's certificate is untrusted, and the client is asked not to check it."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


# What cannot begin


@scenario(
    rfc="4.1",
    settings=Settings(
        options={CONNECT: LIMIT}, object_options={REQUEST: LIMIT}, may_be_refused=True
    ),
    surfaces=CLIENTS,
    tags="no_tcp",
)
def connect_timeout_is_given_with_a_request(server: Peer) -> None:
    """The application gives a request, and connect_timeout besides, which the request has too."""


@scenario_for_each(
    {
        "the_scheme_http": "http://{host}:{port}/",
        "the_scheme_in_capitals": "WS://{host}:{port}/",
        "no_scheme": "{host}:{port}",
    },
    rfc="3",
    settings=lambda url: Settings(url=url),
    surfaces=CLIENTS,
    tags="no_tcp",
)
def url_has(server: Peer, _: str) -> None:
    """The URL that the application gives has {value}."""
