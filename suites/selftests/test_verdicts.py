"""Verdicts on stored releases: nothing is run, and nothing that is known is red."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.version import Version

from fixtures.surfaces import LIBRARIES
from reports import history
from reports.__main__ import main
from reports.verdicts import judged
from suites.deviation import LISTED_SINCE, load


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_deviation_of_a_stored_release_is_listed(library: str) -> None:
    """As it is, in the releases in which it is: nothing is broken, and nothing is fixed."""
    found, deviations = history.load(library), load()
    since = Version(LISTED_SINCE[library])
    red = [
        (version, *cell.node.rpartition("::")[2:], cell.word)
        for version in found.runnable
        if Version(version) >= since
        for cell in judged(found, found.cells, version, deviations)
        if cell.is_red
    ]

    assert red == []


def test_a_line_for_each_release(capsys: pytest.CaptureFixture[str]) -> None:
    """It counts the verdicts, in the order of pytest's summary."""
    status = main(["verdicts", "tornado", "-k", "tornado_client and peer_ends_after_a_message"])
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()[1:]]

    told = dict(line for line in lines if len(line) == 2)
    assert (status, told["6.0.2"], told["6.0.3"]) == (0, "2 kept", "2 known")
    assert told["listed"] == "from 6.0 on, every known deviation is listed"


def test_one_release_is_told_check_by_check(capsys: pytest.CaptureFixture[str]) -> None:
    """With the reason of what is listed, and what was recorded else."""
    cell = "websocket_client_app and peer_closes_first and not (tls or rel or dispatcher)"
    status = main(["verdicts", "websocket-client", "--release", "1.3.3", "-k", cell])
    told = capsys.readouterr().out

    assert status == 0
    assert "cells       1 broken" in told
    assert "broken      rule.nothing_keeps_running: leftover sockets: 1" in told
    assert "            in peer_closes_first" in told


def test_what_applies_to_no_release_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """A cell that a release cannot play has no verdict."""
    main(["verdicts", "websockets", "--release", "10.0", "-k", "threading_client and peer_resets"])

    assert "5 not applicable" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["tornado", "--release", "5.0"], "the history of tornado has no release 5.0"),
        (["tornado", "-k", "nothing_like_it"], "no cell of tornado is selected"),
        (["tornadoes"], "no library is called 'tornadoes'"),
        (["tornado", "--histories", "absent"], "there is no history of tornado"),
    ],
)
def test_what_cannot_be_judged_is_told(
    arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A release, a cell, a library or a file that is not there."""
    assert main(["verdicts", *arguments]) == 2
    assert text in capsys.readouterr().err


def test_cells_that_are_not_stored_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody has recorded is not judged, and that is said."""
    stored = history.load("tornado")
    kept = {cell: row for cell, row in stored.cells.items() if cell[0] == "tornado_client"}
    used = {one for row in kept.values() for known in row.values() for one in known}
    behaviours = {one: told for one, told in stored.behaviours.items() if one in used}
    few = history.History("tornado", stored.code, stored.releases, kept, behaviours)
    history.write(tmp_path / "tornado.json", few)

    main(["verdicts", "tornado", "-k", "peer_closes_first", "--histories", str(tmp_path)])

    assert "Not judged" in (told := capsys.readouterr().out)
    assert "the history holds 1 of 3 cells that are selected" in told
