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
    """A folder of pyenv's with this Python, and an empty one of PATH."""
    here = tmp_path / "py env" / "versions" / "here" / "bin" / "python"
    here.parent.mkdir(parents=True)
    here.symlink_to(HERE)
    (tmp_path / "path").mkdir()
    return tmp_path


def add_program(machine: Path, name: str, text: str) -> Path:
    """Put a shell script into the folder of PATH."""
    found = machine / "path" / name
    found.write_text(f"#!/bin/sh\n{text}\n")
    found.chmod(0o755)
    return found


def find_pythons(machine: Path, *uv: str) -> subprocess.CompletedProcess[str]:
    """What the script finds on this machine, where uv knows of these."""
    environment = {
        **os.environ,
        "PYENV_ROOT": str(machine / "py env"),
        "PATH": f"{machine / 'path'}{os.pathsep}{machine / 'absent'}",
    }
    return subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "pythons.py")],
        input=json.dumps([{"path": path} for path in (*uv, None)]),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("uv", [[], [HERE]], ids=["pyenv", "pyenv and uv"])
def test_each_python_that_can_be_used_is_found_once(machine: Path, uv: list[str]) -> None:
    """With its name in records; one that is found twice is listed once."""
    name = encode_interpreter(find_interpreter())

    found = find_pythons(machine, *uv)

    assert (found.returncode, found.stdout, found.stderr) == (0, f"{HERE}\t{name}\n", "")


NO_PYTHONS = {
    "python3.6": ("echo 3.6.15", "it is Python 3.6.15, and the suite requires >=3.11"),
    "python3.12": ("exit 1", "it cannot be used: exit status 1"),
    "python3.13": ("echo one >&2; echo two >&2; exit 127", "it cannot be used: two"),
    "python3.14": ("echo hello", "it is no Python: its version is 'hello'"),
    "python3.15": (r"printf '\377' >&2; exit 1", "it cannot be used: \ufffd"),
    "pypy3.11": ("", "it cannot be used: exit status 0"),
}
"""Programs that are named as Pythons are, and what is said of each."""


def test_a_python_that_cannot_be_used_is_named(machine: Path) -> None:
    """Each in one line, with the reason; the others are found all the same."""
    paths = {name: add_program(machine, name, text) for name, (text, _) in NO_PYTHONS.items()}
    (lost := machine / "path" / "python3.16").symlink_to(machine / "gone")
    expected = {f"skipped: {paths[name]}: {said}" for name, (_, said) in NO_PYTHONS.items()}
    found = find_pythons(machine)

    assert (found.returncode, found.stdout.count("\n"), lost.exists()) == (0, 1, False)
    assert set(found.stderr.splitlines()) == expected | {
        f"skipped: {machine / 'gone'}: it cannot be run: No such file or directory"
    }


@pytest.mark.parametrize(("lacks", "is_used"), [("venv, ensurepip", True), ("sysconfig", False)])
def test_only_what_uv_needs_of_the_library_has_to_be_there(
    machine: Path, lacks: str, is_used: bool
) -> None:
    """Distributors leave parts out; uv makes environments without `venv` and `ensurepip`."""
    gone = ", ".join(f"'{one}': None" for one in lacks.split(", "))
    program = f"import sys; sys.modules.update({{{gone}}}); exec(sys.argv[-1])"
    path = add_program(machine, "python3", f'exec "{HERE}" -c "{program}" "$@"')
    (machine / "py env" / "versions" / "here" / "bin" / "python").unlink()
    found = find_pythons(machine)

    assert (found.stdout.startswith(f"{path}\t"), found.returncode == 0) == (is_used, is_used)
    assert ("sysconfig" in found.stderr) is not is_used


def test_a_machine_without_a_python_is_an_error(machine: Path) -> None:
    """Nothing that was not run is green."""
    (machine / "py env" / "versions" / "here" / "bin" / "python").unlink()
    found = find_pythons(machine)

    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == "there is no Python that the suite can be run with\n"


def test_a_free_threaded_python_is_another_one(machine: Path) -> None:
    """Though its version is the same."""
    program = "import sysconfig as s, sys; s.get_config_vars()['Py_GIL_DISABLED'] = 1; "
    path = add_program(
        machine, "python3.13t", f'exec "{HERE}" -c "{program}exec(sys.argv[-1])" "$@"'
    )
    (name, free) = [line.split("\t")[1] for line in find_pythons(machine).stdout.splitlines()]

    assert free == f"{name} free-threaded"
    assert path.name == "python3.13t"


def test_the_pythons_of_ci_are_those_that_the_project_names() -> None:
    """The oldest of them is the one that the project requires."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    matrix = (ROOT / ".github" / "workflows" / "tests.yml").read_text()
    [listed] = re.findall(r"python: \[(.*)\]", matrix)
    named = [one.rpartition(" ")[2] for one in project["classifiers"] if ":: Python :: 3." in one]

    assert re.findall(r"[\d.]+", listed) == named
    assert project["requires-python"] == f">={named[0]}"
