"""What the two targets of a comparison can be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, WEBSOCKETS
from reports.history import load
from reports.results.record import RecordWriter
from reports.results.release import CellResult, Release, WrongInput
from reports.results.targets import (
    INSTALLED,
    PATH,
    RECORD,
    RELEASE,
    Target,
    explain_age,
    find_recorded,
    library_named,
    parse_target,
    read_recorded,
)
from reports.running.environments import install
from reports.running.sources import Sources

from ..miniatures.miniature_index import Index, source
from ..miniatures.miniature_traces import make_trace, report

CELL = ("miniature_websocket_client", "peer_closes_first")
OTHER = ("miniature_websocket_client", "peer_ends")
TRACE = make_trace(report("closed", "on_close"))


def write_sweep(path: Path, *labels: str, finish: bool = True) -> str:
    """A recorded sweep with these releases."""
    with path.open("wb") as file:
        writer = RecordWriter(file, "suite", {})
        for label in labels:
            cells = {CELL: CellResult((TRACE,)), OTHER: CellResult((), "cannot be")}
            writer.add(Release("miniature-websocket", label, "1.0", "CPython", cells))
        if finish:
            writer.finish()
    return str(path)


def test_a_release(miniature_index: Index) -> None:
    """It is not installed, or even looked for, yet."""
    library = miniature_index.library

    assert parse_target(library, "1.00") == Target(library, "1.00", RELEASE, "1.0")
    assert Sources(parse_target(library, "99")).digest == ""


def test_a_release_that_is_too_old_for_this_python() -> None:
    """What it does is no behaviour of the library: it is not run, and its target says why."""
    reason = "does not work on Python 3.10 and newer: 10.0 is the first that does"

    assert parse_target(WEBSOCKETS, "9.1").reason == reason
    assert parse_target(WEBSOCKETS, "10.0").reason == ""


def test_the_stored_history_holds_no_release_that_is_too_old() -> None:
    """Each release that is stored as one that ran works on the Python that it was run with."""
    stored = {(one, release) for one in LIBRARIES.values() for release in load(one.name).runnable}

    assert [(str(one), release) for one, release in stored if explain_age(one, release)] == []


def test_what_is_installed(miniature_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has to be what is loaded; its contents are those of its files."""
    library = miniature_index.library
    with pytest.raises(WrongInput, match="miniature-websocket is not installed here"):
        parse_target(library, "installed")
    monkeypatch.syspath_prepend(install(library, "1.3").folder)

    assert parse_target(library, "installed") == Target(library, "installed", INSTALLED, "1.3")
    assert len(Sources(parse_target(library, "installed")).digest) == 16


def test_what_is_installed_for_development(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the checkout that it was installed from."""
    (tmp_path / "miniature_websocket.py").write_text(source("1.0"))
    information = tmp_path / "site" / "miniature_websocket-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Name: miniature-websocket\nVersion: 1.0\n")
    origin = {"url": tmp_path.as_uri(), "dir_info": {"editable": True}}
    (information / "direct_url.json").write_text(json.dumps(origin))
    monkeypatch.syspath_prepend(str(information.parent))

    assert parse_target(miniature_index.library, "installed").place == str(tmp_path)


@pytest.mark.parametrize("inside", [".", "src"])
def test_a_checkout(miniature_index: Index, tmp_path: Path, inside: str) -> None:
    """The library is in its folder, or in `src`; an edit of it is another content."""
    module = tmp_path / inside / "miniature_websocket"
    module.mkdir(parents=True)
    (module / "__init__.py").write_text("one")
    found = parse_target(miniature_index.library, str(tmp_path))
    before = Sources(found).digest
    (module / "__init__.py").write_text("another")

    assert (found.kind, found.version, found.place) == (PATH, None, str(module.parent))
    assert Sources(found).digest != before


def test_a_checkout_of_one_module(miniature_index: Index, tmp_path: Path) -> None:
    """Its contents are that module's."""
    (tmp_path / "miniature_websocket.py").write_text("one")
    found = parse_target(miniature_index.library, str(tmp_path))
    before = Sources(found).digest
    (tmp_path / "beside.py").write_text("another")

    assert Sources(found).digest == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("lates", "'lates' is not a release of miniature-websocket: write one such as 1.8.0"),
        ("no/where", "; there is no folder no/where"),
        (".", "is not a checkout of miniature-websocket: no miniature_websocket in it or its src"),
    ],
)
def test_what_is_none_of_them(miniature_index: Index, text: str, reason: str) -> None:
    """The error says what there is."""
    with pytest.raises(WrongInput, match=reason):
        parse_target(miniature_index.library, text)


def test_a_library_by_name(miniature_index: Index) -> None:
    """Another name is an error that says which there are."""
    assert library_named("miniature-websocket") == miniature_index.library
    with pytest.raises(WrongInput, match=r"'websocket-clent'. Did you mean 'websocket-client'"):
        library_named("websocket-clent")
    with pytest.raises(WrongInput, match=r"'x'. There are: websocket-client, websockets, to"):
        library_named("x")


@pytest.mark.parametrize("name", ["WebSockets", "Miniature_WebSocket", "miniature.websocket"])
def test_a_library_by_another_spelling(miniature_index: Index, name: str) -> None:
    """Case, and what stands between the words, are of no account, as for an installer."""
    assert library_named(name) in (WEBSOCKETS, miniature_index.library)


def test_a_recorded_sweep(miniature_index: Index, tmp_path: Path) -> None:
    """It is the release that it holds, narrowed to the cells that are asked for."""
    path = write_sweep(tmp_path / "a.jsonl", "1.0")
    found = parse_target(miniature_index.library, path)
    release = read_recorded(found, [CELL])

    assert (found.kind, release.label, release.version) == (RECORD, path, "1.0")
    assert release.cells == {CELL: CellResult((TRACE,))}
    assert read_recorded(found).cells[OTHER].reason == "cannot be"


def test_the_cells_of_a_recorded_sweep(miniature_index: Index, tmp_path: Path) -> None:
    """Their names are known without a trace being read, and only the selected cells are read."""
    path = Path(write_sweep(tmp_path / "a.jsonl", "1.0"))
    path.write_bytes(path.read_bytes().replace(b'"events":', b'"no events":'))
    found = parse_target(miniature_index.library, str(path))

    assert list(find_recorded(found).offsets) == [CELL, OTHER]
    assert list(read_recorded(found, [OTHER]).cells) == [OTHER]
    with pytest.raises(WrongInput, match=r"a.jsonl: a trace in it cannot be read"):
        read_recorded(found)


def test_a_duration_of_no_class_in_a_record(miniature_index: Index, tmp_path: Path) -> None:
    """It is reported as what cannot be read."""
    path = Path(write_sweep(tmp_path / "a.jsonl", "1.0"))
    path.write_bytes(path.read_bytes().replace(b'"waited":"at once"', b'"waited":"tea"'))

    with pytest.raises(WrongInput, match="'tea' is not the class of a duration"):
        read_recorded(parse_target(miniature_index.library, str(path)))


def test_one_release_of_a_recorded_sweep(miniature_index: Index, tmp_path: Path) -> None:
    """`@` says which one; without it, or with another, the error says which there are."""
    path = write_sweep(tmp_path / "a.jsonl", "1.0", "./here")

    chosen = parse_target(miniature_index.library, f"{path}@./here")
    assert read_recorded(chosen).label == f"{path}@./here"
    with pytest.raises(
        WrongInput, match=r"several of .*: write a.jsonl@RELEASE; it has: .* 1.0, .* ./"
    ):
        read_recorded(parse_target(miniature_index.library, path))
    with pytest.raises(WrongInput, match=r"holds none of it; it has: .* 1.0, .* ./here"):
        read_recorded(parse_target(miniature_index.library, f"{path}@2.0"))


def test_a_sweep_that_was_cut_short(miniature_index: Index, tmp_path: Path) -> None:
    """Half of a record is no target of a comparison."""
    path = write_sweep(tmp_path / "a.jsonl", "1.0", finish=False)

    with pytest.raises(WrongInput, match=r"a.jsonl was cut short"):
        read_recorded(parse_target(miniature_index.library, path))


def test_a_file_that_is_not_there(miniature_index: Index) -> None:
    """The error says so."""
    with pytest.raises(WrongInput, match=r"nowhere.jsonl cannot be read: No such file"):
        read_recorded(parse_target(miniature_index.library, "nowhere.jsonl"))
