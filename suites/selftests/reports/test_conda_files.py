"""What conda and pixi write is read: the release of a library on this platform and Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.markers import Marker

from reports.results.release import WrongInput
from reports.upgrade.lock_markers import choose_python
from reports.upgrade.lock_pins import FOLDER, RANGE, RELEASE, SEVERAL, UNREADABLE, Pin
from reports.upgrade.lockfiles import read_lock

PIXI_6 = """\
version: 6
environments:
  default:
    channels:
    - url: https://conda.example/forge/
    packages:
      linux-64:
      - conda: https://conda.example/forge/linux-64/python-3.12.4-h1_0_cpython.conda
      - conda: https://conda.example/forge/noarch/websocket-client-1.8.0-pyhd8ed1ab_0.conda
      - conda: https://conda.example/forge/linux-64/tornado-6.4.1-py312h_0.tar.bz2
      osx-arm64:
      - conda: https://conda.example/forge/osx-arm64/tornado-6.4.2-py312h_0.conda
  py311:
    channels: []
    packages:
      linux-64:
      - conda: https://conda.example/forge/linux-64/python-3.11.9-h1_0_cpython.conda
      - conda: https://conda.example/forge/linux-64/tornado-6.3-py311h_0.conda
packages:
- conda: https://conda.example/forge/linux-64/tornado-6.4.1-py312h_0.tar.bz2
  sha256: 00
"""
PIXI_5 = """\
version: 5
environments:
  default:
    packages:
      linux-64:
      - conda: https://conda.example/forge/linux-64/tornado-6.4.1-py312h_0.conda
      - pypi: HOSTED/websockets-13.1-py3-none-any.whl
      - pypi: .
packages:
- kind: conda
  name: tornado
  version: 6.4.1
  build: py312h_0
  url: https://conda.example/forge/linux-64/tornado-6.4.1-py312h_0.conda
- kind: pypi
  name: websockets
  version: '13.1'
  url: HOSTED/websockets-13.1-py3-none-any.whl
- kind: pypi
  name: websocket-client
  version: 1.0.0
  path: .
""".replace("HOSTED", f"https://files.example/packages/ab/cd/{'0' * 60}")
CONDA_LOCK = """\
version: 1
metadata: {platforms: [linux-64, win-64]}
package:
- {name: python, version: 3.12.4, manager: conda, platform: linux-64, url: 'https://x/p.conda'}
- {name: tornado, version: 6.4.1, manager: conda, platform: linux-64, url: 'https://x/t.conda'}
- {name: tornado, version: '6.10', manager: conda, platform: win-64, url: 'https://x/t.conda'}
"""
ENVIRONMENT = """\
name: x
channels: [conda-forge]
dependencies:
- python=3.12
- conda-forge::tornado=6.4.1=py312h_0
- websocket-client ==1.8.0  # because
- pip
- pip:
  - -r more.txt
  - websockets==13.1
"""
LISTED = """\
# packages in environment at /some/where:
#
# Name                    Version                   Build  Channel
_libgcc_mutex             0.1                 conda_forge    conda-forge
tornado                   6.4.1           py312h66e93f0_0    conda-forge
websockets                13.1                     pypi_0    pypi
websocket-client          1.0                       dev_0    <develop>
"""
EXPORT = """\
# This file may be used to create an environment using:
# $ conda create --name <env> --file <this file>
# platform: linux-64
tornado=6.4.1=py312h66e93f0_0
websockets=13.1=pypi_0
"""
EXPLICIT = """\
# platform: linux-64
@EXPLICIT
https://conda.example/forge/linux-64/tornado-6.4.1-py312h66e93f0_0.conda#0123
https://conda.example/forge/noarch/websockets-13.1-0.tar.bz2
https://conda.example/forge/noarch/odd
"""


@pytest.fixture(autouse=True)
def _linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files are for, on whatever machine this runs."""
    here = {"sys_platform": "linux", "platform_machine": "x86_64"}
    evaluate = Marker.evaluate
    monkeypatch.setattr(
        Marker,
        "evaluate",
        lambda self, environment, context: evaluate(self, {**here, **environment}, context),
    )


def read_pin(
    folder: Path, name: str, text: str, library: str, python: str | None = None
) -> Pin | None:
    """What a file of this text pins a library to."""
    path = folder / name
    path.write_text(text)
    return read_lock(path).find(library, choose_python(python))


def read_release(
    folder: Path, name: str, text: str, library: str, python: str | None = None
) -> str:
    """The release that it is."""
    pin = read_pin(folder, name, text, library, python)
    assert pin
    assert pin.kind == RELEASE
    return pin.what


@pytest.mark.parametrize("name", ["pixi.lock", "old.txt"])
def test_pixi_is_read(name: str, tmp_path: Path) -> None:
    """The environment of the Python that is chosen; else the one called `default`."""
    assert read_release(tmp_path, name, PIXI_6, "tornado", "3.12") == "6.4.1"
    assert read_release(tmp_path, name, PIXI_6, "tornado", "3.11") == "6.3"
    assert read_release(tmp_path, name, PIXI_6, "tornado", "3.14") == "6.4.1"
    assert read_release(tmp_path, name, PIXI_6, "websocket-client", "3.11") == "1.8.0"
    assert read_pin(tmp_path, name, PIXI_6, "websockets") is None


def test_older_pixi_is_read(tmp_path: Path) -> None:
    """Versions 4 and 5 say name and release beside the address."""
    assert read_release(tmp_path, "pixi.lock", PIXI_5, "tornado") == "6.4.1"
    assert read_release(tmp_path, "pixi.lock", PIXI_5, "websockets") == "13.1"
    local = read_pin(tmp_path, "pixi.lock", PIXI_5, "websocket-client")
    assert local
    assert (local.kind, local.what) == (FOLDER, str(tmp_path))


def test_several_releases_of_one_python_are_not_guessed_at(tmp_path: Path) -> None:
    """Where none of them is that of `default`."""
    text = PIXI_6.replace("  default:", "  one:").replace("3.11.9", "3.12.4")
    found = read_pin(tmp_path, "pixi.lock", text, "tornado", "3.12")

    assert found
    assert found.kind == SEVERAL
    assert found.what == "several releases: 6.3, 6.4.1"


@pytest.mark.parametrize("name", ["conda-lock.yml", "env.conda-lock.yaml", "old.txt"])
def test_conda_lock_is_read(name: str, tmp_path: Path) -> None:
    """On this platform; a release is no number."""
    assert read_release(tmp_path, name, CONDA_LOCK, "tornado") == "6.4.1"
    only = CONDA_LOCK.replace("linux-64", "osx-64").replace("6.4.1", "6.10")
    assert read_release(tmp_path, name, only, "tornado") == "6.10"


@pytest.mark.parametrize("name", ["environment.yml", "environment-dev.yaml", "old.txt"])
def test_an_environment_is_read(name: str, tmp_path: Path) -> None:
    """Lines of conda, and those of pip, which may include a file."""
    (tmp_path / "more.txt").write_text("# nothing\n")
    for library, release in (
        ("tornado", "6.4.1"),
        ("websocket-client", "1.8.0"),
        ("websockets", "13.1"),
    ):
        assert read_release(tmp_path, name, ENVIRONMENT, library) == release


SPECS = (
    ("tornado", RANGE),
    ("tornado=6.4", RANGE),
    ("tornado=6.4.*", RANGE),
    ("tornado==6.4.*", RANGE),
    ("tornado>=6.4", RANGE),
    ("tornado >=6,<7", RANGE),
    ("tornado 6.4|6.5", RANGE),
    ("tornado[version='>=6']", RANGE),
    ("tornado=6.4.1", RELEASE),
    ("tornado==6.4", RELEASE),
    ("tornado=6.4=py_0", RELEASE),
    ("tornado 6.4 py_0", RELEASE),
    ("defaults::tornado=6.4.1", RELEASE),
    ("tornado=6.4.x1.y", UNREADABLE),
)


@pytest.mark.parametrize(("spec", "kind"), SPECS)
def test_one_equals_sign_is_a_range(spec: str, kind: str, tmp_path: Path) -> None:
    """Of releases of two numbers, unless a build is named."""
    pin = read_pin(tmp_path, "environment.yml", f'dependencies: ["{spec}", pip]\n', "tornado")

    assert pin
    assert pin.kind == kind


def test_what_names_are_left_out_is_found(tmp_path: Path) -> None:
    """A package of pip may have no address, or no name beside it; a list may name nothing."""
    no_address = "package:\n- {name: websockets, version: '13.1', manager: pip}\n"
    no_name = PIXI_5.replace("  name: websockets\n", "")
    nothing = EXPORT[: EXPORT.index("tornado")]

    assert read_release(tmp_path, "conda-lock.yml", no_address, "websockets") == "13.1"
    assert read_release(tmp_path, "pixi.lock", no_name, "websockets") == "13.1"
    with pytest.raises(WrongInput, match="cannot be read as a list of conda: it names no"):
        read_pin(tmp_path, "list.txt", nothing, "websockets")


def test_an_exported_environment_has_releases(tmp_path: Path) -> None:
    """Every line of it has one equals sign, and Python three numbers."""
    text = "dependencies: [python=3.12.4, tornado=6.4, pip=24.0, {pip: [websockets==13.1]}]\n"

    assert read_release(tmp_path, "environment.yml", text, "tornado") == "6.4"


@pytest.mark.parametrize("text", [LISTED, EXPORT, EXPLICIT, EXPORT[EXPORT.index("tornado") :]])
@pytest.mark.parametrize("name", ["requirements.txt", "list.txt"])
def test_lists_of_conda_are_read(name: str, text: str, tmp_path: Path) -> None:
    """Whatever they are called, in each of their forms."""
    assert read_release(tmp_path, name, text, "tornado") == "6.4.1"
    assert read_release(tmp_path, name, text, "websockets") == "13.1"


def test_the_head_of_a_list_does_not_make_one(tmp_path: Path) -> None:
    """People keep it above an environment.yml."""
    text = EXPORT[: EXPORT.index("tornado")] + ENVIRONMENT.replace("  - -r more.txt\n", "")

    assert read_release(tmp_path, "environment.yml", text, "tornado") == "6.4.1"


def test_a_checkout_in_a_list_is_no_release(tmp_path: Path) -> None:
    """Conda does not say where it is."""
    pin = read_pin(tmp_path, "list.txt", LISTED, "websocket-client")

    assert pin
    assert pin.kind == UNREADABLE
