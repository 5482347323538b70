"""What a script prints when it shows what a trace shows: its docstring says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from http import HTTPStatus

from fixtures.drivers.surfaces import WEBSOCKET_CLIENT, Surface
from fixtures.model.description import Value, show
from fixtures.model.event import APPLICATION, OTHER, WIRE, Event
from fixtures.model.trace import Trace
from fixtures.peer import wire
from suites.judging.trace_queries import frame_marks

RECEIVED = {
    "end of TCP": "the end of TCP",
    **{f"{int(status)} response": f"response {int(status)}" for status in HTTPStatus},
    **{f"{name} frame": name for name in wire.OPCODE_NAMES.values()},
}
"""What a script calls that which its peer receives, by what a trace calls it."""
UNKNOWN_TEXT = "..."
"""The text of an exception in a trace that has no texts, such as a stored one."""


def list_printed_lines(trace: Trace, surface: Surface, silent: Set[str] = frozenset()) -> list[str]:
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
            lanes["the end"].append(f"{name}: {_show(trace.facts[name])}")
    return [line for lines in lanes.values() for line in lines]


def _line(event: Event) -> str:
    name, how, args = event.name, event.how, ", ".join(map(_show, event.args))
    if how in ("called", "acted"):
        return f"{'the application: ' * (how == 'acted')}{name}({args})"
    return f"{name} -> {args or 'None'}" if how == "returned" else f"{name} {how} {args}".rstrip()


def _on_the_wire(event: Event) -> Iterator[str]:
    if event.name == "TCP open":
        yield "peer: TCP is left open"
    elif event.how == "received" and event.name in RECEIVED:
        args = event.args[: len(event.args) - len(frame_marks(event))]
        payload = [repr(one.encode()) if isinstance(one, str) else show(one) for one in args]
        yield " ".join(["peer: received", RECEIVED[event.name], *payload])


def _show(value: Value) -> str:
    if isinstance(value, dict) and "exception" in value:
        # A text may name the function that it is about, which is another one in a script.
        text = value.get("text", UNKNOWN_TEXT)
        text = re.sub(r"[\w.<>]+\.<lambda>\(\)", "main.<locals>.<lambda>()", text)
        return f"{value['exception']}({text})"
    if isinstance(value, dict) and "object" in value:
        return str(value["object"])
    return show(value)
