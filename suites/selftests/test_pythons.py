"""`.ci/run` runs the close group on every Python of the machine; it names those it cannot use."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from fixtures.run.interpreter import encode_interpreter, find_interpreter

from .conftest import ROOT

HERE = str(Path(sys.executable).resolve())


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of pyenv's with this Python, and another of PATH with one that is too old."""
    here, old, lost = (
        tmp_path / "pyenv" / "versions" / "here" / "bin" / "python",
        tmp_path / "path" / "python3.6",
        tmp_path / "path" / "python3.15",
    )
    for one in (here, old):
        one.parent.mkdir(parents=True)
    here.symlink_to(HERE)
    old.write_text("#!/bin/sh\necho 3.6.15\n")
    lost.write_text("#!/bin/sh\necho it is not installed >&2\nexit 127\n")
    for one in (old, lost):
        one.chmod(0o755)
    return tmp_path


def find_pythons(machine: Path, *uv: str) -> subprocess.CompletedProcess[str]:
    """What the script finds on this machine, where uv knows of these."""
    environment = {
        **os.environ,
        "PYENV_ROOT": str(machine / "pyenv"),
        "PATH": str(machine / "path"),
    }
    return subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "pythons.py")],
        input=json.dumps([{"path": path} for path in (*uv, None)]),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.parametrize("uv", [[], [HERE]], ids=["pyenv", "pyenv and uv"])
def test_each_python_that_can_be_used_is_found_once(machine: Path, uv: list[str]) -> None:
    """With its name in records; one that is found twice is listed once."""
    name = encode_interpreter(find_interpreter())

    assert find_pythons(machine, *uv).stdout == f"{HERE} {name}\n"


def test_a_python_that_cannot_be_used_is_named(machine: Path) -> None:
    """One that is too old, and one that does not start; each in one line, with the reason."""
    lost, old = find_pythons(machine).stderr.splitlines()

    assert old.endswith("python3.6: it is Python 3.6.15, and the suite requires >=3.11")
    assert lost.endswith("python3.15: it cannot be used: it is not installed")


def test_the_pythons_of_ci_are_those_that_the_project_names() -> None:
    """The oldest of them is the one that the project requires."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    matrix = (ROOT / ".github" / "workflows" / "tests.yml").read_text()
    [listed] = re.findall(r"python: \[(.*)\]", matrix)
    named = [one.rpartition(" ")[2] for one in project["classifiers"] if ":: Python :: 3." in one]

    assert re.findall(r"[\d.]+", listed) == named
    assert project["requires-python"] == f">={named[0]}"
