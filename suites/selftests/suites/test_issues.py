"""The lists of known issues: every mistake in one is reported."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS
from suites.judging.expectations import called
from suites.judging.issue_files import FOLDER, IssueError, load_deviations
from suites.judging.issues import UNREPORTED, Deviation, find_overdue
from suites.judging.promise import PROMISES, Promise, doc, in_range

from ..conftest import ROOT, Listed, Miniature, Pytest, deviation

pytest_plugins = ["pytester"]

Entry = Mapping[str, object]
BAD: list[tuple[Entry, str]] = [
    (
        {"checks": ["rule.close_is_reported_one"]},
        "no check is called 'miniature.rule.close_is_reported_one'. "
        "Did you mean 'rule.close_is_reported_once'?",
    ),
    ({"checks": ["x"]}, "no check is called 'miniature.x'."),
    ({"checks": []}, "checks is empty"),
    ({"surfaces": ["miniatur"]}, "no surface is called 'miniatur'. Did you mean 'miniature'?"),
    ({"surfaces": ["tornado_handler"]}, "surface tornado_handler is not one of miniature's"),
    (
        {"scenarios": ["peer_closes_firts"]},
        "scenarios has none in which rule.close_is_reported_once looks at miniature: "
        "peer_closes_firts. Did you mean 'peer_closes_first'?",
    ),
    (
        {"scenarios": ["peer_closes_first", "peer_ens"]},
        "scenarios has 'peer_ens', which no cell of its checks is called. "
        "Did you mean 'peer_ends'?",
    ),
    ({"scenarios": ["nothing_*"]}, "looks at miniature: nothing_*."),
    (
        {"scenarios": ["application_is_cancelled_on_message"]},
        "scenarios has none in which rule.close_is",
    ),
    ({"checks": ["closes"], "scenarios": ["peer_ends"]}, "none in which miniature.closes looks at"),
    ({"scenarios": []}, "scenarios is empty"),
    ({"scenarios": [], "tags": ["peer_close"]}, "no tag is called 'peer_close'. Did you mean"),
    ({"tags": ["peer_closes"]}, "scenarios and tags both select; write one of them"),
    ({"scenarios": [], "tags": ["proxy_fails"]}, "none in which rule.close_is_reported_once looks"),
    ({"scenarios": "peer_*"}, "Expected `array`, got `str`"),
    ({"reason": "bugg"}, "reason 'bugg' is not one of bug, python, by-design, docs-wrong"),
    ({"versions": "1.0"}, "Invalid specifier: '1.0'; write versions like '>=1.9.0'"),
    ({"versions": "===1.0"}, "versions '===1.0': write '==' for one release"),
    ({"versions": 1}, "Expected `str`, got `int`"),
    ({"deviation": [{"versions": "1.0"}]}, "Invalid specifier: '1.0'; write versions like"),
    ({"deviation": [{"versions": "<1.0"}]}, "versions '<1.0' are outside those of the issue"),
    ({"deviation": []}, "there is no [[issue.deviation]]"),
    ({"signatures": ["*"]}, "signature '*' would excuse anything"),
    ({"signatures": [""]}, "signature '' would excuse anything"),
    ({"signatures": []}, "signatures is empty"),
    ({"signatures": ["nothing", "*"]}, "signature '*' would excuse anything"),
    ({"link": "https://example.org/api"}, "link 'https://example.org/api' is not an issue or a"),
    (
        {"reason": "docs-wrong", "link": "unreported"},
        "link 'unreported' is not an https:// address",
    ),
    (
        {"python": "tls-reset-raise"},
        "python 'tls-reset-raise' is not one of tls-reset-ends, tls-reset-raises, "
        "tls-ragged-eof-raises, stream-writer-stays-open. "
        "Did you mean 'tls-reset-raises'?",
    ),
    ({"deviation": [{"python": "3.13"}]}, "python '3.13' is not one of tls-reset-ends, tls-reset"),
    (
        {"python": "tls-reset-ends", "deviation": [{"python": "tls-reset-raises"}]},
        "python 'tls-reset-raises' is not that of the issue",
    ),
    ({"reason": "python"}, "reason 'python' needs python: tls-reset-ends, tls-reset-raises, "),
    ({"python": 3.13}, "Expected `str`, got `float`"),
    ({"why": " "}, "why is empty"),
    ({"id": "two words"}, "an id is one word with _"),
    ({"review": "soon"}, "Invalid RFC3339 encoded date - at `$.issue[0].review`"),
    ({"reviewed": "yes"}, "Object contains unknown field `reviewed`"),
    (
        {"sometimes": True},
        "sometimes is for scenarios that race, and peer_closes_first of miniature does not",
    ),
]


@pytest.fixture
def miniature(known: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    """The miniature is a known surface; it and another one promise something in one scenario."""
    owners = {"miniature.closes": known(), "miniature_too.closes": SURFACES["tornado_handler"]}
    covered, closes = frozenset({"peer_closes_first"}), called("on_close", ...)
    for name, owner in owners.items():
        one = Promise("closes", owner, covered, closes, doc("", "", ""))
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


OTHER = {"checks": ["rule.the_end_is_told"], "signatures": ["nothing"]}
RULE = "rule.close_is_reported_once"
RACING = "application_closes_from_elsewhere"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"[[issue]", "miniature.toml: it is not TOML: Expected"),
        (b"\xff\xfe", "miniature.toml: "),
        (
            b'schema = 3\nlibrary = "miniature"\nfrom = 1',
            "miniature.toml has schema 3; this version reads",
        ),
        (b'library = "miniature"', "miniature.toml: Object missing required field `schema`"),
        (b'schema = 2\nlibrary = "miniatur"', "no library is called 'miniatur'. Did you mean"),
        (b'schema = 2\nlibrary = "miniature"\nx = 1', "unknown field `x`"),
    ],
)
@pytest.mark.usefixtures("miniature")
def test_a_wrong_file_is_a_usage_error(
    content: bytes, text: str, listed: Listed, run_pytest: Pytest
) -> None:
    """A file that is not TOML, has another schema, or names no library is reported by its name."""
    listed().write_bytes(content)
    result = run_pytest("--library", "miniature")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert text in result.stderr.str()


@pytest.mark.parametrize(
    ("issues", "text"),
    [
        (({"id": "z"}, {"id": "a"}), "miniature.toml: issues are sorted; move 'a' before 'z'"),
        (
            ({"id": "a", "deviation": [OTHER, {}]},),
            "miniature.toml: a: deviations are sorted; move 'rule.close_is_reported_once; ",
        ),
        (({"id": "a"}, {"id": "a", **OTHER}), "miniature.toml: a: another issue has this id"),
    ],
)
@pytest.mark.usefixtures("miniature")
def test_issues_have_an_order_and_an_id(
    issues: tuple[Entry, ...], text: str, listed: Listed
) -> None:
    """The text says what to move where; an id is used once."""
    listed(*issues)

    with pytest.raises(IssueError, match=re.escape(text)):
        load_deviations()


@pytest.mark.usefixtures("miniature")
def test_an_id_is_used_once_in_all_files(listed: Listed) -> None:
    """The files of a folder are one list; the text says which two have the same."""
    path = listed({"id": "a"})
    (path.parent / "past").mkdir()
    path.rename(path.parent / "past" / path.name)
    listed({"id": "a", **OTHER})

    with pytest.raises(IssueError, match=r"past/miniature.toml: a: another issue has this id"):
        load_deviations()


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
def test_two_issues_never_speak_of_one_cell(
    first: Entry, second: Entry, listed: Listed, run_pytest: Pytest
) -> None:
    """Two issues that could both cover a cell are an error, whatever release is installed."""
    listed(first, second)
    result = run_pytest("--library", "miniature")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*issue_0 and issue_1 are both about rule.close_is_*"])


@pytest.mark.usefixtures("miniature")
def test_the_second_and_third_issue_are_compared_as_well(listed: Listed) -> None:
    """An issue without an overlap does not hide the overlap of two others."""
    listed({"versions": "<1"}, {"versions": ">=2"}, {"versions": ">=3"})

    with pytest.raises(IssueError, match="issue_1 and issue_2 are both about"):
        load_deviations()


@pytest.mark.usefixtures("miniature")
def test_issues_may_share_a_cell_release_by_release(listed: Listed) -> None:
    """Ranges that touch and do not overlap, and scenarios that no check looks at, are no error."""
    listed({"versions": "<1.5"}, {"versions": "==1.5"}, {"versions": ">1.5"}, OTHER)

    assert [one.versions for one in load_deviations()] == ["<1.5", "==1.5", ">1.5", ">=1.0"]


@pytest.mark.usefixtures("miniature")
def test_issues_may_share_a_cell_python_by_python(listed: Listed) -> None:
    """Each is about the Pythons that have another property, and a deviation has its issue's."""
    listed({"python": "tls-reset-ends"}, {"deviation": [{"python": "tls-reset-raises"}]})
    first, cell = load_deviations()[0], (RULE, SCENARIOS["peer_closes_first"], "1.0")

    assert [one.python for one in load_deviations()] == ["tls-reset-ends", "tls-reset-raises"]
    assert first.covers(*cell, "CPython 3.13.0")
    assert not first.covers(*cell, "CPython 3.11.9 (tls-reset-raises)")
    listed({"python": "tls-reset-ends"}, {})
    with pytest.raises(IssueError, match="issue_0 and issue_1 are both about"):
        load_deviations()


@pytest.mark.usefixtures("miniature")
def test_a_deviation_may_be_seen_in_fewer_releases_than_its_issue(listed: Listed) -> None:
    """The range of a deviation narrows that of its issue."""
    listed({"deviation": [{"versions": "<1.5"}, {**OTHER, "versions": "!=1.2"}]})
    early, other = load_deviations()

    assert (early.versions, other.versions) == (">=1.0,<1.5", ">=1.0,!=1.2")
    assert early.issue is other.issue


@pytest.mark.usefixtures("miniature")
def test_tags_select_the_scenarios_that_have_all_of_them(listed: Listed) -> None:
    """A scenario that is added later is covered, or found to be fixed."""
    listed({"scenarios": [], "tags": ["peer_closes", "with_code"]})
    [found] = load_deviations()

    assert "peer_closes_first" in found.scenarios
    assert "peer_closes_with_empty_frame" not in found.scenarios
    assert all(SCENARIOS[name].tags >= {"peer_closes", "with_code"} for name in found.scenarios)


@pytest.mark.usefixtures("miniature")
def test_sometimes_is_allowed_where_the_scenario_races(listed: Listed) -> None:
    """A cell that races may deviate in some of its runs."""
    listed({"scenarios": [RACING], "sometimes": True})

    assert load_deviations()[0].sometimes


@pytest.mark.usefixtures("miniature")
def test_rarely_is_for_any_scenario_beside_what_else_is_listed(listed: Listed) -> None:
    """It is about hardly any run, and another issue may be about all of them."""
    listed({"rarely": True}, {})
    assert [one.rarely for one in load_deviations()] == [True, False]

    listed({"scenarios": [RACING], "sometimes": True, "rarely": True})
    with pytest.raises(IssueError, match="sometimes and rarely are two things"):
        load_deviations()


@pytest.fixture
def variant(miniature: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """`miniature_variant` plays the scenarios `peer_*`, and promises what the miniature does."""
    found = dataclasses.replace(
        SURFACES["miniature"], name="miniature_variant", variant_of="miniature", only=("peer_*",)
    )
    monkeypatch.setitem(SURFACES, found.name, found)
    hers = dataclasses.replace(PROMISES["miniature.closes"], surface=found)
    monkeypatch.setitem(PROMISES, hers.id, hers)


VARIANTS = {"surfaces": ["miniature", "miniature_variant"]}


@pytest.mark.usefixtures("variant")
def test_one_entry_lists_several_checks_of_several_surfaces(listed: Listed) -> None:
    """Each surface deviates from its own promise, and from the rule of all."""
    listed({"checks": ["closes", "rule.close_is_reported_once"], **VARIANTS})
    found = load_deviations()

    assert [(one.surface, one.check) for one in found] == [
        ("miniature", "miniature.closes"),
        ("miniature_variant", "miniature_variant.closes"),
        ("miniature", "rule.close_is_reported_once"),
        ("miniature_variant", "rule.close_is_reported_once"),
    ]
    assert len({(one.issue, one.scenarios, one.signatures) for one in found}) == 1


@pytest.mark.usefixtures("variant")
def test_a_surface_deviates_where_it_plays(listed: Listed) -> None:
    """Scenarios that the surface does not play are left out for it."""
    listed({"scenarios": ["application_closes_on_*", "peer_closes_first"], **VARIANTS})
    ours, hers = load_deviations()

    assert ours.scenarios > {"peer_closes_first", "application_closes_on_message"}
    assert hers.scenarios == {"peer_closes_first"}


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (
            {"surfaces": ["miniature_varint"]},
            "no surface is called 'miniature_varint'. Did you mean 'miniature_variant'?",
        ),
        (
            {"scenarios": ["application_closes_on_*"], **VARIANTS},
            "none in which rule.close_is_reported_once looks at miniature_variant",
        ),
        (
            {"surfaces": ["miniature", "miniature"]},
            "issue_0 and issue_0 are both about rule.close_is_reported_once of miniature",
        ),
        ({"surfaces": "miniature_variant"}, "Expected `array`, got `str`"),
    ],
)
@pytest.mark.usefixtures("variant")
def test_a_surface_is_named_wrongly(wrong: Entry, text: str, listed: Listed) -> None:
    """The text says which, and what is wrong with it."""
    listed(wrong)

    with pytest.raises(IssueError, match=re.escape(text)):
        load_deviations()


@pytest.mark.usefixtures("variant")
def test_a_variant_races_on_its_own(listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deviation may be seen sometimes on one surface, and always on its variant."""
    racing = dataclasses.replace(SURFACES["miniature"], races=frozenset({"peer_closes_first"}))
    monkeypatch.setitem(SURFACES, "miniature", racing)
    listed({"sometimes": True, **VARIANTS})

    with pytest.raises(IssueError, match=r"sometimes is .* of miniature_variant does not"):
        load_deviations()


@pytest.fixture
def entry() -> Deviation:
    """The known deviation of `ClosesTwice`."""
    return deviation()


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
def test_a_deviation_covers_a_check_in_a_scenario_of_some_releases(
    entry: Deviation, check: str, scenario: str, version: str, whether: bool
) -> None:
    """Another check, scenario or release is not covered; a release candidate is a release."""
    assert entry.covers(check, SCENARIOS[scenario], version, "") is whether


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
    """Only the star stands for anything; brackets and dots are literal."""
    assert entry.recognises(recorded) is whether


@pytest.mark.parametrize(("recorded", "whether"), [("one", True), ("two", True), ("on", False)])
def test_a_signature_may_be_one_of_several(entry: Deviation, recorded: str, whether: bool) -> None:
    """A race has several outcomes, and each signature matches one of them as a whole."""
    several = dataclasses.replace(entry, signatures=("one", "two"))

    assert several.recognises(recorded) is whether


def test_the_projects_own_lists_can_be_loaded() -> None:
    """Every list in the checkout is well-formed, and no review date has passed."""
    assert [
        one.issue for one in load_deviations() if one.issue.review < datetime.date(2026, 11, 1)
    ] == []


def test_the_text_and_the_range_of_an_issue_end_with_the_same_release() -> None:
    """A text that begins with "Before 17.0" is about a range up to 17.0."""
    issues = {one.issue for one in load_deviations()}
    ends = [(one, re.match(r"Before ([\d.]*\d)", one.why)) for one in issues]
    found = [(one, end[1]) for one, end in ends if end]

    assert found
    assert [one.id for one, end in found if f"<{end}" not in one.versions.split(",")] == []


@pytest.mark.usefixtures("miniature")
def test_a_bug_may_be_unreported(listed: Listed) -> None:
    """A bug without an issue upstream has the link `unreported`."""
    listed({"link": UNREPORTED})

    assert load_deviations()[0].issue.link == UNREPORTED


def test_a_review_is_overdue_once_its_day_has_passed() -> None:
    """Each issue is listed once, the oldest first; on the day itself it is not overdue."""
    days = [datetime.date(2027, 5, day) for day in (3, 1, 2, 4)]
    listed = [deviation(id=f"issue_{day.day}", review=day) for day in days]

    found = find_overdue([*listed, *listed], today=datetime.date(2027, 5, 3))
    assert [issue.id for issue in found] == ["issue_1", "issue_2"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_no_pinned_release_shows_is_in_a_folder_of_its_own(library: str) -> None:
    """The other lists hold the issues of the pinned releases only."""
    pinned = re.search(rf"{library}==([\d.]+)", (ROOT / "pyproject.toml").read_text())
    assert pinned is not None
    past = {one.issue for one in load_deviations(FOLDER / "past") if one.issue.library == library}
    every = {one.issue for one in load_deviations() if one.issue.library == library}

    assert past == {one for one in every if not in_range(pinned[1], one.versions)}


def test_a_folder_without_lists_has_no_deviations(tmp_path: Path) -> None:
    """A folder without files has no deviations."""
    assert load_deviations(tmp_path) == ()
    assert in_range("1.0", "")
