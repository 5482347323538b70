"""How far a library can be upgraded before what is selected changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.model.trace import Trace
from reports.__main__ import main
from reports.results.release import Release

from ..conftest import Miniature
from ..miniatures.miniature_history import few, histories, history, make_release
from ..miniatures.miniature_index import NAME
from ..miniatures.miniature_pairs import CELL, RACE, trace
from ..miniatures.miniature_traces import report

__all__ = ["few", "histories"]

A, B, C = (trace(report("closed", "on_close", text)) for text in "abc")
Ask = Callable[..., str]


@pytest.fixture
def ask(known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """The advice for 1.0, of releases that show these traces in turn."""
    known()

    def ask(*shown: Trace | str, pin: str = "miniature==1.0") -> str:
        releases = [
            Release("miniature", f"1.{n}", f"1.{n}", "", {}, one)
            if isinstance(one, str)
            else make_release(f"1.{n}", {CELL: [one]})
            for n, one in enumerate(shown)
        ]
        history(tmp_path, releases)
        assert main(["advise", pin, "-k", CELL[1], "--histories", str(tmp_path)]) == 0
        return capsys.readouterr().out

    return ask


def test_an_upgrade_to_the_newest(ask: Ask) -> None:
    """Where nothing changes, the newest release is advised."""
    assert "upgrade to 1.2, the newest: none of the 1 cell behaves differently" in ask(A, A, A)


def test_releases_to_skip(ask: Ask) -> None:
    """Releases between, in which something is otherwise, are to be skipped."""
    text = ask(A, B, C, A)

    assert "upgrade to 1.3" in text
    assert "skip        1.1: changes 1 cell" in text
    assert "skip        1.2: changes 1 cell" in text


def test_the_nearest_release_is_reported(ask: Ask) -> None:
    """Beyond what is unchanged: what differs there, and the command that shows it."""
    text = ask(A, A, B, C)

    assert "upgrade to 1.1: none of the 1 cell behaves differently" in text
    assert "beyond      1.3 differs in 1 of 1 cell: `on_close` got 'a', now gets 'c'" in text
    assert "1.3, the nearest, changes 1 cell" in text
    assert "1 cell      `on_close` got 'a', now gets 'c'" in text
    assert "python -m reports compare miniature 1.0 1.3 -k peer_closes_first" in text


def test_a_trifle_is_no_reason_to_stay(ask: Ask) -> None:
    """Where each later release changes something, the nearest is told, and that it is little."""
    text = ask(A, B)

    assert "advice      1.1 differs in 1 of 1 cell: `on_close` got 'a', now gets 'b'" in text
    assert "that is little: upgrade, unless you rely on it" in text


def test_a_broken_release_is_told_from_one_with_a_trifle(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It changes much of what the next one has as before."""
    known()
    cells = [("miniature", name) for name in NAMES]
    a_few, many = [B, A, A, A], [C, C, C, C]
    shown = {"1.0": [A] * 4, "1.1": many, "1.2": a_few, "1.3": a_few}
    releases = [
        make_release(version, {cell: [one] for cell, one in zip(cells, traces, strict=True)})
        for version, traces in shown.items()
    ]
    history(tmp_path, releases)
    assert main(["advise", "miniature==1.0", "--histories", str(tmp_path)]) == 0
    text = capsys.readouterr().out

    assert "advice      skip 1.1; 1.3 differs in 1 of 4 cells: `on_close` got 'a', now gets" in text
    assert "skip        1.1: changes 4 cells; in 1.2, 3 of them are as in 1.0 again" in text
    assert "1.3, the nearest, changes 1 cell" in text
    assert "1.2 to 1.3: changes 1 cell" in text


def test_a_release_whose_breaks_are_mended_is_not_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Though what mends them changes more cells: 1.9.0 lost the peer's code, 1.9.1 tells it."""
    assert main(["advise", "websocket-client==1.8.0", "-k", "websocket_client_app"]) == 0
    text = capsys.readouterr().out

    assert "advice      skip 1.9.0; 1.9.2 differs in " in text
    assert "1.9.2, the nearest, changes " in text
    assert "again, or keep a promise or rule again" in " ".join(text.split())


def test_as_many_cells_are_compared_as_by_compare(capsys: pytest.CaptureFixture[str]) -> None:
    """Those that neither release can play are left out."""
    assert main(["advise", "tornado==6.1"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    main(["compare", "tornado", "6.1", "6.3.2"])
    [verdict] = re.findall(r"verdict +(\d+ of \d+ cells)", capsys.readouterr().out)

    assert f"6.3.2 differs in {verdict}, in " in text
    assert f"tornado 6.1, {verdict.partition(' of ')[2]}" in text


def test_what_never_ends_is_no_trifle(ask: Ask) -> None:
    """In however few cells."""
    text = ask(A, trace(report("closed", "on_close", "a"), waited="hang"))

    assert "now never ends" in text
    assert "read what changes before you upgrade" in text


NAMES = ("peer_ends", "peer_resets", "peer_closes_first", "peer_ends_mid_frame")


def test_nothing_to_upgrade_to(ask: Ask) -> None:
    """The newest release has none above it."""
    assert "1.0 is the newest release of the history" in ask(A)


def test_a_release_that_cannot_be_run_is_named(ask: Ask) -> None:
    """It can be no advice."""
    assert "not run     1.1: it has no wheel" in ask(A, "it has no wheel", A)


def test_minor_changes_hold_nobody_back(ask: Ask) -> None:
    """More log records are no reason to stay."""
    record = {"logger": "miniature", "level": "INFO", "text": "it is open"}
    logs = trace(report("closed", "on_close", "a"), facts={"logs": [record]})

    assert "upgrade to 1.1, the newest" in ask(A, logs)


def test_a_cell_that_could_not_be_run_is_a_change(ask: Ask) -> None:
    """What is not known to be the same is not advised."""
    text = ask(A, trace(problems=("the script failed",)))

    assert "1.1 differs in 1 of 1 cell: 1.1: the script failed" in text
    assert "not run     1.1: the script failed" in text


def test_most_changes_are_left_to_compare(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of many changes the first are reported, and how many there are."""
    known()
    cells = [("miniature", name) for name in NAMES]
    after = {cell: [trace(report("closed", "on_close", cell[1]))] for cell in cells}
    history(
        tmp_path, [make_release("1.0", {cell: [A] for cell in cells}), make_release("1.1", after)]
    )

    assert main(["advise", "miniature==1.0", "--histories", str(tmp_path)]) == 0
    assert "and 1 change more" in capsys.readouterr().out


def test_of_the_index(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A failing connection is the same in every release of the local index."""
    pin = f"{NAME}==1.1"
    assert main(["advise", pin, "-k", "peer_closes_first", "--histories", str(histories)]) == 0

    assert "1.3, the nearest, changes 1 cell" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("pin", "message"),
    [
        ("miniature", "'miniature' does not name a single release: write miniature==V"),
        ("miniature>=1.0", "does not name a single release"),
        ("miniature==1.*", "does not name a single release"),
        ("==1.0", "'==1.0' is not LIBRARY==V"),
        ("nobody==1.0", "no library is called 'nobody'"),
        ("miniature==7", "has no release 7"),
    ],
)
def test_bad_input_is_reported(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str], pin: str, message: str
) -> None:
    """What names no release of the history is an error of the command line."""
    known()
    history(tmp_path, [make_release("1.0", {CELL: [A], RACE: [A]})])

    assert main(["advise", pin, "--histories", str(tmp_path)]) == 2
    assert message in capsys.readouterr().err
