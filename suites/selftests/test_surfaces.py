"""What a surface can do in the release that is installed, and where it races."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from fixtures import cell as cells
from fixtures.application import KEEPALIVE
from fixtures.cell import run_often
from fixtures.drivers.base import Driver
from fixtures.scenario import RACE_RUNS, SCENARIOS
from fixtures.surfaces import SURFACES, Surface

from .miniature_drivers import Plain, run, situation
from .miniature_libraries import MiniatureSurface, surface

SILENT = situation()
PINGS = situation(keepalive=True)


class Older(Plain):
    """A driver of a release without keepalive, in which some scenarios race."""

    @classmethod
    def lacking(cls) -> Mapping[str, str]:
        """Keepalive."""
        return {KEEPALIVE: "connect() has no ping_interval in this release"}


class Steady(Plain):
    """A driver of a release in which nothing races."""

    @classmethod
    def races(cls) -> bool:
        """Nothing does."""
        return False


class Absent(MiniatureSurface):
    """A surface whose driver cannot be imported."""

    __slots__ = ()
    error: ClassVar[ImportError]

    def load(self) -> type[Driver]:
        """Fail."""
        raise self.error


def absent(error: ImportError) -> Surface:
    """A surface whose driver cannot be imported, for this reason."""
    Absent.error = error
    values = {one.name: getattr(surface(), one.name) for one in dataclasses.fields(Surface)}
    return Absent(**values)


def driven_by(driver: type[Driver], **changed: Any) -> Surface:
    """The surface `miniature` with another driver, which can do whatever that can."""
    return dataclasses.replace(surface(driver), **changed)


@pytest.mark.parametrize(
    ("error", "lost"),
    [
        (ModuleNotFoundError("No module", name="miniature.sync"), "miniature.sync"),
        (
            ImportError("cannot import name 'dial' from 'miniature' (x.py)", name="miniature"),
            "'dial' in 'miniature'",
        ),
    ],
)
def test_a_release_without_the_api_is_not_applicable(error: ImportError, lost: str) -> None:
    """The reason names the release and what it has not got."""
    assert absent(error).not_applicable(SILENT) == f"miniature 1.0 has no {lost}"


@pytest.mark.parametrize(
    "error",
    [ModuleNotFoundError("No module", name="miniature"), ImportError("no", name="six")],
)
def test_another_failed_import_is_raised(error: ImportError) -> None:
    """A library that is not there, or cannot be imported, is no release without an API."""
    with pytest.raises(ImportError):
        absent(error).not_applicable(SILENT)


def test_what_a_surface_lacks_in_every_release_needs_no_import() -> None:
    """Its own table is asked first."""
    broken = absent(ImportError("no", name="six"))

    assert broken.not_applicable(PINGS) == "a miniature has no settings"


def test_what_a_release_lacks_is_asked_of_its_driver() -> None:
    """The driver finds by introspection what the surface can do in other releases."""
    older = driven_by(Older, lacks={})

    assert older.not_applicable(PINGS) == "connect() has no ping_interval in this release"
    assert (older.not_applicable(SILENT), older.missing(PINGS)) == ("", "")


def test_a_surface_may_race_in_some_releases_only() -> None:
    """There, and in those scenarios, the cell is run several times."""
    older, steady = (driven_by(one, races=frozenset({SILENT.name})) for one in (Older, Steady))

    assert (older.may_race(SILENT), older.races_now(SILENT)) == (True, True)
    assert (steady.may_race(SILENT), steady.races_now(SILENT)) == (True, False)
    assert driven_by(Older).may_race(SILENT) is False


@pytest.mark.parametrize(("virtual", "runs"), [(False, 2), (True, RACE_RUNS)])
def test_a_race_that_hangs_is_given_up(
    virtual: bool, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each hang of a blocking surface costs the guard's seconds; in virtual time it is proved."""
    hung = dataclasses.replace(run(Plain), waited="hang")
    monkeypatch.setattr(cells, "run_cell", lambda *_: hung)

    often = run_often(driven_by(Plain, virtual=virtual), situation(races=True))

    assert len(often) == runs


def test_surfaces_name_scenarios_that_race_on_them_only() -> None:
    """A name that no scenario has, or that races everywhere, would mean nothing."""
    named = {name for one in SURFACES.values() for name in one.races}

    assert [name for name in named if name not in SCENARIOS or SCENARIOS[name].races] == []
