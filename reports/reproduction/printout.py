"""What a script prints when it shows what a trace shows: its docstring says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from fixtures.drivers.surfaces import WEBSOCKET_CLIENT, Surface
from fixtures.model.description import Value, show
from fixtures.model.event import APPLICATION, OTHER, WIRE, Event
from fixtures.model.trace import Trace
from suites.judging.trace_queries import frame_marks


def expected_lines(trace: Trace, surface: Surface, silent: Set[str] = frozenset()) -> list[str]:
    """The lines: the application's, then those from elsewhere, then the peer's.

    How the three run into each other is a matter of chance, and left out.
    """
    lanes: dict[str, list[str]] = {APPLICATION: [], "the end": [], OTHER: [], WIRE: []}
    for event in trace.events:
        if event.lane == WIRE:
            lanes[WIRE] += _on_the_wire(event)
        elif event.lane in lanes and event.kind not in silent:
            lanes[event.lane].append("elsewhere: " * (event.lane == OTHER) + _line(event))
    for name in ("close_code", "close_reason"):
        if name in trace.facts and surface.library != WEBSOCKET_CLIENT:
            lanes["the end"].append(f"{name}: {_shown(trace.facts[name])}")
    return [line for lines in lanes.values() for line in lines]


def _line(event: Event) -> str:
    name, how, args = event.name, event.how, ", ".join(map(_shown, event.args))
    if how in ("called", "acted"):
        return f"{'the application: ' * (how == 'acted')}{name}({args})"
    return f"{name} -> {args or 'None'}" if how == "returned" else f"{name} {how} {args}".rstrip()


def _on_the_wire(event: Event) -> Iterator[str]:
    name = event.name
    if name == "TCP open":
        yield "peer: TCP is left open"
    elif event.how != "received":
        return
    elif name == "end of TCP" or name.endswith(" response"):
        status = f"response {name.split()[0]}"
        yield f"peer: received {'the end of TCP' if name == 'end of TCP' else status}"
    elif event.kind != "handshake":
        args = event.args[: len(event.args) - len(frame_marks(event))]
        payload = [repr(one.encode()) if isinstance(one, str) else show(one) for one in args]
        yield " ".join([f"peer: received {name.removesuffix(' frame')}", *payload])


def _shown(value: Value) -> str:
    if isinstance(value, dict) and "exception" in value:
        # A text may name the function that it is about, which is another one in a script.
        text = re.sub(r"[\w.<>]+\.<lambda>\(\)", "main.<locals>.<lambda>()", value["text"])
        return f"{value['exception']}({text})"
    if isinstance(value, dict) and "object" in value:
        return str(value["object"])
    return show(value)
