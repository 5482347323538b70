"""The schema of the files that list known issues."""

from __future__ import annotations

import datetime

import msgspec

SCHEMA = 2


class DeviationEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Checks that fail, with the surfaces, the scenarios and the signatures of the failure.

    A check is a rule, or the name of a promise that each of the surfaces makes. Scenarios may be
    globs, or `tags` selects those that have all of them. A surface deviates in those that it plays.
    `python` is a property that the Python has, see `suites.judging.python_properties`.
    """

    checks: tuple[str, ...]
    surfaces: tuple[str, ...]
    signatures: tuple[str, ...]
    scenarios: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    versions: str = ""
    python: str = ""
    sometimes: bool = False
    rarely: bool = False


class IssueEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One issue, and where it is seen."""

    id: str
    reason: str
    why: str
    link: str
    versions: str
    review: datetime.date
    python: str = ""
    deviation: tuple[DeviationEntry, ...] = ()


class IssueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Issues of one library."""

    schema: int
    library: str
    issue: tuple[IssueEntry, ...] = ()
