"""Everything about one cell: documents, timeline, verdict, history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.__main__ import main
from reports.history import load
from reports.render import cell_explanation
from reports.render.cell_explanation import Observation, explain_cell
from reports.results.release import CellResult
from suites.judging.expectations import called

from ..conftest import Listed, Miniature, Promised
from ..miniatures.miniature_history import FIRST, few, histories, history, make_release
from ..miniatures.miniature_index import CHANGES, NAME, Index
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, report_close, trace

__all__ = ["few", "histories"]


def text_of(seen: Observation, folder: Path | None = None) -> str:
    """What is reported of the miniature's cell."""
    known = load("miniature", folder) if folder else None
    found = explain_cell(CELL, seen, known, "there is no history")
    return "\n".join(
        line for one in found for line in [one.title, *(f"{x.label}: {x.text}" for x in one.lines)]
    )


def test_of_the_index(histories: Path, listed: Listed, capsys: pytest.CaptureFixture[str]) -> None:
    """A release is run, and its timeline stands between documents and history."""
    command = ["explain", *FIRST, "--release", "1.2", "--histories", str(histories)]
    assert main(command) == 0
    text = capsys.readouterr().out

    assert "happens     The peer starts the closing handshake with 1000 and a reason." in text
    assert "nothing about this: the behaviour is recorded, but no document promises it" in text
    assert f"What {NAME} 1.2 does (run with CPython" in text
    assert "    server sent close 1000 'bye'" in text
    assert "    client sent request 'GET / HTTP/1.1'" in text
    assert "application on_close(None, None)" in text
    assert "ends        at once" in text
    assert "The verdict: broken" in text
    assert f"History: {NAME} 1.0 to 1.3" in text
    assert [line for line in text.splitlines() if line.startswith("since")] == [
        "since 1.1",
        "since 1.2",
        "since 1.3",
    ]


def test_the_newest_by_default(
    histories: Path, listed: Listed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the library is not installed, the newest release of the history is run."""
    assert main(["explain", *FIRST, "--histories", str(histories)]) == 0
    assert f"What {NAME} {[*CHANGES][-1]} does" in capsys.readouterr().out


def test_what_cannot_be_run_comes_from_the_history(
    histories: Path,
    listed: Listed,
    miniature_index: Index,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A release that the index no longer has is reported as the history knows it."""
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path_factory.mktemp("empty")))
    command = ["explain", *FIRST, "--histories", str(histories), "--release"]
    assert main([*command, "1.1"]) == 0
    text = capsys.readouterr().out

    assert f"What {NAME} 1.1 does (from the history for CPython 3." in text
    assert "application on_close(None, None)" in text
    assert main([*command, "7.0"]) == 3
    assert f"{NAME} 7.0 shows nothing" in capsys.readouterr().out


def test_promises_and_known_deviations(
    known: Miniature, promised: Promised, listed: Listed
) -> None:
    """Each promise has its source and its verdict; a known deviation its reason."""
    known()
    promised("on_open", called("on_open").once())
    promised("on_close", called("on_close", 1000, "bye").once())
    listed(
        {
            "checks": ["on_close"],
            "scenarios": ["peer_closes_first"],
            "signatures": ["on_close(None, None)"],
        }
    )
    text = text_of(Observation("1.0", CellResult((AFTER,)), "run"))

    assert "documented: “It is called at the end”" in text
    assert "https://example.org/api, Miniature.on_close" in text
    assert "that is: on_close(1000, 'bye'), once  [miniature.on_close]" in text
    assert "kept: miniature.on_open: on_open()" in text
    assert "known: miniature.on_close: on_close(None, None)" in text
    assert "bug: It reports the close twice. https://example.org/issues/1" in text
    assert "The verdict: known" in text
    assert "kept: " in text


def test_a_race_shows_each_outcome(known: Miniature, listed: Listed, tmp_path: Path) -> None:
    """Each outcome has its own timeline, and says how often it came."""
    known()
    history(tmp_path, [make_release("1.0", {CELL: [BEFORE]})])
    text = text_of(Observation("1.0", CellResult((BEFORE, AFTER, AFTER)), "run"), tmp_path)

    assert "runs: 1 of 3" in text
    assert "runs: 2 of 3" in text
    assert "The verdict: unstable" in text


def test_long_facts_are_cut(known: Miniature, listed: Listed) -> None:
    """An end fact takes no more than a few lines."""
    known()
    shown = trace(facts={"close_reason": "x" * 1000})
    text = text_of(Observation("1.0", CellResult((shown,)), "run"))

    assert "at the end: close_reason: 'xxx" in text
    assert "x" * cell_explanation.LONGEST not in text


def test_what_could_not_be_judged(known: Miniature, listed: Listed) -> None:
    """A fault of our own machinery is reported as one."""
    known()
    shown = replace(report_close(1000), problems=("the script failed",))
    text = text_of(Observation("1.0", CellResult((shown,)), "run"))

    assert "not testable: the script failed" in text


def test_without_a_history(
    miniature_index: Index,
    listed: Listed,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where there is no history, the rest is reported, and how to build one."""
    command = ["explain", *FIRST, "--release", "1.0", "--histories", str(tmp_path)]
    assert main(command) == 0
    assert f"there is no history of {NAME}" in capsys.readouterr().out
