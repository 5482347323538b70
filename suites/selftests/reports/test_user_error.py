"""Every mistake in a command line or in a user's file is one line, without a traceback."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import reports
from fixtures.model.errors import UserError
from reports.__main__ import main
from reports.reproduction.literals import NotWritten
from reports.results.release import NotRunnable

from ..conftest import Listed
from ..miniatures.miniature_history import FIRST, few, histories
from ..miniatures.miniature_index import NAME

__all__ = ["few", "histories"]

CELL = ("-k", "miniature_websocket_client-peer_closes_first")
JUNK = (b"\xff\xfe", b"{", b"]]", b"", b'{"schema": 1', b"schema = 99\n", b"[[accept]]\n")


def read_error(capsys: pytest.CaptureFixture[str], arguments: Sequence[object]) -> str:
    """The one line that a command writes of a mistake; its exit status is 2."""
    capsys.readouterr()

    assert main([str(one) for one in arguments]) == 2
    written = capsys.readouterr().err
    assert "Traceback" not in written
    assert len(written.splitlines()) == 1
    return written


def test_a_situation_of_pairs_is_no_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """It is known all the same, and so is the command that shows it."""
    text = read_error(capsys, ["explain", "tornado_handler", "client_misses_pongs"])

    assert "client_misses_pongs is a situation of the interop group" in text
    assert 'pytest -k "interop and tornado_handler and client_misses_pongs" --trace' in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("verdicts", NAME, *CELL),
        ("explain", *FIRST, "--release", "1.0"),
        ("compare", NAME, "1.0", "1.1", *CELL),
        ("gate", NAME, "--from", "1.0", "--to", "1.1", *CELL),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_mistake_in_the_known_deviations_is_one_line(
    arguments: tuple[str, ...],
    histories: Path,
    listed: Listed,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In every command that judges: the file is the user's to mend."""
    listed().write_text("schema = 1\nlibrary = ")
    more = ("--histories", histories) if arguments[0] in ("verdicts", "explain") else ()

    assert "miniature.toml" in read_error(capsys, [*arguments, *more])


FILES = (
    ("gate", NAME, "--from", "1.0", "--to", "1.0", "--policy", "FILE"),
    ("gate", "--lock", "FILE", "FILE", NAME),
    ("compare", NAME, "FILE", "FILE"),
    ("page", NAME, "--record", "FILE"),
    ("merge", "FILE", "FILE"),
    ("history", NAME, "--histories", "FOLDER"),
    ("since", *FIRST, "--histories", "FOLDER"),
    ("advise", f"{NAME}==1.0", "--histories", "FOLDER"),
    ("verdicts", NAME, "--histories", "FOLDER"),
    ("new", NAME, "--histories", "FOLDER"),
)
"""Commands, each with a file of the user's."""
CASES = [
    (command, junk)
    for command in FILES
    for junk in JUNK
    if junk or not {"--policy", "--lock"} & {*command}  # an empty one is not wrong
]


@pytest.mark.parametrize(("command", "junk"), CASES, ids=repr)
def test_a_file_that_makes_no_sense_is_one_line(
    command: tuple[str, ...],
    junk: bytes,
    histories: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever is in it, and whichever command reads it."""
    name = "uv.lock" if "--lock" in command else "a.toml" if "--policy" in command else "a.jsonl"
    file = tmp_path / "given" / (f"{NAME}.json" if "FOLDER" in command else name)
    file.parent.mkdir()
    file.write_bytes(junk)
    places = {"FILE": file, "FOLDER": file.parent}

    assert read_error(capsys, [places.get(word, word) for word in command])


@pytest.mark.parametrize(
    "command",
    [
        ("gate", NAME, "--from", "1.0", "--to", "FILE"),
        ("compare", NAME, "FILE", "1.0"),
        ("page", NAME, "--record", "FILE"),
        ("merge", "FILE"),
    ],
    ids=lambda command: str(command[0]),
)
def test_a_record_that_was_cut_short_has_one_wording(
    command: tuple[str, ...],
    histories: Path,
    listed: Listed,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whichever command reads it."""
    listed(library=NAME)
    file = tmp_path / "a.jsonl"
    file.write_text('{"type":"record","schema":2,"suite":"s","drivers":{}}\n')

    said = read_error(capsys, [file if word == "FILE" else word for word in command])
    assert "a.jsonl was cut short: it has no last line that counts the others; run it" in said


ARGUMENTS = (
    ("compare", NAME, "1.0", "1.1", "--output", "nowhere/at/all"),
    ("gate", NAME, "--from", "1.0", "--to", "1.1", "--minimum", "few"),
    ("gate", NAME, "--from=1.0", "--to=1.1", "--minimum=-1"),
    ("sweep", NAME, "--workers=0"),
    ("stability", "--runs=0"),
    ("page",),
    ("swep",),
)


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda arguments: str(arguments[-1]))
def test_a_wrong_argument_is_one_line(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """No usage stands before the error; the line says how to get it."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    written = capsys.readouterr().err
    assert ended.value.code == 2
    assert len(written.splitlines()) == 1
    assert "--help" in written


@pytest.mark.parametrize("text", ["def", "import nowhere_at_all", "1 / 0", "raise SystemExit(0)"])
def test_drivers_that_cannot_be_imported_are_one_line(
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The module is the user's, whatever it raises."""
    monkeypatch.setenv("WSLIFECYCLE_DRIVERS", "")
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "drivers_of_mine.py").write_text(text)

    said = read_error(capsys, ["--drivers", "drivers_of_mine", "history", "tornado"])
    assert "the drivers drivers_of_mine cannot be imported" in said


def test_the_value_of_an_option_is_no_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Though the module of the drivers is called like one."""
    monkeypatch.setenv("WSLIFECYCLE_DRIVERS", "")
    for option in (["--drivers", "new"], ["--drivers=new"], ["--drivers", "page"]):
        assert "sweep: the drivers" in read_error(
            capsys, [*option, "sweep", "tornado", "-k", "ping"]
        )


def test_every_error_of_ours_is_the_users_or_says_that_nothing_ran() -> None:
    """So that no command tells one of them with a traceback."""
    for found in pkgutil.walk_packages(reports.__path__, "reports."):
        if found.name != "reports.__main__":
            importlib.import_module(found.name)
    ours = [
        value
        for name, module in sorted(sys.modules.items())
        if name.startswith("reports.")
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Exception)
        and value.__module__.startswith(("reports.", "suites.cells", "suites.judging"))
        and "selftests" not in value.__module__
    ]

    assert ours
    assert [one for one in ours if not issubclass(one, (UserError, NotRunnable, NotWritten))] == []
