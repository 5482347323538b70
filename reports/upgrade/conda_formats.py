"""What conda and pixi write, and what people write for them: pins only.

How this works. Packages of conda have the names and the releases of the Python Package Index. One
file is for several platforms, and may be for several Pythons: a pin prefers those that it is for.
Each reader raises `ValueError` for a file that is malformed, or that names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from .lock_markers import SUBDIRS
from .lock_pins import (
    EMPTY,
    UNREADABLE,
    Found,
    LockText,
    Pin,
    hide_secrets,
    pin_address,
    pin_file,
    pin_path,
    pin_range,
    pin_release,
    require_any,
)
from .requirements_files import read_lines
from .yaml_input import decode_yaml

SUFFIXES = (".conda", ".tar.bz2")
EXPORTED = re.compile(r"[\w.-]+=[^=\s]+=[^=\s]+")
"""A line of `conda list --export`: name, release, build."""
LISTED = re.compile(r"(?P<name>[\w.-]+)\s+(?P<version>\S+)\s+(?P<rest>\S.*)")
"""A line of `conda list`: name, release, build, channel."""
CONDA_TEXT = re.compile(
    r"^# (packages in environment at|This file may be used to create an environment using)"
    r"|^@EXPLICIT[ \t]*$",
    re.MULTILINE,
)
"""What stands in a list that conda has written, whatever the file is called."""


class _CondaLocked(msgspec.Struct):
    name: str
    version: str = ""
    manager: str = "conda"
    platform: str = ""
    url: str = ""
    category: str = "main"


class _CondaLock(msgspec.Struct):
    package: tuple[_CondaLocked, ...]


class _PixiPackage(msgspec.Struct):
    kind: str = ""
    conda: str = ""
    pypi: str = ""
    name: str = ""
    version: str = ""
    url: str = ""
    path: str = ""


class _PixiEnvironment(msgspec.Struct):
    packages: dict[str, tuple[_PixiPackage, ...]]
    indexes: tuple[str, ...] = ()


class _PixiLock(msgspec.Struct):
    environments: dict[str, _PixiEnvironment]
    packages: tuple[_PixiPackage, ...]


class _CondaEnvironment(msgspec.Struct):
    dependencies: tuple[str | dict[str, tuple[str, ...]], ...]


def read_conda_lock(file: LockText) -> Found:
    """What a conda-lock.yml pins."""
    packages = decode_yaml(file.text, _CondaLock).package
    pythons = {one.platform: one.version for one in packages if one.name == "python"}
    for one in require_any(packages):
        is_pip = one.manager == "pip"
        pin = _pin_pypi(file.path, one.url, one.version) if is_pip else pin_release(one.version)
        prefers = _prefer(one.platform, pythons.get(one.platform, ""))
        yield one.name, pin.where(prefers=prefers, main=one.category == "main")


def read_pixi(file: LockText) -> Found:
    """What a pixi.lock pins, in all of its environments; the one called `default` goes first."""
    lock = decode_yaml(file.text, _PixiLock)
    known = {_locate(one): one for one in require_any(lock.packages)}
    for name, environment in lock.environments.items():
        for platform, listed in environment.packages.items():
            found = [known.get(_locate(one), one) for one in listed]
            pins = [_pin_pixi(file.path, one, environment.indexes) for one in found]
            python = next((pin.what for called, pin in pins if called == "python"), "")
            prefers = _prefer(platform, python)
            for called, pin in pins:
                yield called, pin.where(prefers=prefers, main=name == "default")


def read_environment(file: LockText) -> Found:
    """What an environment.yml pins.

    `=6.4` is any release of 6.4; only in what `conda env export` wrote, where every line has one
    and Python has three numbers, is it a release.
    """
    listed = decode_yaml(file.text, _CondaEnvironment).dependencies
    lines = [one for one in require_any(listed) if isinstance(one, str)]
    is_exact = all(re.search(r"[^=<>!~]=[^=]", line) for line in lines) and any(
        re.match(r"python==?\d+\.\d+\.\d+", line) for line in lines
    )
    for one in listed:
        if isinstance(one, str):
            yield from _read_spec(one, is_exact=is_exact)
        else:
            text = "\n".join(line for lines in one.values() for line in lines)
            yield from read_lines(replace(file, text=text), "(pip)")


def read_conda_list(file: LockText) -> Found:
    """What `conda list` says, with `--export` or `--explicit` too."""
    found = 0
    for line in map(str.strip, file.text.splitlines()):
        for named in _read_listed(file.path, line):
            found += 1
            yield named
    if not found:
        raise ValueError(EMPTY)


def is_conda_list(text: str) -> bool:
    """Whether a text is a list that conda has written, with its head or without."""
    if re.search(r"^dependencies:", text, re.MULTILINE):  # an environment.yml with such a head
        return False
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return bool(CONDA_TEXT.search(text)) or (
        bool(lines) and all(EXPORTED.fullmatch(line.strip()) for line in lines)
    )


def _read_listed(path: Path, line: str) -> Iterator[tuple[str, Pin]]:
    if re.match(r"https?://|file://", line):
        yield _split_archive(line)
    elif EXPORTED.fullmatch(line):
        name, version, build = line.split("=")
        yield name, _pin_listed(version, build)
    elif (listed := LISTED.fullmatch(line)) and not line.startswith("#"):
        yield listed["name"], _pin_listed(listed["version"], listed["rest"])


def _pin_listed(version: str, rest: str) -> Pin:
    """A release of a list; what `<develop>` says of pip's own is that it is no release."""
    if "<develop>" in rest or rest == "dev_0":
        return Pin(UNREADABLE, "it is a checkout of another machine")
    return pin_release(version)


def _read_spec(line: str, *, is_exact: bool) -> Iterator[tuple[str, Pin]]:
    """A line such as `conda-forge::tornado=6.4.1=py311h9_0`, `tornado ==6.4.1` or `tornado>=6`."""
    bare = re.sub(r"\s*\[.*\]\s*$|\s*#.*$", "", line).rpartition("::")[2].strip()
    spec = re.fullmatch(r"(?P<name>[\w.-]+)\s*(?P<asked>.*)", bare)
    if spec:
        yield spec["name"], _pin_spec(spec["asked"].strip(), is_exact=is_exact)


def _pin_spec(asked: str, *, is_exact: bool) -> Pin:
    exact = re.fullmatch(r"==\s*([^=*,|\s]+)(?:\s*=+\s*\S+)?", asked)
    built = re.fullmatch(r"=?\s*([^=<>!~*,|\s]+)(?:=|\s+)[^=\s]+", asked)
    fuzzy = re.fullmatch(r"=\s*([^=*,|\s]+)", asked)
    if exact or built:
        return pin_release((exact or built or [""])[1])
    if fuzzy and (is_exact or fuzzy[1].count(".") > 1):
        return pin_release(fuzzy[1])
    return pin_range(asked or "any release")


def _pin_pixi(path: Path, one: _PixiPackage, indexes: tuple[str, ...]) -> tuple[str, Pin]:
    """The name and the pin of a package, which says what it is in one of several ways."""
    address = one.pypi or one.conda or one.url or one.path
    is_pypi = bool(one.pypi) or one.kind == "pypi"
    if is_pypi:
        return one.name or _name_archive(address), _pin_pypi(path, address, one.version, indexes)
    if "://" not in address:
        return one.name or address, pin_path(path, address)
    name, pin = _split_archive(address)
    return (one.name or name), (pin_release(one.version) if one.version else pin)


def _pin_pypi(path: Path, address: str, version: str, indexes: tuple[str, ...] = ()) -> Pin:
    """A package of pip: of the index, or from elsewhere."""
    if not address:
        return pin_release(version)
    if address.startswith("file:"):
        return pin_file(path, address)
    if "://" not in address:
        return pin_path(path, address)
    hosts = [re.sub(r"^(https?://[^/]*/).*", r"\1", index) for index in indexes]
    is_index = any(address.startswith(host) for host in hosts if host.endswith("/"))
    return pin_address(address, is_index=is_index)


def _locate(one: _PixiPackage) -> str:
    """What stands for a package where an environment lists it."""
    return one.conda or one.pypi or one.url or one.path


def _split_archive(address: str) -> tuple[str, Pin]:
    """The name and the release of a package by the name of its archive: name-release-build."""
    plain = hide_secrets(address).rpartition("/")[2]
    stem = next((plain.removesuffix(end) for end in SUFFIXES if plain.endswith(end)), plain)
    parts = stem.rsplit("-", 2)
    if len(parts) < 3 or stem == plain:
        return parts[0], Pin(UNREADABLE, "its archive has no name that conda gives")
    return parts[0], pin_release(parts[1])


def _name_archive(address: str) -> str:
    return hide_secrets(address).rpartition("/")[2].partition("-")[0]


def _prefer(platform: str, python: str) -> tuple[str, ...]:
    """The markers of a platform of conda and of a Python."""
    series = ".".join(python.split(".")[:2])
    is_version = re.fullmatch(r"\d+\.\d+", series)
    return SUBDIRS.get(platform, ""), f"python_version == '{series}'" if is_version else ""
