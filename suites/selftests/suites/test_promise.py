"""Promises: mistakes in a declaration, and what every declared promise has to say."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library, Surface
from fixtures.model.scenario import SCENARIOS, Scenario
from reports.history.stored_history import load
from suites.judging import promise as declared
from suites.judging.expectations import Both, Either, Expectation, Fact, Happened, called
from suites.judging.promise import (
    PROMISES,
    UNTESTABLE,
    Promise,
    PromiseError,
    Untestable,
    doc,
    find_promises,
    in_range,
    promise,
    untestable,
)
from suites.scenarios import close, error

from ..miniatures.miniature_libraries import surface

MINIATURE = surface()
TOLD = called("on_close", ...).once()
HERE = doc("https://example.org/api", "Miniature.on_close", "It is called when it is over.")
DRIVERS = Path(declared.__file__).parents[2] / "fixtures" / "drivers"


@pytest.fixture
def promises(monkeypatch: pytest.MonkeyPatch) -> dict[str, Promise]:
    """No promise is declared yet."""
    monkeypatch.setattr(declared, "PROMISES", {})
    return declared.PROMISES


def test_a_promise_is_known_by_surface_and_name(promises: dict[str, Promise]) -> None:
    """The id is the surface and what is promised; the promise covers the cells it names."""
    promise("closes", MINIATURE, close.peer_closes_first, TOLD, source=HERE)
    found = promises["miniature.closes"]

    assert found.covers(MINIATURE, close.peer_closes_first, "1.0", "")
    assert not found.covers(MINIATURE, close.peer_closes_then_ends, "1.0", "")
    assert not found.covers(SURFACES["tornado_handler"], close.peer_closes_first, "1.0", "")
    assert str(found.source) == "https://example.org/api, Miniature.on_close"


def test_the_promises_about_a_cell_are_looked_up_once(promises: dict[str, Promise]) -> None:
    """Whatever the release is; those that are declared, or taken back, later are seen."""
    promise("closes", MINIATURE, close.peer_closes_first, TOLD, source=HERE)
    cell = MINIATURE.name, close.peer_closes_first.name
    once, again = (declared._BY_CELL.find(*cell) for _ in range(2))
    promise("ends", MINIATURE, close.peer_closes_first, TOLD, source=HERE, versions=">=2")
    names = [
        [one.name for one in find_promises(MINIATURE, close.peer_closes_first, version, "")]
        for version in ("1.0", "2.0")
    ]
    del promises["miniature.closes"]

    assert once is again
    assert names == [["closes"], ["closes", "ends"]]
    assert [one.name for one in declared._BY_CELL.find(*cell)] == ["ends"]


def test_a_promise_takes_scenarios_families_and_both(promises: dict[str, Promise]) -> None:
    """A family stands for each of its scenarios."""
    promise("one", MINIATURE, close.peer_closes_with_code, TOLD, source=HERE)
    promise("two", MINIATURE, [close.peer_closes_with_code, error.peer_ends], TOLD, source=HERE)

    family = {scenario.name for scenario in close.peer_closes_with_code}
    assert promises["miniature.one"].scenarios == family
    assert promises["miniature.two"].scenarios == family | {"peer_ends"}


def test_a_promise_of_several_surfaces_is_one_of_each(promises: dict[str, Promise]) -> None:
    """Each surface has a promise of its own, with an id of its own."""
    surfaces = [MINIATURE, SURFACES["tornado_client_callback"]]
    promise("closes", surfaces, close.peer_closes_first, TOLD, source=HERE)

    assert list(promises) == ["miniature.closes", "tornado_client_callback.closes"]


@pytest.fixture
def variant(monkeypatch: pytest.MonkeyPatch) -> Surface:
    """A variant of the miniature, which plays `peer_closes_*` only."""
    found = dataclasses.replace(
        MINIATURE, name="miniature_variant", variant_of="miniature", only=("peer_closes_*",)
    )
    monkeypatch.setitem(SURFACES, found.name, found)
    return found


def test_a_promise_holds_for_a_variant(promises: dict[str, Promise], variant: Surface) -> None:
    """With an id of its own, in the scenarios that the variant plays."""
    both = [close.peer_closes_first, error.peer_ends]
    promise("closes", MINIATURE, both, TOLD, source=HERE)

    found = promises["miniature_variant.closes"]
    assert (found.surface, set(found.scenarios)) == (variant, {"peer_closes_first"})
    assert promises["miniature.closes"].scenarios == {"peer_closes_first", "peer_ends"}
    assert found.source is HERE


def test_a_document_may_not_be_about_a_variant(
    promises: dict[str, Promise], variant: Surface
) -> None:
    """`but` names the variants of which the document does not speak."""
    promise("closes", MINIATURE, close.peer_closes_first, TOLD, source=HERE, but=[variant])

    assert list(promises) == ["miniature.closes"]


def test_a_variant_without_a_part_is_passed_over(
    promises: dict[str, Promise], variant: Surface
) -> None:
    """A variant that plays none of the scenarios makes no promise; to name it is an error."""
    promise("ends", MINIATURE, error.peer_ends, TOLD, source=HERE)

    assert list(promises) == ["miniature.ends"]
    with pytest.raises(PromiseError, match=r"'miniature_variant\.ends' covers no cell"):
        promise("ends", variant, error.peer_ends, TOLD, source=HERE)


def test_a_promise_of_a_variant_is_its_own(promises: dict[str, Promise], variant: Surface) -> None:
    """A promise of the variant alone does not hold for the surface."""
    promise("closes", variant, close.peer_closes_first, TOLD, source=HERE)

    assert list(promises) == ["miniature_variant.closes"]


def test_a_variant_may_be_named_as_well(promises: dict[str, Promise], variant: Surface) -> None:
    """It is the same promise; but a variant that is named has to play one of the scenarios."""
    promise("closes", [MINIATURE, variant], close.peer_closes_first, TOLD, source=HERE)

    assert list(promises) == ["miniature.closes", "miniature_variant.closes"]
    with pytest.raises(PromiseError, match=r"'miniature_variant\.ends' covers no cell"):
        promise("ends", [MINIATURE, variant], error.peer_ends, TOLD, source=HERE)


def test_scenarios_that_a_surface_cannot_play_are_passed_over(
    promises: dict[str, Promise],
) -> None:
    """One scenario is for the other role, one needs what the surface lacks; one is left."""
    scenarios = [
        close.close_callback_is_a_coroutine,
        close.application_is_cancelled_on_message,
        close.peer_closes_first,
    ]
    promise("closes", MINIATURE, scenarios, TOLD, source=HERE)

    assert promises["miniature.closes"].scenarios == {"peer_closes_first"}


def test_two_promises_of_one_id_are_an_error(promises: dict[str, Promise]) -> None:
    """The text names the id."""
    promise("closes", MINIATURE, close.peer_closes_first, TOLD, source=HERE)

    with pytest.raises(PromiseError, match=r"two promises are called 'miniature\.closes'"):
        promise("closes", MINIATURE, error.peer_ends, TOLD, source=HERE)


@pytest.mark.parametrize("scenarios", [[], [close.application_is_cancelled_on_message]])
@pytest.mark.usefixtures("promises")
def test_a_promise_that_covers_no_cell_is_an_error(scenarios: list[Scenario]) -> None:
    """A promise that no cell can break is an error."""
    with pytest.raises(PromiseError, match=r"'miniature\.closes' covers no cell: miniature can"):
        promise("closes", MINIATURE, scenarios, TOLD, source=HERE)


@pytest.fixture
def nothing_untestable(monkeypatch: pytest.MonkeyPatch) -> list[Untestable]:
    """Nothing is declared to be untestable yet."""
    monkeypatch.setattr(declared, "UNTESTABLE", [])
    return declared.UNTESTABLE


def test_what_cannot_be_tested_is_declared_with_a_reason(
    nothing_untestable: list[Untestable],
) -> None:
    """The declaration is about one surface, or about several."""
    other = doc("https://example.org/api", "Miniature.send", "Threads may share it.")
    untestable(MINIATURE, source=HERE, because="no run shows it")
    untestable([MINIATURE], source=other, because="no run shows it", versions=">=2")

    assert nothing_untestable == [
        Untestable((MINIATURE,), HERE, "no run shows it"),
        Untestable((MINIATURE,), other, "no run shows it", ">=2"),
    ]


@pytest.mark.parametrize(
    ("surfaces", "because", "wanted"),
    [
        (MINIATURE, " ", "of which surfaces, and because of what"),
        ([], "no run shows it", "of which surfaces, and because of what"),
        (MINIATURE, "again", r"api, Miniature\.on_close is declared twice: keep one"),
    ],
)
def test_a_wrong_declaration_of_what_cannot_be_tested_is_an_error(
    surfaces: Surface | list[Surface],
    because: str,
    wanted: str,
    nothing_untestable: list[Untestable],
) -> None:
    """A declaration without a reason, without a surface, or made twice is an error."""
    if because == "again":
        untestable(MINIATURE, source=HERE, because="no run shows it")

    with pytest.raises(PromiseError, match=wanted):
        untestable(surfaces, source=HERE, because=because)


def test_what_cannot_be_tested_is_promised_by_no_check() -> None:
    """It cites a document and has a reason, and no check claims to hold it."""
    held = {one.source for one in PROMISES.values()}

    assert [one for one in UNTESTABLE if not one.because.strip() or one.source in held] == []
    assert [one for one in UNTESTABLE if not one.source.page.startswith("https://")] == []
    assert [one for one in UNTESTABLE if not (one.source.place and one.source.says)] == []


def _names(expectation: Expectation) -> Iterator[str]:
    """The names of the library that an expectation contains."""
    if isinstance(expectation, Both | Either):
        for part in expectation.parts:
            yield from _names(part)
    elif isinstance(expectation, Happened):
        yield from filter(None, (expectation.name, expectation.earlier_than))
    elif isinstance(expectation, Fact):
        yield expectation.name


def _list_recorded(surface: Surface) -> set[str]:
    """Every text in the drivers of the surface's library, and the verbs that record themselves.

    Those are our verbs, and the library's names that scenarios call.
    """
    owners = {surface.driver.partition("_")[0], surface.name.partition("_")[0]}
    if "asgi" in owners or surface.name.endswith("_command"):
        owners |= {"asgi", "corn", "served", "server"}
    files = [path for owner in owners for path in DRIVERS.rglob(f"{owner}_*/*.py")]
    files += [path for owner in owners for path in DRIVERS.glob(f"{owner}_*.py")]
    text = "".join(path.read_text() for path in files)
    actions = [a for one in SCENARIOS.values() for when in one.application for a in when.actions]
    verbs = {"close", "send", "leave", "run again", *(a.verb for a in actions if a.by_name)}
    return verbs | set(re.findall(r'"([^"\n]+)"', text))


@pytest.mark.parametrize("surface", SURFACES.values(), ids=str)
def test_a_promise_speaks_of_what_the_driver_records(surface: Surface) -> None:
    """Otherwise a promise that a misspelt callback is never called would always be kept."""
    ours = [one for one in PROMISES.values() if one.surface == surface]
    spoken = {name for one in ours for name in _names(one.expectation)}

    assert spoken - _list_recorded(surface) == set()


def test_every_promise_names_the_document_it_comes_from() -> None:
    """A promise has the address of a page, a place on it, and what it says there."""
    sources = {one.source for one in PROMISES.values()}

    assert [source for source in sources if not source.page.startswith("https://")] == []
    assert [source for source in sources if not (source.place and source.says)] == []


def test_a_promise_may_be_younger_than_the_library(promises: dict[str, Promise]) -> None:
    """A release whose documents do not make the promise yet is not judged by it."""
    promise("late", MINIATURE, close.peer_closes_first, TOLD, source=HERE, versions=">=2")
    found = promises["miniature.late"]

    assert not found.covers(MINIATURE, close.peer_closes_first, "1.9", "")
    assert found.covers(MINIATURE, close.peer_closes_first, "2.0", "")


def test_a_promise_may_be_about_some_pythons(promises: dict[str, Promise]) -> None:
    """A Python without the property is not judged by it; one that there is not is an error."""
    cells = close.peer_closes_first
    promise("late", MINIATURE, cells, TOLD, source=HERE, python="tls-reset-raises")
    found = promises["miniature.late"]

    assert found.covers(MINIATURE, cells, "1.0", "CPython 3.13.0 (tls-reset-raises)")
    assert not found.covers(MINIATURE, cells, "1.0", "CPython 3.13.0")
    with pytest.raises(
        PromiseError, match=r"'newer': python '3\.13' is not one of tls-reset-ends,"
    ):
        promise("newer", MINIATURE, cells, TOLD, source=HERE, python="3.13")


def _list_shown(library: Library) -> set[tuple[str, str, str]]:
    """Surface, release and scenario of every stored cell that showed a behaviour."""
    stored = load(library.name)
    return {
        (surface, version, scenario)
        for surface, scenario in stored.cells
        for version, known in stored.table((surface, scenario)).items()
        if not isinstance(known, str)
    }


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=str)
def test_no_promise_is_older_than_what_it_speaks_of(library: Library) -> None:
    """A release that can play none of the scenarios of a promise does not make it."""
    shown = _list_shown(library)
    has = sorted({(surface, version) for surface, version, _ in shown})
    ours = [one for one in PROMISES.values() if one.surface.library == library]
    made = [(p, v) for p in ours for s, v in has if s == p.surface.name and in_range(v, p.versions)]

    early = [
        (one.id, version)
        for one, version in made
        if not any((one.surface.name, version, name) in shown for name in one.scenarios)
    ]
    assert len(made) > len(ours)
    assert early == []
