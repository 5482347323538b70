"""What a handler adds to the response that opens: a subprotocol, headers of its own."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
HANDLER = ("tornado_handler",)
FIELD = "Sec-WebSocket-Protocol"
READING = {"open": "reads the subprotocol"}


def open_and_leave(client: Peer, offer: str | None) -> None:
    """Offer subprotocols, see which one is selected, and close."""
    client.request_with(headers={FIELD: offer})
    client.await_response()
    client.note_headers(FIELD)
    client.send_close(1000, "bye")
    client.await_close()


@scenario_for_each(
    {"two": "superchat, chat", "an_empty_one": "superchat, , chat", "its_own": "chat"},
    rfc="4.2.2",
    settings=Settings(options={"select_subprotocol": "selects chat", **READING}),
    surfaces=HANDLER,
    tags="with_reason",
)
def handler_selects_of(client: Peer, offer: str) -> None:
    """`select_subprotocol` returns "chat"; the client offers {value}."""
    open_and_leave(client, offer)


@scenario_for_each(
    {"two": "superchat, chat", "none": None, "an_empty_list": ""},
    rfc="4.2.2",
    settings=Settings(options=READING),
    surfaces=HANDLER,
    tags="with_reason",
)
def handler_selects_none_of(client: Peer, offer: str | None) -> None:
    """`select_subprotocol` returns None; the client offers {value}."""
    open_and_leave(client, offer)


@scenario(
    rfc="7.1.5",
    settings=Settings(
        options={"select_subprotocol": "selects chat", "on_close": "reads the subprotocol"}
    ),
    surfaces=HANDLER,
    tags="with_reason",
)
def handler_looks_back_at_its_protocol(client: Peer) -> None:
    """`on_close` reads the subprotocol that `select_subprotocol` has returned."""
    open_and_leave(client, "chat")


@scenario_for_each(
    {"others": "superchat, gossip", "none": None},
    rfc="4.2.2",
    settings=Settings(options={"select_subprotocol": "selects chat"}),
    surfaces=HANDLER,
    tags="not_opened",
)
def handler_selects_its_own_of(client: Peer, offer: str | None) -> None:
    """`select_subprotocol` returns "chat", although the client offers {value}."""
    client.request_with(headers={FIELD: offer})
    client.await_response()
    client.half_close()


@scenario_for_each(
    {"in_prepare": "prepare", "by_default": "set_default_headers"},
    rfc="4.2.2",
    settings=lambda method: Settings(options={method: "sets a response header"}),
    surfaces=HANDLER,
    tags="with_reason",
)
def handler_adds_a_header(client: Peer, _: str) -> None:
    """The handler adds a header of its own to the response, {value}; the client closes."""
    client.request_with()
    client.await_response()
    client.note_headers("X-Own")
    client.send_close(1000, "bye")
    client.await_close()


@scenario_for_each(
    {"in_prepare": "prepare", "by_default": "set_default_headers"},
    rfc="4.2.2",
    settings=lambda method: Settings(options={method: "sets a response header"}),
    surfaces=HANDLER,
    tags="not_opened",
)
def handler_adds_a_header_to_a_refusal(client: Peer, _: str) -> None:
    """The handler adds a header of its own, {value}; the client's version is another."""
    client.request_with(headers={"Sec-WebSocket-Version": "12"})
    client.await_response()
    client.note_headers("X-Own", "Sec-WebSocket-Version")
    client.half_close()
