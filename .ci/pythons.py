"""Find the Pythons on this machine that the suite can be run with: PATH, a tab, NAME for each.

Standard input is what `uv python list --only-installed --output-format json` prints; the others are
those of pyenv and of PATH. One that cannot be used is named on standard error, in one line with the
reason; of two with the same implementation, version and properties the first is taken. Exit status:
1 if there is none at all.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
COMMAND = re.compile(r"(python|pypy)3(\.\d+)?t?")
VERSION = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
NAME = (
    f"import sys, sysconfig; sys.path.insert(0, {str(ROOT)!r}); "
    "from fixtures.run import interpreter as i; name = i.encode_interpreter(i.find_interpreter()); "
    "print(name + ' free-threaded' * bool(sysconfig.get_config_var('Py_GIL_DISABLED')))"
)
"""What a Python is asked: its version, which the oldest can say, and its name in records.

It needs all of the standard library that uv and the suite do; neither needs `venv` or `ensurepip`.
"""
LIMIT = 60
"""Seconds after which a Python that does not answer is not waited for."""


class Unusable(Exception):
    """A Python that the suite cannot be run with; the text says why."""


def main() -> None:
    """Print each Python that can be used."""
    known = set[str]()
    for path in dict.fromkeys(path.resolve() for path in list_candidates()):
        try:
            name = ask_name(path)
        except Unusable as error:
            print(f"skipped: {path}: {error}", file=sys.stderr)
            continue
        if name not in known:
            known.add(name)
            print(path, name, sep="\t", flush=True)
    if not known:
        sys.exit("there is no Python that the suite can be run with")


def list_candidates() -> Iterator[Path]:
    """Whatever may be a Python, those of uv first."""
    for found in json.load(sys.stdin):
        if found["path"]:
            yield Path(found["path"])
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob("versions/*/bin/python"))
    for folder in map(Path, os.environ.get("PATH", "").split(os.pathsep)):
        # Those of shims start one of the above, or nothing.
        if folder.is_dir() and os.access(folder, os.R_OK) and folder != pyenv / "shims":
            yield from sorted(one for one in folder.iterdir() if COMMAND.fullmatch(one.name))


def ask_name(path: Path) -> str:
    """The name of a Python, such as "CPython 3.13.0". Raises `Unusable`."""
    version = ask(path, "-c", VERSION)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = project["requires-python"]
    try:
        is_new = SpecifierSet(required).contains(Version(version), prereleases=True)
    except InvalidVersion as error:
        raise Unusable(f"it is no Python: its version is {version!r}") from error
    if not is_new:
        raise Unusable(f"it is Python {version}, and the suite requires {required}")
    return ask(path, "-I", "-B", "-c", NAME)


def ask(path: Path, *arguments: str) -> str:
    """What a Python prints. Raises `Unusable` if it cannot be run, or fails."""
    command = [str(path), *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unusable(f"it does not answer in {LIMIT} s") from error
    except OSError as error:
        raise Unusable(f"it cannot be run: {error.strerror}") from error
    if done.returncode or not done.stdout.strip():
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise Unusable(f"it cannot be used: {said[-1].strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
