"""Badges: how many cells have which word; as a picture, and for shields.io."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import msgspec

from suites.judging.judge import KEPT, KNOWN, RED

from .library_report import LibraryReport
from .site import ENVIRONMENT, Site

BLUE, ORANGE, WINE = "#1d5fa6", "#a34708", "#7a1f3d"
"""The colours of the report for what is kept, known and broken."""
CHARACTER, MARGIN = 6.6, 12
"""The width of a letter, and what there is beside a text, in pixels."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A text on the left, one on the right, and the colour of that."""

    label: str
    message: str
    colour: str


def make_badge(report: LibraryReport) -> Badge:
    """What a badge says: counts, and no score."""
    counted = Counter(report.newest_verdict(cell).word for cell in report.cells)
    broken = sum(counted[word] for word in RED)
    parts = [f"{counted[KEPT]} kept", *([f"{counted[KNOWN]} known"] if counted[KNOWN] else [])]
    parts += [f"{broken} broken"] if broken else []
    colour = WINE if broken else ORANGE if counted[KNOWN] else BLUE
    return Badge(f"lifecycle of {report.name} {report.newest}", ", ".join(parts), colour)


def write_badge(site: Site, report: LibraryReport) -> None:
    """Write the badge of a library: `badge.svg`, and `badge.json` as shields.io reads it."""
    badge = make_badge(report)
    left, right = (round(CHARACTER * len(text) + MARGIN) for text in (badge.label, badge.message))
    picture = ENVIRONMENT.get_template("badge.svg").render(
        label=badge.label, message=badge.message, colour=badge.colour, left=left, right=right
    )
    endpoint = {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": badge.colour,
    }
    site.write_text(f"{report.name}/badge.svg", picture)
    site.write_text(f"{report.name}/badge.json", msgspec.json.encode(endpoint).decode())
