"""What a surface can do in the release that is installed, and where it races."""

from __future__ import annotations

import dataclasses
import fnmatch
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import pytest

from fixtures.drivers.base import Driver
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.actions import KEEPALIVE, OPENED, library_call, when
from fixtures.model.scenario import RACE_RUNS, SCENARIOS, Scenario, Settings
from fixtures.run import cell as cells
from fixtures.run.cell import run_often

from .miniature_drivers import Plain, run, situation
from .miniature_libraries import MiniatureSurface, surface

SILENT = situation()
CALL, KEEP_RUNNING = (when(OPENED, library_call(name, False)) for name in ("fly", "keep_running"))
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


class Bare(Plain):
    """A driver of a release that lacks what a scenario names."""

    @classmethod
    def cannot(cls, scenario: Scenario) -> Iterable[str]:
        """Every option is one that it has not got."""
        return [text for name in scenario.settings.options for text in (f"no {name}",) * 2] + [
            f"no {name}()" for name in scenario.settings.options
        ]


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


def declared(**changed: Any) -> Scenario:
    """The situation, declared otherwise."""
    return dataclasses.replace(SILENT, **changed)


@pytest.mark.parametrize(
    ("surface", "scenario", "plays"),
    [
        ({}, {}, True),
        ({}, {"peer_roles": frozenset({"client"})}, False),
        ({"role": "server"}, {"peer_roles": frozenset({"client"})}, True),
        ({}, {"surfaces": ("other", "mini*")}, True),
        ({}, {"surfaces": ("other", "mini")}, False),
        ({"tls": True}, {}, True),
        ({"tls": True}, {"settings": Settings(tls="expired")}, False),
        ({"tls": True}, {"settings": Settings(tls="valid"), "surfaces": ("mini*",)}, False),
        ({"only": ("sit*",)}, {}, True),
        ({"only": ("sit", "other")}, {}, False),
        ({"only": ("other",)}, {"surfaces": ("miniature",)}, True),
    ],
)
def test_a_surface_plays_what_has_a_part_for_it(
    surface: dict[str, Any], scenario: dict[str, Any], plays: bool
) -> None:
    """By its role, by its name where surfaces are named, by the globs of a sister's."""
    assert driven_by(Plain, **surface).plays(declared(**scenario)) is plays


def test_what_a_release_has_not_got_is_asked_of_its_driver() -> None:
    """In a scenario that names what only this library has; each reason is told once."""
    bare = driven_by(Bare, lacks={})

    assert bare.not_applicable(declared(settings=Settings(options={"a": 1}))) == "no a; no a()"
    assert bare.not_applicable(SILENT) == ""


@pytest.mark.parametrize(
    ("surface", "scenario", "reason"),
    [
        ("websocket_client_app", {"settings": Settings(options={"reconnect": 1})}, ""),
        (
            "websocket_client_app",
            {"settings": Settings(options={"fly": 1}, object_options={"sing": 1})},
            "run_forever() has no argument fly; WebSocketApp() has no argument sing",
        ),
        ("websocket_client_app", {"application": (CALL,)}, "WebSocketApp has no fly()"),
        ("websocket_client_app", {"application": (KEEP_RUNNING,)}, ""),
        ("websocket_client_app_tls", {"application": (CALL,)}, "WebSocketApp has no fly()"),
        ("websocket_client_core", {"application": (CALL,)}, "WebSocket has no fly()"),
        ("websocket_client_core", {"settings": Settings(options={"fly": 1})}, ""),
    ],
)
def test_arguments_methods_and_attributes_are_found_by_introspection(
    surface: str, scenario: dict[str, Any], reason: str
) -> None:
    """`keep_running` is no method; create_connection() takes whatever it is given.

    So what a release cannot do is not applicable by itself.
    """
    assert SURFACES[surface].not_applicable(declared(**scenario)) == reason


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


@pytest.mark.parametrize(("version", "races"), [((6, 0, 3, 0), True), ((6, 0, 4, 0), False)])
def test_tornado_lost_messages_in_one_release(
    version: tuple[int, ...], races: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message, then FIN, is a race in 6.0.3 and in no other release."""
    monkeypatch.setattr("tornado.version_info", version)

    scenario = SCENARIOS["peer_ends_after_a_message"]
    assert SURFACES["tornado_client"].races_now(scenario) is races


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


def test_surfaces_name_scenarios_and_sisters_that_there_are() -> None:
    """A glob that no scenario fits, or an unknown sister, would mean nothing."""
    every = SURFACES.values()
    globs = {glob for one in every for glob in one.only}

    assert [glob for glob in globs if not fnmatch.filter(SCENARIOS, glob)] == []
    assert [one.name for one in every if one.sister_of not in {"", *SURFACES}] == []
    assert [one.name for one in every if one.only and not one.sister_of] == []
