"""Sentences on an exception in whose place another one is raised."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from fixtures.model.description import Value

from .statement import Reading, Shape, Statement, list_names, pair_attributes
from .terms import find_attributes, format_attributes, list_new_attributes, strip_wording
from .value_names import ValueNames, format_both


def state_other_error(
    name: str, old: Reading, was: Value, new: Reading, now: Value
) -> Iterator[Statement]:
    """What differs between two exceptions, their causes included."""
    error = f"the {now['exception']} that {name} raises"
    same_class = was["exception"] == now["exception"]
    texts = []
    for key in (key for key in find_attributes(now) if key in was):
        before = strip_wording({key: was[key]}, old.names)
        after = strip_wording({key: now[key]}, new.names)
        grown = list_new_attributes(before[key], after[key])
        if grown and same_class:
            yield Statement(f"`{key}` of {error} now has {list_names(grown)}", new=True)
        elif before != after:
            form = functools.partial(_attribute, key=key)
            shown = format_both(form, (was, old.names), (now, new.names))
            texts.append(f"its `{key}` was {shown[0]}, now is {shown[1]}")
    if same_class:
        yield from _state_parts(name, error, was, now, texts)
        return
    heads = (_error(was, old.names, now), _error(now, new.names, was))
    yield Statement("; ".join([f"{name} raised {heads[0]}, now raises {heads[1]}", *texts]))


def _state_parts(
    name: str, error: str, was: Value, now: Value, texts: list[str]
) -> Iterator[Statement]:
    """What differs between two exceptions of one class; `texts` says it of their attributes."""
    if texts:
        head = f"{name} still raises {now['exception']}, but {texts[0]}"
        yield Statement("; ".join([head, *texts[1:]]))
    own = [{key: one[key] for key in find_attributes(one)} for one in (was, now)]
    renamed, gone, come = pair_attributes(*own)
    for key, key_now in renamed.items():
        yield Statement(f"`{key}` of {error} is now called `{key_now}`")
    if gone:
        yield Statement(f"{error} no longer has {list_names(gone)}")
    if come:
        yield Statement(f"{error} now has {list_names(come)}", new=True)
    bases = [", ".join(one.get("bases", ())) or "nothing" for one in (was, now)]
    if bases[0] != bases[1]:
        yield Statement(f"{error} was derived from {bases[0]}, now is derived from {bases[1]}")
    causes = [one.get("cause", {}).get("exception", "nothing") for one in (was, now)]
    if causes[0] != causes[1]:
        before = f"the __cause__ of what {name} raises was {causes[0]}, now is "
        yield Statement.of(Shape(before, causes[1], scattered=True))


def _attribute(error: Value, names: ValueNames, key: str) -> str:
    """An attribute in words."""
    return format_attributes(error, names).get(key, "None")


def _error(error: Value, names: ValueNames, other: Value) -> str:
    """An exception with those of its attributes that the other one does not have."""
    shown = ", ".join(
        f"{key}={text}"
        for key, text in format_attributes(error, names).items()
        if key not in find_attributes(other)
    )
    return f"{error['exception']}({shown})" if shown else str(error["exception"])
