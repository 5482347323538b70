"""A client sends what an endpoint of starlette does not expect: bytes, nothing, or no JSON."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import binary, text
from fixtures.peer.steps import Peer

GROUP = "error"
EVERY = ("starlette_*",)
CLASS = ("starlette_endpoint",)
JSON, ANY = Settings(idiom="its encoding is json"), Settings(idiom="it has no encoding")


@scenario(rfc="5.6", surfaces=EVERY)
def client_sends_bytes_for_text(client: Peer) -> None:
    """The client sends a binary message to an endpoint that receives text."""
    client.open()
    client.send(binary(b"\x00\x01"))
    client.await_close_else_close()


@scenario(rfc="5.6", surfaces=EVERY)
def client_sends_an_empty_message(client: Peer) -> None:
    """The client sends a text message without any text, and closes."""
    client.open()
    client.send(text(""))
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="5.6", settings=ANY, surfaces=CLASS)
def client_sends_an_empty_message_for_anything(client: Peer) -> None:
    """The client sends a text message without any text to a class without an encoding."""
    client.open()
    client.send(text(""))
    client.await_close_else_close()


@scenario(rfc="5.6", settings=JSON, surfaces=CLASS)
def client_sends_text_for_json(client: Peer) -> None:
    """The client sends text that is not JSON to a class whose encoding is json."""
    client.open()
    client.send_text("{")
    client.await_close_else_close()


@scenario(rfc="5.6", settings=JSON, surfaces=CLASS)
def client_sends_bytes_for_json(client: Peer) -> None:
    """The client sends bytes that are not UTF-8 to a class whose encoding is json."""
    client.open()
    client.send(binary(b"\xff\xfe"))
    client.await_close_else_close()
