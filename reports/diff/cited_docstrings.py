"""The objects whose docstrings a surface's promises cite, and whether those docstrings changed.

How this works. A change is about a name, such as `recv`. Many objects of a library may have it, in
other APIs and in none that an application uses. The promises of a surface say which is meant: they
cite the objects that the documents of its API describe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import suites.promises  # noqa: F401 -- declares the promises
from fixtures.drivers.surfaces import Surface
from suites.judging.promise import PROMISES, Promise

APIS = ("asyncio", "sync", "trio", "legacy")
"""Packages of a library that have objects of the same names."""


def find_promised_object(check: str) -> str:
    """The object whose documentation a promise cites: "WebSocketApp.run_forever", or nothing."""
    promise = PROMISES.get(check)
    if promise is None:
        return ""
    named = re.match(r"(\w+\.)*\w+(?=,|$)", promise.source.place)
    return named[0] if named else ""


def find_promised_docstring(check: str, documents: Mapping[str, str]) -> list[str]:
    """The digest of the docstring that a promise cites, if its surface has that object."""
    promise, name = PROMISES.get(check), find_promised_object(check)
    if promise is None or not name or not _is_of_its_api(promise):
        return []
    return find_docstrings(name, promise.surface.api, documents)


def find_docstrings(name: str, api: str, documents: Mapping[str, str]) -> list[str]:
    """The docstring digests of the objects of this name, in an API or in what all APIs share.

    A function is not a method of that name, nor a method one of another class.
    """
    found = {path: text for path, text in documents.items() if path.endswith(f".{name}")}
    if "." not in name:
        found = {p: t for p, t in found.items() if p.rpartition(".")[0] not in documents}
    own = {path: text for path, text in found.items() if api and api in path.split(".")}
    shared = {p: t for p, t in found.items() if not api or not set(APIS) & set(p.split("."))}
    return sorted((own or shared).values())


def compare_docstrings(
    subject: str, surfaces: Iterable[Surface], old: Mapping[str, str], new: Mapping[str, str]
) -> str:
    """Whether the docstrings of what these surfaces call so have changed, in words.

    Nothing, if none of their promises cites an object of that name, or a release lacks it.
    """
    found: dict[bool, dict[str, dict[str, None]]] = {True: {}, False: {}}
    for surface in surfaces:
        for name in _list_cited(surface, subject):
            was, now = (find_docstrings(name, surface.api, side) for side in (old, new))
            if was and now:
                found[was != now].setdefault(name, {})[surface.api] = None
    mixed = all(found.values())
    texts = [
        f"the docstring of {_join(names, mixed=mixed)} {state}"
        for state, names in (("has changed", found[True]), ("is the same in both", found[False]))
        if names
    ]
    return "; ".join(texts)


def _join(names: Mapping[str, Iterable[str]], *, mixed: bool) -> str:
    """Names of objects; where one of them has changed in one API only, with their APIs."""
    apis = {name: ", ".join(filter(None, found)) if mixed else "" for name, found in names.items()}
    return ", ".join(f"{name} ({apis[name]})" if apis[name] else name for name in names)


def _list_cited(surface: Surface, subject: str) -> list[str]:
    """The objects of this name that the promises of a surface cite."""
    cited = {
        find_promised_object(check): None
        for check, promise in PROMISES.items()
        if promise.surface == surface and _is_of_its_api(promise)
    }
    return [name for name in cited if f".{name}".endswith(f".{subject}")]


def _is_of_its_api(promise: Promise) -> bool:
    """Whether the page that a promise cites is not that of another API of the library."""
    folder = re.search(r"/reference/(\w+)/", promise.source.page)
    if folder is None:
        return True
    api = promise.surface.api
    return folder[1] == api if api else folder[1] not in APIS
