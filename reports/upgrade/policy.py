"""`lifecycle.toml`: which surfaces and scenarios a program uses, and which changes it accepts."""

from __future__ import annotations

import datetime
import fnmatch
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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

from ..diff.comparison import ACCEPTED, MATTERS, Comparison, Difference
from ..results.release import Cell, WrongInput

SCHEMA = 1


class Use(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The surfaces and scenarios that a program uses, as globs; all of them by default."""

    surfaces: tuple[str, ...] = ("*",)
    scenarios: tuple[str, ...] = ("*",)


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change that is accepted: of cells, of a check, or to a behaviour. Says why, and since when.

    `surface` and `scenario` are globs. With a `check`, the cells in which it is the only check
    that changes; with a `behaviour`, those that now show this one.
    """

    library: str
    reason: str
    date: datetime.date
    surface: str = "*"
    scenario: str = "*"
    check: str = ""
    behaviour: str = ""

    def __str__(self) -> str:
        """The entry in one line."""
        shown = [f"{self.surface}-{self.scenario}", self.check, self.behaviour]
        return f"{self.library}: {', '.join(filter(None, shown))} ({self.date}: {self.reason})"

    def accepts(self, difference: Difference) -> bool:
        """Whether it speaks of what differs in this cell."""
        surface, scenario = difference.cell
        return (
            fnmatch.fnmatchcase(surface, self.surface)
            and fnmatch.fnmatchcase(scenario, self.scenario)
            and self._names_what_changed(difference)
        )

    def _names_what_changed(self, difference: Difference) -> bool:
        checks = {check.check for check in difference.checks}
        if self.check and not (self.check in checks and len(checks) == 1):
            return False
        return not self.behaviour or set(difference.counts[1]) == {self.behaviour}


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    schema: int = SCHEMA
    use: Use = Use()
    accept: tuple[Acceptance, ...] = ()

    def uses(self, cell: Cell) -> bool:
        """Whether the program uses this cell."""
        surface, scenario = cell
        return any(fnmatch.fnmatchcase(surface, glob) for glob in self.use.surfaces) and any(
            fnmatch.fnmatchcase(scenario, glob) for glob in self.use.scenarios
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """A comparison with the accepted changes marked, and the acceptances that match nothing."""

    comparison: Comparison
    unused: tuple[Acceptance, ...]


def settle(policy: Policy, comparison: Comparison) -> Settled:
    """Mark what is accepted; find the acceptances of this library that no longer match."""
    ours = [entry for entry in policy.accept if entry.library == comparison.old.library]
    used: set[int] = set()
    differences = []
    for difference in comparison.differences:
        matching = [
            number
            for number, entry in enumerate(ours)
            if difference.word in MATTERS and entry.accepts(difference)
        ]
        used.update(matching)
        if matching:
            reason = "; ".join(f"{ours[n].date}: {ours[n].reason}" for n in matching)
            difference = replace(difference, word=ACCEPTED, reason=reason)
        differences.append(difference)
    unused = tuple(entry for number, entry in enumerate(ours) if number not in used)
    return Settled(replace(comparison, differences=tuple(differences)), unused)


def load_policy(path: Path) -> Policy:
    """The policy in a file, every name in it checked.

    Raises `WrongInput` for a file that is malformed and for a name that nothing is called.
    """
    try:
        raw = decode_toml(read_input(path), dict[str, Any])
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error
    except Malformed as error:
        raise WrongInput(f"{path} cannot be read: {error}") from error
    if raw.get("schema", SCHEMA) != SCHEMA:
        raise WrongInput(f"{path}: schema {raw['schema']!r}; this version reads schema {SCHEMA}")
    _check_words(path, raw)
    try:
        found = msgspec.convert(raw, Policy)
    except msgspec.ValidationError as error:
        raise WrongInput(f"{path}: {error}") from error
    _check_globs(str(path), "use.surfaces", found.use.surfaces, SURFACES)
    _check_globs(str(path), "use.scenarios", found.use.scenarios, SCENARIOS)
    for number, entry in enumerate(found.accept, 1):
        _check_entry(f"{path}, acceptance {number}", entry)
    return found


def _check_words(path: Path, raw: dict[str, Any]) -> None:
    """Unknown words, before anything else: a typo is the likeliest mistake of all."""
    tables: list[tuple[str, Any, Any]] = [("", raw, Policy), ("use: ", raw.get("use"), Use)]
    accepted = raw.get("accept")
    for number, entry in enumerate(accepted if isinstance(accepted, list) else (), 1):
        tables.append((f"acceptance {number}: ", entry, Acceptance))
    for place, table, form in tables:
        known = [field.name for field in msgspec.structs.fields(form)]
        for word in table if isinstance(table, dict) else ():
            if word not in known:
                hint = suggest(word, known)
                raise WrongInput(
                    f"{path}: {place}{word!r} is not a key.{hint} There are: {', '.join(known)}"
                )


def _check_entry(place: str, entry: Acceptance) -> None:
    _check_globs(place, "library", (entry.library,), LIBRARIES)
    if entry.library not in LIBRARIES:
        raise WrongInput(f"{place}: library {entry.library!r} is a glob; name one library")
    ours = [name for name, surface in SURFACES.items() if surface.library.name == entry.library]
    _check_globs(place, "surface", (entry.surface,), ours)
    _check_globs(place, "scenario", (entry.scenario,), SCENARIOS)
    if entry.check and entry.check not in {**PROMISES, **RULES}:
        hint = suggest(entry.check, [*PROMISES, *RULES])
        raise WrongInput(f"{place}: no check is called {entry.check!r}.{hint}")
    if entry.behaviour and not re.fullmatch("[0-9a-f]{12}", entry.behaviour):
        raise WrongInput(
            f"{place}: behaviour {entry.behaviour!r} is not twelve hexadecimal digits, as "
            "--format json has them"
        )
    if not entry.reason.strip():
        raise WrongInput(f"{place}: reason is empty; say why the change is accepted")
    every_cell = _matches_all(entry.surface, ours) and _matches_all(entry.scenario, SCENARIOS)
    if every_cell and not (entry.check or entry.behaviour):
        raise WrongInput(
            f"{place} would accept anything; name a surface, a scenario, a check or a behaviour"
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
