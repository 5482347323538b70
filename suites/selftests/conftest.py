"""The miniature library, installed for the session and, where asked for, among the surfaces."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import trustme  # noqa: F401 -- its compiled parts load once, and pytester forgets new modules

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Surface
from fixtures.run.distribution import is_installed
from suites.judging import issue_files
from suites.judging.expectations import Expectation
from suites.judging.issues import Deviation, Issue
from suites.judging.promise import PROMISES, Promise, doc

from .miniatures.miniature_index import (
    fresh_results,
    miniature_cache,
    miniature_index,
    miniature_wheels,
)
from .miniatures.miniature_libraries import LIBRARY, Good, install, surface
from .miniatures.miniature_server import served_index

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "long", hypothesis.settings.get_profile("untimed"), max_examples=10_000
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "untimed"))
"""No example fails because the machine is busy; `HYPOTHESIS_PROFILE=long` tries many more."""

__all__ = [
    "fresh_results",
    "miniature_cache",
    "miniature_index",
    "miniature_wheels",
    "served_index",
]
"""Fixtures that are declared elsewhere."""

ROOT = Path(__file__).parents[2]
Miniature = Callable[..., Surface]
Pytest = Callable[..., pytest.RunResult]
Listed = Callable[..., Path]
Promised = Callable[..., Promise]
ISSUE: Mapping[str, object] = {
    "id": "issue_0",
    "reason": "bug",
    "why": "It reports the close twice.",
    "link": "https://example.org/issues/1",
    "versions": ">=1.0",
    "review": datetime.date(2027, 5, 20),
}
"""The known issue of `ClosesTwice`."""
SEEN: Mapping[str, object] = {
    "checks": ["rule.close_is_reported_once"],
    "surfaces": ["miniature"],
    "scenarios": ["peer_closes_first"],
    "signatures": ["on_close(*); on_close(*)"],
}
"""Where that issue is seen."""


def deviation(**fields: object) -> Deviation:
    """The known deviation of `ClosesTwice`, with other fields of it or of its issue."""
    of_issue = {name: fields.pop(name) for name in ISSUE.keys() & fields.keys()}
    issue = Issue("miniature", **{**ISSUE, **of_issue})  # type: ignore[arg-type] # data
    whole: dict[str, object] = {
        "check": "rule.close_is_reported_once",
        "surface": "miniature",
        "scenarios": frozenset({"peer_closes_first"}),
        "signatures": ("on_close(*); on_close(*)",),
        "versions": issue.versions,
    }
    return Deviation(issue, **{**whole, **fields})  # type: ignore[arg-type] # data


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: three for each two cores, since a third of the time is spent waiting."""
    return -(-3 * (os.cpu_count() or 1) // 2)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """`worksteal` in place of `load`, whose blocks are long: one holds every integration test.

    `None`, if another `--dist` is asked for.
    """
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.option.dist == "load" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: no worker of pytest-xdist is left with one while the others are done."""
    items.sort(key=lambda item: item.get_closest_marker("integration") is None)


@pytest.fixture(scope="session", autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The distribution `miniature` 1.0 is installed."""
    folder = tmp_path_factory.mktemp("site")
    install(folder)
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def unmeasured() -> Iterator[None]:
    """Processes that a test starts are not measured by coverage, which would double their time."""
    names = [name for name in os.environ if name.startswith("COVERAGE_")]
    kept = {name: os.environ.pop(name) for name in names}
    yield
    os.environ.update(kept)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Miniature:
    """Makes the surface `miniature`, driven by the class it is given, one of the known ones."""

    def register(miniature: type[Good] = Good) -> Surface:
        found = surface(miniature)
        monkeypatch.setitem(LIBRARIES, LIBRARY.name, LIBRARY)
        monkeypatch.setitem(SURFACES, found.name, found)
        return found

    return register


@pytest.fixture
def promised(monkeypatch: pytest.MonkeyPatch) -> Promised:
    """Declares what the miniature promises in some scenarios, as `miniature.<name>`."""

    def declare(name: str, expectation: Expectation, *scenarios: str) -> Promise:
        source = doc("https://example.org/api", f"Miniature.{name}", "It is called at the end.")
        covered = frozenset(scenarios or {"peer_closes_first"})
        ours = SURFACES.get("miniature", surface())
        found = Promise(name, ours, covered, expectation, source)
        monkeypatch.setitem(PROMISES, found.id, found)
        return found

    return declare


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listed:
    """Writes the miniature's known issues, in place of the real ones.

    Each is the issue of `ClosesTwice`, changed: the fields of `SEEN` are those of the one place
    where it is seen, unless `deviation` lists several.
    """
    monkeypatch.setattr(issue_files, "FOLDER", tmp_path)

    def write(*issues: Mapping[str, object], **head: object) -> Path:
        lines = _lines({"schema": 2, "library": "miniature"} | head)
        for number, fields in enumerate(issues):
            seen = {k: v for k, v in fields.items() if k in {*SEEN, "sometimes", "rarely", "tags"}}
            own = {k: v for k, v in fields.items() if k not in {*seen, "deviation"}}
            lines += ["[[issue]]", *_lines({**ISSUE, "id": f"issue_{number}", **own})]
            for one in fields.get("deviation", [seen]):  # type: ignore[attr-defined] # data
                lines += ["[[issue.deviation]]", *_lines({**SEEN, **one})]
        path = tmp_path / "miniature.toml"
        path.write_text("\n".join(lines))
        return path

    return write


@pytest.fixture(scope="session")
def drivers() -> None:
    """Every driver is imported: a run inside this one forgets what it was the first to import."""
    for found in SURFACES.values():
        if is_installed(found.library):
            found.load()


@pytest.fixture
def run_pytest(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, listed: Listed, drivers: None
) -> Pytest:
    """Runs pytest in this process, in this checkout, with these arguments; nothing is `listed`."""
    monkeypatch.chdir(ROOT)
    checkout = ("--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"))

    def run(*args: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(
            *checkout, "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *args
        )

    return run


def _lines(fields: Mapping[str, object]) -> list[str]:
    return [f"{name} = {_toml(value)}" for name, value in fields.items()]


def _toml(value: object) -> str:
    return str(value) if isinstance(value, datetime.date) else json.dumps(value)
