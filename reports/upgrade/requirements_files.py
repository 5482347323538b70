"""Requirements and constraints files, as pip reads them, and those that they include.

How this works. Such a file may come with an untrusted change, and `-r` or `-c` may name any other
file. So an included file lies in the folder of the one that names it, where links are followed,
unless the user allows any; and what is wrong with a line is told by its number, never by what
stands there. A line that cannot be read, and an included file that is not there, are noted, and the
rest is read. A constraint is a pin: the library, if it is installed, is at that release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement

from suites.input_files import Malformed, decode_toml, read_input

from ..results.release import WrongInput
from .lock_pins import (
    EMPTY,
    UNREADABLE,
    Found,
    LockText,
    Pin,
    find_release,
    pin_address,
    pin_file,
    pin_path,
    pin_range,
    pin_release,
)
from .text_encodings import decode_text

PATTERN = re.compile(r"^[\w.-]+(\[[^\]\n]*\])?[ \t]*(===?|@)", re.MULTILINE)
"""What a line of such a file looks like, whatever the file is called."""
INCLUDING = re.compile(r"(?:-(r|c)|--(requirement|constraint))[ =]?\s*(\S+)")
EDITABLE = re.compile(r"(?:-e|--editable)[ =]?\s*(\S+)")
FROZEN = re.compile(r"#\s*Editable\b.*\(([\w.-]+)==")
"""What `pip freeze` writes before the path of what is installed from there."""
NO_REQUIREMENT = "it is not a requirement, such as websockets==15.0"
MOST_NOTES = 5
"""How many lines that cannot be read are named."""
MOST_BAD = 100
"""A file with more of them is no such file."""


class _Project(msgspec.Struct):
    name: str = ""


class _Pyproject(msgspec.Struct):
    project: _Project = msgspec.field(default_factory=_Project)


@dataclass(slots=True)
class _Reading:
    """What has been read of a file and of those that it includes."""

    part: str = ""
    seen: set[Path] = field(default_factory=set)
    requirements: int = 0
    bad: list[str] = field(default_factory=list)


def read_requirements(file: LockText) -> Found:
    """What a requirements file, and those that it includes, pin.

    Raises `WrongInput` for a file that it must not include, and `ValueError` for one that names
    nothing at all.
    """
    reading = _Reading()
    yield from _read_all(file, reading)
    if not reading.requirements:
        raise ValueError(reading.bad[0] if reading.bad else EMPTY)


def read_lines(file: LockText, part: str) -> Found:
    """The pins of such lines in another file, which may have none; `part` is what is said of them.

    Raises `WrongInput` for a file that they must not include.
    """
    yield from _read_all(file, _Reading(f" {part}"))


def _read_all(file: LockText, reading: _Reading) -> Found:
    """The pins of a file, and notes on what is left out."""
    yield from _read(file, reading)
    file.notes.extend(f"{one}; the line is left out" for one in reading.bad[:MOST_NOTES])
    if len(reading.bad) > MOST_NOTES:
        file.notes.append(f"{len(reading.bad) - MOST_NOTES} more lines are left out for that")


def _read(file: LockText, reading: _Reading) -> Found:
    """The pins of a file that has not been read yet."""
    reading.seen.add(file.path.resolve())
    frozen = ""
    for number, line in _join_lines(file.text):
        place = f"{file.path}{reading.part}, line {number}"
        wanted = re.sub(r"(^|\s)#.*", "", line).strip()
        before, named = frozen, FROZEN.match(line)
        frozen = named[1] if named else ""
        if included := INCLUDING.match(wanted):
            yield from _include(file, place, included, reading)
        elif editable := EDITABLE.match(wanted):
            reading.requirements += 1
            yield from _pin_unnamed(file, place, editable[1], before)
        elif wanted and not wanted.startswith("-"):
            yield from _parse(file, place, re.split(r"\s--", wanted)[0], reading)


def _join_lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line with its number; those that a backslash joins are one."""
    begun, number = "", 0
    for count, line in enumerate(text.splitlines(), 1):
        number = number or count
        begun += f"{line.removesuffix(chr(92))} "
        if not line.endswith("\\"):
            yield number, begun
            begun, number = "", 0
    if begun:
        yield number, begun


def _include(file: LockText, place: str, named: re.Match[str], reading: _Reading) -> Found:
    is_constraint = (named[1] or named[2]).startswith("c")
    if "://" in named[3]:
        file.notes.append(f"{place}: what is at an address is not read")
        return
    try:
        other = _locate(file, place, named[3])
    except _Outside as error:
        if not is_constraint:
            raise
        file.notes.append(f"{error}; it is not read")
        return
    if other.resolve() in reading.seen:
        return
    try:
        text = decode_text(other, file.read_file(other))
    except WrongInput as error:
        reason = getattr(error.__cause__, "strerror", None) or "it is no text, or not there"
        file.notes.append(f"{place}: the file that it includes cannot be read: {reason}")
        return
    yield from _read(replace(file, path=other, text=text), reading)


class _Outside(WrongInput):
    """An included file is out of the folder."""


def _locate(file: LockText, place: str, name: str) -> Path:
    """The file that a line includes. Raises `WrongInput` for one that it must not."""
    folder = file.path.parent
    try:
        inside = (folder / name).resolve().is_relative_to(folder.resolve())
    except RecursionError:
        raise
    except (OSError, RuntimeError, ValueError) as error:  # a link to itself, a NUL
        raise WrongInput(f"{place}: no file can have the name that stands there") from error
    if not (inside or file.outside):
        raise _Outside(
            f"{place}: it includes a file out of the folder of {file.path.name}; --allow-outside "
            "has it read"
        )
    return folder / name


def _pin_unnamed(file: LockText, place: str, wanted: str, named: str = "") -> Found:
    """What a path or an address without a name is of, as far as it says.

    If it does not, its last part is taken for the name, which is noted: a fork may have any. The
    project that the file itself is of is none of those that are looked for.
    """
    egg = re.search(r"#(?:.*&)?egg=([\w.-]+)", wanted)
    bare = re.sub(r"\[[\w,. -]*\]$", "", re.split("[?#]", wanted)[0]).rstrip("/")
    is_path = "://" not in wanted
    pin = pin_path(file.path, bare) if is_path else _pin_url(file.path, wanted)
    name = named or (egg[1] if egg else "")
    if not name and is_path:
        name = _read_project_name(Path(pin.what))
    if not name and not (is_path and file.path.resolve().is_relative_to(pin.what)):
        name = re.split(r"@|\.git\b|-\d", bare.rpartition("/")[2])[0]
        if not find_release(bare):
            file.notes.append(f"{place}: it does not say which distribution it is")
    if re.fullmatch(r"\w[\w.-]*", name):
        yield name, pin


def _read_project_name(folder: Path) -> str:
    """The name in the `pyproject.toml` of a folder, or nothing."""
    try:
        return decode_toml(read_input(folder / "pyproject.toml"), _Pyproject).project.name
    except (OSError, Malformed):
        return ""


def _parse(file: LockText, place: str, wanted: str, reading: _Reading) -> Found:
    """What a line asks for; where it is no requirement, that it is bad."""
    try:
        found = Requirement(wanted)
    except (InvalidRequirement, ValueError, RecursionError):
        if re.match(r"[./]|\w+://|git\+", wanted):
            reading.requirements += 1
            yield from _pin_unnamed(file, place, wanted)
            return
        reading.bad.append(f"{place}: {NO_REQUIREMENT}")
        if len(reading.bad) > MOST_BAD:
            raise ValueError(reading.bad[0]) from None
        if named := re.match(r"[A-Za-z0-9][\w.-]*", wanted):
            yield named[0], Pin(UNREADABLE, f"{place}: {NO_REQUIREMENT}")
        return
    reading.requirements += 1
    yield found.name, _pin_required(file.path, found).where(str(found.marker or ""))


def _pin_required(path: Path, found: Requirement) -> Pin:
    exact = {
        one.version
        for one in found.specifier
        if one.operator in ("==", "===") and not one.version.endswith("*")
    }
    if found.url:
        return _pin_url(path, found.url)
    if len(exact) == 1:
        return pin_release(exact.pop())
    return pin_range(str(found.specifier) or "any release")


def _pin_url(path: Path, address: str) -> Pin:
    return pin_file(path, address) if address.startswith("file:") else pin_address(address)
