"""Runs of pytest in this checkout, from the arguments to the summary and the record."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, Library
from reports.results.record import load_record as read_record
from suites.cells import outcome
from suites.judging.expectations import called

from ..conftest import ROOT, Listed, Miniature, Promised, Pytest
from ..miniatures import miniature_libraries as m

pytest_plugins = ["pytester"]

FIRST = ("--library", "miniature", "-k", "peer_closes_first")
RACE = ("--library", "miniature", "-k", "elsewhere_with_code")
KEPT_ONE, UNDOCUMENTED_ONE, KNOWN_ONE, NOT_APPLICABLE_ONE = (
    "miniature" + "".join(" *1" if at == column else " *-" for at in range(5))
    for column in (0, 1, 2, 4)
)
"""The miniature's line in the summary, with one cell: kept, undocumented, known, not applicable."""


@pytest.mark.parametrize(
    ("miniature", "arguments", "words", "outcomes"),
    [
        (m.Good, (), KEPT_ONE, {"passed": 1}),
        (m.ForgetsTheReason, (), "red: 1 broken", {"failed": 1}),
        (m.Crashes, (), "red: 1 not testable", {"failed": 1}),
        (m.EndsTheProcess, (), "red: 1 not testable", {"failed": 1}),
        (m.EndsTheProcessEarly, (), "red: 1 not testable", {"failed": 1}),
        (m.Wavers, ("--repeat", "2"), "red: 1 unstable", {"failed": 1}),
        (m.Good, ("--repeat", "2"), KEPT_ONE, {"passed": 1}),
        (m.Good, ("-k", "peer_ends_mid_frame"), UNDOCUMENTED_ONE, {"passed": 1}),
        (m.Good, ("-k", "no_pong_comes"), NOT_APPLICABLE_ONE, {"skipped": 1}),
        (m.Good, ("-k", "same_write_after"), UNDOCUMENTED_ONE, {"passed": 1}),
        (m.Wavers, RACE, UNDOCUMENTED_ONE, {"passed": 1}),
    ],
)
def test_a_verdict_is_an_outcome(
    miniature: type[m.Good],
    arguments: tuple[str, ...],
    words: str,
    outcomes: dict[str, int],
    known: Miniature,
    promised: Promised,
    run_pytest: Pytest,
) -> None:
    """Red fails, green and grey pass, what does not apply is skipped; the words are counted."""
    known(miniature)
    promised("closes", called("on_close", 1000, "bye"))
    result = run_pytest(*FIRST, *arguments)

    counted = {name: count for name, count in result.parseoutcomes().items() if name in COUNTED}
    assert counted == outcomes
    result.stdout.fnmatch_lines(["*== cells ==*", words])


def test_a_run_that_judges_nothing_is_no_success(known: Miniature, run_pytest: Pytest) -> None:
    """The exit status is not 0, although no test fails."""
    known(m.Good)
    found = run_pytest("--library", "miniature", "-k", "no_pong_comes")

    assert found.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    found.stdout.fnmatch_lines(["no cell was judged: *"])


COUNTED = {"passed", "failed", "skipped", "xfailed", "xpassed", "errors"}


def test_a_known_deviation_is_an_xfail_with_its_reason_and_link(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """`-rx` lists them; the summary has each once."""
    known(m.ClosesTwice)
    listed({})
    result = run_pytest(*FIRST, "-rx")

    result.assert_outcomes(xfailed=1)
    result.stdout.fnmatch_lines(
        [
            KNOWN_ONE,
            "*findings: 1, *",
            "1 cell   It reports the close twice.",
            "         bug, miniature: https://example.*",
            "one cell on a timeline",
            '  pytest -k "miniature and peer_closes_first" --trace',
            "XFAIL *peer_closes_first*known (bug): It reports the close twice. https://example.*",
        ]
    )


def test_what_is_no_bug_is_a_finding_and_fails_no_cell(
    known: Miniature, promised: Promised, listed: Listed, run_pytest: Pytest
) -> None:
    """A document that is wrong leaves the cell green, if another promise holds in it."""
    known(m.ClosesTwice)
    promised("closes", called("on_close", ...))
    listed({"reason": "docs-wrong"})
    result = run_pytest(*FIRST, "--findings")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            KEPT_ONE,
            "         wrong in the documents, miniature: https://example.*",
            "         in miniature: peer_closes_first",
        ]
    )


def test_runxfail_makes_a_known_deviation_fail(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """With --runxfail a known deviation fails, with its reason."""
    known(m.ClosesTwice)
    listed({})

    run_pytest(*FIRST, "--runxfail").assert_outcomes(failed=1)


def test_of_a_cell_pytest_writes_its_name(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """Not each deviation that is listed: pytest writes the arguments of all that does not pass."""
    known(m.ClosesTwice)
    listed({})
    result = run_pytest(*FIRST, "--xfail-tb")

    result.stdout.fnmatch_lines(["cell = miniature-peer_closes_first"])


def test_a_known_deviation_that_no_longer_happens_fails(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """The story says that the entry has to be deleted."""
    known(m.Good)
    listed({})
    result = run_pytest(*FIRST)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["fixed", "*rule.close_is_reported_once: it holds, and the issue * take this scenario out"]
    )


def test_a_fault_of_our_own_inside_a_known_cell_fails(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """The cell fails instead of being xfailed, because the deviation was not seen."""
    known(m.Crashes)
    listed({})
    result = run_pytest(*FIRST)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["not testable", "*the driver failed: RuntimeError: a bug*"])


def test_an_exception_of_the_suite_itself_is_counted_and_recorded(
    known: Miniature, run_pytest: Pytest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A cell that could not be run is recorded as not testable."""
    known(m.Good)
    monkeypatch.setattr(outcome, "run_bounded", lambda *_, **_how: 1 / 0)
    result = run_pytest(*FIRST, f"--record={tmp_path / 'run.jsonl'}")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E   ZeroDivisionError*", "red: 1 not testable"])
    [release] = read_record(tmp_path / "run.jsonl").releases
    assert [(one.failed, one.reason) for one in release.lines()] == [
        (True, "ZeroDivisionError: division by zero")
    ]


@pytest.mark.integration
def test_a_record_without_pairs_says_so(run_pytest: Pytest, tmp_path: Path) -> None:
    """They are no cells of one library, and to leave them out is not to be a surprise."""
    pair = "interop and websocket_client_core and tornado_handler and server_raises"
    result = run_pytest("-k", pair, f"--record={tmp_path / 'run.jsonl'}", "--repeat", "2")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["--record: only cells, without 1 pair of the interop group"])


@pytest.mark.parametrize("more", [(), ("--collect-only",), ("-q",)])
def test_a_selection_without_cells_is_no_success(
    more: tuple[str, ...], known: Miniature, run_pytest: Pytest
) -> None:
    """The exit status is 5, and the text lists what can be selected."""
    known()
    result = run_pytest("--library", "miniature", "-k", "clsoe", *more)

    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(["no cell was run: *Groups: close, error, open_time_close. *"])


def test_collecting_is_no_failure(known: Miniature, run_pytest: Pytest) -> None:
    """`--collect-only` does not report that no cell was run."""
    known()
    result = run_pytest(*FIRST, "--collect-only")

    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("no cell was run*")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--repeat", "0"), "--repeat 0: a cell is run at least once"),
        (("--repeat", "9" * 20), "a cell is run at least once, 100000 times at most"),
        (("--library", "\x1b[31m\n::error::"), r"no library is called '\x1b[31m\n::error::'."),
        (("--surface", "\u202e"), "no surface is called '\\u202e'."),
        (("--baseline", "."), "--baseline: . cannot be read: Is a directory"),
        (("--baseline", "a\0b"), r"--baseline: a\x00b cannot be read: no file can have this name"),
        (("--record", "a\0b"), r"--record a\x00b: no file can have this name"),
        (("--repeat", "x"), "argument --repeat: invalid int value: 'x'"),
        (("--record", "no/such/folder.jsonl"), "--record no/such/folder.jsonl: No such file or"),
        (("--record", "."), "--record .: Is a directory"),
        (("--libary", "tornado"), "unrecognized arguments: --libary"),
    ],
)
def test_a_wrong_option_is_a_usage_error(
    arguments: tuple[str, ...], text: str, known: Miniature, run_pytest: Pytest
) -> None:
    """The text names the option and what is wrong with it."""
    known()
    result = run_pytest("--library", "miniature", *arguments)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert text in result.stderr.str()


def test_a_module_of_another_version_is_a_usage_error(
    run_pytest: Pytest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The imported module has to be the installed one."""
    m.install(tmp_path, "impostor", "1.0", claimed="2.0")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(LIBRARIES, "impostor", Library("impostor", "impostor", ()))
    result = run_pytest("--library", "impostor")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "impostor: metadata in" in result.stderr.str()
    assert "impostor.py says 2.0; remove one of the two from sys.path" in result.stderr.str()


# Declarations that keep a run from beginning


@pytest.mark.integration
@pytest.mark.parametrize(
    ("module", "text", "error"),
    [
        (
            "scenarios/close.py",
            '@scenario(rfc="")\ndef x(peer: Peer) -> None:\n    """X."""',
            "ScenarioError: scenario 'x' names no section of RFC 6455",
        ),
        (
            "scenarios/close.py",
            '@scenario(rfc="7.1.5")\ndef peer_ends(peer: Peer) -> None:\n    """X."""',
            "two scenarios are called 'peer_ends', in close and in suites.scenarios.error",
        ),
        (
            "promises/tornado/guide.py",
            "from suites.judging.promise import PROMISES, promise\n"
            "one = next(iter(PROMISES.values()))\n"
            "promise(one.id.partition('.')[2], one.surface, [], None, source=one.source)",
            "PromiseError: two promises are called '",
        ),
        (
            "promises/tornado/guide.py",
            "from fixtures.drivers.surfaces import tornado_client\n"
            "from suites.judging.promise import promise\n"
            "promise('nothing', tornado_client, [], None, source=None)",
            "PromiseError: promise 'tornado_client.nothing' covers no cell: tornado_client can",
        ),
    ],
)
def test_a_wrong_declaration_keeps_the_run_from_beginning(
    module: str, text: str, error: str, tmp_path: Path
) -> None:
    """A copy of the checkout with one more declaration says what is wrong with it."""
    copy = tmp_path / "copy"
    leave_out = shutil.ignore_patterns(".*", "selftests")  # what is compiled stays valid
    shutil.copytree(ROOT, copy, ignore=leave_out)
    with (copy / "suites" / module).open("a") as file:
        file.write(f"\n{text}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:hypothesispytest"]
    result = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)

    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert error in result.stderr
