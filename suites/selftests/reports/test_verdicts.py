"""Verdicts on stored releases: nothing is run, and nothing that is known is red."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Protocol

import msgspec
import pytest
from packaging.version import Version

from fixtures.drivers.surfaces import LIBRARIES
from reports import history
from reports.__main__ import main
from reports.history.file_format import NoBehaviour
from reports.history.provenance import Code
from reports.history.release_verdicts import ReleaseJudge
from suites.judging.issue_files import load_deviations
from suites.judging.issues import LISTED_SINCE
from suites.judging.judge import NOT_TESTABLE


class Few(Protocol):
    """What writes a history of some surfaces, and gives the arguments that name it."""

    def __call__(self, *surfaces: str, code: Code | None = None) -> list[str]:
        """The arguments, once it is written."""


@pytest.mark.integration
@pytest.mark.parametrize("library", LIBRARIES)
def test_every_deviation_of_a_stored_release_is_listed(library: str) -> None:
    """As it is, in the releases in which it is: nothing is broken, and nothing is fixed."""
    found = history.load(library)
    judge = ReleaseJudge(found, load_deviations())
    since = Version(LISTED_SINCE[library])
    red = [
        (version, *cell.node.rpartition("::")[2:], cell.word)
        for version in found.runnable
        if Version(version) >= since
        for cell in judge.judge(found.cells, version)
        if cell.is_red
    ]

    assert red == []


def test_a_line_for_each_release(capsys: pytest.CaptureFixture[str]) -> None:
    """It counts the verdicts, in the order of pytest's summary."""
    status = main(["verdicts", "tornado", "-k", "tornado_client and peer_ends_after_a_message"])
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()[1:]]

    counts = dict(line for line in lines if len(line) == 2)
    assert (status, counts["6.0.2"], counts["6.0.3"]) == (0, "3 kept", "3 known")
    assert counts["listed"] == "from 6.0 on, every known deviation is listed"


def test_one_release_is_reported_check_by_check(capsys: pytest.CaptureFixture[str]) -> None:
    """With the reason of what is listed, and what was recorded else."""
    cell = "websocket_client_app and peer_closes_first and not (tls or rel or dispatcher)"
    status = main(["verdicts", "websocket-client", "--release", "1.3.3", "-k", cell])
    printed = capsys.readouterr().out

    assert status == 0
    assert "cells       1 broken" in printed
    assert "broken      rule.nothing_keeps_running: leftover sockets: 1" in printed
    assert "            websocket_client_app: peer_closes_first" in printed


def test_what_applies_to_no_release_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """A cell that a release cannot play has no verdict."""
    main(
        [
            "verdicts",
            "websockets",
            "--release",
            "10.0",
            "-k",
            "threading_client and peer_resets",
        ]
    )

    assert "6 not applicable" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["tornado", "--release", "5.0"], "the history of tornado has no release 5.0"),
        (["tornado", "-k", "nothing_like_it"], "-k 'nothing_like_it' selects no cell of tornado"),
        (["tornadoes"], "no library is called 'tornadoes'"),
        (["tornado", "--histories", "absent"], "there is no history of tornado"),
    ],
)
def test_what_cannot_be_judged_is_reported(
    arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A release, a cell, a library or a file that is not there."""
    assert main(["verdicts", *arguments]) == 2
    assert text in capsys.readouterr().err


@pytest.fixture
def few(tmp_path: Path) -> Few:
    """A history that holds these surfaces of tornado only, or as the code had them once."""

    def store(*surfaces: str, code: Code | None = None) -> list[str]:
        stored = history.load("tornado")
        kept = {cell: row for cell, row in stored.cells.items() if cell[0] in surfaces}
        stored_outcomes = [known for row in kept.values() for known in row.values()]
        used = {one for known in stored_outcomes if isinstance(known, tuple) for one in known}
        behaviours = {one: behaviour for one, behaviour in stored.behaviours.items() if one in used}
        code = code or stored.code
        found = history.History("tornado", code, stored.releases, kept, behaviours)
        history.write(tmp_path / "tornado.json", found)
        return ["--histories", str(tmp_path)]

    return store


def test_cells_that_are_not_stored_are_reported(
    few: Few, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody has recorded is not judged, and that is said."""
    main(["verdicts", "tornado", "-k", "peer_closes_first", *few("tornado_client")])

    assert "Not judged" in (printed := capsys.readouterr().out)
    assert "5 of 6 cells selected are not in the history" in " ".join(printed.split())


def test_what_was_recorded_by_other_code_is_not_judged(
    few: Few, capsys: pytest.CaptureFixture[str]
) -> None:
    """A behaviour of another scenario, or another driver, says nothing of those of now."""
    other = msgspec.structs.replace(
        history.load("tornado").code, drivers={"tornado_client": "0" * 12}
    )
    arguments = few("tornado_client", code=other)

    assert main(["verdicts", "tornado", "-k", "peer_closes_first", *arguments]) == 2
    assert "6 of 6 cells selected are not in the history" in capsys.readouterr().err


def test_what_could_not_be_run_is_not_testable() -> None:
    """It is red, with the reason, and no cell that a release has not got."""
    cell = ("tornado_client", "peer_ends")
    crashed = dataclasses.replace(
        history.load("tornado"),
        cells={cell: {"6.0": NoBehaviour("the process has ended", failed=True)}},
    )
    (found,) = ReleaseJudge(crashed, ()).judge([cell], "6.1")

    assert (found.word, found.problems) == (NOT_TESTABLE, ("the process has ended",))
    assert found.is_red
