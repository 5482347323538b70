"""What a history tells: change points, and which release made a cell what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from fixtures.model.trace import Trace
from reports.__main__ import main
from reports.history import load
from reports.history.change_points import between, change_points
from reports.history.stored_history import History
from reports.render.history_report import report_not_run
from reports.results.release import Cell

from ..conftest import Miniature
from ..miniatures.miniature_history import FIRST, count, few, histories, history, make_release
from ..miniatures.miniature_index import NAME
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, trace
from ..miniatures.miniature_traces import report

__all__ = ["few", "histories"]

Cells = Mapping[Cell, Sequence[Trace] | str]
A, B, C = (trace(report("closed", "on_close", text)) for text in "abc")


def ask(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command prints; it ends well."""
    assert main([str(one) for one in arguments]) == 0
    return capsys.readouterr().out


def test_each_change_is_found(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the releases 1.1, 1.2 and 1.3 changes one thing, reported in the library's words."""
    text = ask(capsys, "history", NAME, "--histories", histories)

    assert [line for line in text.splitlines() if line.startswith("since")] == [
        "since 1.1",
        "since 1.2",
        "since 1.3",
    ]
    assert "`on_close` got (the peer's code, the peer's reason), now gets (None, None)" in text
    assert "`on_error` is now called, with Closed(code=the peer's code), before `on_close`" in text
    assert "`run` returned False, now True" in text
    assert "python -m reports compare miniature-websocket 1.0 1.1" in text


def test_the_same_text_every_time(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asked again, a history says the same."""
    texts = {ask(capsys, "history", NAME, "--histories", histories) for _ in range(3)}

    assert len(texts) == 1


def test_releases_that_cannot_be_run() -> None:
    """They are reported by reason; of many, the first and the last are named."""
    few = {"1.0": "no wheel", "1.1": None, "1.2": "no wheel", "1.3": "it is broken"}
    many = dict.fromkeys([f"1.{n}" for n in range(7)], "no wheel")

    assert [line.text for line in report_not_run(few)] == [
        "1.0, 1.2: no wheel",
        "1.3: it is broken",
    ]
    assert [line.text for line in report_not_run(many)] == ["1.0 to 1.6, 7 releases: no wheel"]


def test_one_cell_tells_how_it_began(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where one cell is selected, what it first showed stands above its changes."""
    text = ask(capsys, "history", NAME, "-k", FIRST[1], "--histories", histories)

    assert "at first    on_open(), on_close(1000, 'bye'), run -> False" in text
    assert "  in " not in text


def test_a_cell_that_does_not_apply(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cell without behaviours says why."""
    cells = "application_closes_before_connecting"
    text = ask(capsys, "history", NAME, "-k", cells, "--histories", histories)

    assert "at first    nothing: there is nothing to act on yet" in text


def test_since(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last change of a cell is reported, with what it shows now."""
    text = ask(capsys, "since", *FIRST, "--histories", histories)

    assert "since       1.3" in text
    assert "on_open(), on_error(Closed(code=1000)), on_close(None, None), run -> True" in text
    assert "change      `run` returned False, now True" in text


def test_since_of_an_older_release(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Up to an older release, the last change is an older one, or there is none."""
    older = ask(capsys, "since", *FIRST, "--release", "1.1", "--histories", histories)
    oldest = ask(capsys, "since", *FIRST, "--release", "1.0", "--histories", histories)

    assert "since       1.1" in older
    assert "1.0, the oldest release of the history: it has always been like this" in oldest


def test_minor_changes_are_distinguished(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Log records are reported if asked for, and make no cell what it is."""
    known()
    record = {"logger": "miniature", "level": "INFO", "text": "it is open"}
    logs = trace(report("closed", "on_close", "a"), facts={"logs": [record]})
    history(tmp_path, [make_release("1.0", {CELL: [A]}), make_release("1.1", {CELL: [logs]})])

    printed = ask(capsys, "history", "miniature", "-k", CELL[1], "--histories", tmp_path)
    every = ask(capsys, "history", "miniature", "--minor", "-k", CELL[1], "--histories", tmp_path)
    since = ask(capsys, "since", *CELL, "--histories", tmp_path)

    assert "minor       1.1 (1 cell): no more than what --minor shows" in printed
    assert "wording     the history holds no texts" in printed
    assert "since 1.1" not in printed
    assert "minor       1 more log record: INFO of miniature" in every
    assert "minor       there are minor changes in 1.1" in since


def test_a_new_attribute_makes_no_cell_what_it_is(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`since` names the release before, and says when the attribute came."""
    known()
    now = trace(report("closed", "on_close", "b"), facts={"code": 1000, "reason": ""})
    before = trace(
        report("closed", "on_close", "b"), facts={"code": missing(), "reason": missing()}
    )
    shown = {"1.0": A, "1.1": before, "1.2": now}
    history(tmp_path, [make_release(v, {CELL: [one], RACE: [A]}) for v, one in shown.items()])
    since = ask(capsys, "since", *CELL, "--histories", tmp_path)
    whole = ask(capsys, "history", "miniature", "-k", "peer_closes_first", "--histories", tmp_path)

    assert "since       1.1" in since
    assert "new         in 1.2: `code` is new; `reason` is new" in since
    assert "new: `code` is new; `reason` is new" in whole


def missing() -> Mapping[str, str]:
    """What a fact says of an attribute that an object does not have."""
    return {"not there": "code"}


RACES = {
    "1.0": [A, *[B] * 11],
    "1.1": [B] * 12,
    "1.2": [*[A] * 8, *[B] * 4],
    "1.3": [C] * 12,
    "1.4": [A, *[B] * 11],
}


@pytest.mark.parametrize(
    ("make", "words", "told"),
    [
        (count, ["minor", "changed", "changed", "changed"], "rare (1 of 12 runs, before)"),
        (history, ["minor", "minor", "changed", "changed"], "in some runs (before)"),
    ],
)
def test_a_race_changes_if_an_outcome_is_gone_or_new(
    make: Callable[..., History], words: list[str], told: str, known: Miniature, tmp_path: Path
) -> None:
    """By how often it came, or, where that is not stored, if the sets have nothing in common."""
    known()
    found = make(tmp_path, [make_release(version, {RACE: runs}) for version, runs in RACES.items()])
    (rare,) = between(found, "1.0", "1.1", [RACE]).differences

    assert [point.words for point in change_points(found, [RACE])] == [{one: 1} for one in words]
    assert [one.text for one in rare.changes] == [f"{told}: `on_close` got 'a', now gets 'b'"]


def test_a_bug_that_is_mended_in_the_newest_release_is_gone(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`since` does not state of a release what only the one before shows."""
    known()
    sets = {"1.0": [A] * 12, "1.1": [*[A] * 4, *[B] * 8], "1.2": [A] * 12}
    count(tmp_path, [make_release(version, {RACE: runs}) for version, runs in sets.items()])
    text = ask(capsys, "since", *RACE, "--histories", tmp_path)

    assert "since       1.2" in text
    assert "race        some runs are as before" in text
    assert "change      `on_close` got 'b', now gets 'a'" in text


def test_what_appears_and_goes_is_reported(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cell that begins to apply, stops, or could not be run, says so with the reason."""
    known()
    lacks: Cells = {CELL: "it has no client", RACE: [A]}
    history(
        tmp_path,
        [
            make_release("1.0", lacks),
            make_release("1.1", {CELL: [BEFORE], RACE: [A]}),
            make_release("1.2", lacks),
            make_release("1.3", {CELL: [trace(problems=("the script failed",))], RACE: [A]}),
        ],
    )

    text = ask(capsys, "history", "miniature", "--histories", tmp_path)

    assert "1 cell      new (before: it has no client)" in text
    assert "1 cell      gone (it has no client)" in text
    assert "1 cell      not run (1.3: the script failed)" in text
    assert "the history holds 2 of" in text


def test_of_many_cells_there_is_a_summary(
    known: Miniature,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Release by release: how much changes, and what leads; everything if that is asked for."""
    known()
    monkeypatch.setattr("reports.commands.history.FEW", 1)
    lacks: Cells = {CELL: "it has no client", RACE: [A]}
    same: Cells = {CELL: [A], RACE: [A]}
    after: Cells = {CELL: [B], RACE: [C]}
    shown = {"1.0": lacks, "1.1": same, "1.2": after, "1.3": after, "1.4": lacks}
    history(tmp_path, [make_release(version, cells) for version, cells in shown.items()])
    options = ("history", "miniature", "--histories", tmp_path)
    text = ask(capsys, *options)

    assert "  1.1         1 new\n  1.2         2 cells in 2 ways:\n" in text
    assert "`on_close` got 'a', now gets 'b' (1 cell)" in text
    assert "  1.4         1 cell in 1 way, 1 gone:\n" in text
    assert "1.3 " not in text
    assert "all of it   python -m reports history miniature --all" in text
    assert "since 1.2" not in text
    assert "since 1.2" in ask(capsys, *options, "--all")


def test_a_summary_of_no_change_is_short(
    known: Miniature,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It says that none of the cells has changed."""
    known()
    monkeypatch.setattr("reports.commands.history.FEW", 0)
    history(tmp_path, [make_release(version, {CELL: [A]}) for version in ("1.0", "1.1")])
    text = ask(capsys, "history", "miniature", "--histories", tmp_path)

    assert "1 selected, 0 of them changed" in text
    assert "What each release changes" not in text


def test_many_cells_are_counted(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of many cells in which the same changes, a few are named."""
    known()
    cells = [("miniature", name) for name in SOME]
    history(
        tmp_path,
        [
            make_release("1.0", {cell: [BEFORE] for cell in cells}),
            make_release("1.1", {cell: [AFTER] for cell in cells}),
        ],
    )

    text = ask(capsys, "history", "miniature", "--histories", tmp_path)

    assert "12 cells    `on_close` got" in text
    assert "and 4 more" in " ".join(text.split())


SOME = (
    "peer_closes_first",
    "peer_closes_without_reason",
    "peer_closes_after_messages",
    "peer_closes_byte_by_byte",
    "peer_closes_then_ends",
    "peer_sends_data_after_its_close",
    "peer_sends_two_close_frames",
    "peer_ends",
    "peer_resets",
    "application_closes_on_message",
    "application_closes_twice",
    "peer_answers_late",
)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("history", "nothing"), "no library is called 'nothing'"),
        (
            ("history", NAME, "-k", "nothing"),
            "-k 'nothing' selects no cell of miniature-websocket",
        ),
        (("since", "nobody", "peer_ends"), "no surface is called 'nobody'. There are: aiohttp_cl"),
        (("since", FIRST[0], "peer_close_first"), "Did you mean 'peer_closes_first'?"),
        (("since", *FIRST, "--release", "3.0"), "has no release 3.0; it holds 1.0 to 1.3"),
    ],
)
def test_bad_input_is_reported(
    histories: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    """What cannot be asked is an error of the command line."""
    assert main([*arguments, "--histories", str(histories)]) == 2
    assert message in capsys.readouterr().err


def test_a_cell_that_is_not_recorded_is_reported(
    known: Miniature, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A history that holds none of the selected cells says how to record them."""
    known()
    history(tmp_path, [make_release("1.0", {CELL: [A]})])

    assert main(["since", *RACE, "--histories", str(tmp_path)]) == 2
    assert "holds none of the 1 cell selected: python -m reports sweep" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("surface", "scenario", "reason"),
    [
        ("tornado_handler", "server_refuses_with_404", "there the peer is not a client"),
        (
            "websocket_client_core",
            "reconnects_when_peer_ends",
            "it is for websocket_client_app, websocket_client_app_tls",
        ),
        (
            "websocket_client_app_tls",
            "certificate_is_expired",
            "there websocket_client_app shows all there is to see",
        ),
    ],
)
def test_a_surface_without_a_part_is_reported(
    surface: str, scenario: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of another end, of another surface, or of what its variant shows."""
    assert main(["since", surface, scenario]) == 2
    assert f"{surface} has no part in {scenario}: {reason}" in capsys.readouterr().err


def test_a_history_knows_its_own_cells(histories: Path) -> None:
    """Every cell of the few is there."""
    assert FIRST in load(NAME, histories).cells
