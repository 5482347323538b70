"""What a script prints when it shows what a trace shows."""

from __future__ import annotations

import re
from collections.abc import Set

from fixtures.drivers.surfaces import TORNADO, WEBSOCKETS, Surface
from fixtures.model.description import Value, show
from fixtures.model.event import APPLICATION, OTHER, WIRE, Event
from fixtures.model.trace import Trace

FACTS = {WEBSOCKETS: ("close_code", "close_reason"), TORNADO: ("close_code", "close_reason")}
"""End facts that scripts tell."""


def told(trace: Trace, surface: Surface, silent: Set[str] = frozenset()) -> list[str]:
    """The lines: the application's, then those from elsewhere, then the peer's.

    How the three run into each other is a matter of chance, and not told.
    """
    lanes: dict[str, list[str]] = {APPLICATION: [], OTHER: [], WIRE: []}
    for event in trace.events:
        lane = event.lane
        if lane == WIRE:
            lanes[lane] += _on_the_wire(event)
        elif lane in lanes and event.kind not in silent:
            where = "elsewhere: " if lane == OTHER else ""
            lanes[lane].append(where + _line(event))
    facts = [name for name in FACTS.get(surface.library, ()) if name in trace.facts]
    ends = [f"{name}: {_shown(trace.facts[name])}" for name in facts]
    return [*lanes[APPLICATION], *ends, *lanes[OTHER], *lanes[WIRE]]


def _line(event: Event) -> str:
    name, how = event.name, event.how
    args = ", ".join(map(_shown, event.args))
    if how == "called":
        return f"{name}({args})"
    if how == "acted":
        return f"the application: {name}({args})"
    if how == "returned":
        return f"{name} -> {args or 'None'}"
    return f"{name} {how} {args}".rstrip()


def _on_the_wire(event: Event) -> list[str]:
    name, how = event.name, event.how
    if name == "TCP open":
        return ["peer: TCP is left open"]
    if how != "received" or (event.kind == "handshake" and not name.endswith(" response")):
        return []
    if name == "end of TCP":
        return ["peer: received the end of TCP"]
    if name.endswith(" response"):
        return [f"peer: received response {name.split()[0]}"]
    args = [_payload(arg) for arg in event.args if not _is_oddity(arg)]
    if name == "close frame" and len(args) == 2:
        args[0] = str(event.args[0])
    return [" ".join([f"peer: received {name.removesuffix(' frame')}", *args])]


def _is_oddity(arg: Value) -> bool:
    return arg in ("not final", "masked wrongly") or str(arg).startswith("rsv ")


def _payload(arg: Value) -> str:
    return repr(arg.encode()) if isinstance(arg, str) else show(arg)


def _shown(value: Value) -> str:
    if isinstance(value, dict) and "exception" in value:
        # A text may name the function that it is about, which is another one in a script.
        text = re.sub(r"[\w.<>]+\.<lambda>\(\)", "main.<locals>.<lambda>()", value["text"])
        return f"{value['exception']}({text})"
    if isinstance(value, dict) and "object" in value:
        return str(value["object"])
    return show(value)
