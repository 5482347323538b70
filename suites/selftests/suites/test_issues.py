"""The lists of known deviations: every way to write one wrongly is told, none is passed over."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from suites.judging.expectations import called
from suites.judging.issues import Deviation, DeviationError, load
from suites.judging.promise import PROMISES, Promise, doc, in_range

from ..conftest import ENTRY, Listed, Miniature, Pytest

pytest_plugins = ["pytester"]

Entry = Mapping[str, object]
BAD: list[tuple[Entry, str]] = [
    (
        {"check": "rule.close_is_reported_one"},
        "no check is called 'rule.close_is_reported_one'. "
        "Did you mean 'rule.close_is_reported_once'?",
    ),
    ({"check": "x"}, "no check is called 'x'."),
    ({"check": "miniature_too.closes"}, "this check is not one of miniature's"),
    (
        {"surface": "miniatur"},
        "no surface is called 'miniatur'. Did you mean 'miniature'?",
    ),
    ({"surface": "tornado_handler"}, "surface tornado_handler is not one of miniature's"),
    (
        {"scenarios": ["peer_closes_firts"]},
        "scenarios has 'peer_closes_firts', which no cell of this check is called. "
        "Did you mean 'peer_closes_first'?",
    ),
    ({"scenarios": ["nothing_*"]}, "scenarios has 'nothing_*', which no cell of this check"),
    (
        {"scenarios": ["application_leaves_on_message"]},
        "scenarios has 'application_leaves_on_message', which no cell of this check is called.",
    ),
    ({"check": "miniature.closes", "scenarios": ["peer_ends"]}, "scenarios has 'peer_ends', which"),
    ({"scenarios": []}, "scenarios is empty"),
    ({"scenarios": "peer_*"}, "Expected `array`, got `str`"),
    ({"reason": "bugg"}, "reason 'bugg' is not one of bug, by-design, docs-wrong, docs-outdated"),
    ({"versions": "1.0"}, "Invalid specifier: '1.0'; write versions like '>=1.9.0'"),
    ({"versions": "===1.0"}, "versions '===1.0': write '==' for one release"),
    ({"versions": 1}, "Expected `str`, got `int`"),
    ({"signature": "*"}, "signature '*' would excuse anything"),
    ({"signature": ""}, "signature '' would excuse anything"),
    ({"signature": []}, "signature () would excuse anything"),
    ({"signature": ["nothing", "*"]}, "signature ('nothing', '*') would excuse anything"),
    ({"link": "example.org"}, "link 'example.org' is no https:// address"),
    ({"review": "soon"}, "Invalid RFC3339 encoded date - at `$.deviation[0].review`"),
    ({"reviewed": "yes"}, "Object contains unknown field `reviewed`"),
    (
        {"sometimes": True},
        "sometimes is for scenarios that race, and peer_closes_first does not",
    ),
]


@pytest.fixture
def miniature(known: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    """The miniature is a known surface; it and another one promise something in one scenario."""
    owners = {"miniature.closes": known(), "miniature_too.closes": SURFACES["tornado_handler"]}
    covered, closes = frozenset({"peer_closes_first"}), called("on_close", ...)
    for name, owner in owners.items():
        one = Promise(name, owner, covered, closes, doc("", "", ""))
        monkeypatch.setitem(PROMISES, name, one)


@pytest.mark.parametrize(("wrong", "text"), BAD)
@pytest.mark.usefixtures("miniature")
def test_a_wrong_entry_is_a_usage_error(
    wrong: Entry, text: str, listed: Listed, run_pytest: Pytest
) -> None:
    """The run does not begin; the text names the file, the entry, and what would be right."""
    listed(wrong)
    result = run_pytest("--library", "miniature")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: miniature.toml: " in result.stderr.str()
    assert text in result.stderr.str()


OTHER = {"check": "rule.the_end_is_told", "signature": "nothing"}
RACING = "application_closes_from_elsewhere"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"[[deviation]", "miniature.toml: Expected"),
        (b"\xff\xfe", "miniature.toml: "),
        (b'schema = 2\nlibrary = "miniature"\nfrom = 1', "miniature.toml: schema 2 is not known"),
        (b'library = "miniature"', "miniature.toml: Object missing required field `schema`"),
        (b'schema = 1\nlibrary = "miniatur"', "no library is called 'miniatur'. Did you mean"),
        (b'schema = 1\nlibrary = "miniature"\nx = 1', "unknown field `x`"),
    ],
)
@pytest.mark.usefixtures("miniature")
def test_a_wrong_file_is_a_usage_error(
    content: bytes, text: str, listed: Listed, run_pytest: Pytest
) -> None:
    """A file that is no TOML, of another schema or of no library is told by its name."""
    listed().write_bytes(content)
    result = run_pytest("--library", "miniature")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert text in result.stderr.str()


@pytest.mark.usefixtures("miniature")
def test_entries_are_sorted(listed: Listed, run_pytest: Pytest) -> None:
    """The text says which entry to move where."""
    listed(OTHER, {})
    result = run_pytest("--library", "miniature")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*move 'rule.close_is_reported_once' * before 'rule.the_end*"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"scenarios": ["peer_closes_*"]}),
        ({"versions": ">=1.0"}, {"versions": ">=1"}),
        ({"versions": "<2"}, {"versions": ">1,<3"}),
        ({"versions": ">=1,<2.1"}, {"versions": "==2.*"}),
        ({"versions": ""}, {"versions": "!=1.0"}),
    ],
)
@pytest.mark.usefixtures("miniature")
def test_two_entries_never_speak_of_one_cell(
    first: Entry, second: Entry, listed: Listed, run_pytest: Pytest
) -> None:
    """Whatever release is installed, two entries that could both cover a cell are an error."""
    listed(*sorted((first, second), key=lambda e: [*map(str, {**ENTRY, **e}.values())]))
    result = run_pytest("--library", "miniature")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*two entries speak of rule.close_is_reported_once of miniature*"])


@pytest.mark.usefixtures("miniature")
def test_the_second_and_third_entry_are_compared_as_well(listed: Listed) -> None:
    """An entry that stands apart from both does not hide that two others overlap."""
    listed({"versions": "<1"}, {"versions": ">=2"}, {"versions": ">=3"})

    with pytest.raises(DeviationError, match="two entries speak of"):
        load()


@pytest.mark.usefixtures("miniature")
def test_entries_may_share_a_cell_release_by_release(listed: Listed) -> None:
    """Ranges that touch and do not overlap, and scenarios that no check looks at, are no error."""
    listed({"versions": "<1.5"}, {"versions": "==1.5"}, {"versions": ">1.5"}, OTHER)

    assert [entry.versions for entry in load()] == ["<1.5", "==1.5", ">1.5", ">=1.0"]


@pytest.mark.usefixtures("miniature")
def test_sometimes_is_allowed_where_the_scenario_races(listed: Listed) -> None:
    """A cell that races may deviate in some of its runs."""
    listed({"scenarios": [RACING], "sometimes": True})

    assert load()[0].sometimes


@pytest.fixture
def variant(miniature: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """`miniature_variant` plays the scenarios `peer_*`, and promises what the miniature does."""
    found = dataclasses.replace(
        SURFACES["miniature"], name="miniature_variant", variant_of="miniature", only=("peer_*",)
    )
    monkeypatch.setitem(SURFACES, found.name, found)
    hers = dataclasses.replace(
        PROMISES["miniature.closes"], id="miniature_variant.closes", surface=found
    )
    monkeypatch.setitem(PROMISES, hers.id, hers)


VARIANT = {"also": ["miniature_variant"]}


@pytest.mark.parametrize(
    ("check", "hers"),
    [
        ("rule.close_is_reported_once", "rule.close_is_reported_once"),
        ("miniature.closes", "miniature_variant.closes"),
    ],
)
@pytest.mark.usefixtures("variant")
def test_an_entry_may_hold_for_other_surfaces(check: str, hers: str, listed: Listed) -> None:
    """Under her own promise, or the rule of all; nothing else of it is different."""
    listed({"check": check, **VARIANT})
    one, other = load()

    assert (one.surface, one.check) == ("miniature", check)
    assert (other.surface, other.check, other.also) == ("miniature_variant", hers, ())
    assert (other.signature, other.versions, other.why) == (one.signature, one.versions, one.why)


@pytest.mark.usefixtures("variant")
def test_another_surface_deviates_where_it_plays(listed: Listed) -> None:
    """Globs that none of her scenarios fits are left out for her."""
    listed({"scenarios": ["application_closes_on_*", "peer_closes_first"], **VARIANT})

    assert [entry.scenarios for entry in load()] == [
        ("application_closes_on_*", "peer_closes_first"),
        ("peer_closes_first",),
    ]


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (
            {"also": ["miniature_varint"]},
            "no surface is called 'miniature_varint'. Did you mean 'miniature_variant'?",
        ),
        ({"also": ["tornado_client"]}, "surface tornado_client is not one of miniature's"),
        (
            {"check": "miniature.closes", "also": ["tornado_client"]},
            "also tornado_client: no check is called 'tornado_client.closes'.",
        ),
        (
            {"scenarios": ["application_closes_on_*"], **VARIANT},
            "also has 'miniature_variant', which this check looks at in none of the scenarios",
        ),
        ({"also": ["miniature"]}, "two entries speak of rule.close_is_reported_once of miniature"),
        ({"also": "miniature_variant"}, "Expected `array`, got `str`"),
    ],
)
@pytest.mark.usefixtures("variant")
def test_another_surface_is_named_wrongly(wrong: Entry, text: str, listed: Listed) -> None:
    """The text says which, and what is wrong with it."""
    listed(wrong)

    with pytest.raises(DeviationError, match=re.escape(text)):
        load()


@pytest.mark.usefixtures("variant")
def test_a_variant_races_by_herself(listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one of them shows sometimes, the other may show always."""
    racing = dataclasses.replace(SURFACES["miniature"], races=frozenset({"peer_closes_first"}))
    monkeypatch.setitem(SURFACES, "miniature", racing)
    listed({"sometimes": True, **VARIANT})

    with pytest.raises(DeviationError, match="also miniature_variant: sometimes is for scenarios"):
        load()


@pytest.fixture
def entry() -> Deviation:
    """The known deviation of `ClosesTwice`."""
    fields: dict[str, object] = {**ENTRY, "scenarios": ("peer_closes_*",)}
    return Deviation(**fields)  # type: ignore[arg-type] # the fields are data


@pytest.mark.parametrize(
    ("check", "scenario", "version", "whether"),
    [
        ("rule.close_is_reported_once", "peer_closes_first", "1.0", True),
        ("rule.close_is_reported_once", "peer_closes_first", "2.0rc1", True),
        ("rule.close_is_reported_once", "peer_closes_first", "0.9", False),
        ("rule.close_is_reported_once", "peer_ends", "1.0", False),
        ("rule.the_run_ends", "peer_closes_first", "1.0", False),
    ],
)
def test_an_entry_covers_a_check_in_a_scenario_of_some_releases(
    entry: Deviation, check: str, scenario: str, version: str, whether: bool
) -> None:
    """Another check, scenario or release is not covered; a release candidate is a release."""
    assert entry.covers(check, SCENARIOS[scenario], version) is whether


@pytest.mark.parametrize(
    ("recorded", "whether"),
    [
        ("on_close(1000, 'bye'); on_close(1000, 'bye')", True),
        ("on_close(1000, 'a\nb'); on_close(None)", True),
        ("on_close(1000, 'bye')", False),
        ("so on_close(1); on_close(1)", False),
    ],
)
def test_a_signature_is_recognised_as_a_whole(
    entry: Deviation, recorded: str, whether: bool
) -> None:
    """Only the star stands for anything; brackets and dots are themselves."""
    assert entry.recognises(recorded) is whether


@pytest.mark.parametrize(("recorded", "whether"), [("one", True), ("two", True), ("on", False)])
def test_a_signature_may_be_one_of_several(entry: Deviation, recorded: str, whether: bool) -> None:
    """A race records now this, now that; each as a whole."""
    several = msgspec.structs.replace(entry, signature=("one", "two"))

    assert several.recognises(recorded) is whether


def test_the_projects_own_lists_can_be_loaded() -> None:
    """Every list that stands in the checkout is well-formed, and no review date has passed."""
    assert [entry.check for entry in load() if entry.review < datetime.date(2026, 11, 1)] == []


def test_a_folder_without_lists_has_no_deviations(tmp_path: Path) -> None:
    """Nothing is listed where there is no file."""
    assert load(tmp_path) == ()
    assert in_range("1.0", "")
