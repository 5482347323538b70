"""Acceptances are added to a file of any form; nothing else in it changes."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from reports.results.release import WrongInput
from reports.upgrade.policy import Acceptance
from reports.upgrade.policy_file import TABLE, PolicyFile
from reports.upgrade.policy_writer import add_entries, format_entry

ONE = Acceptance(
    library="websockets",
    reason='we "do" not\nlook',
    date=datetime.date(2027, 1, 2),
    old="13.1",
    new="17.4",
    changes=("0123456789ab",),
    what="2 cells: `recv` \\ now \x7f",
)
MANY = Acceptance("tornado", "so", ONE.date, changes=tuple(f"{n:012x}" for n in range(9)))
OWN = (
    "",
    "# mine\n[use]\nsurfaces = ['a'] # why",
    "[[accept]]\nlibrary = 'x' # one\n# two\n\n[use]\na = 1\n",
    "accept = [\n  {library = 'x'}, # c\n]\n\n[use]\nb = 2\n",
    "accept = []\n",
    "# a\r\n[use]\r\nb = 1\r\n",
)
SHARED = (
    "[project]\nname = 'x'\n\n[tool.wslifecycle.use]\na = 1\n\n[tool.ruff]\nb = 1\n",
    "[tool.ruff]\nb = 1 # c\n",
    "[tool.wslifecycle]\nuse.a = 1\n[[tool.wslifecycle.accept]]\nx = 1\n[tool.z]\nb = 1\n",
    "[tool.wslifecycle]\naccept = [{x = 1}]\n[tool.z]\n",
)
FORMS = [*((text, ()) for text in OWN), *((text, TABLE) for text in SHARED)]


def find_accepted(text: str, table: tuple[str, ...]) -> list[dict[str, object]]:
    """The acceptances in a text."""
    found = tomllib.loads(text)
    for key in table:
        found = found[key]
    return list(found["accept"])


@pytest.mark.parametrize(("text", "table"), FORMS)
def test_entries_are_added(text: str, table: tuple[str, ...], tmp_path: Path) -> None:
    """At the end, or in the array in which the others stand; every line is there still."""
    file = PolicyFile(tmp_path / "policy.toml", table)
    file.path.write_bytes(text.encode())
    add_entries(file, [ONE, MANY])
    written = file.path.read_bytes().decode()
    *_, one, many = find_accepted(written, table)

    assert (one["reason"], one["from"], one["what"]) == (ONE.reason, "13.1", ONE.what)
    assert many["changes"] == list(MANY.changes)
    lines = [line for line in text.splitlines() if not line.startswith("accept = [")]
    assert [line for line in written.splitlines() if line in lines][: len(lines)] == lines
    assert ("\r\n" in text) == ("\r\n" in written)


def test_a_file_is_made(tmp_path: Path) -> None:
    """Where there is none, and with nothing else in it."""
    add_entries(PolicyFile(tmp_path / "lifecycle.toml"), [MANY])

    text = (tmp_path / "lifecycle.toml").read_text()
    assert text.startswith('[[accept]]\nlibrary = "tornado"\nchanges = [\n    "000000000000",\n')
    assert [path.name for path in tmp_path.iterdir()] == ["lifecycle.toml"]


def test_a_link_is_followed_and_the_mode_is_kept(tmp_path: Path) -> None:
    """What the link leads to is written."""
    real, link = tmp_path / "real.toml", tmp_path / "lifecycle.toml"
    real.write_text("")
    real.chmod(0o600)
    link.symlink_to(real.name)
    add_entries(PolicyFile(link), [MANY])

    assert link.is_symlink()
    assert (real.stat().st_mode & 0o777, bool(real.read_text())) == (0o600, True)


@pytest.mark.parametrize("text", ["accept = 3\n", "accept = {}\n", "[accept]\na = 1\n"])
def test_what_has_no_place_for_an_entry_is_left_as_it_is(text: str, tmp_path: Path) -> None:
    """With a line that says so."""
    path = tmp_path / "lifecycle.toml"
    path.write_text(text)

    with pytest.raises(WrongInput, match="a form to which nothing can be added"):
        add_entries(PolicyFile(path), [ONE])
    assert path.read_text() == text


def test_a_place_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """In one line."""
    with pytest.raises(WrongInput, match=r"--accept .*: No such file"):
        add_entries(PolicyFile(tmp_path / "no" / "lifecycle.toml"), [ONE])
    with pytest.raises(WrongInput, match="cannot be read: Is a directory"):
        add_entries(PolicyFile(tmp_path), [ONE])


def test_a_file_that_is_no_toml_is_left_as_it_is(tmp_path: Path) -> None:
    """It may have been written since it was read."""
    path = tmp_path / "lifecycle.toml"
    path.write_text("no toml [")

    with pytest.raises(WrongInput, match="cannot be read: it is not TOML"):
        add_entries(PolicyFile(path), [ONE])
    assert path.read_text() == "no toml ["


def test_an_entry_in_one_line_is_a_policy() -> None:
    """As a block of a report shows it."""
    [entry] = tomllib.loads(format_entry(ONE))["accept"]

    assert "\n" not in format_entry(ONE)
    assert entry["changes"] == list(ONE.changes)
