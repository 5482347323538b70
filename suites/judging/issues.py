"""Known deviations: where library and document disagree, listed with reason, signature and link.

The lists are plain files, `deviations/*.toml`, one for each library. Loading checks every name in
them; an entry that cannot mean anything is an error that says how to mend it.
"""

from __future__ import annotations

import datetime
import difflib
import fnmatch
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS, Scenario

from .promise import PROMISES, in_range
from .rules import RULES

FOLDER = Path(__file__).parents[1] / "deviations"
SCHEMA = 1
LISTED_SINCE = {"websocket-client": "1.4.1", "websockets": "10.0", "tornado": "6.0"}
"""From which release on every deviation is listed; in older ones, what is broken is red."""
BUG = "bug"
REASONS = (BUG, "by-design", "docs-wrong", "docs-outdated")


class DeviationError(Exception):
    """A list of deviations is wrong; the text says where, why and how to mend it."""


class Deviation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One known deviation. `signature` is what is recorded instead; `*` stands for anything.

    It is a list where a race records now this, now that. `sometimes`: a cell that races shows it
    in some runs only. `also`: other surfaces that deviate in the same way, in those of the
    scenarios that they play.
    """

    check: str
    surface: str
    scenarios: tuple[str, ...]
    versions: str
    signature: str | tuple[str, ...]
    reason: str
    why: str
    link: str
    review: datetime.date
    sometimes: bool = False
    also: tuple[str, ...] = ()

    def covers(self, check: str, scenario: Scenario, version: str) -> bool:
        """Whether the entry speaks of this check in this scenario, for this release."""
        return (
            check == self.check
            and any(fnmatch.fnmatchcase(scenario.name, glob) for glob in self.scenarios)
            and in_range(version, self.versions)
        )

    @property
    def signatures(self) -> tuple[str, ...]:
        """What is recorded instead: one text, or each of several."""
        return (self.signature,) if isinstance(self.signature, str) else self.signature

    def recognises(self, recorded: str) -> bool:
        """Whether what was recorded is what the entry describes."""
        return any(_pattern(signature).fullmatch(recorded) for signature in self.signatures)


class DeviationFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of one library."""

    schema: int
    library: str
    deviation: tuple[Deviation, ...] = ()


@functools.cache
def _pattern(signature: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in signature.split("*")), re.DOTALL)


def load(folder: Path | None = None) -> tuple[Deviation, ...]:
    """Every known deviation of every file in `folder` (by default `FOLDER`), checked.

    Raises `DeviationError` for a malformed file, an unknown name, an entry that no cell can
    match, and two entries that speak of the same cell.
    """
    _cells_of.cache_clear()  # there may be more surfaces and scenarios than the last time
    found: list[Deviation] = []
    for path in sorted((folder or FOLDER).glob("*.toml")):
        file = _read(path)
        _known(path.name, "library", file.library, LIBRARIES)
        for entry in file.deviation:
            _check_entry(f"{path.name}: {entry.check}", entry, file.library)
        order = [(entry.check, entry.scenarios, entry.versions) for entry in file.deviation]
        for before, after in zip(order, sorted(order), strict=True):
            if before != after:
                raise DeviationError(
                    f"{path.name}: entries are sorted by check, then scenarios; "
                    f"move {after[0]!r} {list(after[1])} before {before[0]!r} {list(before[1])}"
                )
        for entry in file.deviation:
            found += _everywhere(f"{path.name}: {entry.check}", entry, file.library)
    _check_overlaps(found)
    return tuple(found)


def _read(path: Path) -> DeviationFile:
    try:
        raw = msgspec.toml.decode(path.read_bytes())
        schema = raw.get("schema", SCHEMA)
        if schema != SCHEMA:
            raise DeviationError(f"{path.name}: schema {schema} is not known here; use {SCHEMA}")
        return msgspec.convert(raw, DeviationFile)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise DeviationError(f"{path.name}: {error}") from error


def _everywhere(place: str, entry: Deviation, library: str) -> Iterator[Deviation]:
    """The entry, and one like it for each other surface that it names."""
    yield entry
    for name in entry.also:
        _known(place, "surface", name, SURFACES)
        owner, dot, check = entry.check.partition(".")
        named = f"{name}.{check}" if owner == entry.surface else f"{owner}{dot}{check}"
        _known(f"{place}, also {name}", "check", named, [*PROMISES, *RULES])
        other = msgspec.structs.replace(entry, surface=name, check=named, also=())
        played = _cells_of_check(other)
        globs = tuple(glob for glob in entry.scenarios if fnmatch.filter(played, glob))
        if not globs:
            raise DeviationError(
                f"{place}: also has {name!r}, which this check looks at in none of the scenarios"
            )
        other = msgspec.structs.replace(other, scenarios=globs)
        _check_entry(f"{place}, also {name}", other, library)
        yield other


def _check_entry(place: str, entry: Deviation, library: str) -> None:
    _known(place, "surface", entry.surface, SURFACES)
    surface = SURFACES[entry.surface]
    if surface.library.name != library:
        raise DeviationError(f"{place}: surface {entry.surface} is not one of {library}'s")
    _known(place, "check", entry.check, [*PROMISES, *RULES])
    promised = PROMISES.get(entry.check)
    if promised and promised.surface != surface:
        raise DeviationError(f"{place}: this check is not one of {entry.surface}'s")
    _check_scenarios(place, entry)
    if not all(text.strip("* ") for text in entry.signatures or [""]):
        raise DeviationError(
            f"{place}: signature {entry.signature!r} would excuse anything; write what is recorded"
        )
    if entry.reason not in REASONS:
        raise DeviationError(f"{place}: reason {entry.reason!r} is not one of {', '.join(REASONS)}")
    if not entry.link.startswith("https://"):
        raise DeviationError(f"{place}: link {entry.link!r} is no https:// address")
    try:
        SpecifierSet(entry.versions)
    except InvalidSpecifier as error:
        raise DeviationError(f"{place}: {error}; write versions like '>=1.9.0'") from error
    if "===" in entry.versions:
        raise DeviationError(f"{place}: versions {entry.versions!r}: write '==' for one release")


def _check_scenarios(place: str, entry: Deviation) -> None:
    names = _cells_of_check(entry)
    if not entry.scenarios:
        raise DeviationError(f"{place}: scenarios is empty; name those that deviate")
    for glob in entry.scenarios:
        matched = fnmatch.filter(names, glob)
        if not matched:
            hint = _hint(glob, names)
            raise DeviationError(
                f"{place}: scenarios has {glob!r}, which no cell of this check is called.{hint}"
            )
        steady = [name for name in matched if not SURFACES[entry.surface].may_race(SCENARIOS[name])]
        if entry.sometimes and steady:
            raise DeviationError(
                f"{place}: sometimes is for scenarios that race, and {steady[0]} does not"
            )


def _cells_of_check(entry: Deviation) -> list[str]:
    """The names of the scenarios in which the entry's check looks at the entry's surface."""
    promised = PROMISES.get(entry.check)
    found = _cells_of(entry.surface)
    return [name for name in found if promised is None or name in promised.scenarios]


@functools.cache
def _cells_of(name: str) -> list[str]:
    """The names of the scenarios that a surface can play."""
    surface = SURFACES[name]
    return [
        scenario.name
        for scenario in SCENARIOS.values()
        if surface.plays(scenario) and not surface.missing(scenario)
    ]


def _check_overlaps(entries: Iterable[Deviation]) -> None:
    owners: dict[tuple[str, str, str], list[Deviation]] = {}
    for entry in entries:
        for name in _cells_of_check(entry):
            if not any(fnmatch.fnmatchcase(name, glob) for glob in entry.scenarios):
                continue
            others = owners.setdefault((entry.surface, entry.check, name), [])
            if any(_share_a_release(entry.versions, other.versions) for other in others):
                raise DeviationError(
                    f"two entries speak of {entry.check} of {entry.surface} in {name}: "
                    "narrow the scenarios of one, or its versions"
                )
            others.append(entry)


def _share_a_release(one: str, other: str) -> bool:
    """Whether two ranges overlap: if so, both have the lowest release of one, or the next."""
    bounds = [Version(spec.version.removesuffix(".*")) for spec in SpecifierSet(f"{one},{other}")]
    lowest = ["0", *map(str, bounds), *(f"{bound.base_version}.0.0.0.1" for bound in bounds)]
    return any(in_range(release, one) and in_range(release, other) for release in lowest)


def _known(place: str, what: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise DeviationError(f"{place}: no {what} is called {name!r}.{_hint(name, names)}")


def _hint(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(names), 1)
    return f" Did you mean {close[0]!r}?" if close else ""
