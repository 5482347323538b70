"""One folder for each release: what `uv pip install --target` puts there, and nothing else.

What that is, is pinned with its hashes (`pins`), and stands in the folder.

Folders are kept in the user's cache. A folder that is complete, and as it was installed, is used as
it is, so what is warm asks neither uv nor the index. Of several jobs that need a folder at once, in
whatever processes, one installs, and the others wait for it. Which index that is, is for uv's own
settings to say: where `UV_NO_INDEX` is set, the releases are the wheels in `UV_FIND_LINKS`.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from packaging.utils import parse_wheel_filename
from packaging.version import InvalidVersion, Version

from fixtures.drivers.surfaces import Library

from ..results.release import NotRunnable, Package
from . import uv_program
from .child_process import Live
from .installed_files import digest_files
from .pins import NoWheel, Pin, install_pins, pin
from .user_cache import cache_folder, locked, python_tag, readable_caches, warn_once

Companions = tuple[tuple[str, str], ...]
"""What a library works with: names, and releases that are not those of the library's row."""
COMPLETE = ".wslifecycle.json"
"""The file that is written into a folder last, see `Mark`."""


class Mark(msgspec.Struct, frozen=True):
    """What was installed: the version, as the distribution says it, every package, every file.

    Folders that were installed earlier may say nothing of packages and files.
    """

    version: str
    packages: tuple[Package, ...] = ()
    files: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder that goes on `sys.path`, and the version that has to be loaded from it."""

    folder: str
    version: str
    packages: tuple[Package, ...] = ()


def index_tag() -> str:
    """Which index releases come from: empty, or a digest of the local folders of wheels."""
    if not uv_program.is_local():
        return ""
    found = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in wheels())
    return hashlib.sha256(repr(found).encode()).hexdigest()[:8]


def wheels() -> Iterator[Path]:
    """The wheels in the local folders that uv uses."""
    for folder in filter(None, os.environ.get("UV_FIND_LINKS", "").split(",")):
        yield from Path(folder).glob("*.whl")


def install(library: Library, version: str, *, builds: Live | None = None) -> Environment:
    """The folder of a release, installed now if it is not there yet.

    `builds`: source distributions may be built, which runs their code, in a process that is counted
    in there. Raises `NotRunnable`.
    """
    return _folder(library.name, _normal(library, version), builds)


def companions(
    library: Library, others: Companions = (), *, but_installed: bool = False
) -> list[str]:
    """The folders of what a library works with if it is there, in fixed releases, or in `others`.

    `but_installed`: of those only that are not installed here. Raises `NotRunnable`.
    """
    pins = _pin_companions(library, others)
    wanted = [pin for pin in pins if not (but_installed and is_installed(pin[0]))]
    return [_folder(*pin).folder for pin in wanted]


def _pin_companions(library: Library, others: Companions) -> list[tuple[str, str]]:
    """Every companion with its release: the one of the library's row, or another one."""
    normal = {name: str(Version(release)) for name, release in others}
    return list((library.companion_pins | normal).items())


def known_packages(library: Library, version: str, others: Companions = ()) -> tuple[Package, ...]:
    """What is installed for a release and its companions, as far as they are there already."""
    wanted = [(library.name, _normal(library, version)), *_pin_companions(library, others)]
    caches = list(readable_caches())
    return packages_in(str(cache / _place(*one)) for one in wanted for cache in caches)


def packages_in(folders: Iterable[str]) -> tuple[Package, ...]:
    """What is installed in these folders, as far as they say so."""
    found = dict[Package, None]()
    for folder in folders:
        with contextlib.suppress(OSError):
            found |= dict.fromkeys(_read_mark(Path(folder)).packages)
    return tuple(found)


def _folder(name: str, release: str, builds: Live | None = None) -> Environment:
    if found := _find(name, release):
        return found
    folder = cache_folder() / _place(name, release)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder.with_name(f".{folder.name}.lock")):
            return _read(folder) or _install(name, release, folder, builds)
    except OSError as error:
        raise NotRunnable(f"{name} {release} cannot be installed: {error}") from error


def _place(name: str, release: str) -> Path:
    return Path(python_tag(), index_tag(), f"{name}-{release}")


def _find(name: str, release: str) -> Environment | None:
    """The environment of a release, if it is there, be it in a cache that cannot be written."""
    found = (_read(cache / _place(name, release)) for cache in readable_caches())
    return next(filter(None, found), None)


def _read(folder: Path) -> Environment | None:
    """The environment in a folder; None if it is not there, not complete, or has been changed."""
    try:
        mark = _read_mark(folder)
        if mark.files and mark.files != digest_files(folder, but=COMPLETE):
            return None
    except OSError:
        return None
    return Environment(str(folder), mark.version, mark.packages)


def _read_mark(folder: Path) -> Mark:
    """What a folder says of itself once it is complete. Raises `OSError` if it says nothing."""
    try:
        return msgspec.json.decode((folder / COMPLETE).read_bytes(), type=Mark)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise OSError(str(error)) from error


def releases(library: Library) -> dict[str, str]:
    """Every final release in the index, oldest first: why this Python has no wheel of it, or "".

    Where the index cannot be asked, what it said last is used, with a warning. Raises
    `NotRunnable` if it never said anything.
    """
    if uv_program.is_local():
        parsed = [parse_wheel_filename(path.name) for path in wheels()]
        ours = {str(version) for name, version, *_ in parsed if name == library.name}
        return dict.fromkeys(sorted(ours, key=Version), "")
    kept = cache_folder() / python_tag() / "releases" / f"{library.name}.json"
    try:
        with ThreadPoolExecutor() as pool:
            asked = [["--ignore-requires-python"], ["--only-binary", ":all:"]]
            every, usable = pool.map(partial(_pip_index, library), asked)
    except NotRunnable as error:
        try:
            found = msgspec.json.decode(kept.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            raise error from None
        warn_once(f"{error}; these are the releases it had before")
        return found
    lacking = f"has no wheel for {python_tag()}"
    found = {version: "" if version in usable else lacking for version in every}
    with contextlib.suppress(OSError):  # then the index is asked the next time
        kept.parent.mkdir(parents=True, exist_ok=True)
        with locked(kept.with_suffix(".lock")):
            draft = kept.with_suffix(".new")
            draft.write_text(json.dumps(found))
            draft.replace(kept)  # whoever reads it meanwhile reads the old one, or the new one
    return found


def _pip_index(library: Library, options: list[str]) -> list[str]:
    """The releases that `pip index versions` knows, oldest first: uv has no such command."""
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL")
    options += ["--index-url", index] if index else []
    command = ["run", "--quiet", "--no-project", "--python", sys.executable, "--with", "pip>=25.1"]
    command += ["python", "-m", "pip", "index", "versions", "--json"]
    done = uv_program.uv([*command, "--disable-pip-version-check", *options, library.name])
    try:
        return sorted(json.loads(done.stdout)["versions"], key=Version)
    except (ValueError, KeyError) as error:
        raise NotRunnable(
            f"the index did not say which releases {library} has: {uv_program.last_line(done)}"
        ) from error


def is_installed(name: str) -> bool:
    """Whether a distribution of this name is installed here."""
    return any(importlib.metadata.distributions(name=name))


def _normal(library: Library, version: str) -> str:
    try:
        return str(Version(version))
    except InvalidVersion as error:
        raise NotRunnable(f"{version!r} is not a release of {library}") from error


def _install(name: str, version: str, folder: Path, builds: Live | None) -> Environment:
    """Install beside the folder, then rename: a folder is there whole, or not at all.

    What an installation that was killed has left there is removed first. The caller holds the lock.
    """
    target = folder.with_name(f".partial-{folder.name}")
    shutil.rmtree(target, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory(prefix="wslifecycle-") as home:
            pins = _pin(name, version, Path(home), builds)
            where = ["--python", sys.executable, "--target", str(target)]
            try:
                install_pins(pins, Path(home), *where)
            except NotRunnable as error:
                raise NotRunnable(f"{name} {version} cannot be installed: {error}") from error
        found = importlib.metadata.distributions(name=name, path=[str(target)])
        packages, files = tuple(one.package for one in pins), digest_files(target, but=COMPLETE)
        mark = Mark(next(iter(found)).version, packages, files)
        (target / COMPLETE).write_bytes(msgspec.json.encode(mark))
        if folder.exists():  # and is not complete, or was changed by what ran in it
            shutil.rmtree(folder)
        target.rename(folder)
        return Environment(str(folder), mark.version, mark.packages)
    finally:
        shutil.rmtree(target, ignore_errors=True)


def _pin(name: str, version: str, home: Path, builds: Live | None) -> tuple[Pin, ...]:
    """What is to be installed for a release, which is built in `home` if it has no wheel."""
    try:
        return pin(name, version)
    except NoWheel:
        if builds is None:
            raise
    from .building import build_wheel

    return build_wheel(name, version, home, builds)
