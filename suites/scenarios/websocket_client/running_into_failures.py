"""`run_forever()` that cannot start, loses its connection, or is called while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fixtures.model.actions import AFTER_THE_END, FAILED, MESSAGE, pause, run_again, send, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame, pong, text
from fixtures.peer.steps import Peer

GROUP = "error"
APP = ("websocket_client_app",)
BOTH = ("websocket_client_app", "websocket_client_app_tls")


# It cannot start


@scenario_for_each(
    {
        "equal_to_the_timeout": {"ping_interval": 1, "ping_timeout": 1},
        "below_the_timeout": {"ping_interval": 1, "ping_timeout": 2},
        "below_zero": {"ping_interval": -1},
    },
    rfc="5.5.2",
    settings=lambda options: Settings(options=options, may_be_refused=True),
    surfaces=APP,
)
def ping_interval_is(server: Peer, _: Mapping[str, Any]) -> None:
    """The ping interval is {value}; if the app connects, the server answers with FIN."""
    server.read_request()
    server.half_close()


@scenario_for_each(
    {"zero": {"ping_timeout": 0}, "below_zero": {"ping_timeout": -1}},
    rfc="5.5.2",
    settings=lambda options: Settings(options=options, may_be_refused=True),
    surfaces=APP,
)
def ping_timeout_is(server: Peer, _: Mapping[str, Any]) -> None:
    """The ping timeout is {value}; if the app connects, the server answers with FIN."""
    server.read_request()
    server.half_close()


# It loses what it has


@scenario(rfc="7.1.5", application=when(FAILED, send("still there")), surfaces=APP, tags="lost")
def application_sends_when_it_fails(server: Peer) -> None:
    """The application sends when it is notified of the failure: the peer has sent FIN."""
    server.open()
    server.half_close()


@scenario(rfc="7.1.5", application=when(AFTER_THE_END, run_again()), surfaces=BOTH)
def runs_again_after_a_loss(server: Peer) -> None:
    """The peer ends the first run with FIN, and closes in the second with 1000."""
    server.open()
    server.half_close()
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.5", application=when(AFTER_THE_END, run_again()), surfaces=APP)
def runs_again_after_it_was_refused(server: Peer) -> None:
    """The server answers the first run with 503, and closes in the second with 1000."""
    server.read_request()
    server.refuse(503, "No")
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.5", application=when(MESSAGE, run_again()), surfaces=APP)
def runs_again_on_message(server: Peer) -> None:
    """The application runs the app once more while it handles a message."""
    server.open()
    server.send(text("hello"), close_frame(1000, "bye"))
    server.await_close()


# Pongs


@scenario(
    rfc="5.5.3",
    settings=Settings(options={"ping_interval": 30, "ping_timeout": 10}),
    surfaces=APP,
    tags="no_pong",
)
def pong_comes_too_late(server: Peer) -> None:
    """The peer sends a pong and a close frame after the application was notified of the failure."""
    server.open()
    server.await_frame()
    server.wait_for(FAILED)
    server.send(pong(), close_frame(1000))
    server.await_close()


@scenario(
    rfc="5.5.3",
    application=when(MESSAGE, pause()),
    settings=Settings(options={"ping_interval": 30, "ping_timeout": 10}),
    surfaces=APP,
)
def application_is_busy_while_the_pong_comes(server: Peer) -> None:
    """The peer answers the ping at once, while the application is still handling a message."""
    server.open()
    server.send_text("hello")
    server.answer_ping()
    server.wait_part_of_close_timeout(4.0)
    server.release_application()
    server.await_close()
    server.echo_close()
