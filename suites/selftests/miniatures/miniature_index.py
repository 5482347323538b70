"""A local index of wheels: releases 1.0 to 1.3 of `miniature-websocket`, one change in each.

With the fixture `miniature_index`, everything that asks for releases finds these four, offline:

    def test_the_change_is_found(miniature_index: Index) -> None:
        old, new = run_releases([side(LIBRARY, "1.0"), side(LIBRARY, "1.1")], None)

where `LIBRARY = miniature_index.library` is one of the known libraries, and its only surface is
`miniature_index.surface`. Results are kept for the session, in a cache folder of its own.

The fixture uses the seams that users have. uv, and the listing of releases, take their wheels
from `UV_FIND_LINKS` alone where `UV_NO_INDEX` is set; `WSLIFECYCLE_DRIVERS` names the module that
declares library and surface, in the parent and in every child, like `--drivers` on the command
line; `XDG_CACHE_HOME` is where releases and results are kept. A command line in another process
works with `miniature_index.environment` as its environment.

The declarations are undone after the test, so the other self-tests know no such library.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import os
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library, Surface

NAME = "miniature-websocket"
DRIVERS = "suites.selftests.miniatures.miniature_release"
SOURCE = Path(__file__).with_name("miniature_websocket.py")
CHANGES: Mapping[str, tuple[str, str]] = {
    "1.0": ("", ""),
    "1.1": ("self.on_close(code, reason)", "self.on_close(None, None)"),
    "1.2": (
        "        self.on_close(None",
        "        self.on_error(Closed(code))\n        self.on_close(None",
    ),
    "1.3": (
        "self.on_close(None, None)\n        return False",
        "self.on_close(None, None)\n        return True",
    ),
}
"""For each release, a text of the one before and the text that replaces it.

1.1: `on_close` gets (None, None). 1.2: `on_error` is called with `Closed` before `on_close`.
1.3: `run` returns True after a close.
"""


@dataclass(frozen=True, slots=True)
class Index:
    """The folder of wheels, what it holds, and the environment variables that point to it."""

    folder: Path
    library: Library
    surface: Surface
    environment: Mapping[str, str]


def source(version: str) -> str:
    """The text of a release's one module."""
    text = SOURCE.read_text()
    for release, (old, new) in CHANGES.items():
        assert old in text, f"release {release} changes what is not there: {old!r}"
        text = text.replace(old, new) if old else text
        if release == version:
            return text.replace('__version__ = "1.0"', f'__version__ = "{version}"')
    raise LookupError(version)


def wheel(
    folder: Path,
    version: str,
    text: str,
    *,
    name: str = NAME,
    python: str = ">=3.11",
    needs: Sequence[str] = (),
) -> Path:
    """Write a wheel of one module into `folder`: any text, under any version, for any Python."""
    module = name.replace("-", "_")
    information = f"{module}-{version}.dist-info"
    files = {
        f"{module}.py": text,
        f"{information}/METADATA": (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Python: {python}\n"
            + "".join(f"Requires-Dist: {need}\n" for need in needs)
        ),
        f"{information}/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: miniature\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    lines = [f"{path},sha256={_digest(content)},{len(content)}" for path, content in files.items()]
    files[f"{information}/RECORD"] = "\n".join([*lines, f"{information}/RECORD,,", ""])
    path = folder / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        for inside, content in files.items():
            file.writestr(zipfile.ZipInfo(inside), content)
    return path


def build(folder: Path) -> Path:
    """Write the wheels of every release into `folder`."""
    for version in CHANGES:
        wheel(folder, version, source(version))
    return folder


def environment(folder: Path, cache: Path) -> dict[str, str]:
    """The variables that make `folder` the index, and `cache` the user's cache folder."""
    return {
        "UV_FIND_LINKS": str(folder),
        "UV_NO_INDEX": "1",
        "WSLIFECYCLE_DRIVERS": DRIVERS,
        "XDG_CACHE_HOME": str(cache),
    }


@pytest.fixture(scope="session")
def miniature_wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of wheels."""
    return build(tmp_path_factory.mktemp("index"))


@pytest.fixture
def fresh_results(miniature_index: Index, miniature_cache: Path) -> None:
    """Nothing is known, whatever other tests have run; but releases are installed."""
    for path in miniature_cache.glob("wslifecycle/results.sqlite3*"):
        path.unlink()


@pytest.fixture(scope="session")
def miniature_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for the session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def miniature_index(
    miniature_wheels: Path, miniature_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> Index:
    """The four releases are the only ones there are, and their surface is known."""
    variables = environment(miniature_wheels, miniature_cache)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    is_first = DRIVERS not in sys.modules
    declared = importlib.import_module(DRIVERS)
    if is_first:  # importing it has declared them for good
        del LIBRARIES[declared.LIBRARY.name], SURFACES[declared.SURFACE.name]
    monkeypatch.setitem(LIBRARIES, declared.LIBRARY.name, declared.LIBRARY)
    monkeypatch.setitem(SURFACES, declared.SURFACE.name, declared.SURFACE)
    return Index(miniature_wheels, declared.LIBRARY, declared.SURFACE, dict(os.environ) | variables)


def _digest(content: str) -> str:
    raw = hashlib.sha256(content.encode()).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
