"""Caches and files on disks that are full or read-only: commands as a user runs them."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from reports.__main__ import main

from ..conftest import ROOT
from ..miniatures.miniature_index import Index

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("unmeasured")]
NAME = "miniature-websocket"
COMPARE = ("compare", NAME, "1.0", "1.1", "-k", "peer_closes_first")
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
IN_LITTLE_ROOM = """
import resource, sys
from reports.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""
"""Runs a command that may write so many bytes into each file, as on a disk that is full."""
ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size=64m none "$XDG_CACHE_HOME"
cp -r "$WARM/." "$XDG_CACHE_HOME"
{happens}
exec "$@" --fresh
"""
"""Runs a command once something has happened to the disk of its cache, which is a copy of WARM."""
FILL = 'cat /dev/zero >"$XDG_CACHE_HOME/zeros" 2>/dev/null || true'
FREEZE = 'mount -o remount,ro "$XDG_CACHE_HOME"'


def run(
    index: Index, *command: str, output: str | None = None, variables: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout, with the miniature's index; `output` is where it prints."""
    with open(output, "w") if output else contextlib.nullcontext(subprocess.PIPE) as file:  # noqa: PTH123
        return subprocess.run(
            command,
            cwd=ROOT,
            env=dict(index.environment) | dict(variables),
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )


def reports(*arguments: str) -> tuple[str, ...]:
    """The command line of a command."""
    return sys.executable, "-m", "reports", *arguments


@functools.cache
def can_mount() -> bool:
    """Whether a process can have disks of its own."""
    probe = [*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("happens", "words"),
    [(FILL, "full|disk I/O error|unable to open"), (FREEZE, "Read-only file system")],
)
def test_a_cache_on_such_a_disk(
    happens: str,
    words: str,
    miniature_index: Index,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is installed there is used, everything is run, and one line says what is not kept."""
    if not can_mount():
        pytest.skip("this machine lets nobody mount a disk")
    main(COMPARE)
    undisturbed = capsys.readouterr().out
    disks = {"XDG_CACHE_HOME": str(tmp_path), "WARM": miniature_index.environment["XDG_CACHE_HOME"]}
    script = ON_A_SMALL_DISK.format(happens=happens)
    command = [*NAMESPACE, "sh", "-c", script, "sh", *reports(*COMPARE)]
    done = run(miniature_index, *command, variables=disks)

    assert (done.returncode, done.stdout) == (1, undisturbed)
    said = [line for line in done.stderr.splitlines() if "cannot be used" in line]
    assert len(said) == 1, done.stderr
    assert re.search(words, said[0])
    assert "delete it" not in done.stderr


def test_files_that_cannot_grow(
    miniature_index: Index, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the cache nor the file of the report can be written: the report is printed whole."""
    report = tmp_path / "report.json"
    options = ("--fresh", "--format", "json")
    main([*COMPARE, *options])
    undisturbed = json.loads(capsys.readouterr().out)
    command = [sys.executable, "-c", IN_LITTLE_ROOM, "1200", *COMPARE, *options]
    done = run(miniature_index, *command, f"--output={report}")

    assert done.returncode == 3
    assert "delete it" not in done.stderr
    assert json.loads(done.stdout)["comparisons"] == undisturbed["comparisons"]
    assert not report.exists()

    report.write_text("what stood there")
    run(miniature_index, *command, f"--output={report}")

    assert report.read_text() == "what stood there"
    assert [*tmp_path.glob("report*")] == [report]


def test_a_report_that_has_no_room(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is printed, with the status that says so, and for people nothing is left out."""
    main([*COMPARE, "--all"])
    undisturbed = capsys.readouterr().out
    done = run(miniature_index, *reports(*COMPARE), "--output=/dev/full")

    last = "  exit status 3: the report is here, and not in /dev/full (No space left on device); "
    lines, expected = done.stdout.splitlines(), undisturbed.splitlines()
    assert done.returncode == 3
    assert lines[:-1] == expected[:-1]
    assert lines[-1].startswith(last)


@pytest.mark.parametrize("more", [(), ("-n", "1")], ids=["one process", "pytest-xdist"])
def test_a_record_of_pytest_that_has_no_room(miniature_index: Index, more: tuple[str, ...]) -> None:
    """Every cell is judged all the same; one line says that the record is not complete."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--record=/dev/full"]
    selected = ["--surface", "tornado_client", "-k", "peer_closes_first"]
    done = run(miniature_index, *command, *selected, *more)

    said = "--record /dev/full: No space left on device: the record is not complete"
    assert done.returncode == pytest.ExitCode.INTERNAL_ERROR, done.stdout
    assert said in done.stdout.splitlines()
    assert "1 passed" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_an_output_that_has_no_room(miniature_index: Index) -> None:
    """One line says so, and it is no fault of the suite."""
    done = run(miniature_index, *reports("history", "tornado"), output="/dev/full")

    assert done.returncode == 3
    assert done.stderr == (
        "history: [Errno 28] No space left on device: make room there, or write elsewhere\n"
    )
