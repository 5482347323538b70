"""Names of surfaces, scenarios and checks that somebody gives; unknown ones suggest others.

What is suggested is what is spelled alike, and what is called otherwise but means the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Set
from difflib import get_close_matches
from fnmatch import fnmatchcase

from fixtures.drivers.surfaces import SURFACES

from ..program_name import PROGRAM
from .release import WrongInput

ALIKE = 0.8
"""How much of a name has to be alike for it to be one that is misspelled."""
MOST = 3
"""Names that are suggested by their meaning."""


def require_name(what: str, name: str, names: Collection[str]) -> None:
    """Raise `WrongInput` unless this is one of the names, or a glob that matches one."""
    if name not in names and not any(fnmatchcase(one, name) for one in names):
        raise WrongInput(f"no {what} is called {name!r}.{suggest_names(what, name, names)}")


def suggest_names(what: str, name: str, names: Iterable[str]) -> str:
    """What may be meant by a name that is not one of these, and the command that finds more."""
    listed = list(names)
    found = "".join(f" Did you mean {one!r}?" for one in get_close_matches(name, listed, 1, ALIKE))
    meant = _find_meant(what, name, set(listed))
    if meant and not found:
        found = f" Do you mean {' or '.join(map(repr, meant))}?"
    if what == "surface" and not found:
        return f" There are: {', '.join(listed)}"
    said = " ".join(name.replace("*", " ").replace("_", " ").split())
    return f"{found} To find others: {PROGRAM} find {said}" if said else found


def _find_meant(what: str, name: str, names: Set[str]) -> list[str]:
    """Those of the surfaces, scenarios or checks whose texts have the words of a name."""
    from ..search import declared_texts  # which only a mistake needs
    from ..search.found_scenarios import choose_hits

    if what == "check":
        place, index = 0, declared_texts.make_check_index()
    else:
        place = 0 if what == "surface" else 1
        index = declared_texts.make_index(declared_texts.list_cells(SURFACES.values()))
    hits = index.search(re.sub(r"[_.]", " ", name))
    chosen = choose_hits([hit for hit in hits if hit.cell[place] in names])
    return list(dict.fromkeys(hit.cell[place] for hit in chosen))[:MOST]
