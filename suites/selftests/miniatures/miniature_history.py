"""Histories of miniatures: made by hand, and recorded from the local index."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from reports.history import add_runs, list_uncounted, load, update, write
from reports.history.stored_history import History, path_of
from reports.results.cell_selection import cells_of
from reports.results.release import Cell, Release
from reports.results.targets import parse_target
from reports.running import fingerprints
from reports.running.release_runs import run_releases

from ..conftest import Miniature
from .miniature_index import CHANGES, Index
from .miniature_pairs import AFTER, BEFORE, CELL, release

FEW = (
    "peer_closes_first",
    "peer_ends",
    "application_closes_on_message",
    "application_closes_from_elsewhere",
    "application_closes_before_connecting",
)
"""Enough scenarios for a history: an end of each kind, a race, one that does not apply."""
FIRST: Cell = ("miniature_websocket_client", "peer_closes_first")


def make_release(version: str, cells: Mapping[Cell, Sequence[Trace] | str]) -> Release:
    """A release made by hand, run with this very Python."""
    return dataclasses.replace(release(version, cells), python=fingerprints.python())


def history(folder: Path, releases: Iterable[Release]) -> History:
    """The history of releases made by hand."""
    update("miniature", releases, folder)
    return load("miniature", folder)


def count(folder: Path, releases: Sequence[Release]) -> History:
    """The history of releases made by hand, with the counts of their races."""
    known = history(folder, releases)
    write(path_of("miniature", folder), add_runs(known, releases, list_uncounted(known)))
    return load("miniature", folder)


@pytest.fixture
def known_history(known: Miniature, tmp_path: Path) -> History:
    """A cell that changes in 1.2, in a history whose 1.1 cannot be run."""
    known()
    failed = Release("miniature", "1.1", "1.1", "", {}, "it has no wheel")
    return history(
        tmp_path,
        [make_release("1.0", {CELL: [BEFORE]}), failed, make_release("1.2", {CELL: [AFTER]})],
    )


def read_text(folder: Path) -> str:
    """The stored text of the history."""
    return path_of("miniature", folder).read_text(encoding="utf-8")


@pytest.fixture
def few() -> Iterator[None]:
    """Only a few scenarios are declared; afterwards all are there again, in their order."""
    whole = dict(SCENARIOS)
    for name in whole.keys() - set(FEW):
        del SCENARIOS[name]
    yield
    SCENARIOS.clear()
    SCENARIOS.update(whole)


@pytest.fixture
def histories(miniature_index: Index, few: None, tmp_path: Path) -> Path:
    """The folder with the history of the releases 1.0 to 1.3 of the local index."""
    record(miniature_index, tmp_path, *CHANGES)
    return tmp_path


def record(index: Index, folder: Path, *versions: str) -> Path:
    """Put these releases of the local index into a history; its file."""
    targets = [parse_target(index.library, version) for version in versions]
    releases = run_releases(targets, cells_of(index.library))
    return update(index.library.name, releases, folder)
