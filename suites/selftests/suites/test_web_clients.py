"""Clients of other languages: what they are asked for, what of them, and that they meet ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.interop.pair import FarEnd
from fixtures.interop.situation import SITUATIONS
from fixtures.model.event import Event
from fixtures.model.scenario import Scenario
from fixtures.reference.client_plan import explain_unplayable, make_plan
from fixtures.reference.web_client import NodeClient, NoSuchClient, Report, open_browser
from suites.interop.agreement import find_disagreements
from suites.reference.client_rules import find_broken

from ..conftest import ROOT
from ..miniatures.miniature_traces import (
    ANSWER,
    REQUEST,
    make_trace,
    peer_receives,
    peer_sends,
    report,
)

ECHO = SITUATIONS["client_says_bye_after_an_echo"].client
USUAL = SITUATIONS["server_says_bye_when_opened"].client
CHAT = SITUATIONS["subprotocol_is_unknown"].client
BYE = (1000, "bye")
OPENED, FAILED = report("opened", "open"), report("failed", "error")
NODE = """
const EventEmitter = require("node:events");
module.exports = class extends EventEmitter {
  constructor(url, protocols) {
    super();
    setImmediate(() => this.emit("open"));
  }
  send(text) {
    setImmediate(() => this.emit("message", Buffer.from(text), false));
  }
  close(code, reason) {
    if (code === 999) throw new TypeError("First argument must be a valid error code number");
    setImmediate(() => this.emit("close", code, Buffer.from(reason)));
  }
};
"""


def closed(*args: Any) -> Event:
    """The close event of a client, with or without whether it was clean."""
    return report("closed", "close", *args, code=args[0])


def test_a_plan_is_the_application_of_a_scenario() -> None:
    """As plain data, for any language."""
    plan = make_plan(ECHO, "ws://127.0.0.1:1/")

    assert json.loads(json.dumps(plan)) == {
        "url": "ws://127.0.0.1:1/",
        "protocols": [],
        "steps": [
            {"point": "opened", "nth": 1, "actions": [{"verb": "send", "args": ["hello"]}]},
            {
                "point": "message",
                "nth": 1,
                "actions": [{"verb": "close", "args": [4000, "enough"]}],
            },
        ],
    }
    assert make_plan(CHAT, "")["protocols"] == ["chat"]


def test_what_a_browser_cannot_do_is_not_asked_for() -> None:
    """It has no pings, and connects once."""
    said = {name: explain_unplayable(one.client) for name, one in SITUATIONS.items()}

    assert said["client_misses_pongs"] == "a browser has no keepalive, and no ping"
    assert said["client_connects_five_times"] == "it connects once, in one way"
    assert [name for name, why in said.items() if not why][:2] == [
        "client_says_bye_when_opened",
        "server_says_bye_when_opened",
    ]


@pytest.mark.parametrize(
    ("scenario", "events", "broken"),
    [
        (USUAL, (OPENED, closed(*BYE, True)), ""),
        (USUAL, (OPENED, closed(*BYE)), ""),
        (USUAL, (OPENED, closed(*BYE, False)), "the close event has [1000, 'bye', True]"),
        (USUAL, (OPENED, closed(1006, "")), "the close event has [1000, 'bye']"),
        (USUAL, (closed(*BYE),), "it is opened 1 times"),
        (USUAL, (OPENED, closed(*BYE), closed(*BYE)), "the close event comes once, and last"),
        (USUAL, (OPENED,), "the close event comes once, and last"),
        (CHAT, (FAILED, closed(1006, "", False)), ""),
        (CHAT, (OPENED, closed(*BYE)), "it is opened 0 times"),
        (CHAT, (closed(1006, ""),), "a connection that cannot be opened is an error"),
    ],
)
def test_the_close_event_is_what_the_wire_says(
    scenario: Scenario, events: tuple[Event, ...], broken: str
) -> None:
    """The code and the reason of the server's close frame, and whether both ends have sent one."""
    wire = (REQUEST, ANSWER, peer_sends("close frame", *BYE), peer_receives("close frame", *BYE))
    found = find_broken(scenario, make_trace(*wire, *events))

    assert "; ".join(found)[: len(broken)] == broken
    assert bool(found) is bool(broken)


@pytest.mark.parametrize(
    ("sent", "told"), [((), (1006, "")), (((None, ""),), (1005, "")), (((4000,),), (4000, ""))]
)
def test_no_frame_and_no_code_have_codes_of_their_own(
    sent: tuple[tuple[Any, ...], ...], told: tuple[Any, ...]
) -> None:
    """RFC 6455, 7.1.5."""
    frames = [peer_sends("close frame", *args) for args in sent]

    assert find_broken(USUAL, make_trace(REQUEST, ANSWER, *frames, OPENED, closed(*told))) == []


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package `ws` for Node which answers itself."""
    if shutil.which("node") is None:
        pytest.skip("there is no node")
    folder = tmp_path / "ws"
    folder.mkdir()
    (folder / "index.js").write_text(NODE)
    (folder / "package.json").write_text('{"name": "ws", "version": "0.1.0"}')
    monkeypatch.setenv("NODE_PATH", str(tmp_path))
    return folder


def test_node_plays_one_plan_after_the_other(node: Path) -> None:
    """What happens is told as it happens; what raises is told as well."""
    client, told = NodeClient(), list[tuple[str, list[Any]]]()

    def note(event: dict[str, Any]) -> None:
        told.append((event["kind"], event["args"]))

    try:
        client.play(make_plan(ECHO, "ws://127.0.0.1:1/"), note)
        client.play(make_plan(ECHO, "ws://127.0.0.1:1/"), note)
    finally:
        client.close()

    assert client.version == "0.1.0"
    assert told == 2 * [
        ("opened", []),
        ("acted", ["hello"]),
        ("message", ["hello"]),
        ("acted", [4000, "enough"]),
        ("closed", [4000, "enough"]),
    ]


def test_a_client_that_is_not_there_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a line each."""
    if shutil.which("node"):
        monkeypatch.setenv("NODE_PATH", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        with pytest.raises(NoSuchClient, match="npm install --prefix DIR ws, and set NODE_PATH"):
            NodeClient()
    monkeypatch.setattr("fixtures.reference.web_client.shutil.which", lambda _: None)
    with pytest.raises(NoSuchClient, match=r"install Node\.js"):
        NodeClient()
    with pytest.raises(NoSuchClient, match="apt-get install chromium"), open_browser():
        pass


class Forgetful:
    """A client that connects, and tells no more than that."""

    name, version = "forgetful", "1"

    def play(self, plan: dict[str, Any], report: Report) -> None:
        """Ask for a WebSocket with curl's means, and go."""
        import socket
        from urllib.parse import urlsplit

        place = urlsplit(plan["url"])
        with socket.create_connection((place.hostname, place.port)) as connection:
            connection.sendall(
                b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
            )
            assert connection.recv(4096).startswith(b"HTTP/1.1 101")
            report({"kind": "opened", "name": "open", "args": []})


@pytest.mark.integration
def test_what_a_client_does_not_tell_is_found(far_end: FarEnd) -> None:
    """The server closes with a code, which this client never tells its program."""
    situation = SITUATIONS["server_says_bye_when_opened"]
    server = SURFACES["tornado_handler"]
    mine, theirs = far_end.run_external(Forgetful(), server, situation)

    assert "the close event comes once, and last; told: ['opened']" in find_broken(USUAL, mine)
    assert "tornado_handler closed 1 connection, forgetful is told of none" in find_disagreements(
        situation, mine, theirs
    )


@pytest.mark.integration
def test_without_its_client_nothing_is_a_success(tmp_path: Path) -> None:
    """What is missing is said, and the run is red."""
    only = ["-rs", "-k", "ws and asgi_uvicorn_sansio and reset", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "suites/reference", *only],
        cwd=ROOT,
        env=os.environ | {"NODE_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout
    assert "1 skipped" in done.stdout
    assert "install" in done.stdout


@pytest.mark.browser
@pytest.mark.integration
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no chromium")
def test_a_browser_meets_a_server() -> None:
    """As the README says, with the arguments of the close event in a table."""
    only = ["-k", "chromium and asgi_uvicorn_sansio", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "suites/reference", *only],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert "server_says_bye_after_an_echo    chromium  4000, 'enough', True" in done.stdout
    assert "subprotocol_is_unknown           chromium  1006, '', False" in done.stdout
