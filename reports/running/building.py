"""Build the wheel of a release that has none: its code runs, without network and without secrets.

The source distribution is fetched and checked first, and so is what it needs to be built, as
wheels. Only then does code of the release run: in a network namespace of its own where the machine
has those, with a home of its own, and with the variables of `KEPT` alone. It can still read and
write the files that its user can.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import urllib.request
from pathlib import Path
from typing import BinaryIO

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from ..results.release import NotRunnable, Package
from . import pins, uv_program
from .child_process import Live, kill, namespace
from .stray_processes import end_strays
from .user_cache import warn_once

KEPT = ("PATH", "CC", "CXX", "CFLAGS", "CPPFLAGS", "CXXFLAGS", "LDFLAGS", "ARCHFLAGS")
"""The variables that a build may see: where compilers are, and how they are to be used."""
TOOLS = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
"""Build tools are those of this day, or of the release's if that is later: those of an old
release's day do not know a newer Python."""
SECONDS, SILENCE = 900, 60
"""What a build may take, and for how long an index may say nothing."""
LEGACY = ("setuptools", "wheel")
"""What a source distribution that does not say it needs to be built (PEP 517)."""


def build_wheel(name: str, version: str, home: Path, live: Live) -> tuple[pins.Pin, ...]:
    """Build a release in the folder `home`; the pins of the wheel and of what it needs.

    It is ended with the children that are `live`. Raises `NotRunnable` if it cannot be fetched or
    built.
    """
    what = f"{name} {version}"
    archive, source, uploaded = _fetch(name, version, home)
    tree = _unpack(archive, home / "source", what)
    python = _make_environment(tree, home, max(uploaded or TOOLS, TOOLS), what)
    out = home / "out"
    command = [uv_program.find_uv(), "build", "--wheel", "--offline", "--no-config"]
    command += ["--no-build-isolation", "--python", str(python), "--out-dir", str(out), str(tree)]
    _run_apart(command, home, what, live)
    return pins.pin_built(_find_wheel(out, name, version), source, uploaded)


def _fetch(name: str, version: str, home: Path) -> tuple[Path, Package, datetime.datetime | None]:
    """The source distribution as the index has it, checked; and when it was uploaded."""
    try:
        (found,) = pins.resolve([f"{name}=={version}"], "--no-deps")
        sdist: pins.File = found["sdist"]
    except (pins.Unresolved, KeyError) as error:
        raise NotRunnable(f"{name} {version} has no source distribution: {error}") from error
    path, stated = home / pins.name_of(sdist), pins.hash_of(sdist)
    try:
        address = sdist.get("url") or Path(sdist["path"]).as_uri()
        with urllib.request.urlopen(address, timeout=SILENCE) as answer, path.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except OSError as error:
        raise NotRunnable(f"{path.name} cannot be fetched: {error}") from error
    if digest_of(path, stated.partition(":")[0]) != stated:
        raise NotRunnable(f"{path.name} is not the file that the index tells of: another hash")
    uploaded = pins.when_uploaded([sdist])
    said = uploaded.isoformat() if uploaded else ""
    return path, Package(name, version, stated, said), uploaded


def digest_of(path: Path, kind: str) -> str:
    """The hash of a file, as `sha256:...`."""
    with path.open("rb") as file:
        return f"{kind}:{hashlib.file_digest(file, kind).hexdigest()}"


def _unpack(archive: Path, folder: Path, what: str) -> Path:
    """The one folder that is in an archive, unpacked; nothing of it lands outside of `folder`."""
    keeps_inside = {} if archive.suffix == ".zip" else {"filter": "data"}  # zip always does
    try:
        shutil.unpack_archive(archive, folder, **keeps_inside)  # type: ignore[arg-type] # a literal
        (tree,) = folder.iterdir()
    except (shutil.ReadError, tarfile.TarError, OSError, ValueError, EOFError) as error:
        raise NotRunnable(f"the source distribution of {what} cannot be read: {error}") from error
    return tree


def _make_environment(tree: Path, home: Path, moment: datetime.datetime, what: str) -> Path:
    """The interpreter of an environment that holds what a build needs."""
    folder = home / "environment"
    python = folder / "bin" / "python"
    done = uv_program.uv(["venv", "--quiet", "--python", sys.executable, str(folder)])
    if done.returncode:
        raise NotRunnable(f"{what} cannot be built: {uv_program.last_line(done)}")
    if wanted := _list_needs(tree, what):
        try:
            found = pins.resolve_then(wanted, moment, f"the build of {what}")
            pins.install_pins(pins.pins_of(found), home, "--python", str(python))
        except NotRunnable as error:
            raise NotRunnable(f"what builds {what} cannot be installed: {error}") from error
    return python


def _list_needs(tree: Path, what: str) -> list[str]:
    """What `pyproject.toml` says that a build needs: names and versions, no addresses."""
    try:
        stated = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))
        texts = stated["build-system"]["requires"]
        found = [Requirement(text) for text in texts]
    except (FileNotFoundError, KeyError):
        return list(LEGACY)
    except (OSError, ValueError, TypeError) as error:  # of TOML and of requirements, too
        why = " ".join(str(error).split())
        raise NotRunnable(f"the pyproject.toml of {what} cannot be used: {why}") from error
    if addresses := [one.name for one in found if one.url]:
        raise NotRunnable(f"{what} needs {addresses[0]} from an address to be built: not fetched")
    return [str(one) for one in found]


def _run_apart(command: list[str], home: Path, what: str, live: Live) -> None:
    """Run a command that runs code of a release. Raises `NotRunnable` if it does not go well."""
    if not namespace():
        warn_once("this machine has no network namespaces: what is built can reach the network")
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    own = {"HOME": str(home), "TMPDIR": str(home), "LC_ALL": "C.UTF-8"}
    with (home / "said").open("w+b") as said:
        process = subprocess.Popen(
            [*namespace(), *command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=kept | own,
            cwd=home,
            start_new_session=True,
        )
        live.add(process)
        try:
            status: int | None = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            live.remove(process)
            kill(process.pid)
            end_strays(home)  # what it has left behind, wherever that went
            process.wait()
        words = _last_words(said)
    if status is None:
        raise NotRunnable(f"{what} was not built in {SECONDS} s: {words}")
    if status:
        raise NotRunnable(f"{what} cannot be built: {words}")


def _last_words(said: BinaryIO) -> str:
    """The end of what a build has said, without the hints of uv, in one line."""
    length = said.seek(0, os.SEEK_END)
    said.seek(max(0, length - 8192))
    text = " ".join(said.read().decode(errors="replace").split())
    return text.partition(" hint: ")[0][-300:]


def _find_wheel(out: Path, name: str, version: str) -> Path:
    """The wheel that came of a build, if it is of this very release."""
    for path in out.glob("*.whl"):
        built, of_version, *_ = parse_wheel_filename(path.name)
        if (built, of_version) == (canonicalize_name(name), Version(version)):
            return path
    found = ", ".join(path.name for path in out.glob("*.whl"))
    raise NotRunnable(f"the source distribution of {name} {version} built {found or 'nothing'}")
