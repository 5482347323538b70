"""What a library works with if it is there: beside every release of it, in fixed releases."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from fixtures.drivers.surfaces import LIBRARIES, WEBSOCKET_CLIENT, Library
from reports.results.release import NotRunnable
from reports.results.targets import INSTALLED, PATH, RELEASE, Target, parse_target
from reports.running.environments import companions, install
from reports.running.installation import copy_installed
from reports.running.job import Job, run_job
from reports.running.sources import Sources

from ..conftest import ROOT
from ..miniatures.miniature_index import DRIVERS, NAME, Index, source, wheel

CELL = ("miniature_websocket_client", "peer_closes_first")
FRIEND = 'assert __import__("friend").__version__ == "1.0"\n'
"""A release of the miniature that cannot be imported without its companion."""


@pytest.fixture
def library(miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The miniature, which has a companion, in an index of two releases of that."""
    index = tmp_path / "index"
    index.mkdir()
    wheel(index, "1.3", source("1.3") + FRIEND)
    for version in ("1.0", "2.0"):
        wheel(index, version, f'__version__ = "{version}"\n', name="friend")
    monkeypatch.setenv("UV_FIND_LINKS", str(index))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = dataclasses.replace(miniature_index.library, companions=("friend==1.0",))
    monkeypatch.setitem(LIBRARIES, found.name, found)
    return found


def test_a_companion_is_installed_next_to_releases(library: Library) -> None:
    """In a folder of its own, in the release that is fixed."""
    (folder,) = map(Path, companions(library))

    assert folder.name == "friend-1.0"
    assert '"1.0"' in (folder / "friend.py").read_text()
    assert folder.parent == Path(install(library, "1.3").folder).parent
    assert companions(dataclasses.replace(library, companions=())) == []


def test_a_companion_that_cannot_be_installed(library: Library) -> None:
    """The reason names it, not the library."""
    lost = dataclasses.replace(library, companions=("friend==3.0",))

    with pytest.raises(NotRunnable, match=r"friend has no release 3\.0 in the index"):
        companions(lost)


@pytest.mark.parametrize("kind", [RELEASE, PATH, INSTALLED])
def test_a_release_is_run_next_to_its_companions(
    kind: str, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it comes from the index, from a checkout, or is what is installed."""
    (tmp_path / "miniature_websocket.py").write_text(source("1.3") + FRIEND)
    monkeypatch.syspath_prepend(install(library, "1.3").folder)
    monkeypatch.syspath_prepend(companions(library)[0])
    version = None if kind == PATH else "1.3"
    job = Job(NAME, kind, version, (CELL,), str(tmp_path), drivers=(DRIVERS,))

    outcome = run_job(job)

    assert (outcome.reason, outcome.version) == ("", "1.3")
    assert outcome.results[CELL].judged


def test_without_its_companion_a_release_is_not_run(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It might do something else; the reason is reported."""
    lost = dataclasses.replace(library, companions=("friend==3.0",))
    monkeypatch.setitem(LIBRARIES, library.name, lost)
    outcome = run_job(Job(NAME, RELEASE, "1.3", (CELL,), drivers=(DRIVERS,)))

    assert (outcome.results, outcome.reason) == ({}, "friend has no release 3.0 in the index")


def ours(library: Library) -> Target:
    """What is installed of the library."""
    return parse_target(library, "installed")


def test_a_companion_is_copied_if_it_is_installed(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is installed is run with what is installed beside it, in whatever release."""
    monkeypatch.syspath_prepend(install(library, "1.3").folder)
    copies, target = [tmp_path / name for name in ("without", "with")], ours(library)
    copy_installed(library, copies[0])
    before = Sources(target)
    monkeypatch.syspath_prepend(companions(library)[0])
    copy_installed(library, copies[1])

    assert Sources(target).digest != before.digest
    assert [(copy / "friend.py").exists() for copy in copies] == [False, True]
    assert [(copy / "miniature_websocket.py").exists() for copy in copies] == [True, True]


def test_a_companion_that_is_not_installed_is_next_to_what_is(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user need not have it: without it, the cells that need it would be gone."""
    monkeypatch.syspath_prepend(install(library, "1.3").folder)
    outcome = run_job(Job(NAME, INSTALLED, "1.3", (CELL,), drivers=(DRIVERS,)))

    assert outcome.results[CELL].judged


def test_the_companions_of_the_libraries_are_among_our_own_requirements() -> None:
    """In a range that has the release that sweeps use, which is fixed to the digit."""
    text = (ROOT / "pyproject.toml").read_text()
    pins = [Requirement(pin) for one in LIBRARIES.values() for pin in one.companions]

    for pin in pins:
        line = next(line for line in text.splitlines() if re.search(f'"{pin.name}[>=]=', line))
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert Requirement(line.strip(' ",')).specifier.contains(Version(exact.version))


def test_the_packages_of_a_library_can_be_imported() -> None:
    """Its own and those of its companions, whose waits are known to virtual time."""
    packages = WEBSOCKET_CLIENT.packages

    assert packages == ("websocket", "python_socks", "rel")
    assert all(map(importlib.util.find_spec, packages))


def test_companions_are_asked_for_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is there is used without asking uv."""
    before = companions(library)
    monkeypatch.setattr("reports.running.uv_program.uv", None)

    assert companions(library) == before
