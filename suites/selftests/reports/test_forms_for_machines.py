"""A comparison as JUnit XML and as JSON, for other programs."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from fixtures.model.trace import Trace
from reports.render import json_output as as_json
from reports.render import junit
from reports.results.release import Cell
from reports.upgrade.exit_status import UpgradeResult
from suites.judging.expectations import ANYTHING, PEER_CODE, called

from ..conftest import Miniature, Promised
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, CHANGED, RACE, compare_releases, trace
from .test_comparison_report import PEER_CLOSES, hostile


@pytest.fixture(autouse=True)
def _known(known: Miniature, promised: Promised) -> None:
    """The miniature promises that `on_close` gets the peer's code."""
    known()
    promised("on_close", called("on_close", PEER_CODE, ANYTHING))


def test_junit_has_a_test_for_each_cell() -> None:
    """Changed cells fail, what could not be run is an error, what does not apply is skipped."""
    faulty = trace(problems=("no peer",))
    first, second, third = PEER_CLOSES
    old: dict[Cell, list[Trace] | str] = {third: [BEFORE], second: "cannot"}
    new = old | {CELL: [AFTER], first: [faulty]}
    old |= {CELL: [BEFORE], first: [BEFORE]}
    root = ET.fromstring(junit.render_junit(UpgradeResult((compare_releases(old, new),))))

    suite, result = root.findall("testsuite")
    counts = [suite.get(name) for name in ("tests", "failures", "errors", "skipped")]
    assert counts == ["4", "1", "1", "1"]
    assert result.get("failures") == "1"


def test_junit_is_xml_whatever_it_holds() -> None:
    """Control characters are written out; the message is what changed."""
    failure = ET.fromstring(junit.render_junit(UpgradeResult((hostile(),)))).find(".//failure")

    assert failure is not None
    assert "on_close" in (failure.get("message") or "")
    assert junit._clean("a\x00\ufffe") == "a\\x00\\ufffe"


def test_no_line_of_junit_is_a_command_of_a_ci_system() -> None:
    """Whatever a lock file or a library says: the report may stand in the log."""
    said = "a\n::stop-commands::x\r##[group]"
    found = compare_releases({CELL: [trace(problems=(said,))]}, {CELL: [BEFORE]})
    text = junit.render_junit(
        UpgradeResult((found, compare_releases({CELL: [BEFORE]}, {CELL: said})))
    )

    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert text.count("stop-commands") == 4
    assert "##[" not in text


def test_junit_tells_of_acceptances() -> None:
    """An acceptance that matches nothing fails the result."""
    text = junit.render_junit(
        UpgradeResult((compare_releases({CELL: [BEFORE]}, {CELL: [BEFORE]}),), unused=("x: y",))
    )

    assert 'message="1: 1 acceptance without a match; x: y"' in text


def test_json_has_everything() -> None:
    """Every cell, every change, every check, the groups and the counts."""
    data = json.loads(as_json.render_json(UpgradeResult((compare_releases(*CHANGED),))))

    (found,) = data["comparisons"]
    (cell,) = found["cells"]
    assert (data["status"], data["judged"]) == (1, 1)
    assert cell["behaviours"]["old"] == {BEFORE.behaviour_id: 1}
    assert cell["checks"][0]["check"] == "miniature.on_close"
    assert found["groups"][0]["changes"][0]["cells"] == [list(CELL)]
    assert found["groups"][0]["checks"][0]["cells"] == 1


def test_json_says_what_is_special() -> None:
    """Reasons, races and minor changes are there where there are any."""
    logs = [trace(facts={"logs": [{"logger": "l", "level": "INFO", "text": t}]}) for t in "ab"]
    old: dict[Cell, list[Trace] | str] = {RACE: logs[:1], CELL: "not yet"}
    data = json.loads(
        as_json.render_json(
            UpgradeResult((compare_releases(old, {RACE: logs[1:], CELL: [BEFORE]}),))
        )
    )
    cells = {cell["scenario"]: cell for cell in data["comparisons"][0]["cells"]}

    assert cells[RACE[1]]["races"] is True
    assert cells[CELL[1]]["reason"] == "not yet"
    assert data["comparisons"][0]["minor"][0]["cells"] == [list(RACE)]
