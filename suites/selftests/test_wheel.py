"""The wheel: what is in it, and what it does in the environments of its users.

It is built once, and installed into fresh environments beside what a user has there already.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports import __main__ as command_line
from reports.running.uv_program import uv

from .conftest import ROOT
from .miniatures import miniature_suite as sample
from .test_documents import README, blocks

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("unmeasured")]

OLD = ("pytest==8.4.*", "websockets==15.0.1", "pytest-asyncio==1.2.*", "pytest-xdist==3.8.*")
NEW = (
    "pytest==9.*",
    "websocket-client==1.8.0",
    "tornado==6.5.*",
    "pytest-asyncio>=1.3",
    "pytest-xdist==3.8.*",
)
EXAMPLES = blocks(README.partition("## In your own tests")[2], "python")


def run_uv(*arguments: str) -> str:
    """What uv prints; it asks an index only for what is not in its cache."""
    done = uv([*arguments, "--offline"])
    done = uv(arguments) if done.returncode else done
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Environment:
    """A fresh virtual environment: what a user has there, and the wheel beside it."""

    folder: Path
    before: dict[str, str]
    after: dict[str, str]

    def run(self, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment, whose name is the first word."""
        ours = ("PYTEST", "PYTHON", "COV", "VIRTUAL_ENV", "UV")
        variables = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
        variables["XDG_CACHE_HOME"] = str(self.folder / "cache")
        command = [str(self.folder / "bin" / words[0]), *words[1:]]
        return subprocess.run(
            command, cwd=cwd, env=variables, capture_output=True, text=True, check=False
        )


def packages(python: str) -> dict[str, str]:
    """What is installed in an environment, each with its version."""
    listed = json.loads(run_uv("pip", "list", "--python", python, "--format", "json"))
    return {one["name"]: one["version"] for one in listed}


def environment(folder: Path, has: tuple[str, ...], wheel: Path, extra: str) -> Environment:
    """A new environment which has these packages, and then the wheel with an extra."""
    run_uv("venv", "--python", sys.executable, str(folder))
    python = str(folder / "bin" / "python")
    run_uv("pip", "install", "--python", python, *has)
    before = packages(python)
    run_uv("pip", "install", "--python", python, f"wslifecycle{extra} @ {wheel.as_uri()}")
    return Environment(folder, before, packages(python))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run_uv("build", "--wheel", "--out-dir", str(folder), str(ROOT))
    [found] = folder.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def old(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The environment of a user of websockets 15.0.1 with pytest 8.4."""
    return environment(tmp_path_factory.mktemp("old"), OLD, wheel, "")


@pytest.fixture(scope="session")
def new(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The environment of a user of websocket-client 1.8.0 and tornado 6.5 with pytest 9."""
    return environment(tmp_path_factory.mktemp("new"), NEW, wheel, "[gate]")


# What is in it


def test_site_packages_gets_one_name(wheel: Path) -> None:
    """It is typed, and has neither the self-tests nor the tests that only a checkout can run."""
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0].split("-")[0] for name in names} == {"wslifecycle"}
    assert {"wslifecycle/py.typed", "wslifecycle/fixtures/plugin.py"} <= set(names)
    assert [name for name in names if "selftest" in name or "/test_" in name] == []


def test_it_has_every_file_that_is_read_at_run_time(wheel: Path) -> None:
    """Each module, stored history and list of deviations of the checkout, at its place."""
    tracked = subprocess.check_output(["git", "ls-files", *FOLDERS], cwd=ROOT, text=True)
    left_out = re.compile(r"suites/(selftests/|reference/|test_)|reports/installed\.py|.*py\.typed")
    wanted = {f"wslifecycle/{one}" for one in tracked.split() if not left_out.match(one)}

    assert wanted <= set(zipfile.ZipFile(wheel).namelist())


FOLDERS = ("fixtures", "suites", "reports")


def test_it_needs_pytest_alone(old: Environment) -> None:
    """Without an extra, the wheel is all that is new, and what was there has not moved."""
    assert old.after == old.before | {"wslifecycle": old.after["wslifecycle"]}


def test_no_extra_but_libraries_moves_a_library(new: Environment) -> None:
    """The commands bring packages of their own; the user's pytest and libraries stay."""
    assert new.before.items() <= new.after.items()
    assert "websockets" not in new.after
    assert {"jinja2", "msgspec", "packaging", "rich", "trustme", "uv"} <= set(new.after)


# The fixtures, in suites of users


@pytest.mark.parametrize(
    ("mode", "options"),
    [("strict", ()), ("auto", ("-n", "2"))],
    ids=["strict", "auto and xdist"],
)
@pytest.mark.parametrize("user", ["old", "new"])
def test_the_suite_of_a_user_passes(
    user: str,
    mode: str,
    options: tuple[str, ...],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    """Plain and asyncio tests, with the README's examples, and names of the user's own."""
    installed: Environment = request.getfixturevalue(user)
    client = sample.WEBSOCKETS if user == "old" else sample.WEBSOCKET_CLIENT
    suite = sample.write(tmp_path / "suite", client, EXAMPLES, mode)
    done = installed.run("python", "-m", "pytest", *options, cwd=suite)

    assert f"{2 + len(EXAMPLES)} passed in" in done.stdout, done.stdout


def test_the_oldest_pytest_will_do(wheel: Path, tmp_path: Path) -> None:
    """The examples pass with pytest 8.0, and no other plugin."""
    has = ("pytest==8.0.0", "websockets==15.0.1")
    oldest = environment(tmp_path / "oldest", has, wheel, "")
    suite = sample.write(tmp_path / "suite", sample.WEBSOCKETS, EXAMPLES, "strict")
    done = oldest.run("python", "-m", "pytest", "-c/dev/null", "test_readme.py", cwd=suite)

    assert f"{len(EXAMPLES)} passed in" in done.stdout, done.stdout
    assert oldest.before.items() <= oldest.after.items()


def test_tls_works_with_its_extra(new: Environment, tmp_path: Path) -> None:
    """A user's client trusts the certificate of a server over TLS."""
    (tmp_path / "test_tls.py").write_text(sample.OVER_TLS)

    assert "1 passed in" in new.run("python", "-m", "pytest", cwd=tmp_path).stdout


def test_tls_without_its_extra_fails_with_one_line(old: Environment, tmp_path: Path) -> None:
    """The line says what to install."""
    test = "def test_tls(closing_server):\n    closing_server(1000, tls=True)\n"
    (tmp_path / "test_tls.py").write_text(test)
    done = old.run("python", "-m", "pytest", "--no-header", cwd=tmp_path)
    report = done.stdout.partition("test_tls __")[2].splitlines()[1:-2]

    assert [line for line in report if not line.startswith("==")] == [TLS_NEEDS]


TLS_NEEDS = (
    "TLS needs trustme, which issues the certificates: python -m pip install 'wslifecycle[tls]'"
)


# The command


def test_the_command_reads_the_history(
    new: Environment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what a checkout says of stored releases, and how it is called itself."""
    words = ("compare", "websocket-client", "1.8.0", "1.9.0", "-k", "app and peer_closes_first")
    found = new.run("wslifecycle", *words, "--format", "markdown", cwd=tmp_path)

    assert command_line.main([*words, "--format", "markdown"]) == found.returncode == 1
    here = capsys.readouterr().out
    assert "python -m reports compare" in here
    assert found.stdout == here.replace("python -m reports", "wslifecycle")


def test_the_command_judges_the_history(new: Environment, tmp_path: Path) -> None:
    """Promises, deviations and history are found in the wheel."""
    done = new.run("wslifecycle", "verdicts", "tornado", "--release", "6.0.3", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "rule.a_broken_frame_fails_the_connection" in done.stdout


def test_the_command_runs_what_is_installed(new: Environment, tmp_path: Path) -> None:
    """The user's own release behaves as the history says, in child processes of the wheel."""
    words = ("websocket-client", "1.8.0", "installed", "-k", "app and peer_closes_first")
    done = new.run("wslifecycle", "compare", *words, cwd=tmp_path)

    assert (done.returncode, "4 same" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_command_without_its_extra_says_what_to_install(
    old: Environment, tmp_path: Path
) -> None:
    """In one line, with exit status 2."""
    done = old.run("wslifecycle", "verdicts", "tornado", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "wslifecycle: the commands need jinja2, msgspec, rich, trustme: "
        "python -m pip install 'wslifecycle[gate]'"
    ]
