"""Requirements files, as pip reads them: a requirement in each line, and files that they include.

How this works. Such a file may come with an untrusted change, and `-r` may name any other file
(what `-c` names is not read at all). So an included file lies in the folder of the one that names
it, where links are followed, unless the user allows any; and what is wrong with a line is told by
its number, never by what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from suites.input_files import read_input

from ..results.release import WrongInput
from .lock_pins import EMPTY, UNPINNED, Pin, pin_elsewhere, pin_path, pin_release

PATTERN = re.compile(r"^[\w.-]+(\[[^\]\n]*\])?[ \t]*(===?|@)", re.MULTILINE)
"""What a line of such a file looks like, whatever the file is called."""


def read_text(path: Path) -> str:
    """The text of a file. Raises `WrongInput` for what cannot be read as one."""
    return decode_text(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """What is in a file. Raises `WrongInput` for one that cannot be read."""
    try:
        return read_input(path)
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error


def decode_text(path: Path, raw: bytes) -> str:
    """The text in a file. Raises `WrongInput` for what is not in UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongInput(f"{path} is not text in UTF-8, at byte {error.start}") from error


def read_requirements(path: Path, text: str, *, outside: bool = False) -> Iterator[Pin]:
    """What a requirements file, and those that it includes, pin.

    `outside`: it may include files out of its folder. Raises `WrongInput`, with the number of the
    line, and `ValueError` for a file that names nothing at all.
    """
    seen: dict[Path, int] = {}
    yield from _read(path, text, seen, outside=outside)
    if not any(seen.values()):
        raise ValueError(EMPTY)


def _read(path: Path, text: str, seen: dict[Path, int], *, outside: bool) -> Iterator[Pin]:
    """The pins of a file that is not among those `seen`, where it counts its requirements."""
    here = path.resolve()
    seen[here] = 0
    for number, line in _join_lines(text):
        wanted = re.sub(r"(^|\s)#.*", "", line).strip()
        included = re.match(r"(?:-r|--requirement)[ =]?\s*(\S+)", wanted)
        editable = re.match(r"(?:-e|--editable)[ =]?\s*(\S+)", wanted)
        place = f"{path}, line {number}"
        if included:
            other = _locate(place, path, included[1], outside=outside)
            if other.resolve() not in seen:
                yield from _read(other, _read_included(place, other), seen, outside=outside)
        elif editable:
            seen[here] += 1
            yield from _pin_unnamed(path, editable[1])
        elif wanted and not wanted.startswith("-"):
            seen[here] += 1
            yield from _parse(place, path, re.split(r"\s--", wanted)[0])


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


def _locate(place: str, path: Path, name: str, *, outside: bool) -> Path:
    """The file that a line includes. Raises `WrongInput` for one that it must not."""
    try:
        found = (path.parent / name).resolve()
        inside = found.is_relative_to(path.parent.resolve())
    except (OSError, RuntimeError, ValueError) as error:  # a link to itself, a NUL
        raise WrongInput(f"{place}: no file can have the name that stands there") from error
    if not (inside or outside):
        raise WrongInput(
            f"{place}: it includes a file out of the folder of {path.name}; --allow-outside has "
            "it read"
        )
    return path.parent / name


def _read_included(place: str, path: Path) -> str:
    """The text of an included file; `place` is the line that names it. Raises `WrongInput`."""
    try:
        return read_text(path)
    except WrongInput as error:
        raise WrongInput(f"{place}: {error}") from error


def _pin_unnamed(path: Path, place: str) -> Iterator[Pin]:
    """What a path or an address without a name is of, as far as its last part says."""
    named = re.search(r"#egg=([\w.-]+)", place)
    last = re.split("[?#]", place)[0].rstrip("/").rpartition("/")[2]
    name = named[1] if named else re.split(r"@|\.git\b|-\d", last)[0]
    is_checkout = "://" not in place and (path.parent / place).is_dir()
    if re.fullmatch(r"\w[\w.-]*", name):
        yield name, pin_path(path, place) if is_checkout else pin_elsewhere(place)


def _parse(place: str, path: Path, wanted: str) -> Iterator[Pin]:
    try:
        found = Requirement(wanted)
        is_for_us = not found.marker or found.marker.evaluate({"extra": ""})
    except (InvalidRequirement, ValueError, RecursionError) as error:
        if re.match(r"[./]|\w+://|git\+", wanted):
            yield from _pin_unnamed(path, wanted)
            return
        raise WrongInput(f"{place}: it is not a requirement, such as websockets==15.0") from error
    exact = re.fullmatch(r"===?([^*,]+)", str(found.specifier))
    if not is_for_us:
        return
    if found.url and found.url.startswith("file:"):
        yield found.name, pin_path(path, re.sub("^file:(//)?", "", found.url))
    elif found.url:
        yield found.name, pin_elsewhere(found.url)
    elif exact:
        yield found.name, pin_release(exact[1])
    else:
        said = str(found.specifier) or "any release"
        yield found.name, f"{UNPINNED}{said!r} is a range, not a release"
