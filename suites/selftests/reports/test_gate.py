"""`gate`: the exit status that CI acts on."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.__main__ import main
from reports.upgrade.exit_status import CASES, exit_table, status

from ..miniatures.miniature_index import Index, source

ONE = ("-k", "miniature_websocket_client-peer_closes_first")
LIBRARY = "miniature-websocket"
ACCEPTED = """\
[[accept]]
library = "miniature-websocket"
scenario = "peer_closes_first"
reason = "nobody looks"
date = 2027-01-02
"""


@pytest.fixture(autouse=True)
def _elsewhere(miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's repository is the current folder."""
    monkeypatch.chdir(tmp_path)


def gated(*arguments: str) -> int:
    """The exit status of a gate on one cell."""
    return main(["gate", *arguments, *ONE])


def lock(name: str, *lines: str) -> str:
    """A requirements file in the current folder."""
    Path(name).write_text("\n".join([*lines, ""]))
    return name


def locked(old: str, new: str) -> tuple[str, str, str]:
    """The option for two files that pin the miniature."""
    files = [lock(f"{n}-requirements.txt", f"{LIBRARY}=={v}") for n, v in (("a", old), ("b", new))]
    return "--lock", files[0], files[1]


def test_a_change_is_red() -> None:
    """Something that matters changed: 1, or 0 where it only warns."""
    targets = (LIBRARY, "--from", "1.0", "--to", "1.1")

    assert gated(*targets) == 1
    assert gated(*targets, "--warn-only") == 0
    assert gated(LIBRARY, "--from", "1.0", "--to", "1.0") == 0


def test_only_what_moved_is_gated(capsys: pytest.CaptureFixture[str]) -> None:
    """A library that did not move is a note; then nothing ran, unless that is allowed."""
    moved = gated(*locked("1.0", "1.1"))
    capsys.readouterr()
    still = gated(*locked("1.0", "1.0"))
    allowed = gated(*locked("1.0", "1.0"), "--minimum", "0")
    text = capsys.readouterr().out

    assert (moved, still, allowed) == (1, 3, 0)
    assert "miniature-websocket did not move: 1.0 in both files" in text
    assert "0 cells compared, at least 1 must be" in text


def test_an_emptied_lock_file_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A gate that compares nothing is not green because the file was truncated."""
    files = lock("old-requirements.txt", f"{LIBRARY}==1.0"), lock("requirements.txt")

    assert main(["gate", "--lock", *files, "--minimum", "0"]) == 2
    assert "names no distribution at all; is it the right file?" in capsys.readouterr().err


def test_what_is_new_or_gone_is_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to compare with."""
    files = lock("a.txt", f"{LIBRARY}==1.0"), lock("b.txt", "tornado==6.5")

    assert gated("--lock", *files) == gated("--lock", *files[::-1]) == 3
    text = capsys.readouterr().out
    assert "miniature-websocket is gone: it was at 1.0" in text
    assert "miniature-websocket is new, at 1.0: there is nothing to compare it with" in text


def test_a_path_in_a_lock_file_is_gated() -> None:
    """A checkout beside the lock file is a target like any other."""
    Path("lib").mkdir()
    Path("lib/miniature_websocket.py").write_text(source("1.1"))
    files = lock("a.txt", f"{LIBRARY}==1.0"), lock("b.txt", f"{LIBRARY} @ file:lib")

    assert gated("--lock", *files) == 1


def test_an_accepted_change_is_green(capsys: pytest.CaptureFixture[str]) -> None:
    """The policy of the current folder is read."""
    Path("lifecycle.toml").write_text(ACCEPTED)

    assert gated(*locked("1.0", "1.1")) == 0
    text = capsys.readouterr().out
    assert "1 accepted" in text
    assert "Changed, and accepted\n  1 cell      2027-01-02: nobody looks\n" in text


def test_an_acceptance_that_matches_nothing_is_red(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever it accepted does not happen any more."""
    policy = Path("policy.toml")
    policy.write_text(ACCEPTED)

    assert main(["gate", LIBRARY, "--from=1.0", "--to=1.0", *ONE, f"--policy={policy}"]) == 1
    assert "delete      an acceptance that matches nothing any more" in capsys.readouterr().out


def test_only_what_is_used_is_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """Cells that the policy does not name are left out."""
    Path("lifecycle.toml").write_text('use.scenarios = ["server_*"]\n')

    assert gated(*locked("1.0", "1.1")) == 3
    assert "0 cells compared" in capsys.readouterr().out


WRONG = (
    ((LIBRARY, "--from", "1.0"), "give LIBRARY --from OLD --to NEW, or --lock OLD NEW"),
    (("--from", "1.0", "--to", "1.1"), "give LIBRARY --from OLD --to NEW"),
    (("--lock", "a", "b", "--to", "1"), "give either --lock OLD NEW, or --from OLD --to NEW"),
    (("torando", "--from", "1", "--to", "2"), "Did you mean 'tornado'?"),
    ((LIBRARY, "--from", "1.0", "--to", "x"), "'x' is not a release of miniature-websocket"),
    (("--lock", "a.txt", "b.txt", "tornado"), "neither a.txt nor b.txt pins tornado"),
    (("--lock", "c.txt", "c.txt"), "neither c.txt nor c.txt pins miniature-websocket or"),
    (("--lock", "a.txt", "no.txt"), "no.txt cannot be read"),
)


@pytest.mark.parametrize(("arguments", "wanted"), WRONG)
def test_a_mistake_is_reported(
    arguments: tuple[str, ...], wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong command line or file is exit status 2, with what to do."""
    for name in ("a.txt", "b.txt"):
        lock(name, f"{LIBRARY}==1.0")
    lock("c.txt", "requests==2.0")

    assert main(["gate", *arguments]) == 2
    assert wanted.replace("miniature-websocket or", "") in capsys.readouterr().err


def test_the_table_is_what_happens() -> None:
    """Every case of the table has the status that the function gives."""
    table = exit_table().splitlines()

    assert len(table) == len(CASES) + 3
    assert table[-1] == "| the command line or a file is wrong: nothing was compared | 2 | 2 |"
    assert "| a cell changed or is gone, and no acceptance says so | 1 | 0 |" in table
    assert "| something changed, and something could not be run | 3 | 3 |" in table


@pytest.mark.parametrize("warn_only", [False, True])
def test_an_incomplete_answer_outweighs_a_change(warn_only: bool) -> None:
    """3 before 1, whatever else is set."""
    conditions = {"changed": True, "warn_only": warn_only}

    incomplete = ("could_not_run", "too_few", "unwritten")

    for one in incomplete:
        assert status(**{name: name == one for name in incomplete}, **conditions) == 3
