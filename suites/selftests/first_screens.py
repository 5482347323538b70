"""Whether the first screen of an upgrade says what its users had to know: run as a program.

    python -m suites.selftests.first_screens [LIBRARY OLD NEW]

prints, for each upgrade of `upgrades.toml`, whether it does, and on which line; or one such screen.
"""

from __future__ import annotations

import functools
import io
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from fixtures.drivers.surfaces import LIBRARIES
from reports.history import load
from reports.history.change_points import between
from reports.render.terminal import print_sections
from reports.render.upgrade_report import report_upgrade
from reports.results.cell_selection import cells_of
from reports.upgrade.exit_status import UpgradeResult

LINES, COLUMNS = 40, 100
"""What a terminal shows at once."""


@dataclass(frozen=True)
class Upgrade:
    """Two releases, what a user had to know, who says so, and how the screen says it."""

    library: str
    old: str
    new: str
    knows: str
    source: str
    shows: str
    missing: bool = False

    def __str__(self) -> str:
        """The two releases, and what there is to know."""
        return f"{self.library} {self.old} -> {self.new}: {self.knows}"

    def find_line(self) -> int | None:
        """The number of the line on the first screen on which it ends, from 1; or None."""
        shown = ""
        for number, line in enumerate(draw_screen(self.library, self.old, self.new), 1):
            shown += f" {line.strip()}"
            if re.search(self.shows, re.sub(r"\s+", " ", shown)):
                return number
        return None


def load_upgrades() -> list[Upgrade]:
    """Every upgrade of the file."""
    text = Path(__file__).with_name("upgrades.toml").read_text(encoding="utf-8")
    return [Upgrade(**one) for one in tomllib.loads(text)["upgrade"]]


def draw_screen(library: str, old: str, new: str) -> list[str]:
    """The first screen of a comparison of two stored releases."""
    return draw(library, old, new)[:LINES]


@functools.cache
def draw(library: str, old: str, new: str) -> list[str]:
    """Every line of a comparison of two stored releases, as a terminal shows it."""
    history = load(library)
    cells = [cell for cell in cells_of(LIBRARIES[library]) if cell in history.cells]
    result = UpgradeResult((between(history, old, new, cells),))
    file = io.StringIO()
    console = Console(file=file, width=COLUMNS, highlight=False, emoji=False, markup=False)
    print_sections(report_upgrade(result, most=8), console)
    return file.getvalue().splitlines()


def main() -> None:
    """Print the table, or one screen."""
    if len(sys.argv) == 4:
        print("\n".join(draw_screen(*sys.argv[1:])))
        return
    found = [(one, one.find_line()) for one in load_upgrades()]
    for one, line in found:
        print(f"{line or 'no':>4}  {one}")
    print(f"{sum(line is not None for _, line in found)} of {len(found)} on the first screen")


if __name__ == "__main__":
    main()
