"""`compare` on releases of a miniature library, each with one lifecycle change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reports.__main__ import main

from ..miniatures.miniature_index import Index

ONE = ("-k", "miniature_websocket_client-peer_closes_first")
LIBRARY = "miniature-websocket"


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and what was printed."""
    status = main(["compare", LIBRARY, *arguments])
    return status, capsys.readouterr().out


CHANGES = (
    ("1.0", "1.1", "`on_close` got (the peer's code, the peer's reason), now gets (None, None)"),
    (
        "1.1",
        "1.2",
        "`on_error` is now called, with Closed(code=the peer's code), before `on_close`",
    ),
    ("1.2", "1.3", "`run` returned False, now True"),
)


@pytest.mark.parametrize(("old", "new", "wanted"), CHANGES)
def test_each_change_is_found(
    old: str, new: str, wanted: str, miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one thing that a release changes is the one thing that is reported."""
    status, text = ran(capsys, old, new, *ONE)

    assert status == 1
    assert text.count("  change ") == 1
    assert f"  change      {wanted}\n" in text


def test_a_release_is_like_itself(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing changes, and that is exit status 0."""
    status, text = ran(capsys, "1.0", "1.0", *ONE)

    assert (status, "1 same" in text) == (0, True)


def test_nothing_selected_is_no_success(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """An expression that selects nothing is reported, and is exit status 3."""
    status, text = ran(capsys, "1.0", "1.1", "-k", "clsoe")

    assert status == 3
    assert "-k 'clsoe' selects no cell of miniature-websocket" in text


def test_a_release_that_does_not_exist_is_reported(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason stands in the head, and it is exit status 3."""
    status, text = ran(capsys, "1.0", "9.9", *ONE)

    assert status == 3
    assert "  not run     9.9: " in text
    assert "1 cell could not be run" in text


def test_traces_are_shown_if_asked_for(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every event of both sides, in columns."""
    _, text = ran(capsys, "1.0", "1.1", *ONE, "--trace")

    assert "miniature_websocket_client/peer_closes_first, before: 1.0\n" in text
    assert "\n  on_close(None, None)\n" in text
    assert "rule." not in text


def test_a_report_goes_into_a_file_as_well(
    miniature_index: Index, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`--output` writes the format; people still get something to read."""
    path = tmp_path / "report"
    _, printed = ran(capsys, "1.0", "1.1", *ONE, "--format", "json", f"--output={path}")
    data: Any = json.loads(path.read_text())
    _, only = ran(capsys, "1.0", "1.1", *ONE, "--format", "json")
    ran(capsys, "1.0", "1.1", *ONE, f"--output={path}")

    assert printed.startswith("miniature-websocket 1.0 -> 1.1\n")
    assert data == json.loads(only)
    assert path.read_text() == printed


@pytest.mark.parametrize(("form", "start"), [("junit", "<?xml"), ("markdown", "### miniature")])
def test_other_forms_are_printed(
    form: str, start: str, miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Markdown and JUnit."""
    assert ran(capsys, "1.0", "1.1", *ONE, "--format", form)[1].startswith(start)


def test_a_file_that_cannot_be_written_is_reported_before_anything_is_run(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistake in the command line is exit status 2."""
    with pytest.raises(SystemExit, match="2"):
        main(["compare", LIBRARY, "1.0", "1.1", "--output=/nowhere/x"])

    assert "argument --output: /nowhere/x: No such file" in capsys.readouterr().err
