"""Building a release runs its code: without network, without secrets, and within its bounds."""

from __future__ import annotations

import io
import runpy
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fixtures.drivers.surfaces import Library
from reports.results.release import NotRunnable
from reports.running import building
from reports.running.child_process import Live, namespace
from reports.running.environments import install

from ..miniatures.miniature_index import Index, source, wheel
from ..miniatures.miniature_server import Server, source_distribution

pytestmark = pytest.mark.integration
UPLOADED = "2024-03-01T12:00:00Z"
PYPROJECT = """
[build-system]
requires = {requires}
build-backend = "backend"
backend-path = ["."]
"""
BACKEND = """
import os, pathlib, socket, zipfile
def reach(port):
    try:
        socket.create_connection(("127.0.0.1", port), 5).close()
    except OSError as error:
        return type(error).__name__
def build_wheel(folder, config_settings=None, metadata_directory=None):
    {first}
    told = {{"variables": sorted(os.environ), "home": os.environ["HOME"], "network": reach({port})}}
    name = "miniature_websocket-{version}"
    text = pathlib.Path("miniature_websocket.py").read_text() + "\\ntold = " + repr(told)
    metadata = "Metadata-Version: 2.1\\nName: miniature-websocket\\nVersion: {version}\\n"
    tag = "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    with zipfile.ZipFile(pathlib.Path(folder, name + "-py3-none-any.whl"), "w") as file:
        file.writestr("miniature_websocket.py", text)
        file.writestr(name + ".dist-info/METADATA", metadata)
        file.writestr(name + ".dist-info/WHEEL", tag)
        file.writestr(name + ".dist-info/RECORD", "")
    return name + "-py3-none-any.whl"
"""
"""A backend that writes into the wheel what it sees of the machine that it runs on."""


def offer(index: Server, requires: str = "[]", version: str = "1.0", first: str = "") -> Path:
    """Upload 1.0 as a source distribution alone, whose build begins with `first`."""
    port = index.url.rpartition(":")[2]
    files: Mapping[str, str] = {
        "pyproject.toml": PYPROJECT.format(requires=requires),
        "backend.py": BACKEND.format(port=port, version=version, first=first),
        "miniature_websocket.py": source("1.0"),
    }
    path = source_distribution(index.folder, "miniature-websocket", "1.0", files)
    index.uploads[path.name] = UPLOADED
    return path


@pytest.fixture
def library(miniature_index: Index) -> Library:
    """The library of the miniatures."""
    return miniature_index.library


def told(folder: str) -> Any:
    """What the backend saw."""
    return runpy.run_path(f"{folder}/miniature_websocket.py")["told"]


def test_a_build_sees_neither_network_nor_secrets(
    served_index: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor the home of the user; what was built is known by the source that it was built from."""
    path = offer(served_index)
    monkeypatch.setenv("CI_JOB_TOKEN", "a secret")
    monkeypatch.setenv("CFLAGS", "-O1")
    found = install(library, "1.0", builds=Live())
    seen = told(found.folder)

    assert set(seen["variables"]) >= {"CFLAGS", "PATH"}
    assert not {"CI_JOB_TOKEN", "UV_DEFAULT_INDEX"} & set(seen["variables"])
    assert not Path(seen["home"]).exists()
    assert seen["network"] == ("OSError" if namespace() else None)
    [package] = found.packages
    assert package[:2] == (library.name, "1.0")
    assert package.hash == building.digest_of(path, "sha256")
    assert package.uploaded == "2024-03-01T12:00:00+00:00"


def test_nothing_is_built_that_nobody_asked_to_build(
    served_index: Server, library: Library
) -> None:
    """Its code has not run."""
    offer(served_index)

    with pytest.raises(NotRunnable, match="--build builds its source distribution, which runs"):
        install(library, "1.0")


def test_what_a_build_needs_is_there(served_index: Server, library: Library) -> None:
    """It was installed before the build began."""
    wheel(served_index.folder, "1.0", "", name="needed")
    offer(served_index, '["needed"]', first="import needed")

    assert told(install(library, "1.0", builds=Live()).folder)


REFUSED = (
    ({"requires": '["nowhere"]'}, "what builds miniature-websocket 1.0 cannot be installed"),
    ({"requires": '["x @ https://example.org/x.whl"]'}, "needs x from an address to be built"),
    ({"requires": '["-r /etc/passwd"]'}, "the pyproject.toml of miniature-websocket 1.0 cannot"),
    ({"requires": "7"}, "the pyproject.toml of miniature-websocket 1.0 cannot be used"),
    ({"requires": "["}, "the pyproject.toml of miniature-websocket 1.0 cannot be used"),
    ({"version": "2.0"}, r"1\.0 built miniature_websocket-2\.0-py3-none-any\.whl"),
    ({"first": "raise OSError('no compiler')"}, "cannot be built: .*no compiler"),
)


@pytest.mark.parametrize(("change", "reason"), REFUSED)
def test_a_build_that_fails(
    change: Mapping[str, str], reason: str, served_index: Server, library: Library
) -> None:
    """The reason is one line, and nothing is left that looks like a release."""
    offer(served_index, **change)

    with pytest.raises(NotRunnable, match=reason) as error:
        install(library, "1.0", builds=Live())
    assert "\n" not in str(error.value)


def test_a_source_with_another_hash_is_not_built(served_index: Server, library: Library) -> None:
    """Its code has not run: it would have failed with other words."""
    path = offer(served_index, first="raise OSError('it was run')")
    served_index.hashes[path.name] = "0" * 64

    with pytest.raises(NotRunnable, match="is not the file that the index tells of"):
        install(library, "1.0", builds=Live())


def test_a_release_without_any_file_to_build(
    served_index: Server, library: Library, tmp_path: Path
) -> None:
    """A wheel is all there is, and nobody needs to build that."""
    wheel(served_index.folder, "1.0", source("1.0"))

    with pytest.raises(NotRunnable, match=r"miniature-websocket 1\.0 has no source distribution"):
        building.build_wheel(library.name, "1.0", tmp_path, Live())


def test_a_source_that_cannot_be_fetched(
    served_index: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index lists it and has not got it."""
    path = offer(served_index)
    page = served_index.list_files(library.name)
    path.unlink()
    monkeypatch.setattr(Server, "list_files", lambda *_: page)

    with pytest.raises(NotRunnable, match=r"miniature_websocket-1\.0\.tar\.gz cannot be fetched"):
        install(library, "1.0", builds=Live())


def test_a_source_that_does_not_say_what_it_needs(served_index: Server, library: Library) -> None:
    """It needs setuptools, as pip and uv have it; here is none."""
    path = source_distribution(served_index.folder, library.name, "1.0", {"setup.py": ""})
    served_index.uploads[path.name] = UPLOADED

    with pytest.raises(NotRunnable, match=r"what builds .* cannot be installed: .*setuptools"):
        install(library, "1.0", builds=Live())


def test_a_machine_without_namespaces(
    served_index: Server,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The network can be reached, and one line says so."""
    monkeypatch.setattr(building, "namespace", tuple)
    offer(served_index)

    assert told(install(library, "1.0", builds=Live()).folder)["network"] is None
    assert caplog.messages == [
        "this machine has no network namespaces: what is built can reach the network"
    ]


def test_a_source_that_leaves_its_folder_is_not_unpacked(
    served_index: Server, library: Library, tmp_path: Path
) -> None:
    """A member of it is named after a file beside."""
    path = offer(served_index)
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("../../outside")
        archive.addfile(member, io.BytesIO())

    with pytest.raises(NotRunnable, match=r"the source distribution of .* cannot be read"):
        install(library, "1.0", builds=Live())


def test_a_build_without_end_is_ended(
    served_index: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it has started."""
    monkeypatch.setattr(building, "SECONDS", 1)
    offer(served_index, first="import subprocess; subprocess.run(['sleep', 'infinity'])")

    with pytest.raises(NotRunnable, match="was not built in 1 s"):
        install(library, "1.0", builds=Live())
