"""Promises: what can be declared wrongly, and what every declared one has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.scenario import Scenario
from fixtures.surfaces import SURFACES, Surface
from suites import promise as declared
from suites.expect import Both, Either, Expectation, Fact, Happened, called
from suites.promise import PROMISES, Promise, PromiseError, doc, promise
from suites.scenarios import close, error

from .miniature_libraries import surface

MINIATURE = surface()
TOLD = called("on_close", ...).once()
HERE = doc("https://example.org/api", "Miniature.on_close", "It is called when it is over.")
DRIVERS = Path(declared.__file__).parents[1] / "fixtures" / "drivers"


@pytest.fixture
def promises(monkeypatch: pytest.MonkeyPatch) -> dict[str, Promise]:
    """No promise is declared yet."""
    monkeypatch.setattr(declared, "PROMISES", {})
    return declared.PROMISES


def test_a_promise_is_known_by_surface_and_name(promises: dict[str, Promise]) -> None:
    """The id is the surface and what is promised; the promise covers the cells it names."""
    promise("closes", MINIATURE, close.peer_closes_first, TOLD, source=HERE)
    found = promises["miniature.closes"]

    assert found.covers(MINIATURE, close.peer_closes_first, "1.0")
    assert not found.covers(MINIATURE, close.peer_closes_then_ends, "1.0")
    assert not found.covers(SURFACES["tornado_handler"], close.peer_closes_first, "1.0")
    assert str(found.source) == "https://example.org/api, Miniature.on_close"


def test_a_promise_takes_scenarios_families_and_both(promises: dict[str, Promise]) -> None:
    """A family stands for each of its scenarios."""
    promise("one", MINIATURE, close.peer_closes_with_code, TOLD, source=HERE)
    promise("two", MINIATURE, [close.peer_closes_with_code, error.peer_ends], TOLD, source=HERE)

    family = {scenario.name for scenario in close.peer_closes_with_code}
    assert promises["miniature.one"].scenarios == family
    assert promises["miniature.two"].scenarios == family | {"peer_ends"}


def test_a_promise_of_several_surfaces_is_one_of_each(promises: dict[str, Promise]) -> None:
    """Each surface has a promise of its own, with an id of its own."""
    surfaces = [MINIATURE, SURFACES["tornado_client"]]
    promise("closes", surfaces, close.peer_closes_first, TOLD, source=HERE)

    assert list(promises) == ["miniature.closes", "tornado_client.closes"]


def test_scenarios_that_a_surface_cannot_play_are_passed_over(
    promises: dict[str, Promise],
) -> None:
    """One scenario is for the other role, one needs what the surface lacks; one is left."""
    scenarios = [
        close.close_callback_is_a_coroutine,
        close.application_leaves_on_message,
        close.peer_closes_first,
    ]
    promise("closes", MINIATURE, scenarios, TOLD, source=HERE)

    assert promises["miniature.closes"].scenarios == {"peer_closes_first"}


def test_two_promises_of_one_id_are_an_error(promises: dict[str, Promise]) -> None:
    """The text names the id."""
    promise("closes", MINIATURE, close.peer_closes_first, TOLD, source=HERE)

    with pytest.raises(PromiseError, match=r"two promises are called 'miniature\.closes'"):
        promise("closes", MINIATURE, error.peer_ends, TOLD, source=HERE)


@pytest.mark.parametrize("scenarios", [[], [close.application_leaves_on_message]])
@pytest.mark.usefixtures("promises")
def test_a_promise_that_covers_no_cell_is_an_error(scenarios: list[Scenario]) -> None:
    """A promise that nothing can break is none."""
    with pytest.raises(PromiseError, match=r"'miniature\.closes' covers no cell: miniature can"):
        promise("closes", MINIATURE, scenarios, TOLD, source=HERE)


def _names(expectation: Expectation) -> Iterator[str]:
    """The names of the library's own that an expectation speaks of."""
    if isinstance(expectation, Both | Either):
        for part in expectation.parts:
            yield from _names(part)
    elif isinstance(expectation, Happened):
        yield from filter(None, (expectation.name, expectation.earlier_than))
    elif isinstance(expectation, Fact):
        yield expectation.name


def _recorded(surface: Surface) -> set[str]:
    """Every text in the drivers of the surface's library, and the verbs that record themselves."""
    library = surface.driver.partition("_")[0]
    text = "".join(path.read_text() for path in DRIVERS.glob(f"{library}_*.py"))
    return {*re.findall(r'"([^"\n]+)"', text), "close", "send", "leave", "run again"}


@pytest.mark.parametrize("surface", SURFACES.values(), ids=str)
def test_a_promise_speaks_of_what_the_driver_records(surface: Surface) -> None:
    """A promise that a misspelt callback is never called would be kept for ever."""
    ours = [one for one in PROMISES.values() if one.surface == surface]
    spoken = {name for one in ours for name in _names(one.expectation)}

    assert spoken - _recorded(surface) == set()


def test_every_promise_names_the_document_it_comes_from() -> None:
    """A promise has the address of a page, a place on it, and what it says there."""
    sources = {one.source for one in PROMISES.values()}

    assert [source for source in sources if not source.page.startswith("https://")] == []
    assert [source for source in sources if not (source.place and source.says)] == []


def test_a_promise_may_be_younger_than_the_library(promises: dict[str, Promise]) -> None:
    """A release whose documents did not say it yet is not held to it."""
    promise("late", MINIATURE, close.peer_closes_first, TOLD, source=HERE, versions=">=2")
    found = promises["miniature.late"]

    assert not found.covers(MINIATURE, close.peer_closes_first, "1.9")
    assert found.covers(MINIATURE, close.peer_closes_first, "2.0")
