"""README and CONTRIBUTING: every command is run, every table is the code's, every recipe works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS
from reports import __main__ as command_line
from reports.render.readme_tables import WRITTEN, write_tables
from reports.results.release import WrongInput
from suites.judging.judge import KNOWN, NOT_APPLICABLE, RED, WORDS

from .conftest import ROOT, Pytest
from .miniatures import miniature_recipe as recipe
from .miniatures.miniature_libraries import install

pytestmark = pytest.mark.usefixtures("unmeasured")

pytest_plugins = ["pytester"]

README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def commands(text: str) -> list[str]:
    """Every command in fenced blocks and between backticks, once, as a person types it."""
    lines = [line for block in blocks(text, "console") for line in block.splitlines()]
    inline = re.findall(r"`((?:uv run|python -m|pytest) [^`]+)`", re.sub(r"```.*?```", "", text))
    return list(dict.fromkeys([*lines, *inline]))


def steps(command: str) -> Iterator[list[str]]:
    """The steps of a command, each as its words without `uv run` and `python -m`."""
    for step in command.split(" && "):
        words = shlex.split(step)
        while words[:2] in (["python", "-m"], ["uv", "run"]):
            words = words[2:]
        yield words


COMMANDS = [words for command in commands(README) for words in steps(command)]
PYTEST = [words[words.index("pytest") + 1 :] for words in COMMANDS if "pytest" in words]
APART = {"suites/selftests", "suites/reference"}
"""Folders whose tests are no cells; the second needs programs of other languages."""
CELLS = dict.fromkeys(tuple(words) for words in PYTEST if not APART & {*words})


def table(text: str, mark: str) -> list[list[str]]:
    """The rows of the table behind a heading or a mark, without its head."""
    lines = text.partition(mark)[2].lstrip("\n").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.mark.integration
def test_drivers_of_somebody_else_are_run(tmp_path: Path) -> None:
    """The module that the page shows, as a plugin of pytest."""
    page = CONTRIBUTING.partition("<!-- own drivers -->")[2]
    (tmp_path / "my_drivers.py").write_text(blocks(page, "python")[0])
    chosen = ["--surface", "autobahn_client", "-k", "peer_closes_first or connection_is_refused"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "my_drivers", *chosen],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^autobahn_client +- +2 ", done.stdout, re.MULTILINE)


@pytest.mark.integration
@pytest.mark.parametrize("arguments", CELLS, ids=" ".join)
def test_a_command_of_the_readme_runs_cells(
    arguments: tuple[str, ...], run_pytest: Pytest, tmp_path: Path
) -> None:
    """It selects cells, or pairs, and is executed on the last of them."""
    here = [word.replace("run.jsonl", str(tmp_path / "run.jsonl")) for word in arguments]
    one = ("-n", "1") if "-n" in arguments else ()  # a cell needs no second worker
    result = run_pytest(*here, *one, "-p", "suites.selftests.last_cell")

    of_cells = ["*== cells ==*", "* kept *", "* 1 *"]
    result.stdout.fnmatch_lines(["*1 passed*"] if "interop" in arguments else of_cells)


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_command_is_written_in_one_way(text: str) -> None:
    """It begins with `uv run`, but for the two commands that install uv."""
    fenced = [line for block in blocks(text, "sh") for line in block.splitlines()]
    others = [one for one in commands(text) + fenced if not one.startswith("uv run ")]

    assert [one for one in others if not one.startswith("python -m pip install uv && ")] == []


def test_every_command_of_the_readme_is_one_of_these() -> None:
    """No command stands there that nobody tries."""
    elsewhere = {"pytest", "--with", "reports"}
    tried = [words for words in COMMANDS if words[0] not in elsewhere]

    assert tried == [["pip", "install", "uv"]] * 2


@pytest.mark.parametrize(
    "words", [words[1:] for words in COMMANDS if words[0] == "reports"], ids=" ".join
)
def test_a_command_of_the_reports_is_one_they_know(words: list[str]) -> None:
    """Its words are understood, and name a surface and a scenario that there are."""
    options = command_line.parser().parse_args(words)
    cell = (getattr(options, "surface", None), getattr(options, "scenario", None))

    assert callable(options.run)
    assert cell == (None, None) or (cell[0] in SURFACES and cell[1] in SCENARIOS)


def test_another_release_is_asked_for_by_a_name_and_a_version() -> None:
    """`--with` is followed by a distribution that is known here."""
    wanted = [Requirement(words[1]) for words in COMMANDS if words[0] == "--with"]

    assert wanted
    assert {one.name for one in wanted} <= set(LIBRARIES)
    assert all(one.specifier for one in wanted)


def test_the_command_of_the_selftests_collects_them(run_pytest: Pytest) -> None:
    """And this file is among them."""
    [arguments] = [words for words in PYTEST if "suites/selftests" in words]
    result = run_pytest(*arguments, "--collect-only", "-q", "-k", "readme")

    result.stdout.fnmatch_lines(["suites/selftests/test_documents.py::test_every_command_of_*"])


def test_the_check_command_is_a_script() -> None:
    """`.ci/run`, as CONTRIBUTING calls it, can be executed and parsed."""
    script = ROOT / ".ci" / "run"

    assert "`.ci/run`" in CONTRIBUTING
    assert script.stat().st_mode & 0o100
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


# Tables


@pytest.mark.integration
def test_the_tables_of_the_readme_are_what_the_code_writes() -> None:
    """Writing them anew would change nothing: surfaces, and the answers to questions."""
    for name, tables in WRITTEN.items():
        text = (ROOT / name).read_text()
        assert write_tables(text, tables) == text


@pytest.mark.parametrize("missing", ["<!-- surfaces -->\n", "<!-- /questions -->"])
def test_a_table_without_a_place_is_an_error(missing: str) -> None:
    """The text names the table."""
    with pytest.raises(WrongInput, match="there is no place for the table"):
        write_tables(README.replace(missing, ""), ["surfaces", "questions"])


def test_the_table_of_verdicts_is_the_codes() -> None:
    """Every word, and the outcome it has in pytest."""
    outcomes = dict.fromkeys(WORDS, "passed") | dict.fromkeys(RED, "failed")
    outcomes |= {KNOWN: "xfailed", NOT_APPLICABLE: "skipped"}

    assert {word: outcome for word, _, outcome in table(README, "## How to read")} == outcomes


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_path_that_is_named_is_there(text: str) -> None:
    """Folders, files and links; a name in capitals is the reader's to fill in."""
    named = re.findall(r"`((?:fixtures|suites|reports)/[a-z_./]*)`|\]\(([^):#]+)\)", text)

    assert [path for pair in named for path in pair if path and not (ROOT / path).exists()] == []


def test_every_section_that_is_linked_is_there() -> None:
    """A link to a section is its heading in lower case, with hyphens for spaces."""
    headings = re.findall(r"^##+ (.*)$", README, re.MULTILINE)
    slugs = {re.sub(r"[^a-z -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"\]\(#([^)]+)\)", README))

    assert linked
    assert linked <= slugs


# The recipes of CONTRIBUTING, in a copy of the checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, to change."""
    leave_out = shutil.ignore_patterns(".*", "selftests")  # what is compiled stays valid
    return Path(shutil.copytree(ROOT, tmp_path / "checkout", ignore=leave_out))


def add(file: Path, text: str) -> None:
    """Append text to a file, which need not be there yet."""
    file.write_text((file.read_text() if file.exists() else "") + f"\n\n{text}\n")


def run(checkout: Path, command: str, *more: str) -> str:
    """What a command of CONTRIBUTING prints in the copy."""
    assert f"`{command}`" in CONTRIBUTING.replace("NAME", "recipe_client")
    [words] = steps(command)
    whole = [sys.executable, "-m", *words, "-p", "no:hypothesispytest", *more]
    environment = os.environ | {"PYTHONPATH": str(checkout.parent)}
    done = subprocess.run(
        whole, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.integration
def test_the_recipe_for_a_scenario(checkout: Path) -> None:
    """The example is a scenario that every surface with a part in it plays."""
    example = blocks(CONTRIBUTING, "python")[0]
    add(checkout / "suites" / "scenarios" / "close.py", example)
    output = run(checkout, "uv run pytest -k peer_answers_twice --trace")

    players = [one for one in SURFACES.values() if not one.only]
    assert output.count("The application closes; the peer answers with two close") >= len(players)
    assert "not testable" not in output


@pytest.mark.integration
def test_the_recipe_for_a_library(checkout: Path) -> None:
    """Row, driver, promise and deviation of a small library make a cell of each kind."""
    install(checkout.parent, "recipe")
    add(checkout.parent / "recipe.py", recipe.LIBRARY)
    add(checkout / "fixtures" / "drivers" / "recipe_surfaces.py", recipe.ROW)
    add(checkout / "fixtures" / "drivers" / "surfaces.py", recipe.LISTED)
    add(checkout / "fixtures" / "drivers" / "recipe.py", recipe.DRIVER)
    promises = checkout / "suites" / "promises" / "recipe"
    promises.mkdir()
    add(promises / "recipe_page.py", recipe.PROMISE)
    add(promises / "__init__.py", "from . import recipe_page")
    add(checkout / "suites" / "promises" / "__init__.py", "from . import recipe")
    add(checkout / "suites" / "deviations" / "recipe.toml", recipe.DEVIATIONS)
    only = ("-k", "peer_closes_first or peer_closes_without_reason")
    output = run(checkout, "uv run pytest --surface recipe_client --trace", *only)

    assert "recipe_client in peer_closes_first (The peer starts " in output
    assert "is kept" in output
    assert "is known" in output


@pytest.mark.integration
def test_the_recipe_for_a_known_deviation(checkout: Path) -> None:
    """The example is an issue that can be loaded, and its cell is then xfailed."""
    [example] = blocks(CONTRIBUTING, "toml")
    [new] = tomllib.loads(example)["issue"]
    file = checkout / "suites" / "deviations" / "websocket_client" / "callbacks.toml"
    head, *issues = file.read_text().split("[[issue]]")
    issues = [one for one in issues if tomllib.loads(one.partition("\n\n")[0])["id"] != new["id"]]
    issues.append(example.partition("[[issue]]")[2] + "\n\n")
    file.write_text("[[issue]]".join([head, *sorted(issues)]))
    output = run(checkout, "uv run pytest --surface websocket_client_app -k peer_closes_first")

    assert "1 xfailed" in output
