"""What is true of a release as a whole, and not of one situation: a test for each check."""

from __future__ import annotations

from .cells.release_checks import ReleaseCheck


def test_release(release_check: ReleaseCheck) -> None:
    """What the cells of the surface show together agrees with the check, or is listed."""
    release_check.settle()
