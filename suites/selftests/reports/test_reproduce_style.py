"""Stand-alone scripts are Python that ruff and mypy accept, whichever template they come from."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.net.certificates import Certificates
from reports.reproduction.idiom import IDIOMS
from reports.reproduction.literals import NotWritten
from reports.reproduction.script import write_script
from reports.results.release import WrongInput

from .test_reproduce_refuses import EMPTY

pytestmark = pytest.mark.integration

STYLE = ("--isolated", "--line-length=100", "--target-version=py311")
MYPY = ("--check-untyped-defs", "--ignore-missing-imports", "--follow-imports=silent")
EVERY = 23
"""One cell in so many is written and checked."""
WRONG_ON_PURPOSE = ("app_alone", "is_a_coroutine", "origin", "subprotocol")
"""Scenarios in which the application does what the library's types rule out have these words.

websockets has types of its own for subprotocols and origins, where its documents give a `str`.
"""


@pytest.fixture(scope="module")
def scripts(certificates: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of scripts: some for each surface."""
    folder = tmp_path_factory.mktemp("scripts")
    cells = [
        (surface, scenario)
        for surface in map(SURFACES.__getitem__, IDIOMS)
        for scenario in SCENARIOS.values()
        if surface.plays(scenario) and not surface.explain_missing(scenario)
    ]
    for surface, scenario in cells[::EVERY]:
        text = script_or_reason(surface, scenario, certificates)
        (folder / f"{surface}__{scenario}.py").write_text(text, encoding="utf-8")
    return folder


def test_scripts_are_in_good_style(scripts: Path) -> None:
    """Line by line, in their layout, and in their types, as far as the libraries have any."""
    right = [one for one in scripts.glob("*.py") if is_right(one)]

    assert len(right) > 120
    assert findings("ruff", "check", *STYLE, "--select=E,F,I,UP,B", ".", at=scripts) == ""
    assert findings("ruff", "format", "--quiet", "--diff", *STYLE, ".", at=scripts) == ""
    assert findings("mypy", *MYPY, *right, at=scripts) == ""


def findings(*command: str | Path, at: Path) -> str:
    """What a tool finds in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=at, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def is_right(path: Path) -> bool:
    """Whether the application of a script uses the library as its types say."""
    return not any(words in path.stem for words in WRONG_ON_PURPOSE)


def script_or_reason(surface: Surface, scenario: Scenario, certificates: Certificates) -> str:
    """The script of a trace without events, or as a comment why there is none."""
    trace = replace(EMPTY, loaded=replace(EMPTY.loaded, version=version(surface.library.name)))
    try:
        return write_script(surface, scenario, trace, certificates)
    except WrongInput as error:
        return (
            f"# {error.__cause__}\n" if isinstance(error.__cause__, NotWritten) else "no reason\n"
        )
