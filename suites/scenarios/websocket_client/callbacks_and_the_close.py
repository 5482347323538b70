"""The forms of an app's callbacks, and which of them are given; the peer closes."""

from __future__ import annotations

from fixtures.model.actions import CONTINUED, DATA, close, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import binary, close_frame, continuation, ping, pong, text
from fixtures.peer.steps import Peer

GROUP = "close"
APP = ("websocket_client_app",)
BOTH = ("websocket_client_app", "websocket_client_app_tls")
FRAGMENTS = Settings(callbacks={"on_cont_message": "a function"})
CALLED = ("methods", "partials", "functions_of_any_arguments")
"""The forms of callbacks that the library calls."""


@scenario_for_each(
    {
        "methods": "a method",
        "partials": "a partial",
        "overridden_in_a_subclass": "overridden in a subclass",
        "functions_of_any_arguments": "*args",
        "not_given": "none",
    },
    rfc="7.1.5",
    settings=lambda form: Settings(callbacks={"*": form}),
    surfaces=APP,
    further_tags=dict.fromkeys(CALLED, "with_reason"),
)
def peer_closes_and_callbacks_are(server: Peer, _: str) -> None:
    """The peer sends a ping, a message and a close frame; the callbacks are {value}."""
    server.open()
    server.send(ping(b"are you there"), text("hello"), close_frame(1000, "bye"))
    server.await_close()


@scenario(rfc="7.1.5", settings=Settings(callbacks={"*": "takes the app alone"}), surfaces=APP)
def every_callback_takes_the_app_alone(server: Peer) -> None:
    """The peer sends a ping, a message and a close frame; each callback takes only the app."""
    server.open()
    server.send(ping(b"are you there"), text("hello"), close_frame(1000, "bye"))
    server.await_close()


@scenario_for_each(
    {"on_message": "on_message", "on_close": "on_close", "on_data": "on_data"},
    rfc="7.1.5",
    settings=lambda name: Settings(callbacks={name: "none"}),
    surfaces=APP,
    further_tags=dict.fromkeys(("on_message", "on_data"), "with_reason"),
)
def peer_closes_and_there_is_no(server: Peer, _: str) -> None:
    """The peer sends a message and closes; the app has every callback except {value}."""
    server.open()
    server.send(text("hello"), close_frame(1000, "bye"))
    server.await_close()


@scenario(rfc="7.1.5", settings=Settings(callbacks={"on_error": "none"}), surfaces=APP)
def peer_closes_and_nobody_hears_failures(server: Peer) -> None:
    """The peer sends a message and closes; the app has every callback except on_error."""
    server.open()
    server.send(text("hello"), close_frame(1000, "bye"))
    server.await_close()


@scenario_for_each(
    {
        name: name
        for name in ("on_message", "on_close", "on_data", "on_ping", "on_pong", "on_cont_message")
    },
    rfc="7.1.5",
    settings=lambda name: Settings(callbacks={name: "takes the app alone"}),
    surfaces=APP,
)
def peer_closes_and_the_app_alone_is_taken_by(server: Peer, _: str) -> None:
    """The peer sends frames of every kind and closes; {value} takes only the app."""
    server.open()
    server.send(ping(b"one"), pong(b"two"), text("hel", fin=False), continuation(b"lo"))
    server.send_close(1000, "bye")
    server.await_close()


# Fragments


@scenario(rfc="5.4", settings=FRAGMENTS, surfaces=BOTH, tags="with_reason")
def peer_closes_after_fragments_heard_one_by_one(server: Peer) -> None:
    """The peer sends a text in three fragments; the app has an on_cont_message."""
    server.open()
    server.send(text("a", fin=False), continuation(b"b", fin=False), continuation(b"c"))
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.4", surfaces=BOTH, tags="with_reason")
def peer_closes_after_fragments_heard_whole(server: Peer) -> None:
    """The peer sends a text and a binary message in fragments; there is no on_cont_message."""
    server.open()
    server.send(text("a", fin=False), continuation(b"b"))
    server.send(binary(b"\x00").replace(fin=False), continuation(b"\x01"))
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.2", application=when(DATA, close()), surfaces=APP, tags="answered")
def application_closes_on_data(server: Peer) -> None:
    """The application closes in on_data, before on_message gets the same message."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.2",
    application=when(CONTINUED, close()),
    settings=FRAGMENTS,
    surfaces=APP,
    tags="answered",
)
def application_closes_on_a_fragment(server: Peer) -> None:
    """The application closes in on_cont_message, before the message is complete."""
    server.open()
    server.send(text("a", fin=False), continuation(b"b", fin=False), continuation(b"c"))
    server.await_close()
    server.echo_close()
