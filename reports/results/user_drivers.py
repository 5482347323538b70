"""Drivers of libraries that the suite does not know: modules that declare surfaces when imported.

`--drivers MODULE`, or `WSLIFECYCLE_DRIVERS` with the names between commas. The module adds to
`fixtures.drivers.surfaces.LIBRARIES` and `SURFACES`; it is imported here and in every child, so
at its top level it may import the standard library and `fixtures` only.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterable
from pathlib import Path

from .release import WrongInput

VARIABLE = "WSLIFECYCLE_DRIVERS"


def names() -> tuple[str, ...]:
    """The modules that the user has named."""
    return tuple(filter(None, os.environ.get(VARIABLE, "").split(",")))


def load_drivers(modules: Iterable[str]) -> None:
    """Import the modules. Raises `WrongInput` for one that cannot be, whatever it raises."""
    for name in modules:
        try:
            importlib.import_module(name)
        except (Exception, SystemExit) as error:
            said = f"{type(error).__name__}: {error}"
            raise WrongInput(f"the drivers {name} cannot be imported: {said}") from error


def folders(modules: Iterable[str]) -> list[str]:
    """The folders in which a child finds the modules."""
    depths = [(file(name), name.count(".") + 1) for name in modules]
    return list(dict.fromkeys(str(path.parents[depth - 1]) for path, depth in depths))


def file(name: str) -> Path:
    """The file of a module that has been loaded."""
    spec = importlib.util.find_spec(name)
    assert spec, f"{name} has been loaded"
    return Path(spec.origin or "")
