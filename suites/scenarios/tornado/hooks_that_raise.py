"""Hooks of an open connection that raise, at once or after they have waited, or are cancelled."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.model.actions import (
    FAILED,
    MESSAGE,
    OPENED,
    PING,
    PONG,
    Action,
    cancel,
    raise_error,
    when,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "error"
COROUTINES = ("tornado_handler_coroutines",)
BOTH = ("tornado_handler", "tornado_handler_coroutines")
EXCEPTIONS: Mapping[str, Action] = {
    "value_error": raise_error(ValueError),
    "http_error": raise_error("HTTPError"),
    "cancelled_error": raise_error("CancelledError"),
    "finish": raise_error("Finish"),
}
"""What is raised besides an error of the application's own."""
LATE = {
    "runtime_error": "RuntimeError",
    "http_error": "HTTPError",
    "cancelled_error": "CancelledError",
}
"""The ends of names, and what a hook raises after it has waited."""


def waits_in(hook: str, exception: str) -> Settings:
    """The settings for a hook that waits until it is released, and then raises."""
    return Settings(options={hook: f"waits, then raises {exception}"})


# At once


@scenario_for_each(
    EXCEPTIONS, rfc="7.1.7", application=lambda act: when(OPENED, act), surfaces=BOTH
)
def open_raises(client: Peer, _: Action) -> None:
    """`open` raises: {value}."""
    client.open()
    client.await_close_else_close()


@scenario_for_each(
    EXCEPTIONS, rfc="7.1.7", application=lambda act: when(MESSAGE, act), surfaces=BOTH
)
def on_message_raises(client: Peer, _: Action) -> None:
    """`on_message` raises: {value}."""
    client.open()
    client.send_text("hello")
    client.await_close_else_close()


@scenario_for_each(EXCEPTIONS, rfc="7.1.7", application=lambda act: when(PING, act), surfaces=BOTH)
def on_ping_raises(client: Peer, _: Action) -> None:
    """`on_ping` raises: {value}."""
    client.open()
    client.send_ping(b"are you there")
    client.await_close_else_close()


@scenario_for_each(EXCEPTIONS, rfc="7.1.7", application=lambda act: when(PONG, act), surfaces=BOTH)
def on_pong_raises(client: Peer, _: Action) -> None:
    """`on_pong` raises: {value}."""
    client.open()
    client.send_pong(b"here I am")
    client.await_close_else_close()


@scenario(
    rfc="7.1.7",
    application=[when(MESSAGE, raise_error()), when(FAILED, raise_error(ValueError))],
    surfaces=BOTH,
)
def log_exception_raises(client: Peer) -> None:
    """`on_message` raises, and `log_exception` raises as well; the client waits, and resets."""
    client.open()
    client.wait_for(OPENED)
    client.wait_part_of_close_timeout(0.1)
    client.send_text("hello")
    client.wait_for(FAILED)
    client.wait_part_of_close_timeout(1.2)
    client.reset()


# After it has waited


@scenario_for_each(
    LATE, rfc="7.1.7", settings=lambda error: waits_in("open", error), surfaces=COROUTINES
)
def open_waits_and_raises(client: Peer, _: str) -> None:
    """`open` raises after it has awaited something: {value}."""
    client.open()
    client.wait_for(OPENED)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close_else_close()


@scenario_for_each(
    LATE, rfc="7.1.7", settings=lambda error: waits_in("on_message", error), surfaces=COROUTINES
)
def on_message_waits_and_raises(client: Peer, _: str) -> None:
    """`on_message` raises after it has awaited something: {value}."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close_else_close()


@scenario_for_each(
    LATE, rfc="7.1.7", settings=lambda error: waits_in("on_ping", error), surfaces=COROUTINES
)
def on_ping_waits_and_raises(client: Peer, _: str) -> None:
    """`on_ping` raises after it has awaited something: {value}."""
    client.open()
    client.send_ping(b"are you there")
    client.wait_for(PING)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close_else_close()


@scenario_for_each(
    LATE, rfc="7.1.7", settings=lambda error: waits_in("on_pong", error), surfaces=COROUTINES
)
def on_pong_waits_and_raises(client: Peer, _: str) -> None:
    """`on_pong` raises after it has awaited something: {value}."""
    client.open()
    client.send_pong(b"here I am")
    client.wait_for(PONG)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close_else_close()


# Cancelled


@scenario(rfc="7.1.2", application=when(OPENED, cancel()), surfaces=BOTH)
def open_is_cancelled(client: Peer) -> None:
    """The task in which `open` runs is cancelled there."""
    client.open()
    client.await_close_else_close()


@scenario(rfc="7.1.2", application=when(PING, cancel()), surfaces=BOTH)
def on_ping_is_cancelled(client: Peer) -> None:
    """The task in which `on_ping` runs is cancelled there."""
    client.open()
    client.send_ping(b"are you there")
    client.await_close_else_close()


@scenario(rfc="7.1.2", application=when(PONG, cancel()), surfaces=BOTH)
def on_pong_is_cancelled(client: Peer) -> None:
    """The task in which `on_pong` runs is cancelled there."""
    client.open()
    client.send_pong(b"here I am")
    client.await_close_else_close()
