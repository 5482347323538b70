"""Callbacks of an app that raise or cannot be called: what is reported, and how the run ends."""

from __future__ import annotations

from fixtures.model.actions import (
    CLOSED,
    CONTINUED,
    DATA,
    FAILED,
    MESSAGE,
    OPENED,
    close,
    raise_error,
    send,
    when,
    whenever,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame, continuation, text
from fixtures.peer.steps import Peer

GROUP = "error"
APP = ("websocket_client_app",)
BOTH = ("websocket_client_app", "websocket_client_app_tls")


@scenario(rfc="7.1.7", application=when(DATA, raise_error()), surfaces=APP)
def application_raises_on_data(server: Peer) -> None:
    """The application raises in on_data, before on_message gets the message; the peer closes."""
    server.open()
    server.send(text("hello"), close_frame(1000, "bye"))
    server.await_close()


@scenario(
    rfc="7.1.7",
    application=when(CONTINUED, raise_error()),
    settings=Settings(callbacks={"on_cont_message": "a function"}),
    surfaces=APP,
)
def application_raises_on_a_fragment(server: Peer) -> None:
    """The application raises in on_cont_message; then the peer closes."""
    server.open()
    server.send(text("a", fin=False), continuation(b"b"), close_frame(1000, "bye"))
    server.await_close()


@scenario(rfc="7.1.7", application=whenever(MESSAGE, raise_error()), surfaces=BOTH)
def application_raises_on_every_message(server: Peer) -> None:
    """The application raises on each of two messages; then the peer closes."""
    server.open()
    server.send(text("one"), text("two"), close_frame(1000, "bye"))
    server.await_close()


@scenario(
    rfc="7.1.7",
    application=whenever(MESSAGE, raise_error("WebSocketConnectionClosedException")),
    surfaces=APP,
)
def application_raises_as_if_the_peer_had_ended(server: Peer) -> None:
    """The application raises, on each of two messages, the exception for a lost connection."""
    server.open()
    server.send(text("one"), text("two"), close_frame(1000, "bye"))
    server.await_close()


@scenario(
    rfc="7.1.7",
    application=whenever(MESSAGE, raise_error()),
    settings=Settings(callbacks={"on_error": "none"}),
    surfaces=APP,
)
def application_raises_and_nobody_hears(server: Peer) -> None:
    """The application raises on each of two messages; it has no on_error."""
    server.open()
    server.send(text("one"), text("two"), close_frame(1000, "bye"))
    server.await_close()


@scenario(
    rfc="7.1.7",
    application=[when(MESSAGE, raise_error()), whenever(FAILED, raise_error())],
    surfaces=APP,
)
def both_callbacks_raise_on_message(server: Peer) -> None:
    """The application raises on a message, and again each time on_error is called."""
    server.open()
    server.send_text("hello")
    server.await_close_else_close()
    server.echo_close()


@scenario(rfc="7.1.7", application=when(MESSAGE, close(), send("too late")), surfaces=APP)
def application_sends_after_it_has_ended(server: Peer) -> None:
    """The application closes on a message, then sends; it does not catch what send() raises."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(callbacks={"on_error": "takes the app alone"}),
    surfaces=APP,
)
def peer_ends_and_on_error_takes_the_app_alone(server: Peer) -> None:
    """The peer sends FIN; on_error takes only the app, so the call fails."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()


@scenario_for_each(
    {
        "not_given": "none",
        "a_method": "a method",
        "overridden_in_a_subclass": "overridden in a subclass",
    },
    rfc="7.1.5",
    settings=lambda form: Settings(callbacks={"*": form}),
    surfaces=APP,
    further_tags={"a_method": "lost"},
)
def peer_ends_and_every_callback_is(server: Peer, _: str) -> None:
    """The peer sends FIN; every callback is {value}."""
    server.open()
    server.half_close()


@scenario(rfc="7.1.5", settings=Settings(callbacks={"on_error": "none"}), surfaces=APP)
def peer_ends_and_nobody_hears_failures(server: Peer) -> None:
    """The peer sends FIN; the app has no on_error."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()


# Exceptions that end a program


EXITS: dict[str, type[BaseException]] = {
    "keyboard_interrupt": KeyboardInterrupt,
    "system_exit": SystemExit,
}


@scenario_for_each(
    EXITS,
    rfc="7.1.7",
    application=lambda kind: when(OPENED, raise_error(kind)),
    surfaces=APP,
)
def program_is_left_when_opened_by(server: Peer, _: type[BaseException]) -> None:
    """The application raises a {value} when it is notified of the opening."""
    server.open()
    server.await_close()
    server.echo_close()


@scenario_for_each(
    EXITS,
    rfc="7.1.7",
    application=lambda kind: when(MESSAGE, raise_error(kind)),
    surfaces=BOTH,
)
def program_is_left_on_message_by(server: Peer, _: type[BaseException]) -> None:
    """The application raises a {value} on the first message."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario_for_each(
    EXITS,
    rfc="7.1.7",
    application=lambda kind: when(FAILED, raise_error(kind)),
    surfaces=APP,
)
def program_is_left_when_it_fails_by(server: Peer, _: type[BaseException]) -> None:
    """The application raises a {value} when it is notified of the peer's FIN."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()


@scenario_for_each(
    EXITS,
    rfc="7.1.7",
    application=lambda kind: when(CLOSED, raise_error(kind)),
    surfaces=APP,
)
def program_is_left_at_the_end_by(server: Peer, _: type[BaseException]) -> None:
    """The application raises a {value} when it is notified of the peer's close with 1000."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
