"""A comparison names the objects that a surface's documents describe, and no others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fixtures.drivers.surfaces import SURFACES
from reports.diff.cited_docstrings import (
    compare_docstrings,
    find_promised_docstring,
    find_promised_object,
)
from suites.judging.expectations import called

from ..conftest import Miniature, Promised

RECV = "lib.asyncio.connection.Connection.recv"
SAME = "the docstring of Connection.recv is the same in both"
CHANGED = "the docstring of Connection.recv has changed"


def compare(
    subject: str, names: str, old: Mapping[str, str], new: Mapping[str, str] | None = None
) -> str:
    """What is said of a name on these surfaces of websockets."""
    surfaces = [SURFACES[f"websockets_{name}"] for name in names.split()]
    return compare_docstrings(subject, surfaces, old, old if new is None else new)


def test_promises_name_the_object_they_cite(known: Miniature, promised: Promised) -> None:
    """The place of a source begins with an object, or with words."""
    known()
    promised("on_close", called("on_close"))

    assert find_promised_object("miniature.on_close") == "Miniature.on_close"
    assert find_promised_object("rule.the_run_ends") == ""
    assert find_promised_object("websocket_client_app.on_close_gets_the_code") == ""


def test_docstrings_of_a_name_are_found_by_api() -> None:
    """Of objects of one name, those of the surfaces' APIs are meant."""
    old = {RECV: "1", RECV.replace("asyncio", "sync"): "1", RECV.replace("asyncio", "trio"): "1"}
    new = old | {RECV.replace("asyncio", "sync"): "2"}

    assert compare("recv", "asyncio_client trio_client", old, new) == SAME
    assert compare("recv", "threading_client", old, new) == CHANGED
    assert compare("recv", "asyncio_client trio_client threading_client", old, new) == (
        "the docstring of Connection.recv (sync) has changed; "
        "the docstring of Connection.recv (asyncio, trio) is the same in both"
    )


@pytest.mark.parametrize(
    ("subject", "names", "path"),
    [
        ("handler", "asyncio_server", "lib.asyncio.router.Router.handler"),
        ("handler", "legacy_server", "lib.legacy.server.WebSocketServerProtocol.handler"),
        ("recv", "default_client", RECV),  # in an older release, it is the legacy API
        ("recv", "asyncio_client", RECV.replace("asyncio", "sync")),
        ("close_code", "asyncio_client", "lib.legacy.client.WebSocketClientProtocol.close_code"),
        ("iteration", "asyncio_client", RECV),
    ],
)
def test_what_an_api_has_not_is_not_named(subject: str, names: str, path: str) -> None:
    """An application's own functions, objects that no document cites, and those of other APIs."""
    assert compare(subject, names, {path: "1"}) == ""


def test_a_function_is_no_method_of_that_name() -> None:
    """Nor is it said that a docstring has changed, because a method has come."""
    old = {"lib.sync.client.connect": "1"}
    new = old | {"lib.sync.client.reconnect": "1", "lib.sync.client.reconnect.connect": "2"}

    assert compare("connect", "threading_client", old, new) == (
        "the docstring of connect is the same in both"
    )


def test_what_apis_share_is_of_each() -> None:
    """What a surface's page cites may be in no API's package, such as an exception."""
    path = "lib.exceptions.InvalidStatus"
    check = next(
        check
        for check in find_checks("websockets_threading_client")
        if find_promised_object(check) == "InvalidStatus"
    )

    assert find_promised_docstring(check, {path: "1", f"lib.legacy{path[3:]}": "2"}) == ["1"]


def find_checks(surface: str) -> list[str]:
    """The promises of a surface."""
    from suites.judging.promise import PROMISES

    return [check for check, promise in PROMISES.items() if promise.surface.name == surface]
