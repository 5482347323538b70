"""What moved between two lock files: what can be compared, what cannot, and what is to be noted.

How this works. Two pins of a library that are the same did not move. Of two others that can both
be run, a comparison is made; where one cannot, such as a fork in a repository, the library is
reported as not run, with the reason. What asks for a range in both files pins nothing, and is a
note: a user who names the library gets an error instead. Where what a library works with moved as
well, or alone, each side of the library is run with what its file pins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fixtures.drivers.surfaces import Library

from ..diff.comparison import NOT_RUNNABLE, Comparison, Difference
from ..results.release import Cell, Release, WrongInput
from ..results.targets import PATH, Target, parse_target, with_companions
from .lock_base import Base
from .lock_companions import Releases, describe_known, find_companions, list_moved
from .lock_markers import Environment
from .lock_pins import FOLDER, RANGE, RELEASE, RULED_OUT, UNREADABLE, Pin
from .lockfiles import LockFile, read_lock

Files = tuple[LockFile, LockFile]
Pins = tuple[Pin | None, Pin | None]
"""What the old and the new file say of a library."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The pairs of targets, of which some have a reason why they cannot be run; and notes."""

    pairs: list[tuple[Target, Target]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_files(files: list[Path], base: str | None, *, outside: bool) -> tuple[LockFile, LockFile]:
    """The old and the new lock file: two files, or one and what it was in the commit `base`.

    Raises `WrongInput` for another number of files, and for one that cannot be read.
    """
    if len(files) != (1 if base else 2):
        raise WrongInput("give --lock OLD NEW (two files), or --base REF --lock FILE (one)")
    if not base:
        old, new = (read_lock(path, outside=outside) for path in files)
        return old, new
    new = read_lock(files[0], outside=outside)
    return Base(files[0], base).read_lock(outside=outside), new


def find_moves(
    old: LockFile,
    new: LockFile,
    libraries: Iterable[Library],
    environment: Environment,
    *,
    asked: bool = False,
    needed: bool = True,
) -> Moves:
    """What moved of these libraries. `asked`: a user has named them.

    Raises `WrongInput` if neither file names one that was asked for, or, where one is `needed`,
    any of them.
    """
    files = old, new
    pins = {one: _find_both(files, one, environment) for one in libraries}
    moves = Moves(notes=list(dict.fromkeys([*old.notes, *new.notes])))
    if not needed and not asked and not any(any(pair) for pair in pins.values()):
        moves.notes.append(f"{new.name} pins none of {', '.join(map(str, pins))}")
        return moves
    _require_known(old, new, pins, asked=asked)
    for library, pair in pins.items():
        if asked:
            _require_pinned(library, files, pair)
        beside = tuple(find_companions(library, file, environment) for file in files)
        _add(moves, library, pair, files, beside)
    return moves


def _find_both(files: Files, library: Library, environment: Environment) -> Pins:
    return files[0].find(library.name, environment), files[1].find(library.name, environment)


def _require_known(
    old: LockFile, new: LockFile, pins: Mapping[Library, Pins], *, asked: bool
) -> None:
    unknown = [str(library) for library, pair in pins.items() if not any(pair)]
    if len(unknown) == len(pins) or (asked and unknown):
        notes = "".join(f"; {note}" for note in (*old.notes, *new.notes)[:1])
        raise WrongInput(f"neither {old.name} nor {new.name} pins {' or '.join(unknown)}{notes}")


def _require_pinned(library: Library, files: Files, pair: Pins) -> None:
    if all(pin is None or pin.kind == RULED_OUT for pin in pair):
        said = next(pin.what for pin in pair if pin)
        raise WrongInput(f"{files[0].name} and {files[1].name} pin {library} {said}: --python X.Y")
    for file, pin in zip(files, pair, strict=True):
        if pin and pin.kind in (RANGE, UNREADABLE):
            raise WrongInput(f"{file.name} does not pin {library} to a single release: {pin.what}")


def _add(
    moves: Moves, library: Library, pair: Pins, files: Files, beside: Sequence[Releases]
) -> None:
    was, now = (None if pin and pin.kind == RULED_OUT else pin for pin in pair)
    for pin, file in zip(pair, files, strict=True):
        if pin and pin.kind == RULED_OUT:
            moves.notes.append(f"{library} in {file.name}: {pin.what}; --python X.Y takes another")
    if not was or not now:
        moves.notes.extend(_describe_one(library, was, now))
    elif was.kind == now.kind == RELEASE and (moved := list_moved(*beside)):
        targets = [parse_target(library, pin.what) for pin in (was, now)]
        old, new = map(with_companions, targets, beside)
        moves.pairs.append((old, new))
        moves.notes.append(
            f"{library} is run with what each file pins beside it: {'; '.join(moved)}"
        )
    elif was.same(now):
        moves.notes.append(f"{library} did not move: {was.what} in both files")
    elif was.kind == now.kind == RANGE:
        said = f"{was.what}; {now.what}" if was.what != now.what else was.what
        moves.notes.append(f"{library} is not pinned, so it is not compared: {said}")
    else:
        old = _make_target(library, was, files[0])
        new = _make_target(library, now, files[1])
        moves.pairs.append((old, new))
        if was.kind == FOLDER and not old.reason:
            moves.notes.append(f"{library} was at a folder, {was.what}, which is run as it is now")
        moves.notes.extend(describe_known(library, old, new, beside, files[1].name))


def _describe_one(library: Library, was: Pin | None, now: Pin | None) -> Iterator[str]:
    if now:
        yield f"{library} is new, at {now.what}: there is nothing to compare it with"
    elif was:
        yield f"{library} is gone: it was at {was.what}"


def _make_target(library: Library, pin: Pin, file: LockFile) -> Target:
    """What can be run, or the reason why not."""
    if not pin.can_run:
        how = f"; {pin.advice}, and gate {library} --from OLD --to NEW" if pin.advice else ""
        return Target(library, file.name, PATH, reason=f"{pin.what}{how}")
    try:
        return parse_target(library, pin.what)
    except WrongInput as error:
        reason = f"it comes from a folder: {error}; gate {library} --from OLD --to NEW"
        return Target(library, file.name, PATH, reason=reason)


def is_impossible(old: Target, new: Target) -> bool:
    """Whether one of them is neither a release nor a folder, so that nothing can be said of it."""
    return any(one.kind == PATH and not one.place for one in (old, new))


def compare_impossible(old: Target, new: Target, cells: Sequence[Cell]) -> Comparison:
    """What is said of two targets of which one cannot be run: the other one is not run either."""
    was, now = (
        Release(one.library.name, one.label, one.version or "", "", reason=one.reason)
        for one in (old, new)
    )
    found = Comparison(was, now, ())
    why = found.reason
    each = (Difference(cell, NOT_RUNNABLE, reason=why) for cell in cells)
    return replace(found, differences=tuple(each))
