"""Whatever a library does, commands and pytest go on, say so, and blame nobody else for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, Library
from reports.__main__ import main
from reports.results.record import load_record
from reports.results.release import Release
from reports.upgrade.exit_status import INCOMPLETE, NOTHING

from .badness import ENDED, ENDS, IMPORT, KINDS, SEND, WHILE, Badness
from .conftest import ROOT, Pytest
from .miniatures.miniature_index import NAME, environment, source
from .miniatures.miniature_libraries import install

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("unmeasured")]
pytest_plugins = ["pytester"]

GUILTY = "application_sends_after_the_close"
SELECTED = ("-k", f"peer_closes_first or {GUILTY} or peer_ends_mid_frame")
GIVEN_UP = "cells before this one have ended the child process"
Swept = dict[str, Release]
GOOD = Badness("is good", "pass", NOTHING, "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of a good library, and one of each that is bad."""
    found = tmp_path_factory.mktemp("bad")
    texts = {"first": source("1.3"), **{one.slug: one.text for one in KINDS}, "last": source("1.3")}
    for name, text in texts.items():
        (found / name).mkdir()
        (found / name / "miniature_websocket.py").write_text(text)
    return found


@pytest.fixture(scope="module")
def swept(folder: Path, miniature_wheels: Path, miniature_cache: Path) -> Swept:
    """What one sweep of all of them recorded: good ones come first and last."""
    names = ["first", *(one.slug for one in KINDS), "last"]
    command = [sys.executable, "-m", "reports", "sweep", NAME, *SELECTED]
    command += ["--releases", ",".join(str(folder / name) for name in names)]
    variables = dict(os.environ) | environment(miniature_wheels, miniature_cache)
    ran = subprocess.run(
        [*command, "--record", str(folder / "swept.jsonl")],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = ran.stderr.splitlines()
    assert (ran.returncode, len(lines)) == (INCOMPLETE, len(names)), ran.stderr
    assert all(line.isprintable() and line.startswith(NAME) for line in lines)
    found = load_record(folder / "swept.jsonl").releases
    return dict(zip(names, [one.read() for one in found], strict=True))


def show_guilty(release: Release) -> list[object]:
    """What the cell showed in which something happens, unless it could not be run."""
    cells = release.cells.items()
    return [found.behaviours for (_, scenario), found in cells if scenario == GUILTY]


def list_reasons(release: Release) -> list[str]:
    """Why something of a release is not testable."""
    cells = release.cells.values()
    found = [release.reason, *(one.reason for one in cells if one.failed)]
    return [*filter(None, found), *(text for one in cells for text in one.problems)]


def is_told(kind: Badness, text: str) -> bool:
    """Whether a text says what a kind of badness did; one that spoils its process may end more."""
    return kind.told in text or (kind.spoils and GIVEN_UP in text)


def find_fault(kind: Badness, release: Release, good: Release) -> str:
    """How what a release showed is not what its kind of badness has to show, or nothing."""
    is_same = show_guilty(release) == show_guilty(good)
    reasons = list_reasons(release)
    expected = {scenario: found.behaviours for (_, scenario), found in good.cells.items()}
    for (_, scenario), found in release.cells.items():
        is_known = scenario == GUILTY or found.failed or found.problems
        if not is_known and found.behaviours != expected[scenario]:
            return f"{kind.name}: it changes {scenario}"
    if kind.status == INCOMPLETE:
        return "" if is_told(kind, " ".join(reasons)) else f"{kind.name}: {reasons}"
    if reasons and not kind.spoils:
        return f"{kind.name}: {reasons}"
    return "" if is_same == (kind.status == NOTHING) else f"{kind.name}: the same is {is_same}"


def test_a_sweep_goes_on(swept: Swept) -> None:
    """Each kind is told in its own cell, and who comes after it shows what a good library shows."""
    good = swept["first"]
    faults = [find_fault(one, swept[one.slug], good) for one in KINDS]

    assert list(filter(None, faults)) == []
    assert find_fault(GOOD, swept["last"], good) == ""


@pytest.mark.usefixtures("miniature_index", "listed")
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_compare_and_gate_tell(
    kind: Badness, swept: Swept, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By their status and in words: of two checkouts if one spoils or ends its process.

    Of the others, what the sweep recorded is compared.
    """
    old, new = (str(folder / name) for name in ("first", kind.slug))
    recorded = [f"{folder / 'swept.jsonl'}@{one}" for one in (old, new)]
    is_recorded = kind not in ENDS and (kind.status == INCOMPLETE or not kind.spoils)
    targets = recorded if is_recorded else [old, new]
    compared = main(["compare", NAME, *targets, *SELECTED])
    report = " ".join(capsys.readouterr().out.split())
    gated = main(["gate", NAME, "--from", recorded[0], "--to", recorded[1], *SELECTED])

    assert (compared, is_told(kind, report)) == (kind.status, True), report
    assert gated == max(gated * kind.spoils, kind.status), capsys.readouterr().out


def install_bad(folder: Path, kinds: Iterable[Badness]) -> None:
    """Install each as a library of its own."""
    for kind in kinds:
        install(folder, kind.slug, "1.3")
        (folder / f"{kind.slug}.py").write_text(kind.text)


def list_bearable() -> list[Badness]:
    """The kinds for which a process of the user's is good enough, and one that ends it.

    Signals that pytest takes as the user's word, such as SIGTERM, end it in good order.
    """
    deadly = [one for one in KINDS if ENDED in one.told and "SIGKILL" not in one.told]
    return [
        one
        for one in KINDS
        if one.where == SEND and not (one.spoils or one.guarded or one in deadly)
    ]


def test_pytest_goes_on(swept: Swept, tmp_path: Path) -> None:
    """Each kind is told in its own cell, and if it ends the process of a worker, by pytest-xdist.

    They are all in one process, as long as that lives; the good cell of each comes last.
    """
    kinds, record = list_bearable(), tmp_path / "run.jsonl"
    install_bad(tmp_path, kinds)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "1", *SELECTED, "suites/test_close.py"]
    command += ["-p", "suites.selftests.miniatures.bad_libraries", "-p", "no:cacheprovider"]
    command += [f"--record={record}", *(f"--library={one.slug}" for one in kinds)]
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    variables = dict(os.environ) | {"PYTHONPATH": paths}
    ran = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    found = {one.line.library: one.read() for one in load_record(record).releases}
    dead = [one for one in kinds if ENDED in one.told]
    faults = [find_fault(one, found[one.slug], swept["first"]) for one in kinds if one not in dead]

    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout + ran.stderr
    assert list(filter(None, faults)) == []
    for one in dead:
        assert f"crashed while running 'suites/test_close.py::test_close[{one.slug}-" in ran.stdout


@pytest.mark.parametrize(
    "kind",
    [one for one in KINDS if one.where == IMPORT and one.status and WHILE not in one.told],
    ids=str,
)
def test_pytest_refuses(
    kind: Badness, run_pytest: Pytest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be imported is a usage error, which says why in one line."""
    install_bad(tmp_path, [kind])
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(LIBRARIES, kind.slug, Library(kind.slug, kind.slug, ()))
    result = run_pytest("--library", kind.slug)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    [line] = filter(None, result.errlines)
    assert line.isprintable()
    assert kind.told in line
