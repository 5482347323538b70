"""The choice of libraries and surfaces for a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library, Surface
from fixtures.model.errors import UserError
from fixtures.model.text import suggest
from fixtures.run.distribution import find_installed, is_installed


class SelectionError(UserError):
    """The user asks for something unknown or absent; the text says what there is."""


def select_libraries(names: Sequence[str]) -> list[Library]:
    """The libraries asked for, or every known one that is installed.

    Raises `SelectionError` for an unknown name, for a library that is not installed, and if no
    known library is installed.
    """
    for name in names:
        _require_known("library", name, LIBRARIES)
        if not is_installed(LIBRARIES[name]):
            raise SelectionError(
                f"{name} is not installed here; try: uv run --with {name} pytest --library {name}"
            )
    found = [LIBRARIES[name] for name in names] or find_installed()
    if not found:
        raise SelectionError(f"no library to test is installed; known are {', '.join(LIBRARIES)}")
    return found


def select_surfaces(names: Sequence[str], libraries: Sequence[Library]) -> list[Surface]:
    """The surfaces asked for, or all of these libraries.

    Raises `SelectionError` for an unknown name and for a surface of another library.
    """
    for name in names:
        _require_known("surface", name, SURFACES)
        if SURFACES[name].library not in libraries:
            raise SelectionError(
                f"surface {name} belongs to {SURFACES[name].library}, which is not selected or "
                "not installed"
            )
    chosen = [SURFACES[name] for name in names] or list(SURFACES.values())
    return [surface for surface in chosen if surface.library in libraries]


def _require_known(what: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        hint = suggest(name, names)
        raise SelectionError(f"no {what} is called {name!r}.{hint} There are: {', '.join(names)}")
