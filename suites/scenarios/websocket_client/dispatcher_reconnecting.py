"""`run_forever(dispatcher=..., reconnect=...)`: failures in a loop of the program's own."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    CLOSED,
    FAILED,
    MESSAGE,
    OPENED,
    elsewhere,
    library_call,
    pause,
    raise_error,
    send,
    when,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.model.settings import Without
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

GROUP = "error"
MINIMAL = ("websocket_client_app_dispatcher",)
LOOPS = (*MINIMAL, "websocket_client_app_rel")
SOON = Settings(options={"reconnect": 5})
END_ON_MESSAGE = (
    when(MESSAGE, library_call("abort")),
    when(AFTER_THE_END, library_call("close", timeout=0)),
)
"""The application ends its loop and cleans up: in a loop, close() in a callback reports nothing."""


@scenario(rfc="7.1.5", settings=SOON, application=END_ON_MESSAGE, surfaces=LOOPS)
def loop_reconnects_when_peer_ends(server: Peer) -> None:
    """In a loop with a reconnect delay, the peer ends the first connection with FIN."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(rfc="7.1.5", settings=SOON, application=END_ON_MESSAGE, surfaces=MINIMAL)
def loop_reconnects_when_peer_resets(server: Peer) -> None:
    """In a loop with a reconnect delay, the peer ends only the first connection with RST."""
    server.open()
    server.wait_for(OPENED)
    server.reset()
    server.next_connection()
    server.open()
    server.await_end()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(rfc="7.1.5", settings=SOON, application=END_ON_MESSAGE, surfaces=LOOPS)
def loop_reconnects_when_peer_ends_twice(server: Peer) -> None:
    """In a loop with a reconnect delay, the peer ends the first two connections with FIN."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.wait_for(OPENED, 2)
    server.half_close()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"reconnect": 5}, address="refused"),
    application=(when(FAILED, pause()), *END_ON_MESSAGE),
    surfaces=LOOPS,
)
def loop_reconnects_when_refused(server: Peer) -> None:
    """In a loop with a reconnect delay, connections are refused until on_error is called."""
    server.wait_for(FAILED, connected=False)
    server.start_listening()
    server.release_application()
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"reconnect": 5}, address="refused"),
    application=when(FAILED, pause()),
    surfaces=MINIMAL,
)
def loop_is_refused_for_ever(server: Peer) -> None:
    """In a loop with a reconnect delay, every connection is refused."""
    server.wait_for(FAILED, connected=False)
    server.release_application()


@scenario(rfc="4.1", settings=SOON, application=END_ON_MESSAGE, surfaces=MINIMAL)
def loop_meets_a_refusal_when_it_reconnects(server: Peer) -> None:
    """In a loop, the first connection ends with FIN, the second gets 503, the third opens."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.read_request()
    server.refuse(503, "Not Now")
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(rfc="7.1.5", surfaces=LOOPS)
def loop_has_no_delay_for_reconnecting(server: Peer) -> None:
    """With a dispatcher and no reconnect delay, the peer ends the connection with FIN."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.half_close()


@scenario(
    rfc="7.1.2",
    settings=Settings(options={"reconnect": 5}),
    application=when(OPENED, elsewhere(library_call("close"), once_released=True)),
    surfaces=MINIMAL,
)
def application_gives_up_in_the_loops_delay(server: Peer) -> None:
    """In a loop, the application closes during the delay after a lost connection."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.await_end()
    server.wait_part_of_close_timeout(0.2)
    server.release_application()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(rfc="7.1.5", settings=Settings(connections=2), surfaces=LOOPS)
def one_of_two_apps_in_a_loop_is_lost(server: Peer) -> None:
    """Of two apps in one loop, the first loses its connection; then the second is closed."""
    server.open()
    server.half_close()
    server.next_connection()
    server.open()
    server.wait_for(CLOSED)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.7", application=when(MESSAGE, raise_error(KeyboardInterrupt)), surfaces=LOOPS)
def application_is_interrupted_in_a_loop(server: Peer) -> None:
    """The application raises KeyboardInterrupt while it handles a message in a loop."""
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario_for_each(
    {"signal": Without("signal"), "abort": Without("abort")},
    rfc="4.1",
    settings=lambda lacking: Settings(options={"dispatcher": lacking}, address="refused"),
    surfaces=MINIMAL,
)
def refused_dispatcher_lacks(server: Peer, _: Without) -> None:
    """No server listens on the port, and the dispatcher has no {value}()."""


@scenario_for_each(
    {"read": Without("read"), "buffwrite": Without("buffwrite")},
    rfc="7.1.5",
    settings=lambda lacking: Settings(options={"dispatcher": lacking}),
    application=when(OPENED, send("hello")),
    surfaces=MINIMAL,
)
def dispatcher_lacks(server: Peer, _: Without) -> None:
    """The dispatcher has no {value}(); the peer sends a message and the last frame."""
    server.open()
    server.send(text("hello"), close_frame(1000, "bye"))
    server.await_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(options={"reconnect": 5, "dispatcher": Without("timeout")}),
    surfaces=MINIMAL,
)
def reconnecting_dispatcher_lacks_timeout(server: Peer) -> None:
    """The dispatcher has no timeout(), there is a reconnect delay, and the peer sends FIN."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.half_close()
