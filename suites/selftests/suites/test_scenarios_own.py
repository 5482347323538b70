"""Conventions of scenarios about what only one library has."""

from __future__ import annotations

import fnmatch
from pathlib import Path
from typing import Any

import pytest

import suites.scenarios
from fixtures.drivers.base import Driver
from fixtures.drivers.served_in_child import ServedInChild
from fixtures.drivers.surfaces import SURFACES
from fixtures.drivers.websockets_common import OF_THE_SERVER
from fixtures.model.actions import Action
from fixtures.model.scenario import SCENARIOS, Scenario
from suites.scenarios import GROUPS, OF_ONE_LIBRARY


def actions(played: Scenario) -> list[Action]:
    """What the application does in a scenario."""
    return [action for moment in played.application for action in moment.actions]


def in_own_words(played: Scenario) -> bool:
    """Whether a scenario uses words of one library's."""
    settings = played.settings
    mappings = (settings.options, settings.object_options, settings.callbacks)
    verbs = [one for one in actions(played) if one.by_name or one.verb == "run again"]
    return any(mappings) or settings.proxied or bool(verbs)


def test_what_only_one_library_has_is_for_its_surfaces() -> None:
    """On every other surface they would not be testable; each glob names a surface."""
    own = [one for one in SCENARIOS.values() if in_own_words(one)]
    globs = {glob for one in SCENARIOS.values() for glob in one.surfaces}

    assert [one.name for one in own if not one.surfaces] == []
    assert [glob for glob in globs if not fnmatch.filter(SURFACES, glob)] == []


def test_a_call_by_name_is_for_surfaces_with_a_named_object() -> None:
    """The drivers of these surfaces define the object that has the name."""
    own = [one for one in SCENARIOS.values() if any(a.by_name for a in actions(one))]
    pairs = [(surface, one) for surface in SURFACES.values() for one in own if surface.plays(one)]

    here = [pair for pair in pairs if not issubclass(pair[0].load(), ServedInChild)]
    assert [str(pair) for pair in here if pair[0].load().look_up is Driver.look_up] == []


def test_a_call_by_name_names_a_method_that_a_driver_can_find() -> None:
    """A method of the server that the table lacks would be looked for on the connection."""
    names = {a.verb for one in SCENARIOS.values() for a in actions(one) if a.by_name}

    assert {name for name in names if not name.isidentifier()} <= {*OF_THE_SERVER}


def test_callbacks_and_their_forms_are_those_of_the_driver() -> None:
    """A misspelt callback would never be called."""
    from fixtures.drivers import websocket_client_app as app

    forms = {text for name, text in vars(app).items() if name.isupper() and isinstance(text, str)}
    apps = [one for one in SCENARIOS.values() if "websocket_client_app" in one.surfaces]
    given = [one.settings.callbacks for one in apps]

    assert {name for one in given for name in one} <= {"*", *app.KINDS}
    assert {form for one in given for form in one.values()} <= forms


@pytest.mark.parametrize("module", OF_ONE_LIBRARY, ids=lambda module: module.__name__)
def test_a_module_of_one_library_has_a_group(module: Any) -> None:
    """The group is an existing one, and that of all scenarios of the module."""
    ours = [one for one in vars(module).values() if isinstance(one, Scenario)]

    assert module.GROUP in GROUPS
    assert {one.group for one in ours} <= {module.GROUP}
    assert all(one.surfaces for one in ours)


def test_every_module_of_one_library_is_listed() -> None:
    """A module that is not listed would never be imported."""
    folder = Path(suites.scenarios.__file__).parent
    files = {path.resolve() for path in folder.glob("*/*.py") if path.name != "__init__.py"}

    assert {Path(module.__file__ or "").resolve() for module in OF_ONE_LIBRARY} == files
