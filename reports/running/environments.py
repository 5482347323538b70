"""One folder for each release: what `uv pip install --target` puts there, and nothing else.

Folders are kept in the user's cache. A folder that is complete is used as it is, so what is warm
asks neither uv nor the index. Of several jobs that need a folder at once, in whatever processes,
one installs, and the others wait for it. Which index that is, is for uv's own settings to say:
where `UV_NO_INDEX` is set, the releases are the wheels in `UV_FIND_LINKS`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from packaging.utils import parse_wheel_filename
from packaging.version import InvalidVersion, Version

from fixtures.drivers.surfaces import Library

from ..results.release import NotRunnable
from .user_cache import cache_folder, locked, python_tag

LOGGER = logging.getLogger("wslifecycle")
COMPLETE = ".wslifecycle.json"
"""The file that is written into a folder last: `{"version": ...}`, as the distribution says it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder that goes on `sys.path`, and the version that has to be loaded from it."""

    folder: str
    version: str


def index_tag() -> str:
    """Which index releases come from: empty, or a digest of the local folders of wheels."""
    if not os.environ.get("UV_NO_INDEX"):
        return ""
    found = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in wheels())
    return hashlib.sha256(repr(found).encode()).hexdigest()[:8]


def wheels() -> Iterator[Path]:
    """The wheels in the local folders that uv uses."""
    for folder in filter(None, os.environ.get("UV_FIND_LINKS", "").split(",")):
        yield from Path(folder).glob("*.whl")


def install(library: Library, version: str, *, build: bool = False) -> Environment:
    """The folder of a release, installed now if it is not there yet.

    `build`: source distributions may be built, which runs their code. Raises `NotRunnable`.
    """
    return _folder(library.name, _normal(library, version), build=build)


def companions(library: Library, *, but_installed: bool = False) -> list[str]:
    """The folders of what a library works with if it is there, in fixed releases.

    `but_installed`: of those only that are not installed here. Raises `NotRunnable`.
    """
    pins = library.companion_pins.items()
    wanted = [pin for pin in pins if not (but_installed and is_installed(pin[0]))]
    return [_folder(*pin, build=False).folder for pin in wanted]


def _folder(name: str, release: str, *, build: bool) -> Environment:
    home = cache_folder() / python_tag() / index_tag()
    folder = home / f"{name}-{release}"
    with_mark = folder / COMPLETE
    if not with_mark.exists():
        home.mkdir(parents=True, exist_ok=True)
        with locked(home / f".{folder.name}.lock"):
            if not with_mark.exists():
                _uv_install(name, release, folder, build=build)
    return Environment(str(folder), json.loads(with_mark.read_text())["version"])


def releases(library: Library) -> dict[str, str]:
    """Every final release in the index, oldest first: why this Python has no wheel of it, or "".

    Where the index cannot be asked, what it said last is used, with a warning. Raises
    `NotRunnable` if it never said anything.
    """
    if os.environ.get("UV_NO_INDEX"):
        parsed = [parse_wheel_filename(path.name) for path in wheels()]
        ours = {str(version) for name, version, *_ in parsed if name == library.name}
        return dict.fromkeys(sorted(ours, key=Version), "")
    kept = cache_folder() / python_tag() / "releases" / f"{library.name}.json"
    try:
        with ThreadPoolExecutor() as pool:
            asked = [["--ignore-requires-python"], ["--only-binary", ":all:"]]
            every, usable = pool.map(partial(_pip_index, library), asked)
    except NotRunnable as error:
        if not kept.exists():
            raise
        LOGGER.warning("%s; these are the releases it had before", error)
        found: dict[str, str] = json.loads(kept.read_text())
        return found
    lacking = f"has no wheel for {python_tag()}"
    found = {version: "" if version in usable else lacking for version in every}
    kept.parent.mkdir(parents=True, exist_ok=True)
    with locked(kept.with_suffix(".lock")):
        draft = kept.with_suffix(".new")
        draft.write_text(json.dumps(found))
        draft.replace(kept)  # whoever reads it meanwhile reads the old one, or the new one
    return found


def uv(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run uv, and return what it said. Raises `NotRunnable` where there is none."""
    # `uv run` tells its children where it is.
    program = os.environ.get("UV") or shutil.which("uv")
    if program is None:
        raise NotRunnable("uv is not installed: python -m pip install uv")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last thing a program said."""
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else "no answer"


def _pip_index(library: Library, options: list[str]) -> list[str]:
    """The releases that `pip index versions` knows, oldest first: uv has no such command."""
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL")
    options += ["--index-url", index] if index else []
    command = ["run", "--quiet", "--no-project", "--python", sys.executable, "--with", "pip>=25.1"]
    command += ["python", "-m", "pip", "index", "versions", "--json"]
    done = uv([*command, "--disable-pip-version-check", *options, library.name])
    try:
        return sorted(json.loads(done.stdout)["versions"], key=Version)
    except (ValueError, KeyError) as error:
        raise NotRunnable(
            f"the index did not say which releases {library} has: {last_line(done)}"
        ) from error


def is_installed(name: str) -> bool:
    """Whether a distribution of this name is installed here."""
    return any(importlib.metadata.distributions(name=name))


def _normal(library: Library, version: str) -> str:
    try:
        return str(Version(version))
    except InvalidVersion as error:
        raise NotRunnable(f"{version!r} is not a release of {library}") from error


def _uv_install(name: str, version: str, folder: Path, *, build: bool) -> None:
    """Install beside the folder, then rename: a folder is there whole, or not at all.

    What an installation that was killed has left there is removed first. The caller holds the lock.
    """
    wanted, target = f"{name}=={version}", folder.with_name(f".partial-{folder.name}")
    shutil.rmtree(target, ignore_errors=True)
    try:
        command = ["pip", "install", "--quiet", "--python", sys.executable]
        command += ["--target", str(target), *([] if build else ["--no-build"]), wanted]
        done = uv([*command, "--offline"])
        if done.returncode and not os.environ.get("UV_NO_INDEX"):
            done = uv(command)
        if done.returncode:
            raise NotRunnable(_reason(name, version, done.stderr))
        found = importlib.metadata.distributions(name=name, path=[str(target)])
        mark = json.dumps({"version": next(iter(found)).version})
        (target / COMPLETE).write_text(mark)
        if folder.exists():  # and is not complete
            shutil.rmtree(folder)
        target.rename(folder)
    finally:
        shutil.rmtree(target, ignore_errors=True)


def _reason(library: str, version: str, output: str) -> str:
    """What uv said in one line that says what to do."""
    message = " ".join(output.split())
    if "no usable wheels" in message or "Wheels are required" in message:
        return (
            f"{library} {version} has no wheel for {python_tag()}; "
            "--build builds its source distribution, which runs its code"
        )
    if "no version of" in message or "not found in" in message:
        return f"{library} has no release {version} in the index"
    if re.search(r"requires Python|Requires-Python|Python requirement", message):
        return f"{library} {version} needs another Python than {python_tag()}"
    return f"{library} {version} cannot be installed: {message[-300:]}"
