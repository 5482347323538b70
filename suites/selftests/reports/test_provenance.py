"""A fingerprint changes with what code does, and not with how it is written."""

from __future__ import annotations

import dataclasses

import pytest

import suites.scenarios.close as close
from fixtures.drivers.surfaces import LIBRARIES, SURFACES, WEBSOCKETS
from fixtures.model.scenario import SCENARIOS, Scenario, Settings
from reports.history.provenance import (
    code_of,
    driver_fingerprint,
    normalize_code,
    scenario_fingerprint,
)

BASE = SCENARIOS["peer_closes_first"]


def test_code_is_reported_by_cell() -> None:
    """A cell was recorded with a Python, a driver and a scenario; what is unknown is None."""
    code = code_of(WEBSOCKETS)

    python, driver, scenario = code.of(("websockets_asyncio_client", "peer_closes_first"))

    assert (python, driver) == (code.python, code.drivers["websockets_asyncio_client"])
    assert scenario == scenario_fingerprint(BASE)
    assert code.of(("nobody", "nothing")) == (code.python, None, None)


def test_a_library_has_its_own_surfaces() -> None:
    """The fingerprints are those of one library, in the scenarios that it plays."""
    code = code_of(LIBRARIES["websocket-client"])

    surfaces = {name for name in SURFACES if name.startswith("websocket_client_")}
    assert set(code.drivers) == surfaces > {"websocket_client_app", "websocket_client_core"}
    assert "handler_returns_at_once" not in code.scenarios


@pytest.mark.parametrize(
    "changed",
    [
        dataclasses.replace(BASE, settings=Settings(keepalive=True)),
        dataclasses.replace(BASE, races=True),
        dataclasses.replace(BASE, extra_needs=("something",)),
        dataclasses.replace(
            BASE, application=SCENARIOS["application_closes_on_message"].application
        ),
        dataclasses.replace(BASE, script=SCENARIOS["peer_closes_without_reason"].script),
    ],
)
def test_a_scenario_that_does_something_else(changed: Scenario) -> None:
    """Every part of a scenario that a trace depends on counts."""
    assert scenario_fingerprint(changed) != scenario_fingerprint(BASE)


def test_a_function_among_the_options_is_known_by_its_name() -> None:
    """Where it lies in memory is another place in every process."""
    found = set()
    for names in (("one", "one"), ("other",)):
        for name in names:
            function = eval(f"lambda: {name!r}")
            function.__qualname__ = name
            settings = Settings(options={"header": function})
            found.add(scenario_fingerprint(dataclasses.replace(BASE, settings=settings)))

    assert len(found) == 2


def test_what_a_scenario_is_called_does_not_count() -> None:
    """Name, section and docstring of a scenario leave its fingerprint as it is."""
    renamed = dataclasses.replace(BASE, doc="Another text.", rfc="1.1")

    assert scenario_fingerprint(renamed) == scenario_fingerprint(BASE)


def test_a_family_differs_by_its_values() -> None:
    """Scenarios that one function declares are distinguished by their value."""
    found = {scenario_fingerprint(one) for one in close.peer_closes_with_code}

    assert len(found) == len(close.peer_closes_with_code)


def test_drivers_of_one_module_differ_by_their_row() -> None:
    """The surface's own row counts, and so does every module that its driver imports."""
    names = ("websockets_asyncio_client", "websockets_asyncio_server", "tornado_client")

    assert len({driver_fingerprint(SURFACES[name]) for name in names}) == 3


def test_writing_does_not_count() -> None:
    """Comments, docstrings and layout leave the meaning of code as it is."""
    one = 'def f(a):\n    """One."""\n    return a + 1  # why\n'
    other = "def f(a):\n    '''Other.'''\n\n    return (a +\n        1)\n"

    assert normalize_code(one) == normalize_code(other)
    assert normalize_code(one) != normalize_code("def f(a):\n    return a + 2\n")


def test_every_python_describes_code_in_the_same_words() -> None:
    """Unlike `ast.unparse`, which quotes as the grammar of the Python that runs allows it."""
    code = "def f(a, *, b=None):\n    return f\"{', '.join(a):>{b}}\" if b else 0\n"
    joined = (
        "FormattedValue(value=Call(func=Attribute(value=', ' attr='join' ctx=Load()) "
        "args=[Name(id='a' ctx=Load())]) conversion=-1 format_spec=JoinedStr(values=['>' "
        "FormattedValue(value=Name(id='b' ctx=Load()) conversion=-1)]))"
    )

    assert f"body=JoinedStr(values=[{joined}]) orelse=0" in normalize_code(code)
    assert "kwonlyargs=[arg(arg='b')] kw_defaults=[None]" in normalize_code(code)
