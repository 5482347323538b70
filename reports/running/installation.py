"""What is installed here of a library, with all that it is run with."""

from __future__ import annotations

import importlib.metadata
import shutil
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fixtures.drivers.surfaces import Library

from ..results.release import NotRunnable
from .environments import Environment, is_installed


def copy_installed(library: Library, folder: Path) -> Environment:
    """Copy the installed distribution, and what it depends on, into an empty folder.

    Its neighbours in site-packages stay behind: a run finds what the library says it needs, and
    those of its companions that are installed; and so does bytecode, which may be of older code.
    Raises `NotRunnable` if it is not installed.
    """
    for distribution in find_distributions(library).values():
        for file in distribution.files or ():
            source = Path(str(distribution.locate_file(file)))
            if ".." not in file.parts and file.suffix != ".pyc" and source.is_file():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, folder / file)
    return Environment(str(folder), importlib.metadata.version(library.name))


def find_distributions(library: Library) -> dict[str, importlib.metadata.Distribution]:
    """What is installed of a library and its companions, and all that they need, by name.

    Raises `NotRunnable` if some of it is not installed.
    """
    names = [library.name, *filter(is_installed, library.companion_pins)]
    found: dict[str, importlib.metadata.Distribution] = {}
    for name in names:
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError as error:
            raise NotRunnable(f"{name} is not installed here: pip install {name}") from error
        if found.setdefault(canonicalize_name(name), distribution) is distribution:
            names += _needs(distribution)
    return found


def _needs(distribution: importlib.metadata.Distribution) -> list[str]:
    """The distributions that this one needs here, without any of its extras."""
    needed = [Requirement(text) for text in distribution.requires or ()]
    return [one.name for one in needed if not one.marker or one.marker.evaluate({"extra": ""})]
