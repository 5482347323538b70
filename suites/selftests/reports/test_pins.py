"""What is installed for a release is what it needed on its day, with the hashes of that day."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from packaging.tags import sys_tags

from fixtures.drivers.surfaces import Library
from reports.__main__ import main
from reports.results.record import load_record
from reports.results.release import NotRunnable, Package
from reports.running import uv_program
from reports.running.environments import install
from reports.running.pins import name_of, pins_of

from ..miniatures.miniature_index import Index, source, wheel
from ..miniatures.miniature_server import Handler, Server

RELEASED = "2024-03-01T12:00:00.750000Z"
BEFORE, AFTER = "2023-01-01T00:00:00Z", "2025-01-01T00:00:00Z"


@pytest.fixture
def index(miniature_index: Index, served_index: Server) -> Server:
    """An index with a release that needs `needed`, which has a release before it and one after."""
    add(served_index, RELEASED, "1.0", source("1.0"), needs=["needed"])
    add(served_index, BEFORE, "1.0", "", name="needed")
    add(served_index, AFTER, "2.0", "", name="needed")
    return served_index


def add(index: Server, uploaded: str, version: str, text: str, **more: object) -> Path:
    """Upload a wheel at a time, or at one that the index does not know, if that is empty."""
    path = wheel(index.folder, version, text, **more)  # type: ignore[arg-type] # as they are
    index.uploads[path.name] = uploaded
    return path


def digest(index: Server, file: str) -> str:
    """The hash of a file of the index."""
    return "sha256:" + hashlib.sha256((index.folder / file).read_bytes()).hexdigest()


@pytest.fixture
def library(miniature_index: Index) -> Library:
    """The library of the miniatures."""
    return miniature_index.library


def test_what_a_release_needs_is_of_its_day(index: Server, library: Library) -> None:
    """The newest of that day, not of today; and all that was installed is known with its hash."""
    release = "miniature_websocket-1.0-py3-none-any.whl"
    found = install(library, "1.0")

    assert found.packages == (
        Package(library.name, "1.0", digest(index, release), "2024-03-01T12:00:00+00:00"),
        Package(
            "needed",
            "1.0",
            digest(index, "needed-1.0-py3-none-any.whl"),
            "2023-01-01T00:00:00+00:00",
        ),
    )
    assert {path.name for path in Path(found.folder).glob("needed-*")} == {"needed-1.0.dist-info"}


def test_it_is_the_same_next_year(
    index: Server, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another machine, when more has been released."""
    before = install(library, "1.0")
    add(index, AFTER, "3.0", "", name="needed")
    for name in ("XDG_CACHE_HOME", "UV_CACHE_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))

    assert install(library, "1.0").packages == before.packages


def test_an_index_that_knows_no_dates(
    index: Server, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    """What is needed is what there is now: one line says so."""
    index.uploads.clear()
    found = install(library, "1.0")

    [said] = caplog.messages
    assert "the index does not say when miniature-websocket 1.0 was uploaded" in said
    assert [(one.version, one.uploaded) for one in found.packages] == [("1.0", ""), ("2.0", "")]


def test_a_release_that_needs_nothing_needs_no_date(
    index: Server, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    """There is nothing to choose, and nothing is said."""
    add(index, "", "1.1", source("1.1"))

    assert len(install(library, "1.1").packages) == 1
    assert not caplog.messages


def test_what_was_not_there_on_that_day(
    index: Server, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    """A release that is useless without what came later has that, and it is said."""
    add(index, RELEASED, "1.2", source("1.2"), needs=["needed>=2"])

    assert [one.version for one in install(library, "1.2").packages] == ["1.2", "2.0"]
    [said] = caplog.messages
    assert "what miniature-websocket 1.2 needs is as of now, not as of 2024-03-01T12:00:01" in said


def test_what_is_needed_and_is_nowhere(index: Server, library: Library) -> None:
    """The reason says that it is not the release that is missing."""
    add(index, RELEASED, "1.3", source("1.3"), needs=["needed>=9"])

    with pytest.raises(NotRunnable, match=r"what miniature-websocket 1\.3 needs cannot be inst"):
        install(library, "1.3")


@pytest.mark.parametrize("file", ["miniature_websocket-1.0", "needed-1.0"])
def test_a_file_with_another_hash_is_not_installed(
    file: str, index: Server, library: Library, tmp_path: Path
) -> None:
    """Whether it is the release or what it needs; nothing of it is left."""
    index.hashes[f"{file}-py3-none-any.whl"] = "0" * 64

    with pytest.raises(NotRunnable, match=r"cannot be installed: .*(Hash|hash|sha256)"):
        install(library, "1.0")
    assert not list((tmp_path / "cache").rglob("*.py"))


def test_an_index_that_is_away(
    index: Server, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What uv keeps of it is enough: the same is chosen as when it was there."""
    before = install(library, "1.0")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    monkeypatch.setattr(Server, "list_files", None)
    monkeypatch.setattr(Handler, "do_HEAD", None)

    assert install(library, "1.0").packages == before.packages


def test_of_several_wheels_the_one_that_suits_best_is_known() -> None:
    """All may be installed, and one of them is."""
    [best, *_] = map(str, sys_tags())
    files = [
        {"url": f"https://example.org/x/some-1.0-{tag}.whl", "hashes": {"sha256": tag[:2]}}
        for tag in ("py3-none-any", best)
    ]
    [found] = pins_of([{"name": "some", "version": "1.0", "wheels": files}])

    assert found.package == Package("some", "1.0", f"sha256:{best[:2]}")
    assert found.requirement == f"some==1.0 --hash=sha256:py --hash=sha256:{best[:2]}"


def test_what_was_installed_is_in_the_record(
    index: Server, library: Library, tmp_path: Path
) -> None:
    """Of what was run, of what was known already, and of what was merged."""
    paths = [tmp_path / f"{number}.jsonl" for number in range(3)]
    sweep = ["sweep", library.name, "--releases", "1.0", "-k", "peer_closes_first", "--record"]
    for path in paths[:2]:
        assert main([*sweep, str(path)]) == 0
    assert main(["merge", *map(str, paths[:2]), "--record", str(paths[2])]) == 0

    expected = install(library, "1.0").packages
    assert len(expected) == 2
    for path in paths:
        [release] = load_record(path).releases
        assert release.line.packages == release.read().packages == expected


def test_what_stands_in_the_working_directory_says_nothing_to_uv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may come with the change that is judged, and could name another index."""
    (tmp_path / "uv.toml").write_text("this is no configuration")
    (tmp_path / "pyproject.toml").write_text("[tool.uv]\nindex-url = 1")
    monkeypatch.chdir(tmp_path)

    done = uv_program.uv(["pip", "compile", "--no-index", "--offline", "-"], "")

    assert (done.returncode, "TOML" in done.stderr) == (0, False), done.stderr


def test_the_name_of_a_file_leads_nowhere_else() -> None:
    """Not even where a part of it is quoted."""
    assert name_of({"url": "https://host.invalid/a/..%2F..%2Fx.tar.gz"}) == "x.tar.gz"


def test_a_relative_folder_of_wheels_is_that_of_the_working_directory(
    miniature_wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As uv itself has it, which is run elsewhere."""
    monkeypatch.chdir(miniature_wheels.parent)
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", miniature_wheels.name)

    done = uv_program.ask_index(["pip", "compile", "-"], "miniature-websocket==1.0")

    assert (done.returncode, "miniature-websocket==1.0" in done.stdout) == (0, True), done.stderr
