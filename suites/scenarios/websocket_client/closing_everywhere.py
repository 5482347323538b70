"""Closing an app or a socket in every place and with every argument, and the peer's reaction."""

from __future__ import annotations

from fixtures.model.actions import (
    CONNECTING,
    FAILED,
    MESSAGE,
    OPENED,
    close,
    elsewhere,
    library_call,
    when,
)
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
APPS = ("websocket_client_app", "websocket_client_app_tls")
BOTH = ("websocket_client_app", "websocket_client_core")

# After a loss


@scenario(rfc="7.1.2", application=when(FAILED, close()), surfaces=APPS, tags="lost")
def application_closes_when_peer_ends(server: Peer) -> None:
    """The application closes in on_error, which reports the peer's FIN."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()


# In another thread


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(library_call("close"))),
    surfaces=APPS,
)
def application_closes_elsewhere_while_peer_sends(server: Peer) -> None:
    """A second thread closes while the peer keeps sending messages, which decides the race."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.send_without_end("busy")


@scenario(rfc="7.1.2", application=when(CONNECTING, close()), surfaces=APPS)
def application_closes_while_connecting_then_server_ends(server: Peer) -> None:
    """A second thread closes while the opening request is unanswered; then the server ends."""
    server.read_request()
    server.application_acts(CONNECTING)
    server.half_close()


# With every argument


@scenario_for_each(
    {"text": "enough", "bytes": b"enough"},
    rfc="7.1.6",
    application=lambda reason: when(MESSAGE, library_call("close", status=4000, reason=reason)),
    surfaces=BOTH,
    tags="answered",
)
def application_closes_with_reason_as(server: Peer, _: object) -> None:
    """The application closes with 4000 and a reason, given as {value}."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario_for_each(
    {"minus_one": -1, "65536": 65536},
    rfc="7.4",
    application=lambda code: when(MESSAGE, library_call("close", status=code)),
    surfaces=BOTH,
    tags="illegal_close",
)
def application_closes_with_code_outside_range(server: Peer, _: int) -> None:
    """The application closes with {value}, which fits no close frame."""
    server.open()
    server.send_text("hello")
    server.await_close_else_close()


@scenario(rfc="7.4.1", application=when(MESSAGE, close(1006)), surfaces=BOTH, tags="illegal_close")
def application_closes_with_code_1006(server: Peer) -> None:
    """The application closes with 1006, which must not be sent."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.1", application=when(MESSAGE, library_call("close")), surfaces=BOTH, tags="answered"
)
def application_closes_with_all_defaults(server: Peer) -> None:
    """The application closes without a code, a reason or a timeout."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, library_call("close", timeout=0)),
    surfaces=BOTH,
    tags="unanswered",
)
def application_closes_without_waiting(server: Peer) -> None:
    """The application closes with a timeout of 0; the peer does not answer."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.await_end()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, library_call("close", timeout=None)),
    surfaces=BOTH,
    tags="answered",
)
def application_closes_and_waits_for_ever(server: Peer) -> None:
    """The application closes with a timeout of None; the peer answers late."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.wait_part_of_close_timeout(2.0)
    server.echo_close()


# How the peer takes it


@scenario(rfc="7.1.1", application=when(MESSAGE, close()), surfaces=BOTH, tags="unanswered")
def peer_sends_data_and_never_answers(server: Peer) -> None:
    """The application closes; the peer goes on sending messages, and never a close frame."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.send_without_end("more")


@scenario(rfc="7.1.1", application=when(MESSAGE, close()), surfaces=BOTH, tags="unanswered")
def peer_answers_with_reset(server: Peer) -> None:
    """The application closes; the peer sends RST and no close frame."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.reset()
