"""`since` dates a cell, each of its parts, and any event of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.model.trace import Trace
from reports.__main__ import main

from ..conftest import Miniature
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_pairs import CELL, RACE, trace
from ..miniatures.miniature_traces import report


def shown(*texts: str | None) -> Trace:
    """A run that opens, and closes with this text, unless that is None."""
    closed = [report("closed", "on_close", text) for text in texts if text is not None]
    return trace(report("opened", "on_open"), *closed)


RELEASES = {
    "1.0": shown(None),
    "1.1": shown("a"),
    "1.2": shown("b"),
    "1.3": shown(None),
    "1.4": shown("a"),
    "1.5": shown("b"),
}


@pytest.fixture
def folder(known: Miniature, tmp_path: Path) -> Path:
    """A history in which `on_close` comes, changes, goes, and comes again."""
    known()
    releases = [
        make_release(version, {CELL: [one], RACE: [RELEASES["1.0"]]})
        for version, one in RELEASES.items()
    ]
    history(tmp_path, [make_release("0.9", {CELL: "it has no client", RACE: "none"}), *releases])
    return tmp_path


def ask(
    folder: Path, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0
) -> list[str]:
    """The lines that `since` prints, or what it says on standard error."""
    assert main(["since", *words, "--histories", str(folder)]) == status
    captured = capsys.readouterr()
    return (captured.err if status else captured.out).splitlines()


def test_every_change_point_is_there_the_newest_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with what changed; what was so in the beginning comes last."""
    lines = ask(folder, capsys, *CELL)

    assert [line for line in lines if line.startswith("since ")] == [
        *("since 1.5", "since 1.4", "since 1.3", "since 1.2", "since 1.1", "since 1.0"),
    ]
    assert lines[-2:] == ["at first, in 0.9", "  shows       nothing: it has no client"]
    assert sum("`on_close` got 'a', now gets 'b'" in line for line in lines) == 2


def test_parts_that_are_older_than_the_whole_are_dated(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that nobody takes the last change for the age of everything."""
    lines = ask(folder, capsys, "/".join(CELL))

    assert "  since       1.5 as a whole" in lines
    assert "  parts       on_open(): since 1.0" in lines
    assert "              on_close('b'): since 1.5, and 1.2" in lines


def test_an_event_is_dated_by_the_release_that_began_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not by one that changed its arguments; how it was before is told."""
    lines = ask(folder, capsys, *CELL, "--event", "on_close")

    assert lines[1:4] == [
        "  since       1.4: on_close is there since then",
        "  before      1.3: on_close was not there",
        "  before      1.1 to 1.2: on_close was there",
    ]
    assert "  1.5         on_close('b')" in lines
    assert [line for line in lines if line.startswith("since ")] == ["since 1.4"]
    assert "  change      `on_close` is now called, with 'a'" in lines


def test_an_event_that_ended_is_dated_by_its_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a release that does not have it; one that has been there from the start has no end."""
    ended = ask(folder, capsys, *CELL, "--event", "ON_CLOSE", "--release", "1.3")
    always = ask(folder, capsys, *RACE, "--event", "on_open", "--release", "1.2")

    assert "  since       1.3: ON_CLOSE is not there since then" in ended
    assert "  change      `on_close` is no longer called (it was with 'b')" in ended
    assert "  since       1.0: on_open is there since then" in always


def test_an_event_of_the_oldest_release(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has always been there, as far as anybody knows."""
    known()
    history(tmp_path, [make_release("1.0", {CELL: [shown("a")]})])
    lines = ask(tmp_path, capsys, *CELL, "--event", "on_close")

    assert lines[1].endswith(
        "1.0, the oldest release of the history: on_close has always been there"
    )
    assert len(lines) == 3


def test_an_event_that_never_was_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It lists those that the cell has shown."""
    [line] = ask(folder, capsys, *CELL, "--event", "on_clos", status=2)

    assert (
        "has not shown 'on_clos' in any release up to 1.5; it has shown on_open, on_close" in line
    )


def test_a_surface_alone_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no cell."""
    [line] = ask(folder, capsys, CELL[0], status=2)

    assert f"give a scenario as well: {CELL[0]} SCENARIO, or {CELL[0]}/SCENARIO" in line
