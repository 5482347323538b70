"""Known issues: where library and document disagree, and why; below each, where it is seen.

An issue is one cause, with one explanation, one link and one range of releases. Its deviations say
which checks fail because of it, on which surfaces, in which scenarios, and what is recorded
instead. `issue_files` reads the files that list them.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from fixtures.model.scenario import Scenario

from .promise import in_range
from .python_properties import has_property

LISTED_SINCE = {
    "websocket-client": "1.4.1",
    "websockets": "10.0",
    "tornado": "6.0",
    "granian": "2.3",
    "uvicorn": "0.24",
    "aiohttp": "3.9.0",
    "daphne": "4.0.0",
    "hypercorn": "0.15.0",
    "anycorn": "0.17.0",
    "starlette": "0.32",
    "simple-websocket": "0.10.0",
    "httpx-ws": "0.7.2",
    "trio-websocket": "0.12.0",
    "autobahn": "23.6.2",
    "picows": "1.0.0",
    "flask-sock": "0.5.2",
}
"""The release from which on every issue is listed; in older ones, a broken check is red."""
BUG = "bug"
PYTHON = "python"
DOCUMENT_REASONS = ("docs-wrong", "docs-outdated")
"""Those that say that the document is at fault."""
REASONS = {
    BUG: "bug",
    PYTHON: "the Python's doing",
    "by-design": "on purpose",
    "docs-wrong": "wrong in the documents",
    "docs-outdated": "outdated in the documents",
}
"""The reasons of known issues, in words for a first reader."""
UNREPORTED = "unreported"
"""The link of a bug that is not reported upstream yet; `reproduce` writes a script for that."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One cause of deviations in a range of releases; `review` is the day to look at it again.

    `python` is the property of the Pythons with which it is seen; the empty one is every Python's.
    """

    library: str
    id: str
    reason: str
    why: str
    link: str
    versions: str
    review: datetime.date
    python: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One check that does not hold on one surface, in some scenarios, because of an issue.

    `signatures` are the texts that are recorded instead; `*` in one stands for anything. There are
    several where a race has several outcomes. `versions` is the range of the issue, or a narrower
    one; `python` is that of the issue, or its own. `sometimes`: a cell that races shows the
    deviation in some runs only. `rarely`: so few runs show it that a cell which does not is kept;
    it gives way to every other deviation of the check.
    """

    issue: Issue
    check: str
    surface: str
    scenarios: frozenset[str]
    signatures: tuple[str, ...]
    versions: str
    sometimes: bool = False
    python: str = ""
    rarely: bool = False

    def covers(self, check: str, scenario: Scenario, version: str, python: str) -> bool:
        """Whether it is about this check in this scenario, for this release, with this Python."""
        return scenario.name in self.scenarios and self.is_about(check, version, python)

    def is_about(self, check: str, version: str, python: str) -> bool:
        """Whether it is about this check in any scenario, for this release, with this Python."""
        return (
            check == self.check
            and in_range(version, self.versions)
            and has_property(python, self.python)
        )

    def recognises(self, recorded: str) -> bool:
        """Whether what was recorded is what the deviation describes."""
        return any(_pattern(signature).fullmatch(recorded) for signature in self.signatures)


def find_overdue(deviations: Iterable[Deviation], today: datetime.date) -> list[Issue]:
    """The issues to be looked at again, because their review date has passed; oldest first."""
    issues = dict.fromkeys(one.issue for one in deviations if one.issue.review < today)
    return sorted(issues, key=lambda issue: (issue.review, issue.library, issue.id))


def find_overlaps(deviations: Iterable[Deviation]) -> Iterator[tuple[Deviation, Deviation, str]]:
    """Every two deviations that could cover one check of one cell, and its scenario."""
    owners: dict[tuple[str, str, str, bool], list[Deviation]] = {}
    for one in deviations:
        for scenario in sorted(one.scenarios):
            others = owners.setdefault((one.surface, one.check, scenario, one.rarely), [])
            for other in others:
                same_python = not one.python or other.python in ("", one.python)
                if same_python and share_a_release(one.versions, other.versions):
                    yield other, one, scenario
            others.append(one)


@functools.cache
def share_a_release(one: str, other: str) -> bool:
    """Whether two ranges overlap: if so, both have the lowest release of one, or the next."""
    bounds = [Version(spec.version.removesuffix(".*")) for spec in SpecifierSet(f"{one},{other}")]
    lowest = ["0", *map(str, bounds), *(f"{bound.base_version}.0.0.0.1" for bound in bounds)]
    return any(in_range(release, one) and in_range(release, other) for release in lowest)


@functools.cache
def _pattern(signature: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in signature.split("*")), re.DOTALL)
