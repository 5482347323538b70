"""The command line: quick, and each command where the table says."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.model.optimised import OPTIMISED
from reports.__main__ import COMMANDS, main
from reports.commands import merge
from reports.results.release import NotRunnable
from reports.results.user_drivers import VARIABLE

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_declared_where_the_table_says(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its help is its own."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert f"usage: python -m reports {command}" in capsys.readouterr().out


def test_help_imports_no_command() -> None:
    """Nor anything third-party: it has to be quick."""
    text = (
        "import atexit, runpy, sys; sys.argv[1:] = ['--help']\n"
        "ours = lambda name: name.startswith(('reports.commands', 'msgspec', 'packaging'))\n"
        "atexit.register(lambda: print([*filter(ours, sys.modules)]))\n"
        "runpy.run_module('reports', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert all(f"\n    {command} " in done.stdout for command in COMMANDS)
    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize(
    ("error", "status", "written"),
    [
        (NotRunnable("there is no uv"), 3, "merge: there is no uv\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_how_a_command_may_end(
    error: BaseException,
    status: int,
    written: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Our own errors have their exit status, and one line."""

    def run(options: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(merge, "run", run)

    assert main(["merge", "file"]) == status
    assert capsys.readouterr().err == written


def test_a_fault_of_ours_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is reported with its traceback, and its exit status is not the one of a change."""
    monkeypatch.setattr(merge, "run", None)

    assert main(["merge", "file"]) == 3
    written = capsys.readouterr().err
    assert "TypeError: 'NoneType' object is not callable" in written
    assert written.endswith(
        "merge: this is a fault of wslifecycle, not a result: please report it\n"
    )


def test_a_reader_that_has_had_enough(tmp_path: Path) -> None:
    """A pipe that is closed early is no traceback."""
    (tmp_path / "a.jsonl").write_text(
        '{"type":"sweep","schema":1,"suite":"s","drivers":{}}\n{"type":"end","releases":0,"cells":0}\n'
    )
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "reports", "merge", str(tmp_path / "a.jsonl")]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, b"")


def test_drivers_are_named_before_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command, and every child, knows them from there on."""
    monkeypatch.setenv(VARIABLE, "")

    assert main(["--drivers", "nowhere_at_all", "sweep"]) == 2
    assert os.environ[VARIABLE] == "nowhere_at_all"


def test_a_command_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The error lists them."""
    with pytest.raises(SystemExit) as ended:
        main(["swep"])

    assert ended.value.code == 2
    assert "invalid choice: 'swep'" in capsys.readouterr().err


@pytest.mark.integration
@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["reports", "compare", "tornado", "6.5.1", "6.5.2"], 2),
        (["pytest", "-q", "-p", "no:cacheprovider", "-k", "peer_closes_first"], 4),
    ],
)
def test_an_optimised_python_is_refused(command: list[str], status: int) -> None:
    """In one line: without docstrings there is no scenario."""
    done = subprocess.run(
        [sys.executable, "-OO", "-m", *command], cwd=ROOT, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.endswith(f": {OPTIMISED}\n")
    assert done.stderr.count("\n") == 1
