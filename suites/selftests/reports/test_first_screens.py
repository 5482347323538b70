"""The first screen of an upgrade says what its users had to know."""

from __future__ import annotations

import pytest

from ..first_screens import COLUMNS, LINES, Upgrade, draw_screen, load_upgrades

UPGRADES = load_upgrades()


@pytest.mark.integration
@pytest.mark.parametrize("upgrade", UPGRADES, ids=str)
def test_what_people_wrote_about_stands_on_the_first_screen(upgrade: Upgrade) -> None:
    """In its words; what does not is listed as missing, and only that."""
    assert (upgrade.find_line() is None) == upgrade.missing


def test_few_are_missing() -> None:
    """One of thirty."""
    assert (len(UPGRADES), sum(one.missing for one in UPGRADES)) == (30, 1)


@pytest.mark.integration
def test_a_screen_has_the_verdict_first() -> None:
    """And no line of it is wider than it, but for commands, which are not wrapped."""
    title, verdict, *rest = draw_screen("websocket-client", "1.8.0", "1.9.0")

    assert title == "websocket-client 1.8.0 -> 1.9.0"
    assert verdict.startswith("  verdict     ")
    assert len(rest) == LINES - 2
    assert all(len(line) <= COLUMNS for line in rest[:-2])
