"""The source of an idiom of websockets, with all that it uses, as a script has it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any

from fixtures.drivers import websockets_idioms
from fixtures.drivers.surfaces import Surface
from fixtures.model.settings import Settings

from .literals import NotWritten, express

PACKAGE = websockets_idioms.__name__
DECORATOR = re.compile(r"\A@.*?(?=^(?:async )?def )", re.S | re.M)
OF_THE_DRIVER = re.compile(r"\bdriver\.(\w+)")
KNOWN = {"call", "call_async", "close", "give_up_after", "record", "wait_for_ever"}
"""What a script's `Driver` has, besides the usual way to receive."""
PLAIN = (str, int, float)


def find_idiom(surface: Surface, settings: Settings) -> dict[str, Any]:
    """What a template calls the idiom: its `function`, the `lines` that define it, what it `uses`.

    Raises `NotWritten` for an idiom that uses what a script has not got.
    """
    if not settings.idiom:
        return {"function": "", "lines": [], "uses": []}
    blocking = websockets_idioms.TRIO if surface.on_trio else websockets_idioms.THREADS
    api = websockets_idioms.COROUTINES if surface.on_asyncio else blocking
    try:
        function = websockets_idioms.find(api, settings.idiom)
    except KeyError as error:
        raise NotWritten(f"the idiom {error} is not supported") from error
    assert function is not None
    found: dict[str, str] = {}
    _collect(function, found)
    known = KNOWN | {"receive" if surface.role == "client" else "iterate"}
    uses = sorted({*OF_THE_DRIVER.findall("\n".join(found.values()))})
    strange = [one for one in uses if one not in known]
    if strange:
        raise NotWritten(f"{strange[0]} of a driver, which an idiom uses, is not supported")
    return {"function": function.__name__, "lines": [*found.values()], "uses": uses}


def _collect(function: Callable[..., Any], found: dict[str, str]) -> None:
    """Add the definitions of what a function uses, and then its own, to those that are found."""
    found.setdefault(function.__name__, "")
    for name in dict.fromkeys(_list_names(function.__code__)):
        value = inspect.unwrap(function).__globals__.get(name)
        if name in found or value is None or isinstance(value, ModuleType):
            continue
        if isinstance(value, PLAIN):
            found[name] = f"{name} = {express(value)}"
        elif getattr(value, "__module__", "").startswith(PACKAGE):
            _collect(value, found)
        else:
            raise NotWritten(f"{name}, which an idiom uses, is not supported")
    del found[function.__name__]  # it comes behind what it uses
    source = inspect.getsource(function)
    found[function.__name__] = DECORATOR.sub("", source)


def _list_names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _list_names(inner)
