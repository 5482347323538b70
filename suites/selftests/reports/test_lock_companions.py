"""What a library stands on is gated together with it, where lock files pin both."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.__main__ import main
from reports.results.release import WrongInput
from reports.results.targets import RELEASE, Target, library_named, parse_target
from reports.upgrade.known_releases import find_history
from reports.upgrade.lock_markers import choose_python
from reports.upgrade.lock_moves import Moves, find_moves, read_files

UVICORN = library_named("uvicorn")
PINNED = UVICORN.companion_pins["websockets"]
CELL = ("asgi_uvicorn_sansio", "peer_closes_first")


def move(folder: Path, old: str, new: str) -> Moves:
    """What moved of uvicorn between two requirements files."""
    paths = [folder / "old-requirements.txt", folder / "requirements.txt"]
    for path, text in zip(paths, (old, new), strict=True):
        path.write_text("\n".join([*text.split(), ""]))
    files = read_files(paths, None, outside=False)
    return find_moves(*files, [UVICORN], choose_python(None))


def labels(moves: Moves) -> list[str]:
    """How the two sides of the only pair are named."""
    ((old, new),) = moves.pairs
    return [old.label, new.label]


def test_each_side_is_run_with_what_its_file_pins(tmp_path: Path) -> None:
    """And a note says what moved beside it."""
    found = move(
        tmp_path, "uvicorn==0.45.0 websockets==14.2", f"uvicorn==0.54.0 websockets=={PINNED}"
    )

    assert labels(found) == ["0.45.0,websockets==14.2", f"0.54.0,websockets=={PINNED}"]
    assert [one.companions for pair in found.pairs for one in pair] == [
        (("websockets", "14.2"),),
        (),
    ]
    assert f"websockets 14.2 -> {PINNED}" in found.notes[0]


def test_what_it_stands_on_may_move_alone(tmp_path: Path) -> None:
    """The library is then compared with itself."""
    found = move(
        tmp_path,
        "uvicorn==0.54.0 websockets==14.2",
        "uvicorn==0.54.0 websockets==15.0 wsproto==1.2",
    )

    assert labels(found) == ["0.54.0,websockets==14.2", "0.54.0,websockets==15.0,wsproto==1.2"]


def test_the_history_answers_where_only_the_library_moved(tmp_path: Path) -> None:
    """A note says of which release it is, if the files pin another one."""
    other = move(tmp_path, "uvicorn==0.45.0 websockets==14.2", "uvicorn==0.54.0 websockets==14.2")
    same = move(
        tmp_path,
        f"uvicorn==0.45.0 websockets=={PINNED}",
        f"uvicorn==0.54.0 websockets=={PINNED}.0",
    )

    assert labels(other) == labels(same) == ["0.45.0", "0.54.0"]
    said = f"uvicorn is run with websockets {PINNED}, and {tmp_path / 'requirements.txt'} pins 14.2"
    how = "gate uvicorn --from 0.45.0,websockets==14.2 --to 0.54.0,websockets==14.2"
    assert other.notes == [f"{said}: {how}"]
    assert same.notes == []


def test_a_pin_in_one_file_alone_is_noted(tmp_path: Path) -> None:
    """The history answers, and of what is said."""
    found = move(tmp_path, "uvicorn==0.45.0 websockets==14.2", "uvicorn==0.54.0 websockets>=15")

    assert labels(found) == ["0.45.0", "0.54.0"]
    said = "only one of the files pins websockets to a release"
    assert found.notes == [f"{said}: uvicorn is run with websockets {PINNED}"]


def test_what_few_cells_use_moves_by_itself(tmp_path: Path) -> None:
    """A new werkzeug is no reason to run all of websockets."""
    (tmp_path / "a.txt").write_text("websockets==17.4\nwerkzeug==3.0.0\n")
    (tmp_path / "b.txt").write_text("websockets==17.4\nwerkzeug==3.1.0\n")
    files = read_files([tmp_path / "a.txt", tmp_path / "b.txt"], None, outside=False)
    found = find_moves(*files, [library_named("websockets")], choose_python(None))

    assert found.pairs == []


def test_a_release_is_written_with_what_it_is_run_with() -> None:
    """The release that the library's row pins is no other one."""
    one = parse_target(UVICORN, f"0.54.0, wsproto == 1.2.0,WebSockets=={PINNED}")

    assert one.companions == (("wsproto", "1.2.0"),)
    assert one.label == f"0.54.0,websockets=={PINNED},wsproto==1.2.0"
    assert (one.kind, one.version) == (RELEASE, "0.54.0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.54.0,flask==3.0", "uvicorn is not run with 'flask', but with websockets, wsproto"),
        ("0.54.0,websockets==new", "'new' is not a release of websockets: write one such as"),
        ("installed,websockets==14.2", "installed is no release"),
        ("0.54.0,", "'0.54.0,' is not a release of uvicorn"),
        (",websockets==15.0", "',websockets==15.0' is not a release of uvicorn"),
        ("0.54.0,websockets==15.0,WebSockets==14.0", "has WebSockets twice: name a package once"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(text: str, said: str) -> None:
    """The name of what is wrong, and what would be right."""
    with pytest.raises(WrongInput, match=said):
        parse_target(UVICORN, text)


def test_the_history_is_of_one_release_of_each() -> None:
    """It does not answer for another one."""
    plain, other = (parse_target(UVICORN, text) for text in ("0.45.0", "0.45.0,websockets==14.2"))
    labelled = parse_target(UVICORN, f"0.54.0,websockets=={PINNED}")

    assert knows(plain, labelled)
    assert not knows(other)


def knows(*targets: Target) -> bool:
    """Whether the stored history answers for all of them."""
    return find_history(targets, [CELL]) is not None


@pytest.mark.integration
def test_both_are_gated(capsys: pytest.CaptureFixture[str]) -> None:
    """Each side in its own folder, beside the release that is asked for."""
    sides = ["--from", "0.54.0,websockets==15.0", "--to", "0.54.0,websockets==16.0"]

    assert main(["gate", "uvicorn", *sides, "-k", "-".join(CELL)]) == 0
    assert "uvicorn 0.54.0,websockets==15.0 (0.54.0) -> 0.54.0,websockets==16.0 (0.54.0)" in (
        capsys.readouterr().out
    )
