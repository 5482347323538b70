"""What a handler reads of its connection inside its hooks."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, raise_error, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import close_frame, ping, pong, raw_close_frame, text
from fixtures.peer.steps import Peer
from fixtures.peer.wire import encode_close

GROUP = "close"
HANDLER = ("tornado_handler",)
HOOKS = (
    "prepare",
    "get_compression_options",
    "select_subprotocol",
    "on_finish",
    "open",
    "on_message",
    "on_ping",
    "on_pong",
    "on_connection_close",
    "on_close",
    "log_exception",
)
ONCE = dict.fromkeys(HOOKS, "reads attributes")
READS = Settings(options=ONCE)
AROUND = ("open", "on_message", "on_connection_close", "on_close")
READS_TWICE = Settings(options=ONCE | dict.fromkeys(AROUND, "reads attributes twice"))
"""Some hooks read them once more before they return."""


@scenario(rfc="7.1.5", settings=READS, surfaces=HANDLER, tags=("with_reason", "other_code"))
def attributes_are_read_in_every_hook(client: Peer) -> None:
    """The hooks read the attributes: at a message, a ping, a pong and the client's close frame."""
    client.open()
    client.send(text("hello"), ping(b"one"), pong(b"two"))
    client.wait_for("pong")
    client.send_close(4001, "why")
    client.await_close()


@scenario(rfc="7.1.5", settings=READS_TWICE, surfaces=HANDLER, tags="peer_closes")
def attributes_are_read_after_an_empty_frame(client: Peer) -> None:
    """The hooks read the attributes; the client's close frame has no body."""
    client.open()
    client.send_close()
    client.await_close()


@scenario(rfc="7.1.5", settings=READS_TWICE, surfaces=HANDLER, tags="lost")
def attributes_are_read_when_the_client_ends(client: Peer) -> None:
    """The hooks read the attributes; the client sends FIN."""
    client.open()
    client.wait_for(OPENED)
    client.half_close()


@scenario(rfc="7.1.5", settings=READS_TWICE, surfaces=HANDLER, tags="lost")
def attributes_are_read_when_the_client_resets(client: Peer) -> None:
    """The hooks read the attributes; the client sends RST."""
    client.open()
    client.wait_for(OPENED)
    client.reset()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough")),
    settings=READS_TWICE,
    surfaces=HANDLER,
    tags="answered",
)
def attributes_are_read_around_an_own_frame(client: Peer) -> None:
    """The handler closes in `on_message`, and reads there; the client answers with another code."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.send_close(4001, "yours")


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough")),
    settings=READS_TWICE,
    surfaces=HANDLER,
    tags="unanswered",
)
def attributes_are_read_and_no_answer_comes(client: Peer) -> None:
    """The handler closes in `on_message`, and reads there; nobody answers."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.keep_tcp_open()


@scenario(
    rfc="5.5.1",
    application=when(OPENED, close(4000, "no need")),
    settings=READS_TWICE,
    surfaces=HANDLER,
    tags="answered",
)
def attributes_are_read_between_two_frames(client: Peer) -> None:
    """The handler closes in `open`; hooks read when a message and a ping come before the answer."""
    client.open()
    client.await_close()
    client.send(text("one more"), ping(b"still here"), close_frame(4000))


@scenario(
    rfc="7.1.7",
    application=when(MESSAGE, raise_error()),
    settings=READS_TWICE,
    surfaces=HANDLER,
)
def attributes_are_read_when_a_hook_raises(client: Peer) -> None:
    """`on_message` raises; `log_exception` reads the attributes, and so does `on_close`."""
    client.open()
    client.send_text("hello")
    client.await_close_else_close()


@scenario(rfc="7.1.7", settings=READS_TWICE, surfaces=HANDLER, tags="bad_frame")
def attributes_are_read_after_a_bad_frame(client: Peer) -> None:
    """The hooks read the attributes; a frame of the client breaks the protocol."""
    client.open()
    client.send(text("odd").replace(rsv=2))
    client.await_close_else_close()


@scenario(rfc="5.5.1", settings=READS_TWICE, surfaces=HANDLER, tags=("bad_close_frame", "not_utf8"))
def attributes_are_read_after_a_reason_that_is_not_utf8(client: Peer) -> None:
    """The hooks read the attributes; the client's close frame has a reason that is not UTF-8."""
    client.open()
    client.send(raw_close_frame(encode_close(4001, b"\xff\xfe")))
    client.await_close()
