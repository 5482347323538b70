"""Names of surfaces and scenarios that a command line gives; unknown ones suggest others.

What is suggested is what is spelled alike, and what is called otherwise but means the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.text import suggest

from ..program_name import PROGRAM
from .release import WrongInput

MOST = 3
"""Names that are suggested by their meaning."""


def require_name(what: str, name: str, names: Collection[str]) -> None:
    """Raise `WrongInput` unless this is one of the names, or a glob that matches one."""
    if name not in names and not any(fnmatchcase(one, name) for one in names):
        raise WrongInput(f"no {what} is called {name!r}.{suggest_names(what, name, names)}")


def suggest_names(what: str, name: str, names: Iterable[str]) -> str:
    """What may be meant by a name that is not one of these, and the command that finds more."""
    listed = list(names)
    found = suggest(name, listed)
    meant = _find_meant(what, name)
    if meant and not found:
        found = f" Do you mean {' or '.join(map(repr, meant))}?"
    if what == "surface" and not found:
        return f" There are: {', '.join(listed)}"
    said = " ".join(name.replace("*", " ").replace("_", " ").split())
    return f"{found} To find others: {PROGRAM} find {said}" if said else found


def _find_meant(what: str, name: str) -> list[str]:
    """The surfaces or scenarios whose texts have the words of a name."""
    from ..search.declared_texts import list_cells, make_index  # which only a mistake needs

    place = 0 if what == "surface" else 1
    index = make_index(list_cells(SURFACES.values()))
    hits = index.search(name.replace("_", " "))
    known = SURFACES if what == "surface" else SCENARIOS
    found = dict.fromkeys(hit.cell[place] for hit in hits if hit.cell[place] in known)
    return list(found)[:MOST]
