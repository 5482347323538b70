"""Wiring: options, header, the cells as tests, the verdicts in the summary, the record."""

from __future__ import annotations

import contextlib
import random
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.compat import NOTSET

from fixtures.model.optimised import OPTIMISED

if sys.flags.optimize:  # before the imports below, some of which then fail
    print(f"pytest: {OPTIMISED}", file=sys.stderr)
    raise SystemExit(pytest.ExitCode.USAGE_ERROR)

import suites.interop.pair_situations
import suites.promises
import suites.scenarios
from fixtures.drivers.surfaces import LIBRARIES, Surface
from fixtures.interop.pair import FarEnd
from fixtures.net.certificates import Certificates
from fixtures.run import distribution as loaded
from fixtures.run.network_guard import GUARD
from fixtures.run.process_end import TRAP, bounded
from fixtures.run.termination import terminable
from suites.cells.bounded_run import SECONDS, find_stderr
from suites.cells.options import add_options
from suites.cells.outcome import CellRun, list_cells
from suites.cells.pair_run import PairRun, list_pairs
from suites.cells.release_checks import ReleaseCheck, list_release_checks, name_release_check
from suites.cells.session import Session
from suites.cells.story import format_timeline
from suites.cells.summary import encode_verdict
from suites.input_files import explain
from suites.safe_text import format_message

if TYPE_CHECKING:
    from reports.running.session_record import SessionWriter

pytest_plugins = ["fixtures.plugin"]

CELL = pytest.StashKey[CellRun]()
PAIR = pytest.StashKey[PairRun]()
CHECK = pytest.StashKey[ReleaseCheck]()
RUN = pytest.StashKey["CellSession"]()
SUITES = Path(suites.__file__).parent
OURS = ("cell", "library_pair", "release_check")
"""The parameters of the tests that are made here."""


class CellSession(Session):
    """A session of cells that may be recorded."""

    def __init__(self, config: pytest.Config) -> None:
        """Begin the record, if there is to be one."""
        super().__init__(config)
        self.writer: SessionWriter | None = None
        self.certificates: Certificates | None = None
        self.session: pytest.Session | None = None
        path: str | None = config.getoption("record")
        if path and not config.option.collectonly and not hasattr(config, "workerinput"):
            from reports.running.session_record import SessionWriter

            try:
                self.writer = SessionWriter(config.invocation_params.dir / path, self.loaded)
            except (OSError, ValueError) as error:  # ValueError: a NUL
                said = format_message(f"--record {path}: {explain(error)}")
                raise pytest.UsageError(said) from error

    def stop(self, signal: str) -> None:
        """Begin no further test: a run of a cell takes an interrupt for its application's."""
        if self.session is not None:
            self.session.shouldstop = f"ended by {signal}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Begin the run; `--trace` prints timelines here, in place of pytest's own meaning."""
    with bounded(SECONDS, find_stderr(config)), GUARD.armed():  # libraries are imported
        run = config.stash[RUN] = CellSession(config)
    ending = contextlib.ExitStack()
    ending.enter_context(terminable(run.stop))
    config.add_cleanup(ending.close)
    TRAP.least = 1  # until the session has come to its end
    # Options reach the workers of pytest-xdist, the stash does not.
    config.option.timelines = config.option.trace or getattr(config.option, "timelines", False)
    config.option.trace = False
    if config.getoption("baseline"):
        _add_baseline(config, config.stash[RUN])
    if config.getoption("loop"):
        _add_loop(config)


def _add_loop(config: pytest.Config) -> None:
    """Run every cell on another loop as well; one that is not installed is a usage error."""
    from fixtures.run.other_loop import NoSuchLoop
    from reports.pytest_loop import LoopPlugin

    try:
        plugin = LoopPlugin(config.getoption("loop"), lambda item: item.stash.get(CELL, None))
    except NoSuchLoop as error:
        raise pytest.UsageError(f"--loop: {error}") from error
    config.pluginmanager.register(plugin, "wslifecycle-loop")


def _add_baseline(config: pytest.Config, run: CellSession) -> None:
    """Compare every cell with what `--baseline` names; a mistake in that is a usage error."""
    from reports.pytest_baseline import BaselinePlugin
    from reports.results.release import WrongInput
    from reports.upgrade.baseline import Baseline

    try:
        found = Baseline.load(config.getoption("baseline"), run.loaded, run.libraries)
    except WrongInput as error:
        raise pytest.UsageError(format_message(f"--baseline: {error}")) from error
    plugin = BaselinePlugin(found, run.deviations, lambda item: item.stash.get(CELL, None))
    config.pluginmanager.register(plugin, "wslifecycle-baseline")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Name each library, version, file and Python that is really loaded, and those that are not."""
    run = config.stash[RUN]
    lines = [
        format_message(f"{one.library} {one.version} ({one.file}), {one.python}")
        for one in run.loaded
    ]
    absent = [name for name, library in LIBRARIES.items() if not loaded.is_installed(library)]
    return lines + ([f"not installed: {', '.join(absent)}"] if absent else [])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of every cell of the module's group, and of every check about a release."""
    chosen = metafunc.config.stash[RUN].surfaces
    if "release_check" in metafunc.fixturenames:
        checks = list_release_checks(chosen)
        ids = [f"{surface}-{name_release_check(check)}" for surface, check in checks]
        metafunc.parametrize("release_check", checks, ids=ids, indirect=True)
    if "library_pair" in metafunc.fixturenames:
        pairs = list_pairs(chosen)
        ids = ["-".join(map(str, pair)) for pair in pairs]
        metafunc.parametrize("library_pair", pairs, ids=ids, indirect=True)
    if "cell" not in metafunc.fixturenames or not hasattr(metafunc.module, "GROUP"):
        return
    found = [pair for pair in list_cells(metafunc.module.GROUP) if pair[0] in chosen]
    ids = [f"{surface}-{scenario}" for surface, scenario in found]
    metafunc.parametrize("cell", found, ids=ids, indirect=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let `-k` find a cell by its distribution's name as well, and a release by every group's."""
    ends = _values(item, "library_pair")[:2]
    item.extra_keyword_matches.update(surface.library.name for surface in ends)
    surface = _param(item, "cell") or _param(item, "release_check")
    if surface:
        item.extra_keyword_matches.add(surface.library.name)
    if _param(item, "release_check"):
        item.extra_keyword_matches.update(suites.scenarios.GROUPS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of no cells and of no pairs; put the others into order.

    That is a random one, if asked to; a release is judged after its cells.
    """
    items[:] = [item for item in items if not _is_of_nothing(item)]
    seed = config.getoption("shuffle")
    if seed is not None:
        random.Random(seed).shuffle(items)
    items.sort(key=lambda item: _param(item, "release_check") is not None)


@pytest.fixture(scope="session")
def certificates(wslifecycle_certificates: Certificates) -> Certificates:
    """The certificates of this run; the plugin's own name for them is one for any suite."""
    return wslifecycle_certificates


@pytest.fixture
def cell(request: pytest.FixtureRequest) -> CellRun:
    """The cell under test."""
    run = request.config.stash[RUN]
    if run.certificates is None:  # pytest takes some time over a fixture that a fixture uses
        run.certificates = request.getfixturevalue("certificates")
    surface, scenario = request.param
    stderr = find_stderr(request.config)
    found = CellRun(
        surface,
        scenario,
        run.find_deviations(surface),
        run.certificates,
        stderr,
        run.repeat,
        run.real_time,
        run.race_runs,
    )
    request.node.stash[CELL] = found
    return found


@pytest.fixture(scope="session")
def far_end() -> Iterator[FarEnd]:
    """The process in which the servers of pairs run, one after the other."""
    found = FarEnd("suites.interop.pair_situations")
    yield found
    found.close()


@pytest.fixture
def library_pair(request: pytest.FixtureRequest, far_end: FarEnd) -> PairRun:
    """The pair under test."""
    run = request.config.stash[RUN]
    found = PairRun(*request.param, run.deviations, far_end, run.repeat, run.real_time)
    request.node.stash[PAIR] = found
    return found


@pytest.fixture
def release_check(request: pytest.FixtureRequest, certificates: Certificates) -> ReleaseCheck:
    """The check about a release under test."""
    run = request.config.stash[RUN]
    surface, check = request.param
    process = getattr(request.config, "workerinput", {}).get("workerid", "")
    stderr = find_stderr(request.config)
    deviations = run.find_deviations(surface)
    found = ReleaseCheck(surface, check, run.judged, deviations, certificates, stderr, process)
    request.node.stash[CHECK] = found
    return found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the verdict to the report, as data that crosses pytest-xdist."""
    report = yield
    found = item.stash.get(CELL, None)
    if found is not None and found.recorded is not None and call.when == "call":
        recorded = found.recorded
        item.config.stash[RUN].judged[recorded.surface.name, recorded.scenario.name] = recorded
        data: dict[str, Any] = {"cell": encode_verdict(recorded)}
        if item.config.getoption("record"):
            from reports.running.session_record import line_of

            data["line"] = line_of(recorded, item.config.stash[RUN].loaded)
        if found.verdict and item.config.option.timelines:
            data["timeline"] = format_timeline(found.verdict)
        report.wslifecycle = data  # type: ignore[attr-defined] # reports take attributes
    pair = item.stash.get(PAIR, None)
    if pair is not None and pair.verdicts and call.when == "call":
        report.wslifecycle_findings = list(pair.list_findings())  # type: ignore[attr-defined]
        shown = pair.timeline if item.config.option.timelines else ""
        report.wslifecycle_pair = shown  # type: ignore[attr-defined] # as above
    check = item.stash.get(CHECK, None)
    if check is not None and call.when == "call":
        report.wslifecycle_findings = list(check.list_findings())  # type: ignore[attr-defined]
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the verdict; write it to the record."""
    run = _RUNS[-1]
    for found in getattr(report, "wslifecycle_findings", ()):
        run.tally.add_finding(found)
    pair = getattr(report, "wslifecycle_pair", None)
    if pair is not None:
        run.pairs += 1
        if pair:
            run.timelines.append(pair)
    data = getattr(report, "wslifecycle", None)
    if data is None:
        return
    run.tally.add(data["cell"])
    if run.writer and "line" in data:
        run.writer.add(data["line"])
    if "timeline" in data:
        run.timelines.append(data["timeline"])


_RUNS: list[CellSession] = []


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make the run known to hooks that are not given the configuration."""
    run = session.config.stash[RUN]
    run.session = session
    _RUNS.append(run)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Complete the record, unless the run was cut short or no cell was run."""
    run = _RUNS.pop()
    if exitstatus == pytest.ExitCode.OK and run.tally.none_applies and not run.pairs:
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED  # nothing was judged
    stopped = session.shouldstop or session.shouldfail
    ended = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} and not stopped
    if run.writer and ended:
        run.writer.finish()
    elif run.writer:
        run.writer.abandon()
    if run.writer and run.writer.problem:
        session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
    TRAP.least = int(session.exitstatus)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Report the surfaces and the findings; and that the record is not complete, if so."""
    run = terminalreporter.config.stash[RUN]
    run.summarise(terminalreporter, exitstatus)
    if run.writer and run.writer.problem:
        terminalreporter.write_line(format_message(f"--record {run.writer.problem}"), red=True)


def _is_of_nothing(item: pytest.Item) -> bool:
    """Whether pytest has made a test of no values, in a module of the suite."""
    callspec = getattr(item, "callspec", None) if item.path.is_relative_to(SUITES) else None
    return callspec is not None and any(callspec.params.get(name) is NOTSET for name in OURS)


def _values(item: pytest.Item, name: str) -> tuple[Any, ...]:
    """The values of a parameter that is made here: a surface is the first of them."""
    callspec = getattr(item, "callspec", None)
    found = callspec.params.get(name) if callspec else None
    is_one = isinstance(found, tuple) and isinstance(next(iter(found), None), Surface)
    return found if is_one else ()


def _param(item: pytest.Item, name: str) -> Surface | None:
    """The surface that a test is about, if it has a parameter of this name."""
    return next(iter(_values(item, name)), None)
