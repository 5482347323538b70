"""What tornado's client asks for: headers, subprotocols, extensions; and what is rarely used."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
CLIENTS = ("tornado_client", "tornado_client_callback")
HANDLER = ("tornado_handler",)
PROTOCOL, EXTENSIONS = "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"


def accept_and_close(server: Peer, *names: str, protocol: str | None = None) -> None:
    """Note these headers of the request, accept, and close."""
    server.read_request()
    server.note_headers(*names)
    server.accept(headers={PROTOCOL: protocol})
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="4.1", surfaces=CLIENTS, tags="with_reason")
def client_asks_for_nothing(server: Peer) -> None:
    """The application gives a URL and no more; the server accepts, and closes."""
    accept_and_close(server, "Sec-WebSocket-Version", "Origin", PROTOCOL, EXTENSIONS)


@scenario_for_each(
    {
        "its_own_headers": {"headers": {"Authorization": "Bearer secret", "X-Own": "one"}},
        "a_user": {"auth_username": "user", "auth_password": "pass"},
        "an_origin": {"headers": {"Origin": "http://here"}},
    },
    rfc="4.1",
    settings=lambda asked: Settings(object_options=asked),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_asks_with(server: Peer, _: object) -> None:
    """The application gives a request that has {value}; the server accepts, and closes."""
    accept_and_close(server, "Authorization", "X-Own", "Origin")


@scenario(
    rfc="4.1",
    settings=Settings(object_options={"user_agent": "agent"}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_names_itself(server: Peer) -> None:
    """The application gives a request that has a user agent; the server accepts, and closes."""
    accept_and_close(server, "User-Agent")


@scenario_for_each(
    {"two": (["chat", "superchat"], "superchat"), "none": ([], None)},
    rfc="4.1",
    settings=lambda pair: Settings(
        options={"subprotocols": pair[0]}, idiom="reads the subprotocol"
    ),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_proposes(server: Peer, pair: tuple[list[str], str | None]) -> None:
    """The application proposes subprotocols: {value}; the server selects the last, and closes."""
    accept_and_close(server, PROTOCOL, protocol=pair[1])


@scenario(
    rfc="4.1",
    settings=Settings(options={"subprotocols": ["chat"]}, idiom="reads the subprotocol"),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_proposes_in_vain(server: Peer) -> None:
    """The application proposes a subprotocol; the server selects none, and closes."""
    accept_and_close(server, PROTOCOL)


@scenario(
    rfc="9.1",
    settings=Settings(options={"compression_options": {}}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_offers_compression_in_vain(server: Peer) -> None:
    """The application turns compression on; the server does not agree, and closes."""
    accept_and_close(server, EXTENSIONS)


@scenario(
    rfc="4.1",
    settings=Settings(options={"subprotocols": ["chat"]}, idiom="reads the subprotocol at the end"),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_looks_back_at_its_protocol(server: Peer) -> None:
    """The server selects a subprotocol, and closes; then the application reads which it was."""
    accept_and_close(server, PROTOCOL, protocol="chat")


@scenario(
    rfc="4.1",
    application=when(MESSAGE, close(4000, "enough")),
    settings=Settings(options={"subprotocols": ["chat"]}, idiom="reads the subprotocol at the end"),
    surfaces=CLIENTS,
    tags="answered",
)
def client_looks_back_after_its_own_frame(server: Peer) -> None:
    """The application closes on a message; after the end it reads which subprotocol it had."""
    server.read_request()
    server.accept(headers={PROTOCOL: "chat"})
    server.send_text("hello")
    server.await_close()
    server.echo_close()


# Rarely used


@scenario(
    rfc="4.1",
    settings=Settings(options={"callback": "takes the future"}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def application_gives_a_callback_to_connect(server: Peer) -> None:
    """The application gives `callback` to `websocket_connect`; the server closes."""
    accept_and_close(server)


@scenario(
    rfc="4.1",
    settings=Settings(options={"callback": "takes the future"}),
    surfaces=CLIENTS,
    tags="refused",
)
def callback_of_connect_has_a_refusal(server: Peer) -> None:
    """The application gives `callback` to `websocket_connect`; the server refuses with 404."""
    server.read_request()
    server.refuse(404)


@scenario(
    rfc="4.1",
    application=when(OPENED, library_call("set_nodelay", True)),
    surfaces=HANDLER,
    tags="with_reason",
)
def application_sets_nodelay(client: Peer) -> None:
    """The application calls `set_nodelay(True)` in `open`; the client closes."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()
