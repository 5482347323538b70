"""`gate --accept`: what is written, and that it accepts just what was named."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from reports.__main__ import main
from reports.upgrade.policy_file import PolicyFile, load_policy

from ..miniatures.miniature_index import Index

CELLS = "peer_closes_first or peer_closes_with_code_1011 or server_refuses_with_401"
SELECTED = ("-k", CELLS)
BECAUSE = ("--reason", 'we read "no" code')
POLICY = """\
# What we use.
[use] # all of it
surfaces = ["*"]
"""


@pytest.fixture(autouse=True)
def _elsewhere(miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's repository is the current folder."""
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()


def gate(*words: str, old: str = "1.0", new: str = "1.1") -> int:
    """The exit status of a gate on a few cells of the miniature."""
    return main(["gate", "miniature-websocket", "--from", old, "--to", new, *words])


def test_one_command_makes_the_next_gate_green(capsys: pytest.CaptureFixture[str]) -> None:
    """What was written is said; the file is made where there is none."""
    before = gate(*SELECTED)
    accepting = gate(*SELECTED, "--accept", "1", *BECAUSE)
    told = capsys.readouterr().out
    [entry] = load_policy(PolicyFile(Path("lifecycle.toml"))).accept

    assert (before, accepting, gate(*SELECTED)) == (1, 0, 0)
    assert "1 acceptance written to lifecycle.toml: commit it" in told
    assert "accepted miniature-websocket:1, 2 cells: `on_close` got (the peer's" in told
    assert (entry.old, entry.new, entry.reason) == ("1.0", "1.1", BECAUSE[1])
    assert entry.date == datetime.date.today()


def test_what_stands_in_the_file_is_kept() -> None:
    """Text, comments and order; what is added stands at the end."""
    Path("lifecycle.toml").write_text(POLICY)
    gate(*SELECTED, "--accept", "all-new", *BECAUSE)

    assert Path("lifecycle.toml").read_text().startswith(f"{POLICY}\n[[accept]]\nlibrary = ")


def test_a_table_of_pyproject_is_a_policy(capsys: pytest.CaptureFixture[str]) -> None:
    """It is found, from a folder below as well, and written to."""
    project = '[project]\nname = "x" # ours\n\n[tool.wslifecycle.use]\nscenarios = ["peer_*"]\n'
    Path("pyproject.toml").write_text(project)
    statuses = gate(*SELECTED, "--accept", "1", *BECAUSE), gate(*SELECTED)
    told = capsys.readouterr().out

    assert statuses == (0, 0)
    assert (
        Path("pyproject.toml").read_text().startswith(f"{project}\n[[tool.wslifecycle.accept]]\n")
    )
    assert "written to pyproject.toml [tool.wslifecycle]: commit it" in told
    assert "2 accepted" in told


def test_one_change_more_is_not_covered(capsys: pytest.CaptureFixture[str]) -> None:
    """1.2 calls `on_error` as well: another behaviour, and another release."""
    gate(*SELECTED, "--accept", "all-new", *BECAUSE)
    file = Path("lifecycle.toml")
    file.write_text(file.read_text().replace('to = "1.1"\n', ""))  # whatever the new release is
    capsys.readouterr()

    assert gate(*SELECTED, new="1.2") == 1
    assert "accepted" not in capsys.readouterr().out.partition("exit status")[2]


@pytest.mark.parametrize("pair", [("1.1", "1.2"), ("1.0", "1.2"), ("1.0", "1.0")])
def test_another_pair_of_releases_makes_nothing_stale(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """An acceptance is about the two releases that it names."""
    gate(*SELECTED, "--accept", "all-new", *BECAUSE)
    capsys.readouterr()
    gate(*SELECTED, old=pair[0], new=pair[1])

    assert "matches nothing" not in capsys.readouterr().out


@pytest.mark.parametrize("option", ["-k", "--scenario"])
def test_a_selection_makes_nothing_stale(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was not compared may still change."""
    gate(*SELECTED, "--accept", "all-new", *BECAUSE)
    capsys.readouterr()

    assert gate(option, "server_refuses_with_401") == 0
    assert "matches nothing" not in capsys.readouterr().out


def test_what_has_gone_by_is_stale_only_if_everything_was_compared() -> None:
    """Of the same releases, in every cell that the acceptance may be about."""
    entry = (
        '[[accept]]\nlibrary = "miniature-websocket"\nfrom = "1.0"\nto = "1.1"\n{}'
        'changes = ["000000000000"]\nreason = "so"\ndate = 2027-01-02\n'
    )
    file, cell = Path("lifecycle.toml"), 'scenario = "server_refuses_with_401"\n'
    file.write_text(entry.format(""))
    selected = gate("-k", "server_refuses_with_401")
    file.write_text(entry.format(cell))

    assert (selected, gate("-k", "server_refuses_with_401")) == (0, 1)


def test_a_block_shows_the_toml_that_accepts_it(capsys: pytest.CaptureFixture[str]) -> None:
    """It is a whole policy, in one line; `compare` accepts nothing and shows none."""
    gate(*SELECTED)
    [line] = [one for one in capsys.readouterr().out.splitlines() if "accept = [{" in one]
    Path("lifecycle.toml").write_text(line.partition("as TOML")[2].strip())
    main(["compare", "miniature-websocket", "1.0", "1.1", *SELECTED])

    assert gate(*SELECTED) == 0
    assert "accept = [{" not in capsys.readouterr().out


def test_nothing_is_written_where_nothing_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    """And that is said."""
    assert gate(*SELECTED, "--accept", "all-new", *BECAUSE, new="1.0") == 0
    assert "there is nothing to accept, so nothing was written" in capsys.readouterr().out
    assert not Path("lifecycle.toml").exists()


WRONG = (
    (("--accept", "1"), "--accept needs a reason: --accept 1 --reason"),
    (("--accept", "1", "--reason", " "), "--accept needs a reason"),
    (BECAUSE, "--reason goes with --accept N or --accept all-new"),
    (("--accept", "7", *BECAUSE), "--accept 7: there is no such block; the report has mini"),
    (("--accept", "tornado:1", *BECAUSE), "--accept tornado:1: there is no such block"),
)


@pytest.mark.parametrize(("words", "wanted"), WRONG)
def test_a_mistake_is_reported(
    words: tuple[str, ...], wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, and nothing is written."""
    assert gate(*SELECTED, *words) == 2
    assert wanted in capsys.readouterr().err
    assert not Path("lifecycle.toml").exists()


def test_what_is_no_number_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """By the parser, with what there is instead."""
    with pytest.raises(SystemExit) as ended:
        gate("--accept", "one", *BECAUSE)

    assert ended.value.code == 2
    assert "'one' is neither the number of a block, such as 2" in capsys.readouterr().err


def test_two_policies_are_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody would keep them alike; one that is named is the one."""
    Path("pyproject.toml").write_text("[tool.wslifecycle]\n")
    Path("lifecycle.toml").write_text("")

    assert gate(*SELECTED) == 2
    assert "there is a policy in lifecycle.toml and one in pyproject.toml [tool" in (
        capsys.readouterr().err
    )
    assert gate(*SELECTED, "--policy", "pyproject.toml", "--accept", "1", *BECAUSE) == 0


def test_a_project_that_cannot_be_read_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """It may hold a policy; one that does not name it is not parsed."""
    Path("pyproject.toml").write_text("no toml [")
    fine = gate(*SELECTED, "--accept", "1", *BECAUSE)
    Path("pyproject.toml").unlink()
    Path("pyproject.toml").mkdir()

    assert (fine, gate(*SELECTED)) == (0, 2)
    assert "pyproject.toml cannot be read: Is a directory" in capsys.readouterr().err


LEVELS = (("deny", 1, "changed"), ("warn", 0, "warned"), ("allow", 0, "accepted"))


@pytest.mark.parametrize(("level", "status", "word"), LEVELS)
def test_a_kind_has_a_level(
    level: str, status: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """1.1 changes the arguments of a callback."""
    Path("lifecycle.toml").write_text(f'levels.arguments = "{level}"\n')

    assert gate(*SELECTED) == status
    assert f"2 {word}" in capsys.readouterr().out
