"""Scenarios: mistakes in a declaration, and conventions that all of them follow."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixtures.drivers.surface_lacks import PONGS, REASONS
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model import actions as application
from fixtures.model import scenario as declared
from fixtures.model.actions import (
    CLOSED,
    MESSAGE,
    OPENED,
    POINTS,
    ScenarioError,
    close,
    elsewhere,
    leave,
    library_call,
    send,
    when,
    whenever,
)
from fixtures.model.scenario import SCENARIOS, Scenario, Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer, has_pause
from suites.scenarios import GROUPS, OF_ONE_LIBRARY

FORBIDDEN = ("disconnect", "hang_up", "goodbye", "basic", "simple", "misc", "status")
VERBS = {"close", "send", "raise", "cancel", "leave", "stop reading", "pause", "run again"}
CAPABILITIES = {
    value
    for name, value in vars(application).items()
    if name.isupper() and isinstance(value, str) and value not in POINTS
}


@pytest.fixture
def scenarios(monkeypatch: pytest.MonkeyPatch) -> dict[str, Scenario]:
    """No scenario is declared yet."""
    monkeypatch.setattr(declared, "SCENARIOS", {})
    return declared.SCENARIOS


def peer_closes(peer: Peer) -> None:
    """The peer closes, and
    says why.

    The rest is for readers of the code.
    """  # noqa: D205 -- a summary in two lines is what is tested


def nameless(peer: Peer) -> None:  # noqa: D103 -- the docstring is what is missing here
    pass


def to_whom(library: Peer) -> None:
    """Something happens."""


def to_nobody() -> None:
    """Something happens."""


def code_is(peer: Peer, value: int) -> None:
    """The code is {value}."""


def test_a_scenario_is_its_function(scenarios: dict[str, Scenario]) -> None:
    """Name, module and docstring of the function are name, group and text of the scenario."""
    found = scenario(rfc="7.1.5")(peer_closes)

    assert scenarios == {"peer_closes": found}
    assert (found.group, found.rfc, str(found)) == ("test_scenarios", "7.1.5", "peer_closes")
    assert found.doc == "The peer closes, and says why."
    assert (set(found.peer_roles), found.races) == ({"server", "client"}, False)


@pytest.mark.parametrize(
    ("function", "rfc", "text"),
    [
        (peer_closes, "", "'peer_closes' names no section of RFC 6455: give rfc='7.1.5'"),
        (peer_closes, "section 7", "'peer_closes' names no section of RFC 6455"),
        (nameless, "7.1.5", "'nameless' has no docstring: state in one line what happens"),
        (to_whom, "7.1.5", "'to_whom' takes 'library': call its first parameter 'server', "),
        (to_nobody, "7.1.5", "'to_nobody' takes '': call its first parameter 'server', "),
    ],
)
@pytest.mark.usefixtures("scenarios")
def test_a_wrong_declaration_is_an_error(
    function: Callable[..., None], rfc: str, text: str
) -> None:
    """The text names the scenario and says how to mend it."""
    with pytest.raises(ScenarioError, match=re.escape(text)):
        scenario(rfc=rfc)(function)


@pytest.mark.usefixtures("scenarios")
def test_two_scenarios_of_one_name_are_an_error() -> None:
    """The text says where both stand."""
    scenario(rfc="7.1.5")(peer_closes)

    with pytest.raises(ScenarioError, match="two scenarios are called 'peer_closes', in test_scen"):
        scenario(rfc="7.1.5")(peer_closes)


def test_an_unknown_point_is_an_error() -> None:
    """The text lists the points there are."""
    with pytest.raises(ScenarioError, match="no point 'disconnected'; the points are: before"):
        when("disconnected", close())


@pytest.mark.usefixtures("scenarios")
def test_a_family_is_one_scenario_for_each_value() -> None:
    """The value ends the name, stands in the docstring and may choose the settings."""

    def certificate(server: Peer, kind: str) -> None:
        """The certificate is {value}."""

    family = scenario_for_each(
        {"too_old": "expired"}, rfc="4.1", settings=lambda kind: Settings(tls=kind)
    )(certificate)

    assert [(one.name, one.doc, one.settings.tls) for one in family] == [
        ("certificate_too_old", "The certificate is too old.", "expired")
    ]
    assert family.member("too_old") == family[0]


@pytest.mark.usefixtures("scenarios")
def test_numbers_are_both_the_value_and_the_end_of_the_name() -> None:
    """A list of codes makes a scenario of each, whose script is given the code."""
    seen: list[Any] = []

    def code(peer: Peer, value: int) -> None:
        """The code is {value}."""
        seen.append(value)

    for one in scenario_for_each((1000, 1001), rfc="7.4.1")(code):
        one.script(None)  # type: ignore[arg-type] # this script asks nothing of its peer

    assert seen == [1000, 1001]
    assert list(declared.SCENARIOS) == ["code_1000", "code_1001"]


@pytest.mark.usefixtures("scenarios")
def test_a_scenario_needs_what_its_actions_and_settings_need() -> None:
    """Points, verbs, verbs at points, and the capabilities behind the settings."""
    acts = [when(OPENED, close(1000, "x")), when(CLOSED, elsewhere(send("y")), leave())]
    settings = Settings(
        keepalive=True, max_size=1, hook_refuses=True, async_open=True, closed_starts_task=True
    )
    found = scenario(
        rfc="7", application=acts, settings=settings, races=True, needs=(application.ITERATION,)
    )(peer_closes)

    assert {OPENED, "close", "close when opened", application.ELSEWHERE} <= set(found.needs)
    assert {application.KEEPALIVE, application.MAX_SIZE, application.ITERATION} <= set(found.needs)
    assert (found.races, found.may_not_connect) == (True, False)


@pytest.mark.usefixtures("scenarios")
def test_what_a_second_thread_does_is_needed_by_verb_unless_it_is_a_call_by_name() -> None:
    """A surface may lack one thing in a second thread, and have another."""
    acts = [when(OPENED, elsewhere(close())), when(CLOSED, elsewhere(library_call("abort")))]
    found = scenario(rfc="7", application=acts)(peer_closes)

    assert {need for need in found.needs if "elsewhere" in need} == {
        application.ELSEWHERE,
        "close elsewhere",
    }


def test_an_action_reads_as_the_call_it_is() -> None:
    """Its text has the verb, the arguments, and the thread that acts."""
    assert str(close(4000, "enough")) == "close(4000, 'enough')"
    assert str(elsewhere(close())) == "close() in a second thread or task"
    assert close(4000).args == (4000,)


def test_a_scenario_may_be_of_one_library(
    scenarios: dict[str, Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its module says which group it is of; it names the surfaces."""
    monkeypatch.setitem(globals(), "GROUP", "error")
    found = scenario(rfc="7.1.5", surfaces=["app", "app_*"])(peer_closes)
    (other,) = scenario_for_each([1], rfc="7.1.5", surfaces=["app"])(code_is)

    assert (found.group, found.surfaces) == ("error", ("app", "app_*"))
    assert (other.group, other.surfaces) == ("error", ("app",))
    assert list(scenarios) == ["peer_closes", "code_is_1"]


@pytest.mark.usefixtures("scenarios")
def test_a_call_by_name_is_no_need() -> None:
    """Introspection finds whether a release has it; a call in a second thread is a need."""
    acts = [when(OPENED, library_call("dial"), elsewhere(library_call("ring"))), whenever(CLOSED)]
    found = scenario(rfc="7", application=acts)(peer_closes)

    assert found.needs == (OPENED, application.ELSEWHERE, CLOSED)


@pytest.mark.usefixtures("scenarios")
def test_scenarios_with_options_can_be_looked_up() -> None:
    """Settings that hold mappings have a hash; other options make other settings."""
    one, same, other = (Settings(options={"a": [1, value]}) for value in (2, 2, 3))
    found = scenario(rfc="7", settings=one)(peer_closes)

    assert {found: 1}[found] == 1
    assert one == same != other
    assert hash(one) == hash(same)


# What every scenario of the project observes


@pytest.mark.parametrize("group", GROUPS)
def test_only_a_groups_own_scenarios_carry_its_word(group: str) -> None:
    """Otherwise `-k close` and `-k error` would select unexpected cells."""
    others = [one.name for one in SCENARIOS.values() if group not in one.group]

    assert [name for name in others if group in name] == []
    assert [name for name in SURFACES if any(word in name for word in GROUPS)] == []


def test_names_are_words_and_none_is_forbidden() -> None:
    """Names are RFC 6455's words, joined by underscores, without synonyms.

    The name of a call is as the library spells it.
    """
    word = r"[a-z0-9]+|[a-z]+[A-Z][a-z]+"
    assert [name for name in SCENARIOS if not re.fullmatch(rf"[a-z]+(_({word}))+", name)] == []
    assert [name for name in SCENARIOS if any(word in name for word in FORBIDDEN)] == []


def test_every_scenario_belongs_to_a_group_and_is_played_by_somebody() -> None:
    """A scenario that no surface can play is never run."""
    surfaces = list(SURFACES.values())

    assert {one.group for one in SCENARIOS.values()} == set(GROUPS)
    assert [name for name, one in SCENARIOS.items() if not _players(one, surfaces)] == []


def _players(played: Scenario, surfaces: list[Surface]) -> list[Surface]:
    return [one for one in surfaces if one.plays(played) and not one.explain_missing(played)]


def test_docstrings_are_one_sentence_with_every_value_filled_in() -> None:
    """Reports show docstrings as they are."""
    docs = [one.doc for one in SCENARIOS.values()]

    assert [doc for doc in docs if not doc.endswith(".") or "{" in doc or "\n" in doc] == []


@pytest.mark.parametrize("module", [*GROUPS.values(), *OF_ONE_LIBRARY], ids=lambda m: m.__name__)
def test_a_script_has_no_branches(module: Any) -> None:
    """An `if` or a loop would be two scenarios."""
    tree = ast.parse(Path(module.__file__).read_text())
    branches = (ast.If, ast.For, ast.While, ast.Try, ast.Match, ast.IfExp)

    assert [node.lineno for node in ast.walk(tree) if isinstance(node, branches)] == []


def test_what_scenarios_need_and_surfaces_lack_are_the_same_words() -> None:
    """A misspelt need or lack would never match the other."""
    at = {f"{verb} when {point}" for verb in VERBS for point in POINTS}
    away = {f"{verb} elsewhere" for verb in VERBS}
    words = {*POINTS, *VERBS, *CAPABILITIES, *at, *away, PONGS, REASONS}  # pairs need the last two

    assert {need for one in SCENARIOS.values() for need in one.needs} <= words
    assert {lack for one in SURFACES.values() for lack in one.lacks} <= words
    assert MESSAGE in words


# Steps that pause


def close_late(peer: Peer) -> None:
    """A part of a script, which pauses."""
    peer.wait_part_of_close_timeout(0.5)
    peer.send_close()


def peer_closes_late(peer: Peer) -> None:
    """The peer closes late."""
    peer.open()
    close_late(peer)


def peer_waits_for_a_close(peer: Peer, _: int) -> None:
    """The peer opens, and closes itself if the other end does not."""
    peer.open()
    peer.await_close_else_close()


@pytest.mark.parametrize(
    ("script", "pauses"),
    [(close_late, True), (peer_closes_late, True), (peer_closes, False), (Peer.await_end, False)],
)
def test_a_script_pauses_where_a_step_of_it_does(
    script: Callable[[Peer], None], pauses: bool
) -> None:
    """Its own, or one of a function that it calls with its peer."""
    assert has_pause(script) == pauses


@pytest.mark.usefixtures("scenarios")
def test_the_script_of_a_family_pauses() -> None:
    """The scenario's script calls the one that is written."""
    (found,) = scenario_for_each([1], rfc="7.1.5")(peer_waits_for_a_close)

    assert has_pause(found.script)
