"""Known issues: where library and document disagree, and why; below each, where it is seen.

An issue is one cause, with one explanation, one link and one range of releases. Its deviations say
which checks do not hold because of it, on which surfaces, in which scenarios, and what is recorded
instead. The files that list them are read by `issue_files`.
"""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass

from fixtures.model.scenario import Scenario

from .promise import in_range

LISTED_SINCE = {"websocket-client": "1.4.1", "websockets": "10.0", "tornado": "6.0"}
"""From which release on every issue is listed; in older ones, what is broken is red."""
BUG = "bug"
REASONS = (BUG, "by-design", "docs-wrong", "docs-outdated")


@dataclass(frozen=True, slots=True)
class Issue:
    """One cause of deviations in the releases `versions` of a library; `review`: ask again then."""

    library: str
    id: str
    reason: str
    why: str
    link: str
    versions: str
    review: datetime.date


@dataclass(frozen=True, slots=True)
class Deviation:
    """One check that does not hold on one surface, in some scenarios, because of an issue.

    `signatures` are what is recorded instead, each one text in which `*` stands for anything;
    several, where a race records now this, now that. `versions` is the issue's range, narrowed
    where the deviation has been seen in fewer. `sometimes`: a cell that races shows it in some
    runs only.
    """

    issue: Issue
    check: str
    surface: str
    scenarios: frozenset[str]
    signatures: tuple[str, ...]
    versions: str
    sometimes: bool = False

    def covers(self, check: str, scenario: Scenario, version: str) -> bool:
        """Whether it speaks of this check in this scenario, for this release."""
        return (
            check == self.check
            and scenario.name in self.scenarios
            and in_range(version, self.versions)
        )

    def recognises(self, recorded: str) -> bool:
        """Whether what was recorded is what the deviation describes."""
        return any(_pattern(signature).fullmatch(recorded) for signature in self.signatures)


@functools.cache
def _pattern(signature: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in signature.split("*")), re.DOTALL)
