"""What a child process does with its job, here in the process of the test."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from fixtures.run import distribution as loaded
from fixtures.run.worker import loopback_only, run

from .conftest import Miniature
from .miniature_index import Index, source
from .miniature_libraries import LIBRARY

CELL = ["miniature", "peer_closes_first"]
UNABLE = ["miniature", "application_is_cancelled_on_message"]


def said(**changed: Any) -> list[dict[str, Any]]:
    """What a child says to a job for the miniature that is installed."""
    folder = Path(loaded.loaded(LIBRARY).file).parent
    job = {
        "library": "miniature",
        "version": "1.0",
        "folders": [str(folder)],
        "cells": [CELL],
        "certificates": "nowhere",
        "seconds": 60.0,
        "stop": 60.0,
    }
    out = io.StringIO()
    run(job | changed, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_job_is_done(known: Miniature) -> None:
    """What was loaded, each cell as it begins and as it ends, the end."""
    known()
    first, begin, cell, last = said()

    assert (first["type"], first["version"]) == ("loaded", "1.0")
    assert begin == {"type": "begin", "cell": CELL, "seconds": 60.0}
    assert (cell["cell"], cell["judged"], len(cell["traces"])) == (CELL, True, 1)
    assert last == {"type": "done"}


def test_a_race_may_take_longer(known: Miniature) -> None:
    """It is run several times."""
    known()
    begin = said(cells=[["miniature", "application_closes_from_elsewhere_when_idle"]])[1]

    assert begin["seconds"] > 60


def test_a_cell_may_not_apply(known: Miniature) -> None:
    """Its reason is all there is."""
    known()
    cell = said(cells=[UNABLE])[2]

    assert cell["traces"] == []
    assert cell["reason"] == "the miniature reads to the end"
    assert cell["judged"]


def test_a_fault_is_that_of_its_cell(known: Miniature) -> None:
    """The next cell is run."""
    known()
    lines = said(cells=[["miniature", "tls_ends_without_alert"], CELL])

    assert lines[2]["failed"]
    assert lines[2]["reason"].startswith("FileNotFoundError: ")
    assert lines[4]["judged"]


def test_a_child_stops_when_its_time_is_over(known: Miniature) -> None:
    """One cell it runs in any case."""
    known()
    lines = said(cells=[UNABLE, CELL], stop=-1.0)

    assert [line["type"] for line in lines] == ["loaded", "begin", "cell", "done"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"version": "2.0"}, "asked for 2.0, but 1.0 was loaded from "),
        ({"folders": ["/nowhere"]}, "asked for what is in /nowhere, but "),
    ],
)
def test_another_library_is_not_run(known: Miniature, changed: dict[str, Any], reason: str) -> None:
    """What was loaded is not what was asked for."""
    known()
    (line,) = said(**changed)

    assert line["type"] == "not runnable"
    assert line["reason"].startswith(reason)


def test_what_cannot_be_imported(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its import raises is the reason; so is what has no metadata."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (absent,) = said(library="miniature-websocket")
    (tmp_path / "miniature_websocket.py").write_text("raise SystemExit(3)")
    (raising,) = said(library="miniature-websocket")
    (tmp_path / "miniature_websocket.py").write_text(source("1.0"))
    (bare,) = said(library="miniature-websocket")
    del sys.modules["miniature_websocket"]

    assert absent["reason"].startswith("importing it raises ModuleNotFoundError: ")
    assert raising["reason"] == "importing it raises SystemExit: 3"
    assert bare["reason"].startswith("miniature-websocket cannot be imported")


def test_a_checkout_is_given_metadata(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its version is what its code says."""
    (tmp_path / "miniature_websocket.py").write_text(source("1.2"))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    first, *_ = said(library="miniature-websocket", version=None, folders=[str(tmp_path)], cells=[])
    del sys.modules["miniature_websocket"]

    assert first["version"] == "1.2"


@pytest.mark.parametrize(
    ("event", "args"),
    [
        ("socket.getaddrinfo", ("example.org", 80)),
        ("socket.getaddrinfo", (b"example.org", 80)),
        ("socket.gethostbyname", ("example.org",)),
        ("socket.connect", (None, ("192.0.2.1", 80))),
        ("socket.sendto", (None, ("2001:db8::1", 80))),
    ],
)
def test_a_child_may_not_leave_the_machine(event: str, args: tuple[Any, ...]) -> None:
    """It may neither look up nor reach anything else."""
    with pytest.raises(PermissionError, match=r"a cell may not .*: loopback only"):
        loopback_only(event, args)


def test_a_child_may_use_loopback() -> None:
    """By address or by name, and sockets of the machine's own."""
    loopback_only("socket.getaddrinfo", (None, 80))
    loopback_only("socket.getaddrinfo", ("localhost", 80))
    loopback_only("socket.connect", (None, ("127.0.0.2", 80)))
    loopback_only("socket.connect", (None, "/run/socket"))
    loopback_only("open", ("/etc/hosts",))
