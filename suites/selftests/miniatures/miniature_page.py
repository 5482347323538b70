"""Pages of the miniature: releases made by hand, and further promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.trace import Trace
from reports.page.document import render_page
from reports.page.page_model import Page, build_page
from reports.results.cell_selection import cells_of
from reports.results.release import Cell, Release
from suites.judging import issue_files
from suites.judging.expectations import Expectation, called
from suites.judging.promise import PROMISES, Promise, doc

from ..conftest import Listed, Miniature
from .miniature_libraries import LIBRARY
from .miniature_pairs import CELL, release

CLOSED = called("on_close", 1000, "bye").once()
WRONG = {
    "checks": ["on_close"],
    "signatures": ["on_close(None, None)"],
    "reason": "docs-wrong",
    "why": "on_close() tells of no code.",
}
"""A known deviation of a miniature that promises `CLOSED`."""


@pytest.fixture
def miniature(known: Miniature, listed: Listed) -> None:
    """The miniature is one of the libraries, and nothing is listed of it."""
    known()
    listed()


def make_release(cells: Mapping[Cell, Sequence[Trace] | str], version: str = "1.0") -> Release:
    """A release with these traces, and no part in any other cell."""
    others = dict.fromkeys(cells_of(LIBRARY), "not here")
    return release(version, others | dict(cells))


def build(found: Release) -> Page:
    """The page of a release, with its listed issues."""
    return build_page(found, issue_files.load_deviations())


def format_page(found: Release, again: str = "", **more: bool) -> str:
    """The page as text."""
    return render_page(build(found), again, **more)


def declare_promise(
    monkeypatch: pytest.MonkeyPatch, name: str, expectation: Expectation, **fields: object
) -> None:
    """Declare one more promise of the miniature, whatever its fields."""
    source = doc("https://example.org/guide", "Closing", "It says so.")
    whole = {
        "name": name,
        "surface": SURFACES["miniature"],
        "scenarios": frozenset({CELL[1]}),
        "expectation": expectation,
        "source": source,
    }
    found = Promise(**whole | fields)  # type: ignore[arg-type] # the fields are data
    monkeypatch.setitem(PROMISES, found.id, found)
