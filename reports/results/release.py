"""What releases showed: the data that is compared, gated, stored and reported.

Plain data on both sides of every process boundary; nothing here runs anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fixtures.model.errors import UserError
from fixtures.model.trace import Trace

Cell = tuple[str, str]
"""A surface's name and a scenario's."""


class WrongInput(UserError):
    """The command line, or a file, is wrong; the text says how, and what to do."""


class NotRunnable(Exception):
    """Something cannot be run here; the text is the reason."""

    exit_status = 3


@dataclass(frozen=True, slots=True)
class CellResult:
    """The traces of a cell: one, or several where it races; or the reason why there are none.

    Without traces the cell does not apply to its surface or, if `failed`, could not be run.
    `counted`: there is a trace for each run; else there is one for each outcome, and nobody can say
    how often it comes here.
    """

    traces: tuple[Trace, ...] = ()
    reason: str = ""
    failed: bool = False
    counted: bool = True

    @property
    def behaviours(self) -> dict[str, int]:
        """How often each behaviour was seen."""
        found: dict[str, int] = {}
        for trace in self.traces:
            found[trace.behaviour_id] = found.get(trace.behaviour_id, 0) + 1
        return found

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the traces cannot be judged: faults of ours, not of the library."""
        return tuple(dict.fromkeys(text for trace in self.traces for text in trace.problems))


class Package(NamedTuple):
    """One distribution that was installed for a release: the release itself, or what it needs.

    `hash` is that of the file it came from, as `sha256:...`; `uploaded` is when that came into the
    index (ISO 8601), empty if the index does not say.
    """

    name: str
    version: str
    hash: str = ""
    uploaded: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Everything one release of a library showed, or the reason it could not be run.

    `label` is what it was asked for by: a release, "installed", a path, a file. `version` is what
    was loaded, or what was asked for where nothing could be. `packages` are what was installed to
    run it, if that was pinned. `suite` is the fingerprint of the code that recorded what is looked
    up in a history; empty if it was run.
    """

    library: str
    label: str
    version: str
    python: str
    cells: Mapping[Cell, CellResult] = field(default_factory=dict)
    reason: str = ""
    packages: tuple[Package, ...] = ()
    suite: str = ""
