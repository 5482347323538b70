"""The command `page`: where its record comes from, where the page goes, how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.__main__ import main
from suites.judging.expectations import called
from suites.judging.promise import PROMISES, Promise, doc

from ..conftest import Listed, Miniature, Promised, Pytest
from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_history import FIRST, few
from ..miniatures.miniature_index import NAME, Index

__all__ = ["few"]

pytest_plugins = ["pytester"]

CLOSED = called("on_close", 1000, "bye").once()
RACE = {
    "checks": ["rule.one_close_frame_is_sent"],
    "surfaces": [FIRST[0]],
    "scenarios": ["application_closes_from_elsewhere"],
    "signatures": ["close frame received: *"],
    "sometimes": True,
}
"""A known deviation of the miniature of the local index, whichever thread is first."""


@pytest.fixture
def index(
    miniature_index: Index, few: None, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> Index:
    """The miniature of the local index promises that `on_close` gets the code."""
    listed(RACE, library=NAME)
    source = doc("https://example.org/api", "Client.on_close", "It gets the code.")
    surface = miniature_index.surface
    found = Promise("closes", surface, frozenset({FIRST[1]}), CLOSED, source)
    monkeypatch.setitem(PROMISES, found.id, found)
    return miniature_index


@pytest.fixture
def record(
    known: Miniature, promised: Promised, run_pytest: Pytest, few: None, tmp_path: Path
) -> Path:
    """What `pytest --record` wrote of the miniature, which keeps its one promise."""
    known(m.Good)
    promised("closes", CLOSED)
    path = tmp_path / "record"
    run_pytest("--library", "miniature", f"--record={path}")
    return path


@pytest.mark.parametrize(
    ("release", "status", "counted"),
    [
        ("1.0", 0, "0 no check, 0 broken, 0 known, 1 kept"),
        ("1.1", 1, "0 no check, 1 broken, 0 known, 0 kept"),
    ],
)
def test_a_release_is_run(
    release: str,
    status: int,
    counted: str,
    index: Index,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A page with nothing red is a success; where it goes to a file, the counts are reported."""
    path = tmp_path / "page.md"

    assert main(["page", NAME, "--release", release, "--output", str(path)]) == status
    assert path.read_text().startswith(f"# {NAME} {release}: what its documents promise")
    assert capsys.readouterr().out.startswith(f"{NAME} {release}: 1 promise: {counted}; ")


def test_a_record_is_judged_like_a_run(
    index: Index, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same release has the same page, run now or read."""
    path = str(tmp_path / "sweep.jsonl")
    assert main(["sweep", NAME, "--releases", "1.0,1.1", "--record", path]) == 0
    capsys.readouterr()
    assert main(["page", NAME, "--release", "1.1"]) == 1
    now = capsys.readouterr().out
    assert main(["page", NAME, "--record", f"{path}@1.1"]) == 1

    assert capsys.readouterr().out == now
    assert "explain miniature_websocket_client peer_closes_first --release 1.1`" in now


def test_what_is_installed_is_run_by_default(
    index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it is not, the command says what else can be asked for."""
    assert main(["page", NAME]) == 2
    assert f"{NAME} is not installed here: name a release" in capsys.readouterr().err


def test_a_record_of_pytest_is_whole(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cells that are not applicable are in it; the same file has the same page."""
    pages = []
    for _ in range(2):
        assert main(["page", "miniature", "--record", str(record), "--cells"]) == 0
        pages.append(capsys.readouterr().out)

    assert pages[0] == pages[1]
    assert "- **kept** `closes`: “It is called at the end”" in pages[0]
    assert "  - kept of `miniature`: `peer_closes_first`\n" in pages[0]
    assert str(record.parent) not in pages[0]


def test_a_part_of_the_cells_is_no_success(
    record: Path, run_pytest: Pytest, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not selected is missed."""
    run_pytest("--library", "miniature", "-k", "peer_ends", f"--record={record}")

    assert main(["page", "miniature", "--record", str(record)]) == 3
    assert "**NO CHECK** `closes`" in capsys.readouterr().out


def test_a_record_that_was_cut_short(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a wrong file, as for every other command, and there is no page."""
    record.write_bytes(record.read_bytes()[:-20])

    assert main(["page", "miniature", "--record", str(record)]) == 2
    assert "record was cut short: it has no last line" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["minature", "--record", "FILE"], "no library is called 'minature'. Did you mean"),
        (["tornado", "--record", "FILE"], "holds none of it; it has: miniature 1.0"),
        (["miniature", "--record", "FILE.none"], "FILE.none cannot be read: No such file"),
    ],
)
def test_wrong_input(
    arguments: list[str], wanted: str, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text says what is wrong."""
    words = [word.replace("FILE", str(record)) for word in arguments]

    assert main(["page", *words]) == 2
    assert wanted.replace("FILE", str(record)) in capsys.readouterr().err


def test_a_list_of_deviations_that_is_wrong(
    record: Path, listed: Listed, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is wrong input like any other."""
    listed({"reason": "whim"})

    assert main(["page", "miniature", "--record", str(record)]) == 2
    assert "reason 'whim' is not one of" in capsys.readouterr().err


def test_a_place_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    """It is found out before anything is run."""
    with pytest.raises(SystemExit) as ended:
        main(["page", "tornado", "--output", "no/such/page.md"])

    assert ended.value.code == 2
    assert "no/such/page.md: No such file" in capsys.readouterr().err
