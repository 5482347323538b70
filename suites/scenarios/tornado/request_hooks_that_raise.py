"""Hooks of the opening request that raise."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "error"
HANDLER = ("tornado_handler",)
EXCEPTIONS = {
    "runtime_error": "RuntimeError",
    "value_error": "ValueError",
    "http_error": "HTTPError",
    "cancelled_error": "CancelledError",
    "finish": "Finish",
}
"""The ends of names, and what is raised."""
FOREIGN = {"Origin": "http://elsewhere.example"}


def raises(hook: str, exception: str) -> Settings:
    """The settings for a hook that raises."""
    return Settings(options={hook: f"raises {exception}"})


@scenario_for_each(
    EXCEPTIONS,
    rfc="4.2.2",
    settings=lambda error: raises("prepare", error),
    surfaces=HANDLER,
    tags="not_opened",
)
def prepare_raises(client: Peer, _: str) -> None:
    """`prepare` raises: {value}."""
    client.request()
    client.await_response()


@scenario_for_each(
    EXCEPTIONS,
    rfc="4.2.2",
    settings=lambda error: raises("check_origin", error),
    surfaces=HANDLER,
    tags="not_opened",
)
def check_origin_raises(client: Peer, _: str) -> None:
    """The client has a foreign origin, and `check_origin` raises: {value}."""
    client.request_with(headers=FOREIGN)
    client.await_response()


@scenario_for_each(
    EXCEPTIONS,
    rfc="4.2.2",
    settings=lambda error: raises("get_compression_options", error),
    surfaces=HANDLER,
    tags="not_opened",
)
def get_compression_options_raises(client: Peer, _: str) -> None:
    """`get_compression_options` raises: {value}."""
    client.request()
    client.await_response()


@scenario_for_each(
    EXCEPTIONS,
    rfc="4.2.2",
    settings=lambda error: raises("select_subprotocol", error),
    surfaces=HANDLER,
    tags="not_opened",
)
def select_subprotocol_raises(client: Peer, _: str) -> None:
    """`select_subprotocol` raises: {value}."""
    client.request()
    client.await_response()


@scenario_for_each(
    EXCEPTIONS,
    rfc="4.2.2",
    settings=lambda error: raises("on_finish", error),
    surfaces=HANDLER,
)
def on_finish_raises(client: Peer, _: str) -> None:
    """`on_finish` raises, once the 101 response is sent: {value}. The client waits, and ends."""
    client.request()
    client.await_response()
    client.send_text("hello")
    client.wait_part_of_close_timeout(1.2)
    client.half_close()
    client.await_end()
