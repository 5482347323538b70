"""The connection does not open: odd answers, headers, subprotocols, silence, addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fixtures.model.actions import ApplicationError
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer import wire
from fixtures.peer.steps import Peer

GROUP = "error"
APP, CORE = "websocket_client_app", "websocket_client_core"
CLIENTS = (APP, CORE)
EVERY_CLIENT = (*CLIENTS, "websockets_[!ds]*_client")
"""Those of websockets as well, but for the default one, which is another's, and Sans-I/O."""
SUBPROTOCOLS = Settings(object_options={"subprotocols": ["chat", "superchat"]})
SMALL = 0.05
"""Seconds for the timeout of a socket."""
HEADERS = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"


def raise_for_headers() -> list[str]:
    """Raise, as a callable for `header`."""
    raise ApplicationError("there is no header")


# The address


@scenario_for_each(
    {
        "of_another_scheme": "http://{host}:{port}/",
        "without_scheme": "{host}/path",
        "without_host": "ws:///path",
        "with_bad_port": "ws://{host}:port/",
    },
    rfc="3",
    settings=lambda url: Settings(url=url),
    surfaces=EVERY_CLIENT,
)
def address_is(server: Peer, _: str) -> None:
    """The address to connect to is one {value}."""


@scenario(
    rfc="4.1",
    settings=Settings(url="ws://{host}:{port}/", object_options={"header": raise_for_headers}),
    surfaces=(APP,),
    tags="not_opened",
)
def header_callable_raises(server: Peer) -> None:
    """The application's callable for the request headers raises."""


# What the answer says


@scenario_for_each(
    {
        "with_200": {"status": 200, "phrase": "OK"},
        "with_204_without_body": {"status": 204, "headers": {"Content-Length": None}, "body": b""},
        "without_length": {"status": 404, "headers": {"Content-Length": None}},
        "with_bad_length": {"status": 404, "headers": {"Content-Length": "many"}},
        "with_negative_length": {"status": 404, "headers": {"Content-Length": "-1"}},
        "without_phrase": {"status": 503, "phrase": ""},
        "with_body_not_utf8": {"status": 404, "body": b"\xff\xfe"},
        "before_body_ends": {"status": 404, "headers": {"Content-Length": "100"}},
    },
    rfc="4.1",
    surfaces=EVERY_CLIENT,
    tags="refused",
)
def server_answers(server: Peer, answer: Mapping[str, Any]) -> None:
    """The server answers the opening request with a response other than 101: {value}."""
    server.read_request()
    server.refuse(**{"phrase": "No", "body": b"not here", **answer})


@scenario_for_each(
    {
        "no_accept_value": {"Sec-WebSocket-Accept": None},
        "no_connection_header": {"Connection": None},
        "another_connection_header": {"Connection": "keep-alive"},
        "another_upgrade_header": {"Upgrade": "h2c"},
    },
    rfc="4.1",
    surfaces=EVERY_CLIENT,
    tags="not_accepted",
)
def server_accepts_with(server: Peer, headers: Mapping[str, str | None]) -> None:
    """The 101 response has {value}."""
    server.read_request()
    server.accept(headers=headers)
    server.await_close_else_close()


@scenario(rfc="4.1", surfaces=CLIENTS, tags="not_accepted")
def server_accepts_with_header_not_utf8(server: Peer) -> None:
    """The 101 response has header not utf8."""
    server.read_request()
    server.accept(headers={"X-Odd": "\xff"})
    server.await_close_else_close()


@scenario_for_each(
    {
        "is_not_confirmed": {},
        "is_another": {"Sec-WebSocket-Protocol": "gossip"},
    },
    rfc="4.1",
    settings=SUBPROTOCOLS,
    surfaces=CLIENTS,
    tags="not_accepted",
)
def subprotocol(server: Peer, headers: Mapping[str, str | None]) -> None:
    """The client offers two subprotocols; what the 101 response confirms {value}."""
    server.read_request()
    server.accept(headers=headers)
    server.await_close_else_close()


@scenario_for_each(
    {
        "subprotocol": {"Sec-WebSocket-Protocol": "gossip"},
        "extension": {"Sec-WebSocket-Extensions": "permessage-deflate"},
    },
    rfc="4.1",
    surfaces=CLIENTS,
)
def server_confirms_unasked(server: Peer, headers: Mapping[str, str | None]) -> None:
    """The 101 response confirms a {value} that the client did not offer."""
    server.read_request()
    server.accept(headers=headers)
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {
        "header_without_colon": HEADERS.encode() + b"no colon\r\n\r\n",
        "word_instead_of_number": b"HTTP/1.1 fine\r\n\r\n",
        "lone_version": b"HTTP/1.1\r\n\r\n",
        "empty_line": b"\r\n\r\n",
        "frame": wire.encode_frame(wire.TEXT, b"hello\n"),
    },
    rfc="4.1",
    surfaces=EVERY_CLIENT,
    tags="no_response",
)
def server_answers_nonsense(server: Peer, answer: bytes) -> None:
    """The server answers the opening request with a malformed response: {value}."""
    server.read_request()
    server.answer_garbage(answer)


# The answer breaks off, or does not come


@scenario(rfc="4.1", surfaces=EVERY_CLIENT, tags="handshake_lost")
def server_ends_mid_headers(server: Peer) -> None:
    """The server sends FIN in the middle of the headers of the 101 response."""
    server.read_request()
    server.send(HEADERS.encode())
    server.half_close()


@scenario(rfc="4.1", surfaces=EVERY_CLIENT, tags="handshake_lost")
def server_ends_mid_headers_of_refusal(server: Peer) -> None:
    """The server sends FIN in the middle of the headers of a 503 response."""
    server.read_request()
    server.send(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n")
    server.half_close()


@scenario(rfc="4.1", surfaces=EVERY_CLIENT, tags="handshake_lost")
def server_resets_mid_headers(server: Peer) -> None:
    """The server sends RST in the middle of the headers of the 101 response."""
    server.read_request()
    server.send(HEADERS.encode())
    server.reset()


@scenario(
    rfc="4.1", settings=Settings(options={"timeout": SMALL}), surfaces=(CORE,), tags="not_opened"
)
def server_is_silent_mid_headers(server: Peer) -> None:
    """The server sends half the headers of the 101 response, then nothing until the timeout."""
    server.read_request()
    server.send(HEADERS.encode())
    server.await_end()


@scenario(rfc="4.1", surfaces=(APP,), tags="handshake_lost")
def server_is_silent_without_timeout(server: Peer) -> None:
    """Without a timeout, the server does not answer the opening request until it sends FIN."""
    server.read_request()
    server.wait_part_of_close_timeout(0.25)
    server.half_close()


@scenario(
    rfc="4.1",
    settings=Settings(open_timeout=True, options={"timeout": None}),
    surfaces=(CORE,),
    tags="not_opened",
)
def server_is_silent_until_default_timeout(server: Peer) -> None:
    """The default timeout is set, timeout=None is given, and the server does not answer."""
    server.read_request()
    server.await_end()


@scenario(
    rfc="4.1",
    settings=Settings(tls="valid", open_timeout=True),
    surfaces=EVERY_CLIENT,
    tags="no_tls",
)
def server_is_silent_in_the_tls_handshake(server: Peer) -> None:
    """The server does not answer the TLS client hello until the timeout."""
    server.connect(tls=False)
    server.await_end()
