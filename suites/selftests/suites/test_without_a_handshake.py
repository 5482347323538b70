"""A server to which no connection opens: no rule and no promise blames it for that."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.actions import OPENED, close, leave, raise_error, when
from fixtures.model.scenario import SCENARIOS
from fixtures.net.certificates import Certificates
from fixtures.peer.steps import Peer
from fixtures.run.cell import run_cell
from suites.judging.judge import RED, judge
from suites.judging.promise import PROMISES
from suites.promises.websockets.connection_situations import ALL

SERVERS = [
    name
    for name, surface in SURFACES.items()
    if surface.role == "server" and not name.endswith("_command")
]
"""A command waits in real time for a request that does not come; its variant does in virtual."""
SILENT = SCENARIOS["client_ends_in_the_handshake"]


def scans(client: Peer) -> None:
    """The client connects, and ends TCP without a byte."""
    client.connect()
    client.half_close()


def refuses_itself(client: Peer) -> None:
    """The client's request is no opening request, and it reads what is answered."""
    client.request_with("GET / HTTP/1.1", {"Upgrade": None})
    client.await_response()


@pytest.mark.parametrize("script", [scans, refuses_itself])
@pytest.mark.parametrize("name", SERVERS)
def test_no_rule_blames_a_server(
    name: str, script: Callable[[Peer], None], certificates: Certificates
) -> None:
    """What the application would do with a connection makes no difference."""
    would = tuple(when(OPENED, action) for action in (close(), leave(), raise_error()))
    played = dataclasses.replace(SILENT, script=script, application=would)
    found = judge(SURFACES[name], played, [run_cell(SURFACES[name], played, certificates)])

    assert found.problems == ()
    assert [one.check for one in found.verdicts if one.word in RED] == []


def test_no_promise_about_open_connections_is_about_those_that_do_not_open() -> None:
    """They select by tags, which follow from what an application would do."""
    closed = [name for name, one in SCENARIOS.items() if "not_opened" in one.tags]
    about = [one for one in PROMISES.values() if one.name.startswith("handler_runs_once")]

    assert [one.name for one in ALL if one.name in closed] == []
    assert [one.id for one in about if one.scenarios & {*closed}] == []
