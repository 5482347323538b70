"""The folder in which releases and results are kept, and what stands in for it where there is none.

No command fails because nothing can be kept: it does its work in a temporary folder, and says so in
one line.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from suites.safe_text import format_message

from ..results.release import NotRunnable

LOGGER = logging.getLogger("wslifecycle")


def user_cache() -> Path:
    """Where things are kept: `$XDG_CACHE_HOME/wslifecycle`, or the like; it may not be there.

    A relative path is one from the working directory. Raises `RuntimeError` where the user has no
    home.
    """
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base).absolute() / "wslifecycle"


def readable_caches() -> Iterator[Path]:
    """The user's folder, even if it can only be read, and the one that things are kept in."""
    with contextlib.suppress(RuntimeError):
        yield user_cache()
    yield cache_folder()


def cache_folder() -> Path:
    """A folder to keep things in: the user's, or a temporary one if that cannot be written.

    Raises `NotRunnable` if there is neither.
    """
    try:
        return _make_usable(user_cache())
    except RuntimeError as error:
        return _make_temporary(f"there is no cache folder ({error}); set XDG_CACHE_HOME")


def is_temporary(folder: Path) -> bool:
    """Whether a folder that `cache_folder` gave is gone with this process."""
    try:
        return folder != user_cache()
    except RuntimeError:
        return True


def python_tag() -> str:
    """The interpreter that what is kept belongs to, such as "cpython-311"."""
    return sys.implementation.cache_tag or sys.implementation.name


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock against other threads and processes; it is free once its holder has died."""
    with path.open("ab") as file:  # the file stays: who waits for it waits for this very file
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@functools.cache
def warn_once(text: str) -> None:
    """Say something in one line, once in the life of this process."""
    LOGGER.warning("%s", format_message(text))


@functools.cache
def _make_usable(folder: Path) -> Path:
    """The folder, if a file can be made and locked in it; else a temporary one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
    except OSError as error:
        return _make_temporary(f"the cache folder {folder} cannot be used ({error.strerror})")
    return folder


@functools.cache
def _make_temporary(reason: str) -> Path:
    """An empty folder that is gone with this process."""
    try:
        folder = tempfile.mkdtemp(prefix="wslifecycle-cache-")
    except OSError as error:
        raise NotRunnable(f"{reason}, and no temporary folder ({error.strerror})") from error
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    warn_once(f"{reason}: nothing is kept, and the next run begins anew")
    return Path(folder)
