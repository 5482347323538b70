"""uv, which installs and builds: run, and what it said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..results.release import NotRunnable
from .user_cache import cache_folder, is_temporary

PATHS = ("UV_CACHE_DIR", "UV_CONFIG_FILE", "UV_FIND_LINKS")
"""Variables that name a path, or several, which may be relative."""


def find_uv() -> str:
    """The path of uv. Raises `NotRunnable` where there is none."""
    # `uv run` tells its children where it is.
    program = os.environ.get("UV") or shutil.which("uv")
    if program is None:
        raise NotRunnable("uv is not installed: python -m pip install uv")
    return program


def uv(arguments: Sequence[str], text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run uv, with `text` on its standard input, and return what it said; paths are absolute.

    Not in the working directory, whose `pyproject.toml` may come with a change that nobody has
    looked at, and could name another index. Raises `NotRunnable` where there is none.
    """
    command = [find_uv(), *arguments]
    return subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(sys.executable).anchor,
        env=os.environ | dict(_list_absolute()) | _cache_of_its_own(),
    )


def _list_absolute() -> Iterator[tuple[str, str]]:
    """The variables of uv that are paths, as they are seen from the working directory."""
    for name in PATHS:
        if found := os.environ.get(name):
            parts = [one if "://" in one else str(Path(one).absolute()) for one in found.split(",")]
            yield name, ",".join(parts)


def _cache_of_its_own() -> dict[str, str]:
    """A cache for uv where the user's, which is beside ours, cannot be used."""
    ours = cache_folder()
    if "UV_CACHE_DIR" in os.environ or not is_temporary(ours):
        return {}
    return {"UV_CACHE_DIR": str(ours / "uv")}


def is_local() -> bool:
    """Whether releases are the wheels in local folders, and no index is asked."""
    return bool(os.environ.get("UV_NO_INDEX"))


def ask_index(
    arguments: Sequence[str], text: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run uv with its index; where that fails, with what uv keeps of it.

    What comes back is what the index was about if neither goes well. Raises `NotRunnable` as `uv`.
    """
    if is_local():
        return uv([*arguments, "--no-index", "--offline"], text)
    done = uv(arguments, text)
    if done.returncode == 0:
        return done
    kept = uv([*arguments, "--offline"], text)
    return done if kept.returncode else kept


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last thing a program said."""
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else "no answer"
