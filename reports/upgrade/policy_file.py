"""Where a policy is, `lifecycle.toml` or a table of `pyproject.toml`, and what is wrong in it."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

import suites.promises
import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.text import suggest
from suites.input_files import Malformed, decode_toml, read_input
from suites.judging.promise import PROMISES
from suites.judging.rules import RULES

from ..diff.kinds import KINDS
from ..results.known_names import suggest_names
from ..results.release import WrongInput
from .policy import LEVELS, SCHEMA, Acceptance, Policy, Use

OWN, SHARED = "lifecycle.toml", "pyproject.toml"
TABLE = ("tool", "wslifecycle")
"""Where a policy stands in a file that is shared with other tools."""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file that holds a policy, or may: `table` is where in it, and empty for all of it."""

    path: Path
    table: tuple[str, ...] = ()

    @classmethod
    def of(cls, path: Path) -> PolicyFile:
        """The file of this name; of a `pyproject.toml`, our table."""
        return cls(path, TABLE if path.name == SHARED else ())

    def __str__(self) -> str:
        """Its name."""
        return f"{self.path} [{'.'.join(self.table)}]" if self.table else str(self.path)


def find_policy(asked: Path | None) -> PolicyFile | None:
    """The file that was asked for; or that of this folder, or the nearest above it, if any.

    Above, it looks up to the folder that is a repository, and nowhere if none is. Raises
    `WrongInput` if a folder has two, which nobody would keep alike.
    """
    if asked is not None:
        return PolicyFile.of(asked)
    for folder in _list_folders(Path()):
        own, shared = folder / OWN, folder / SHARED
        found = [PolicyFile(own)] if os.path.lexists(own) else []
        found += [PolicyFile(shared, TABLE)] if _holds_table(shared) else []
        if len(found) > 1:
            raise WrongInput(
                f"there is a policy in {own} and one in {found[1]}: move one into the other, or "
                "say --policy FILE"
            )
        if found:
            return found[0]
    return None


def default_policy() -> PolicyFile:
    """The file to begin where there is none: beside the repository, or else here."""
    return PolicyFile(_list_folders(Path())[-1] / OWN)


def load_policy(file: PolicyFile) -> Policy:
    """The policy in a file, every name in it checked.

    Raises `WrongInput` for a file that is malformed and for a name that nothing is called.
    """
    raw = _select(read_toml(file.path), file)
    if raw.get("schema", SCHEMA) != SCHEMA:
        raise WrongInput(f"{file}: schema {raw['schema']!r}; this version reads schema {SCHEMA}")
    _check_words(file, raw)
    try:
        found = msgspec.convert(raw, Policy)
    except msgspec.ValidationError as error:
        raise WrongInput(f"{file}: {error}") from error
    _check_globs(str(file), "use.surfaces", found.use.surfaces, SURFACES)
    _check_globs(str(file), "use.scenarios", found.use.scenarios, SCENARIOS)
    for number, entry in enumerate(found.accept, 1):
        _check_entry(f"{file}, acceptance {number}", entry)
    return found


def read_toml(path: Path) -> dict[str, Any]:
    """The TOML in a file. Raises `WrongInput`."""
    try:
        return decode_toml(read_input(path), dict[str, Any])
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error
    except Malformed as error:
        raise WrongInput(f"{path} cannot be read: {error}") from error


def _list_folders(here: Path) -> Sequence[Path]:
    """This folder and those above it, up to the one that is a repository; else this one alone."""
    found = [here]
    while not os.path.lexists(found[-1] / ".git"):
        above = found[-1] / ".."
        if above.samefile(found[-1]):
            return [here]
        found.append(above)
    return found


def _holds_table(path: Path) -> bool:
    """Whether a file has a table of ours; one that does not even name it is not parsed."""
    if not os.path.lexists(path):
        return False
    try:
        if TABLE[-1].encode() not in read_input(path):
            return False
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error
    found: Any = read_toml(path)
    for key in TABLE:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found is not None


def _select(raw: dict[str, Any], file: PolicyFile) -> dict[str, Any]:
    """What a file holds of ours. Raises `WrongInput` if it is no table."""
    found: Any = raw
    for key in file.table:
        found = found.get(key, {}) if isinstance(found, dict) else found
    if not isinstance(found, dict):
        raise WrongInput(f"{file} is not a table")
    return found


def _check_words(file: PolicyFile, raw: dict[str, Any]) -> None:
    """Unknown words, before anything else: a typo is the likeliest mistake of all."""
    tables: list[tuple[str, Any, Sequence[str]]] = [
        ("", raw, _list_keys(Policy)),
        ("use: ", raw.get("use"), _list_keys(Use)),
        ("levels: ", raw.get("levels"), list(KINDS)),
    ]
    accepted = raw.get("accept")
    for number, entry in enumerate(accepted if isinstance(accepted, list) else (), 1):
        tables.append((f"acceptance {number}: ", entry, _list_keys(Acceptance)))
    for place, table, known in tables:
        for word in table if isinstance(table, dict) else ():
            if word not in known:
                hint = suggest(word, known)
                raise WrongInput(
                    f"{file}: {place}{word!r} is not a key.{hint} There are: {', '.join(known)}"
                )
    levels = raw.get("levels")
    for kind, level in levels.items() if isinstance(levels, dict) else ():
        if level not in LEVELS:
            raise WrongInput(f"{file}: levels: {kind} must be one of {', '.join(LEVELS)}")


def _list_keys(form: type[msgspec.Struct]) -> Sequence[str]:
    return [field.encode_name for field in msgspec.structs.fields(form)]


def _check_entry(place: str, entry: Acceptance) -> None:
    _check_globs(place, "library", (entry.library,), LIBRARIES)
    if entry.library not in LIBRARIES:
        raise WrongInput(f"{place}: library {entry.library!r} is a glob; name one library")
    ours = [name for name, surface in SURFACES.items() if surface.library.name == entry.library]
    _check_globs(place, "surface", (entry.surface,), ours)
    _check_globs(place, "scenario", (entry.scenario,), SCENARIOS)
    if entry.check and entry.check not in {**PROMISES, **RULES}:
        hint = suggest_names("check", entry.check, [*PROMISES, *RULES])
        raise WrongInput(f"{place}: no check is called {entry.check!r}.{hint}")
    digests = [("behaviour", entry.behaviour)] if entry.behaviour else []
    for what, digest in [*digests, *(("changes", one) for one in entry.changes)]:
        if not re.fullmatch("[0-9a-f]{12}", digest):
            raise WrongInput(
                f"{place}: {what} {digest!r} is not twelve hexadecimal digits, as "
                "--format json has them"
            )
    if not entry.reason.strip():
        raise WrongInput(f"{place}: reason is empty; say why the change is accepted")
    every_cell = _matches_all(entry.surface, ours) and _matches_all(entry.scenario, SCENARIOS)
    if every_cell and not (entry.changes or entry.check or entry.behaviour):
        raise WrongInput(
            f"{place} would accept anything; name a surface, a scenario, changes, a check or a "
            "behaviour"
        )


def _matches_all(glob: str, names: Iterable[str]) -> bool:
    """Whether a glob leaves none of the names out, however it is written: `*`, `?*`."""
    return all(fnmatch.fnmatchcase(name, glob) for name in names)


def _check_globs(place: str, what: str, globs: Sequence[str], names: Iterable[str]) -> None:
    if not globs:
        raise WrongInput(f"{place}: {what} is empty, so nothing would be compared; leave it out")
    for glob in globs:
        if not fnmatch.filter(names, glob):
            raise WrongInput(f"{place}: {what} {glob!r} matches nothing.{suggest(glob, names)}")
