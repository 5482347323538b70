"""The miniature library, installed for the session and, where asked for, among the surfaces."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest
import trustme  # noqa: F401 -- its compiled parts load once, and pytester forgets new modules

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Surface
from fixtures.run.distribution import is_installed
from suites.judging import issues as deviation
from suites.judging.expectations import Expectation
from suites.judging.promise import PROMISES, Promise, doc

from .miniatures.miniature_index import miniature_cache, miniature_index, miniature_wheels
from .miniatures.miniature_libraries import LIBRARY, Good, install, surface

hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")
"""No example fails because the machine is busy."""

__all__ = ["miniature_cache", "miniature_index", "miniature_wheels"]
"""Fixtures that are declared elsewhere."""

ROOT = Path(__file__).parents[2]
Miniature = Callable[..., Surface]
Pytest = Callable[..., pytest.RunResult]
Listed = Callable[..., Path]
Promised = Callable[..., Promise]
ENTRY: Mapping[str, object] = {
    "check": "rule.close_is_reported_once",
    "surface": "miniature",
    "scenarios": ["peer_closes_first"],
    "versions": ">=1.0",
    "signature": "on_close(*); on_close(*)",
    "reason": "bug",
    "why": "It reports the close twice.",
    "link": "https://example.org/issues/1",
    "review": datetime.date(2027, 5, 20),
}
"""A known deviation of `ClosesTwice`."""


@pytest.fixture(scope="session", autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The distribution `miniature` 1.0 is installed."""
    folder = tmp_path_factory.mktemp("site")
    install(folder)
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))


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
        found = Promise(f"miniature.{name}", ours, covered, expectation, source)
        monkeypatch.setitem(PROMISES, found.id, found)
        return found

    return declare


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listed:
    """Writes the list of the miniature's known deviations, in place of the real lists."""
    monkeypatch.setattr(deviation, "FOLDER", tmp_path)

    def write(*entries: Mapping[str, object], **head: object) -> Path:
        text = {"schema": 1, "library": "miniature"} | head
        lines = [f"{name} = {_toml(value)}" for name, value in text.items()]
        for entry in entries:
            lines += ["[[deviation]]"]
            lines += [f"{name} = {_toml(value)}" for name, value in {**ENTRY, **entry}.items()]
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


def _toml(value: object) -> str:
    return str(value) if isinstance(value, datetime.date) else json.dumps(value)
