"""What a lock file takes from elsewhere than the index is said, and never taken for a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.upgrade.lock_markers import choose_python
from reports.upgrade.lock_pins import ELSEWHERE, FOLDER, RELEASE, UNREADABLE, Pin
from reports.upgrade.lockfiles import read_lock

UV = '[[package]]\nname = "websockets"\nversion = "15.0"\nsource = {{ {} }}\n'
POETRY = (
    '[[package]]\nname = "websockets"\nversion = "15.0"\n[package.source]\n{}\n'
    '[metadata]\ncontent-hash = "0"\n'
)
PDM = '[metadata]\nlock_version = "4.5.0"\n[[package]]\nname = "websockets"\nversion = "15.0"\n{}\n'
PYLOCK = '[[packages]]\nname = "websockets"\nversion = "15.0"\n{}\n'
PIPFILE = '{{"default": {{"websockets": {{"version": "==15.0", {}}}}}}}'
PIXI = (
    "version: 6\nenvironments:\n  default:\n    indexes:\n    - https://index.example/simple\n"
    "    packages:\n      linux-64:\n      - pypi: {0}\npackages:\n- pypi: {0}\n"
    "  name: websockets\n  version: '15.0'\n"
)
CONDA_LOCK = (
    "version: 1\nmetadata: {{}}\npackage:\n- name: websockets\n  version: '15.0'\n  manager: pip\n"
    "  platform: linux-64\n  url: {}\n"
)
WHEEL = "websockets-15.0-py3-none-any.whl"
PLACE = f"https://files.example/packages/ab/cd/{'0' * 60}"
HOSTED = f"{PLACE}/{WHEEL}"


def read_pin(folder: Path, name: str, text: str) -> Pin:
    """What a file of this text pins websockets to."""
    (folder / "lib").mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text)
    pin = read_lock(path).find("websockets", choose_python(None))
    assert pin
    return pin


REPOSITORIES = (
    ("uv.lock", UV.format('git = "https://g/x?rev=main#0123456789abcdef"')),
    ("poetry.lock", POETRY.format('type = "git"\nurl = "https://g/x"')),
    ("pdm.lock", PDM.format('git = "https://g/x"\nref = "main"\nrevision = "0123456789abcdef"')),
    ("pylock.toml", PYLOCK.format('vcs = { type = "git", url = "https://g/x", commit-id = "01" }')),
    ("Pipfile.lock", PIPFILE.format('"git": "https://g/x", "ref": "01"')),
    ("pixi.lock", PIXI.format("git+https://me:secret@g/x?rev=1#0123456789abcdef")),
    ("requirements.txt", "websockets @ git+https://me:secret@g/x@main"),
    ("requirements.txt", "-e git+https://g/x@0123#egg=websockets"),
    ("environment.yml", "dependencies:\n- pip:\n  - websockets @ git+https://g/x\n"),
)
ADDRESSES = (
    ("uv.lock", UV.format(f'url = "https://g/x/{WHEEL}"')),
    ("poetry.lock", POETRY.format(f'type = "url"\nurl = "https://g/x/{WHEEL}"')),
    ("pdm.lock", PDM.format(f'url = "https://g/x/{WHEEL}"')),
    ("pylock.toml", PYLOCK.format(f'archive = {{ url = "https://g/x/{WHEEL}", hashes = {{}} }}')),
    ("Pipfile.lock", PIPFILE.format(f'"file": "https://g/x/{WHEEL}"')),
    ("pixi.lock", PIXI.format(f"https://me:secret@g/x/{WHEEL}")),
    ("conda-lock.yml", CONDA_LOCK.format(f"https://g/x/{WHEEL}")),
    ("requirements.txt", f"websockets @ https://g/x/{WHEEL}?token=secret"),
    ("requirements.txt", f"https://g/x/{WHEEL}"),
    ("requirements.txt", f"https://[g/x/{WHEEL}"),
)


@pytest.mark.parametrize(("name", "text"), [*REPOSITORIES, *ADDRESSES])
def test_what_comes_from_elsewhere_is_no_release(name: str, text: str, tmp_path: Path) -> None:
    """A repository or an address: where it is, without a password, and what to do."""
    pin = read_pin(tmp_path, name, text)

    assert pin.kind == ELSEWHERE
    assert "g/x" in pin.what
    assert "secret" not in pin.what
    assert pin.advice == "check it out"


FOLDERS = (
    *(("uv.lock", UV.format(f'{key} = "lib"')) for key in ("editable", "directory", "virtual")),
    ("uv.lock", UV.format('path = "lib"')),
    ("poetry.lock", POETRY.format('type = "directory"\nurl = "lib"')),
    ("pdm.lock", PDM.format('path = "./lib"\neditable = true')),
    ("pdm.lock", PDM.format('path = "."\nsubdirectory = "lib"')),
    ("pylock.toml", PYLOCK.format('directory = { path = "lib", editable = true }')),
    ("pylock.toml", PYLOCK.format('directory = { path = ".", subdirectory = "lib" }')),
    ("Pipfile.lock", PIPFILE.format('"path": "lib", "editable": true')),
    ("pixi.lock", PIXI.format("./lib")),
    ("requirements.txt", "websockets @ file:lib"),
    ("environment.yml", "dependencies:\n- pip:\n  - websockets @ file:lib\n"),
)


@pytest.mark.parametrize(("name", "text"), FOLDERS)
def test_a_folder_is_found_next_to_the_file(name: str, text: str, tmp_path: Path) -> None:
    """It can be run."""
    pin = read_pin(tmp_path, name, text)

    assert (pin.kind, pin.what) == (FOLDER, str(tmp_path / "lib"))


ARCHIVES = (
    ("uv.lock", UV.format(f'path = "{WHEEL}"')),
    ("uv.lock", UV.format('registry = "wheels"')),
    ("uv.lock", UV.format('registry = "file:///wheels"')),
    ("poetry.lock", POETRY.format(f'type = "file"\nurl = "{WHEEL}"')),
    ("pdm.lock", PDM.format(f'path = "./{WHEEL}"')),
    ("pdm.lock", PDM.format(f'url = "file:///wheels/{WHEEL}"')),
    ("pylock.toml", PYLOCK.format(f'archive = {{ path = "{WHEEL}" }}')),
    ("pylock.toml", PYLOCK.format(f'wheels = [{{ path = "{WHEEL}" }}]')),
    ("pylock.toml", PYLOCK.format('sdist = { path = "websockets-15.0.tar.gz" }')),
    ("Pipfile.lock", PIPFILE.format(f'"path": "./{WHEEL}"')),
    ("Pipfile.lock", PIPFILE.format(f'"file": "file:{WHEEL}"')),
    ("pixi.lock", PIXI.format(f"./{WHEEL}")),
    ("conda-lock.yml", CONDA_LOCK.format(f"file:///wheels/{WHEEL}")),
    ("requirements.txt", f"websockets @ file:///wheels/{WHEEL}"),
    ("requirements.txt", f"./{WHEEL}"),
)


@pytest.mark.parametrize(("name", "text"), ARCHIVES)
def test_an_archive_here_is_no_release(name: str, text: str, tmp_path: Path) -> None:
    """It is to be unpacked, whatever release its name tells."""
    pin = read_pin(tmp_path, name, text)

    assert pin.kind == ELSEWHERE
    assert pin.advice == "unpack it"


RELEASES = (
    ("uv.lock", UV.format('registry = "https://index.example/simple"')),
    ("uv.lock", UV.format(f'url = "{HOSTED}"')),
    ("poetry.lock", POETRY.format('type = "legacy"\nurl = "https://i/simple"\nreference = "i"')),
    ("pdm.lock", PDM.format(f'url = "{HOSTED}"')),
    (
        "pylock.toml",
        PYLOCK.format('index = "https://i/simple"\nwheels = [{ url = "https://i/x" }]'),
    ),
    ("pylock.toml", PYLOCK.format(f'archive = {{ url = "{HOSTED}" }}')),
    (
        "pylock.toml",
        PYLOCK.format(f'wheels = [{{ url = "https://i/{WHEEL}" }}]').replace(
            'version = "15.0"', ""
        ),
    ),
    ("Pipfile.lock", PIPFILE.format('"index": "pypi"')),
    ("pixi.lock", PIXI.format(HOSTED)),
    ("pixi.lock", PIXI.format(f"https://index.example/files/{WHEEL}")),
    ("conda-lock.yml", CONDA_LOCK.format(HOSTED)),
    ("requirements.txt", f"websockets @ {HOSTED}"),
    ("requirements.txt", f"websockets @ {PLACE}/websockets-15.0.tar.gz"),
)


@pytest.mark.parametrize(("name", "text"), RELEASES)
def test_a_file_of_the_index_is_a_release(name: str, text: str, tmp_path: Path) -> None:
    """Also where it is named by its address."""
    pin = read_pin(tmp_path, name, text)

    assert (pin.kind, pin.what) == (RELEASE, "15.0")


def test_another_commit_is_another_pin(tmp_path: Path) -> None:
    """Whether the text of the pin shows it or not."""
    line = "websockets @ git+https://g/x?token={}"
    one, other = (read_pin(tmp_path, "requirements.txt", line.format(n)) for n in (1, 2))

    assert one.what == other.what
    assert not one.same(other)
    assert one.same(read_pin(tmp_path, "requirements.txt", line.format(1)))


def test_a_folder_is_called_by_its_project(tmp_path: Path) -> None:
    """Not by its own name; `pip freeze` says it in a comment."""
    (tmp_path / "fork").mkdir()
    (tmp_path / "fork" / "pyproject.toml").write_text('[project]\nname = "websockets"\n')
    frozen = "# Editable install with no version control (websockets==15.0)\n-e /some/where\n"

    assert read_pin(tmp_path, "requirements.txt", "-e ./fork\n").what == str(tmp_path / "fork")
    assert read_pin(tmp_path, "requirements.txt", "-e ./fork[x]\n").what == str(tmp_path / "fork")
    assert read_pin(tmp_path / "fork", "requirements.txt", "-e .\n").kind == FOLDER
    assert read_pin(tmp_path, "requirements.txt", frozen).what == "/some/where"


def test_what_has_no_name_is_noted(tmp_path: Path) -> None:
    """A fork may be called anything; a wheel has a name, and so has the project of the file."""
    path = tmp_path / "requirements.txt"
    path.write_text(f"git+https://g/x.git\n./{WHEEL}\n-e .\n./some_folder\n")
    line = "it does not say which distribution it is"

    assert read_lock(path).notes == (f"{path}, line 1: {line}", f"{path}, line 4: {line}")


def test_a_file_that_conda_built_is_no_release(tmp_path: Path) -> None:
    """What `pip freeze` says in an environment of conda."""
    line = "websockets @ file:///home/conda/feedstock_root/build_artifacts/websockets_17/work\n"

    assert read_pin(tmp_path, "requirements.txt", line).kind == FOLDER


def test_a_release_without_a_version_is_none(tmp_path: Path) -> None:
    """Wherever a version can be left out."""
    for name, text in (("uv.lock", UV), ("pdm.lock", PDM), ("pylock.toml", PYLOCK)):
        without = text.replace('version = "15.0"\n', "").format("")
        assert read_pin(tmp_path, name, without.replace("source = {  }", "")).kind == UNREADABLE
