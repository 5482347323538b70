"""Reads the files that list known issues, `deviations/**/*.toml`, and checks every name in them.

An entry without a meaning is an error that says how to mend it.
"""

from __future__ import annotations

import fnmatch
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.errors import UserError
from fixtures.model.scenario import SCENARIOS
from fixtures.model.tags import TAGS
from fixtures.model.text import suggest

from ..input_files import Malformed, decode_toml, read_input
from .issue_schema import SCHEMA, DeviationEntry, IssueEntry, IssueFile
from .issues import (
    BUG,
    PYTHON,
    REASONS,
    UNREPORTED,
    Deviation,
    Issue,
    find_overlaps,
    share_a_release,
)
from .promise import PROMISES, list_playable
from .python_properties import PROPERTIES, explain_unknown_property
from .rules import RULES

FOLDER = Path(__file__).parents[1] / "deviations"
_UPSTREAM = re.compile(r"^https://\S+/(issues|pull)/\d+$")


class IssueError(UserError):
    """A list of issues is wrong; the text says where, why and how to mend it."""


def load_deviations(folder: Path | None = None) -> tuple[Deviation, ...]:
    """Every deviation of every issue in the files of `folder` (by default `FOLDER`), checked.

    Raises `IssueError` for a malformed file, an unknown name, an entry that no cell can match,
    and two entries that are about the same cell.
    """
    _list_cells.cache_clear()  # surfaces and scenarios may have been declared since the last call
    _match_glob.cache_clear()
    root, ids, found = folder or FOLDER, set[tuple[str, str]](), list[Deviation]()
    for path in sorted(root.rglob("*.toml")):
        name = path.relative_to(root).as_posix()
        try:
            text = read_input(path)
        except OSError as error:
            raise IssueError(f"{name} cannot be read: {error.strerror}") from error
        file = _read(text, name)
        _require_known(name, "library", file.library, LIBRARIES)
        _check_order(name, "issues", [((entry.id,),) for entry in file.issue])
        for entry in file.issue:
            place = f"{name}: {entry.id}"
            if (file.library, entry.id) in ids:
                raise IssueError(f"{place}: another issue has this id")
            ids.add((file.library, entry.id))
            found += _make_deviations(
                place, _make_issue(place, entry, file.library), entry.deviation
            )
    for one, other, scenario in find_overlaps(found):
        raise IssueError(
            f"{one.issue.id} and {other.issue.id} are both about {one.check} of {one.surface} "
            f"in {scenario}: narrow the scenarios of one, or its versions"
        )
    return tuple(found)


@functools.lru_cache(maxsize=64)
def _read(text: bytes, name: str) -> IssueFile:
    """The issues in the text of a file; the same text is read once."""
    try:
        raw = decode_toml(text, dict[str, Any])
        schema = raw.get("schema", SCHEMA)
        if schema != SCHEMA:
            raise IssueError(f"{name} has schema {schema}; this version reads schema {SCHEMA}")
        return msgspec.convert(raw, IssueFile)
    except (Malformed, msgspec.ValidationError) as error:
        raise IssueError(f"{name}: {error}") from error


def _make_issue(place: str, entry: IssueEntry, library: str) -> Issue:
    if entry.reason not in REASONS:
        raise IssueError(f"{place}: reason {entry.reason!r} is not one of {', '.join(REASONS)}")
    _check_link(place, entry)
    if not entry.id.isidentifier():
        raise IssueError(f"{place}: an id is one word with _: close_is_reported_twice")
    if not entry.why.strip():
        raise IssueError(f"{place}: why is empty; say what the library does, and since when")
    if not entry.deviation:
        raise IssueError(f"{place}: there is no [[issue.deviation]]; say where the issue is seen")
    _check_range(place, entry.versions)
    _check_python(place, entry.python)
    if entry.reason == PYTHON and not entry.python:
        raise IssueError(f"{place}: reason {PYTHON!r} needs python: {', '.join(PROPERTIES)}")
    fields = {name: getattr(entry, name) for name in entry.__struct_fields__ if name != "deviation"}
    return Issue(library, **fields)


def _check_link(place: str, entry: IssueEntry) -> None:
    if entry.reason == BUG:
        if entry.link != UNREPORTED and not _UPSTREAM.search(entry.link):
            what = f"an issue or a pull request, nor {UNREPORTED!r}"
            raise IssueError(f"{place}: link {entry.link!r} is not {what}")
    elif not entry.link.startswith("https://"):
        raise IssueError(f"{place}: link {entry.link!r} is not an https:// address")


def _check_range(place: str, versions: str) -> None:
    try:
        SpecifierSet(versions)
    except InvalidSpecifier as error:
        raise IssueError(f"{place}: {error}; write versions like '>=1.9.0'") from error
    if "===" in versions:
        raise IssueError(f"{place}: versions {versions!r}: write '==' for one release")


def _check_python(place: str, python: str) -> None:
    if python and python not in PROPERTIES:
        raise IssueError(f"{place}: {explain_unknown_property(python)}")


def _make_deviations(
    place: str, issue: Issue, listed: tuple[DeviationEntry, ...]
) -> Iterator[Deviation]:
    """One deviation for each check and surface that the entries of an issue name."""
    keys = [(e.checks, e.surfaces, e.scenarios, e.tags, (e.versions,), (e.python,)) for e in listed]
    _check_order(place, "deviations", keys)
    for entry in listed:
        _check_entry(place, entry, issue)
        wanted = _select_scenarios(entry)
        found = [
            _make_deviation(place, issue, entry, check, surface, wanted)
            for check, surface in itertools.product(entry.checks, entry.surfaces)
        ]
        seen = frozenset[str]().union(*(one.scenarios for one in found))
        for glob in entry.scenarios:
            if glob not in seen and not fnmatch.filter(seen, glob):
                what = f"which no cell of its checks is called.{suggest(glob, SCENARIOS)}"
                raise IssueError(f"{place}: scenarios has {glob!r}, {what}")
        yield from found


def _make_deviation(
    place: str,
    issue: Issue,
    entry: DeviationEntry,
    check: str,
    surface: str,
    wanted: frozenset[str],
) -> Deviation:
    """The deviation of one check of one surface, in those scenarios that the check covers."""
    named = check if check in RULES else f"{surface}.{check}"
    _require_known(place, "check", named, [*PROMISES, *RULES])
    promised = PROMISES.get(named)
    names = [n for n in _list_cells(surface) if promised is None or n in promised.scenarios]
    found = [name for name in names if name in wanted]
    if not found:
        hint = suggest("".join(entry.scenarios[:1]), names)
        raise IssueError(
            f"{place}: scenarios has none in which {named} looks at {surface}: "
            f"{', '.join(entry.scenarios or entry.tags)}.{hint}"
        )
    steady = [name for name in found if not SURFACES[surface].may_race(SCENARIOS[name])]
    if entry.sometimes and steady:
        which = f"{steady[0]} of {surface}"
        raise IssueError(f"{place}: sometimes is for scenarios that race, and {which} does not")
    if entry.sometimes and entry.rarely:
        raise IssueError(f"{place}: sometimes and rarely are two things; write one of them")
    versions = ",".join(filter(None, (issue.versions, entry.versions)))
    return Deviation(
        issue,
        named,
        surface,
        frozenset(found),
        entry.signatures,
        versions,
        entry.sometimes,
        entry.python or issue.python,
        entry.rarely,
    )


def _check_entry(place: str, entry: DeviationEntry, issue: Issue) -> None:
    for tag in entry.tags:
        _require_known(place, "tag", tag, TAGS)
    if entry.tags and entry.scenarios:
        raise IssueError(f"{place}: scenarios and tags both select; write one of them")
    selecting = "tags" if entry.tags else "scenarios"
    for name in ("checks", "surfaces", selecting, "signatures"):
        if not getattr(entry, name):
            raise IssueError(f"{place}: {name} is empty; name those that deviate")
    for surface in entry.surfaces:
        _require_known(place, "surface", surface, SURFACES)
        if SURFACES[surface].library.name != issue.library:
            raise IssueError(f"{place}: surface {surface} is not one of {issue.library}'s")
    for signature in entry.signatures:
        if not signature.strip("* "):
            what = "would excuse anything; write what is recorded"
            raise IssueError(f"{place}: signature {signature!r} {what}")
    _check_python(place, entry.python)
    if entry.python and issue.python not in ("", entry.python):
        raise IssueError(f"{place}: python {entry.python!r} is not that of the issue")
    _check_range(place, entry.versions)
    if entry.versions and not share_a_release(issue.versions, entry.versions):
        raise IssueError(
            f"{place}: versions {entry.versions!r} are outside those of the issue, "
            f"{issue.versions!r}: they only narrow them"
        )


def _select_scenarios(entry: DeviationEntry) -> frozenset[str]:
    if entry.tags:
        return frozenset(n for n, one in SCENARIOS.items() if one.tags.issuperset(entry.tags))
    return frozenset[str]().union(*map(_match_glob, entry.scenarios))


@functools.cache
def _match_glob(glob: str) -> frozenset[str]:
    """The names of the scenarios that a glob matches."""
    return frozenset([glob] if glob in SCENARIOS else fnmatch.filter(SCENARIOS, glob))


@functools.cache
def _list_cells(name: str) -> list[str]:
    """The names of the scenarios that a surface can play."""
    playable = list_playable(SURFACES[name], len(SCENARIOS))
    return [scenario for scenario in SCENARIOS if scenario in playable]


def _check_order(place: str, what: str, keys: Sequence[tuple[tuple[str, ...], ...]]) -> None:
    for before, after in zip(keys, sorted(keys), strict=True):
        if before != after:
            here, first = ("; ".join(", ".join(part) for part in key) for key in (before, after))
            raise IssueError(f"{place}: {what} are sorted; move {first!r} before {here!r}")


def _require_known(place: str, what: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise IssueError(f"{place}: no {what} is called {name!r}.{suggest(name, names)}")
