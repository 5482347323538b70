"""What is installed for a release: it and what it needs, each in one version, with its hashes.

What a release needs is chosen as on the day the release was uploaded: next year the choice is the
same. Where the index does not say which day that was, it is what there is now, and one line says
so. uv resolves, with the index and the credentials that it is given; no code of a release is run.
"""

from __future__ import annotations

import datetime
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from packaging.tags import Tag, sys_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from ..results.release import NotRunnable, Package
from . import uv_program
from .user_cache import python_tag, warn_once

SECOND = datetime.timedelta(seconds=1)
"""`--exclude-newer` leaves out what was uploaded at that very moment, and uv cuts fractions off."""
File = dict[str, Any]
"""A file of a package, as `pylock.toml` has it: `url`, `hashes`, maybe `upload-time`."""


class NoWheel(NotRunnable):
    """The release has no wheel for this Python."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package to install: `requirement` is a line for uv, with the hashes that are allowed."""

    package: Package
    requirement: str


def pin(name: str, version: str) -> tuple[Pin, ...]:
    """A release and what it needs, by the date of the release.

    Raises `NoWheel` if it would have to be built, and `NotRunnable` if it cannot be installed.
    """
    what, requirement = f"{name} {version}", f"{name}=={version}"
    try:
        (alone,) = resolve([requirement], "--no-build", "--no-deps")
    except Unresolved as error:
        raise _explain(name, version, str(error), f"{what} cannot be installed") from error
    try:
        return tuple(pins_of(resolve_then([requirement], when_uploaded(files_of(alone)), what)))
    except Unresolved as error:
        otherwise = f"what {what} needs cannot be installed"
        raise _explain(name, version, str(error), otherwise) from error


def pin_built(wheel: Path, source: Package, uploaded: datetime.datetime | None) -> tuple[Pin, ...]:
    """A wheel that was built here from `source`, and what it needs. Raises `NotRunnable`."""
    what = f"{source.name} {source.version}"
    try:
        found = resolve_then([f"{source.name} @ {wheel.as_uri()}"], uploaded, what)
    except Unresolved as error:
        raise NotRunnable(f"what {what} needs cannot be installed: {str(error)[-300:]}") from error
    return tuple(
        Pin(source, f"{source.name} @ {wheel.as_uri()} --hash={one.package.hash}")
        if one.package.name == source.name
        else one
        for one in pins_of(found)
    )


def resolve_then(
    requirements: Sequence[str], moment: datetime.datetime | None, what: str
) -> list[dict[str, Any]]:
    """The packages that these requirements had chosen at a moment, as `resolve` gives them.

    If that is not known, or uv finds none of that time, they are those of now, and one line says
    so, unless they are one alone. `what` these are for. Raises `Unresolved`.
    """
    if moment is not None:
        until = (moment + SECOND).isoformat()
        try:
            return resolve(requirements, "--no-build", "--exclude-newer", until)
        except Unresolved as error:
            found = resolve(requirements, "--no-build")
            warn_once(f"what {what} needs is as of now, not as of {until}: {str(error)[-300:]}")
            return found
    found = resolve(requirements, "--no-build")
    if len(found) > len(requirements):
        warn_once(
            f"the index does not say when {what} was uploaded: what it needs is as of now, and "
            "may be something else next year"
        )
    return found


class Unresolved(NotRunnable):
    """uv found no set of packages; the text is what it said."""


def resolve(requirements: Iterable[str], *options: str) -> list[dict[str, Any]]:
    """The packages that uv chooses for this Python, as they stand in `pylock.toml`.

    Raises `Unresolved`.
    """
    command = ["pip", "compile", "--quiet", "--no-header", "--format", "pylock.toml"]
    command += ["--python", sys.executable, *options]
    done = uv_program.ask_index([*command, "-"], "\n".join(requirements))
    if done.returncode:
        raise Unresolved(" ".join(done.stderr.split()))
    found: list[dict[str, Any]] = tomllib.loads(done.stdout).get("packages", [])
    return found


def install_pins(pins: Iterable[Pin], home: Path, *where: str) -> None:
    """Install exactly these, listed in the folder `home`.

    Their files are copies: a library that writes into its own would write into uv's cache as well,
    from which every other project of the user is installed.

    Raises `NotRunnable` if one cannot be installed, or has another hash.
    """
    listed = home / "requirements.txt"
    listed.write_text("".join(f"{one.requirement}\n" for one in pins))
    command = ["pip", "install", "--quiet", "--no-deps", "--no-build", "--require-hashes"]
    command += ["--link-mode", "copy", *where]
    done = uv_program.ask_index([*command, "-r", str(listed)])
    if done.returncode:
        raise NotRunnable(" ".join(done.stderr.split())[-300:])


def files_of(package: dict[str, Any]) -> list[File]:
    """The files of a package that suit this Python, its source distribution last."""
    parts = [*package.get("wheels", ()), package.get("archive"), package.get("sdist")]
    return [one for one in parts if one]


def when_uploaded(files: Iterable[File]) -> datetime.datetime | None:
    """When the last of the files was uploaded; None if the index does not say it of each."""
    found: list[datetime.datetime | None] = [one.get("upload-time") for one in files]
    known = [one for one in found if one]
    return max(known) if known and len(known) == len(found) else None


def name_of(file: File) -> str:
    """The name of a file, without the folder or the host that it comes from."""
    return PurePosixPath(unquote(urlsplit(file.get("url", "")).path or file.get("path", ""))).name


def pins_of(packages: Iterable[dict[str, Any]]) -> Iterator[Pin]:
    """The pins of what `resolve` found, each with the file that suits this Python best."""
    ranks = {tag: rank for rank, tag in enumerate(sys_tags())}
    for package in packages:
        name, version = package["name"], package["version"]
        files = files_of(package)
        chosen = min(files, key=lambda file: _rank(file, ranks))
        uploaded = when_uploaded([chosen])
        known = Package(name, version, hash_of(chosen), uploaded.isoformat() if uploaded else "")
        allowed = [f"--hash={hash_of(one)}" for one in files]
        yield Pin(known, " ".join([f"{name}=={version}", *allowed]))


def _rank(file: File, ranks: dict[Tag, int]) -> int:
    """How well a wheel suits this Python: the least is the one that is installed."""
    try:
        tags = parse_wheel_filename(name_of(file))[3]
    except InvalidWheelFilename:
        return len(ranks)
    return min((ranks.get(tag, len(ranks)) for tag in tags), default=len(ranks))


def hash_of(file: File) -> str:
    """The best hash that is known of a file, as `sha256:...`."""
    kind, digest = min(file["hashes"].items(), key=lambda one: one[0] != "sha256")
    return f"{kind}:{digest}"


def _explain(name: str, version: str, said: str, otherwise: str) -> NotRunnable:
    """What uv said, in one line that says what to do; `otherwise` where that is not known."""
    if "no usable wheels" in said or "Wheels are required" in said:
        return NoWheel(
            f"{name} {version} has no wheel for {python_tag()}; "
            "--build builds its source distribution, which runs its code"
        )
    if "no version of" in said or "not found in" in said:
        return NotRunnable(f"{name} has no release {version} in the index")
    if re.search(r"requires Python|Requires-Python|Python requirement", said):
        return NotRunnable(f"{name} {version} needs another Python than {python_tag()}")
    return NotRunnable(f"{otherwise}: {said[-300:]}")
