"""What the drivers of websocket-client and the promises about it do besides."""

from __future__ import annotations

import pytest

from fixtures.drivers import websocket_client_common as common
from fixtures.drivers.websocket_client_core import Core
from fixtures.model.actions import CLOSED, MESSAGE, library_call, when
from fixtures.model.trace import Value, show
from suites.promises.websocket_client_common import GIVEN_CODE, GIVEN_REASON
from suites.promises.websocket_client_socket import SendsPong

from .miniature_drivers import situation
from .miniature_traces import by_hand, received, told


@pytest.mark.parametrize(
    ("args", "code", "reason"),
    [
        ((), 1000, ""),
        ((4000, "enough"), 4000, "enough"),
        (("timeout=0.3",), 1000, ""),
        (("status=4000", "reason=b'enough'", "timeout=None"), 4000, "enough"),
    ],
)
def test_what_is_given_to_close_by_place_or_by_name(
    args: tuple[Value, ...], code: int, reason: str
) -> None:
    """What is not given is the documented default."""
    trace = by_hand(told("acted", "close", *args, how="acted"))

    assert (GIVEN_CODE.find(trace), GIVEN_REASON.find(trace)) == (code, reason)


def test_without_a_close_the_defaults_are_given() -> None:
    """A trace in which the application came to close nothing."""
    assert GIVEN_CODE.find(by_hand()) == 1000


def test_a_pong_is_looked_for_on_the_wire() -> None:
    """With the payload of the ping, and no other."""
    trace = by_hand(received("pong frame", {"bytes": "one"}))

    assert SendsPong(b"one").judge(trace).holds
    assert not SendsPong(b"two").judge(trace).holds
    assert (str(SendsPong(b"one")), SendsPong(b"one").judge(by_hand()).recorded) == (
        "sends a pong: b'one'",
        "no pong",
    )


def test_a_cell_leaves_the_defaults_of_the_library_as_they_were() -> None:
    """The default timeout and the default of `reconnect` are of the whole process."""
    with common.default_timeout(1.0):
        common.named(object(), "setdefaulttimeout")(2.0)
        common.named(object(), "set_reconnect")(5)

    assert common.named(object(), "getdefaulttimeout")() is None
    assert common.named(common.named(object(), "_app"), "RECONNECT") == 0


def test_a_name_that_a_release_has_not_got_is_told() -> None:
    """Neither the object, nor its constructor, nor the module knows it."""
    calls = [library_call("vanish"), library_call("abort"), library_call("sslopt", {})]
    found = situation(application=(when(MESSAGE, *calls), when(CLOSED, library_call("ABNF"))))

    assert list(Core.cannot(found)) == ["WebSocket has no vanish()"]


def test_of_a_long_text_the_beginning_is_shown() -> None:
    """A story of megabytes would tell nothing."""
    assert show("x" * 1001) == f"'{'x' * 20}'... (1001 characters)"
    assert show("x" * 1000) == repr("x" * 1000)
