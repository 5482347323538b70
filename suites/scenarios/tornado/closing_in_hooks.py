"""Closing in the methods of a handler, and from another thread."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
HANDLER = ("tornado_handler",)
CLIENTS = ("tornado_client", "tornado_client_callback")


BEFORE_IT_OPENS = ("get_compression_options", "select_subprotocol", "on_finish")


@scenario_for_each(
    {name: name for name in BEFORE_IT_OPENS},
    rfc="7.1.2",
    settings=lambda hook: Settings(options={hook: "tries to close"}),
    surfaces=HANDLER,
    tags="with_reason",
)
def application_closes_in_vain_in(client: Peer, _: str) -> None:
    """The handler closes in `{value}`, before it is open; the client sends, and closes."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="7.1.2",
    settings=Settings(options={"on_connection_close": "tries to close"}),
    surfaces=HANDLER,
    tags="with_reason",
)
def application_closes_in_on_connection_close(client: Peer) -> None:
    """The client closes; the handler closes in `on_connection_close`."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(options={"on_message": "closes and reads the attributes"}),
    surfaces=HANDLER,
    tags="answered",
)
def application_reads_attributes_in_its_close(client: Peer) -> None:
    """The handler closes with 4000, and reads its attributes at once; the client answers."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.1.2",
    settings=Settings(options={"on_message": "has a thread close"}),
    surfaces=HANDLER,
    tags="answered",
)
def application_closes_by_add_callback_on_message(client: Peer) -> None:
    """On a message, a thread has the loop close, by `IOLoop.add_callback`; the client answers."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.1.2",
    settings=Settings(idiom="has a thread close"),
    surfaces=CLIENTS,
    tags="answered",
)
def application_closes_by_add_callback_when_opened(server: Peer) -> None:
    """Once opened, a thread has the loop close, by `IOLoop.add_callback`; the server answers."""
    server.open()
    server.await_close()
    server.echo_close()
