"""Closing with every argument: those that are sent, and those that are refused."""

from __future__ import annotations

from fixtures.model.actions import (
    MESSAGE,
    OPENED,
    PING,
    PONG,
    close,
    elsewhere,
    library_call,
    when,
)
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.frames import close_frame, ping, pong, text
from fixtures.peer.steps import Peer
from fixtures.peer.wire import LEGAL_CLOSE_CODES

GROUP = "close"
SURFACES = ("tornado_client", "tornado_client_callback", "tornado_handler")
GIVEN: dict[str, dict[str, object]] = {
    "a_code": {"code": 1001},
    "a_reason": {"reason": "why"},
    "both": {"code": 4000, "reason": "enough"},
}
IN_OTHER_HOOKS = {
    f"{hook}_with_{what}": (point, arguments)
    for hook, point in {"opening": OPENED, "a_ping": PING, "a_pong": PONG}.items()
    for what, arguments in GIVEN.items()
}
"""Where the application closes, and with what, by the end of the name."""


@scenario_for_each(
    {
        "a_code": {"code": 1001},
        "a_reason": {"reason": "why"},
        "an_empty_reason": {"code": 4000, "reason": ""},
        "a_reason_in_bytes": {"code": 4000, "reason": b"why"},
        "a_unicode_reason": {"code": 4000, "reason": "adiós, 世界"},
        "a_reason_of_123_bytes": {"code": 4000, "reason": "x" * 123},
    },
    rfc="7.1.6",
    application=lambda arguments: when(MESSAGE, library_call("close", **arguments)),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_with_only(peer: Peer, _: object) -> None:
    """The application closes on a message and gives {value}; the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario_for_each(
    IN_OTHER_HOOKS,
    rfc="7.1.2",
    application=lambda given: when(given[0], library_call("close", **given[1])),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_on(peer: Peer, _: object) -> None:
    """The application closes on {value}; a ping, a pong and a message come, and the answer."""
    peer.open()
    peer.send(ping(b"are you there"), pong(b"here I am"), text("hello"))
    peer.await_close()
    peer.wait_for(MESSAGE)
    peer.echo_close()


@scenario_for_each(
    LEGAL_CLOSE_CODES,
    rfc="7.4.1",
    application=lambda code: when(MESSAGE, library_call("close", code, "a reason")),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_with_legal_code(peer: Peer, _: int) -> None:
    """The application closes on a message with {value} and a reason; the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario_for_each(
    (0, 1004, 1006, 1015, 2999, 5000, 65535),
    rfc="7.4.2",
    application=lambda code: when(MESSAGE, close(code)),
    surfaces=SURFACES,
    tags="illegal_close",
)
def application_uses_illegal_code_within_range(peer: Peer, _: int) -> None:
    """The application closes with {value}, which fits a close frame, and may not be in one."""
    peer.open()
    peer.send_text("hello")
    peer.await_close_else_close()


@scenario_for_each(
    {
        "code_70000": (70000,),
        "code_minus_one": (-1,),
        "code_as_text": ("1000",),
        "a_reason_of_124_bytes": (4000, "x" * 124),
    },
    rfc="7.4",
    application=lambda arguments: when(OPENED, elsewhere(library_call("close", *arguments))),
    surfaces=SURFACES,
    tags=("illegal_close", "with_reason"),
)
def application_closes_in_vain_with(peer: Peer, _: object) -> None:
    """A task closes with {value}, which no close frame can have; the peer sends, and closes."""
    peer.open()
    peer.wait_for("raised")
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(
    rfc="7.1.2",
    application=when(OPENED, elsewhere(close(4000, "x" * 124)), elsewhere(close(4000, "ok"))),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_again_after_a_refusal(peer: Peer) -> None:
    """A task closes with a reason of 124 bytes, then another one with a shorter reason."""
    peer.open()
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough"), close(4001, "once more")),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_twice_with_other_codes(peer: Peer) -> None:
    """The application closes with 4000, and then with 4001, on the first message."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close(4000, "enough")),
    surfaces=SURFACES,
    tags="unanswered",
)
def peer_resets_instead_of_its_close(peer: Peer) -> None:
    """The application closes with 4000; the peer sends RST and no close frame."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.reset()


# By the peer


@scenario(rfc="5.5.1", surfaces=SURFACES, tags="peer_closes")
def peer_closes_with_a_reason_of_123_bytes(peer: Peer) -> None:
    """The peer closes with the longest reason that a close frame can have."""
    peer.open()
    peer.send_close(1000, "x" * 123)
    peer.await_close()


@scenario(rfc="5.5", surfaces=SURFACES, tags="bad_frame")
def peer_closes_with_a_fragmented_frame(peer: Peer) -> None:
    """The peer sends a close frame that is said to be the first fragment of a message."""
    peer.open()
    peer.send(close_frame(1000, "bye").replace(fin=False))
    peer.await_close_else_close()
