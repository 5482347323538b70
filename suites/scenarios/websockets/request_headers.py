"""What the opening request carries, on a connection that then closes in order."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
CLIENTS = ("websockets_[!ds]*_client",)
WITH_A_USER = "ws://a%20user:pass%3Aword@{host}:{port}/path?query=1"


@scenario(
    rfc="4.1",
    settings=Settings(url=WITH_A_USER),
    surfaces=(*CLIENTS, "tornado_client", "tornado_client_callback"),
    tags="with_reason",
)
def client_sends_user_information(server: Peer) -> None:
    """The address has a user and a password; the server accepts, and closes."""
    server.read_request()
    server.note_headers("Authorization")
    server.accept()
    server.send_close(1000, "bye")
    server.await_close()


def with_headers(name: str, user_agent: str | None = "agent") -> Settings:
    """Settings with headers, under the option of this name, and a user agent."""
    own = {"Authorization": "Bearer secret", "X-Own": "one"}
    return Settings(options={name: own, "user_agent_header": user_agent})


@scenario_for_each(
    {
        "of_its_own": with_headers("additional_headers"),
        "of_its_own_and_no_user_agent": with_headers("additional_headers", None),
        "under_their_former_name": with_headers("extra_headers"),
    },
    rfc="4.1",
    settings=lambda found: found,
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_sends_headers(server: Peer, _: Settings) -> None:
    """The application gives headers, {value}; the server accepts, and closes."""
    server.read_request()
    server.note_headers("Authorization", "X-Own", "User-Agent")
    server.accept()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"origin": "http://here", "subprotocols": ["chat", "superchat"]}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_offers_subprotocols(server: Peer) -> None:
    """The application gives an origin and two subprotocols; the server takes the second."""
    server.read_request()
    server.note_headers("Origin", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions")
    server.accept(headers={"Sec-WebSocket-Protocol": "superchat"})
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"compression": None}),
    surfaces=CLIENTS,
    tags="with_reason",
)
def client_offers_no_compression(server: Peer) -> None:
    """The application turns compression off; the server accepts, and closes."""
    server.read_request()
    server.note_headers("Origin", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions")
    server.accept()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="4.1", settings=Settings(idiom="reads a header"), surfaces=CLIENTS, tags="with_reason"
)
def server_sends_a_header_beyond_ascii(server: Peer) -> None:
    """The 101 response has a header that is not ASCII; the application reads it."""
    server.read_request()
    server.accept(headers={"X-Odd": "caf\xe9"})
    server.send_close(1000, "bye")
    server.await_close()
