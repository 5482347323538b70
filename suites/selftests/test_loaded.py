"""What was really loaded: absent libraries, and modules that are not the installed ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, Library
from fixtures.run.distribution import NotInstalled, WrongLibrary, installed, is_installed, loaded

from .miniature_libraries import LIBRARY, install


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is searched first for distributions and modules."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_the_loaded_library_is_described() -> None:
    """Version, file and interpreter are those of the running process."""
    found = loaded(LIBRARY)

    assert (found.library, found.version) == ("miniature", "1.0")
    assert Path(found.file).name == "miniature.py"
    assert found.python.endswith(".".join(map(str, sys.version_info[:3])))


def test_an_absent_library_is_an_error() -> None:
    """What cannot be imported is never a result; the text says how to install it."""
    absent = Library("no-such-library", "no_such_library", ())

    assert not is_installed(absent)
    with pytest.raises(NotInstalled, match="install it, for example with: uv run --with no-such"):
        loaded(absent)


def test_a_module_that_tells_another_version_is_an_error(site: Path) -> None:
    """Metadata and module must agree, whichever of them is stale."""
    install(site, "stale", "2.0", told="1.9")

    with pytest.raises(WrongLibrary, match=r"metadata in .* says 2\.0, but .* says 1\.9"):
        loaded(Library("stale", "stale", ()))


def test_a_module_from_elsewhere_is_an_error(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A module of the right version in the wrong folder is another copy."""
    install(site, "copied", "2.0")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "copied.py"
    (site / "copied.py").rename(elsewhere)
    sys.path.insert(1, str(elsewhere.parent))

    with pytest.raises(WrongLibrary, match=r"remove one of the two from sys\.path"):
        loaded(Library("copied", "copied", ()))


def test_an_editable_install_may_be_elsewhere(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A maintainer's own checkout is not in site-packages, and says so."""
    install(site, "edited", "2.0")
    (site / "edited-2.0.dist-info" / "direct_url.json").write_text(
        '{"dir_info": {"editable": true}}'
    )
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "edited.py"
    (site / "edited.py").rename(elsewhere)
    sys.path.insert(1, str(elsewhere.parent))

    assert loaded(Library("edited", "edited", ())).file == str(elsewhere.resolve())


def test_the_installed_libraries_are_known() -> None:
    """`installed` lists the known libraries of this environment."""
    assert [library for library in installed() if library.name not in LIBRARIES] == []
    assert all(is_installed(library) for library in installed())
