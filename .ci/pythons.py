"""Find the Pythons on this machine that the suite can be run with: a line `PATH NAME` for each.

Standard input is what `uv python list --only-installed --output-format json` prints; the others are
those of pyenv and of PATH. One that cannot be used is named on standard error, with the reason; of
two with the same implementation, version and properties the first is taken.
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

ROOT = Path(__file__).resolve().parents[1]
COMMAND = re.compile(r"(python|pypy)3(\.\d+)?t?")
VERSION = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
NAME = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); from fixtures.run import interpreter as i; "
    "print(i.encode_interpreter(i.find_interpreter()))"
)
"""What a Python is asked: its version, which the oldest can say, and its name in records."""


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
            print(path, name, flush=True)


def list_candidates() -> Iterator[Path]:
    """Whatever may be a Python, those of uv first."""
    for found in json.load(sys.stdin):
        if found["path"]:
            yield Path(found["path"])
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob("versions/*/bin/python"))
    for folder in map(Path, os.environ["PATH"].split(os.pathsep)):
        if folder.is_dir() and folder != pyenv / "shims":  # they start one of the above, or nothing
            yield from sorted(one for one in folder.iterdir() if COMMAND.fullmatch(one.name))


def ask_name(path: Path) -> str:
    """The name of a Python, such as "CPython 3.13.0". Raises `Unusable`."""
    version = ask(path, "-c", VERSION)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = project["requires-python"]
    if not SpecifierSet(required).contains(version, prereleases=True):
        raise Unusable(f"it is Python {version}, and the suite requires {required}")
    return ask(path, "-I", "-B", "-c", NAME)


def ask(path: Path, *arguments: str) -> str:
    """What a Python prints. Raises `Unusable` if it cannot be run, or fails."""
    command = [str(path), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unusable(f"it cannot be run: {error}") from error
    if done.returncode or not done.stdout.strip():
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise Unusable(f"it cannot be used: {said[-1]}")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
