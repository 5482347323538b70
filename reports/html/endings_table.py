"""How connections of a surface end, and what the application is told then: exceptions and codes.

How this works. What ends a connection is read off the wire of a behaviour: the first close frame,
end of TCP or refusal. Behaviours that end alike and tell the same are one row, so that a table of a
few rows stands for hundreds of situations.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fixtures.model.description import show
from fixtures.model.event import APPLICATION, DONE_BY_PEER, OTHER, WIRE, Event
from fixtures.model.scenario import Scenario
from fixtures.model.surface import Surface
from fixtures.model.trace import Trace
from fixtures.model.wire_names import read_opcode_word, read_status

from ..history.file_format import NoBehaviour
from .library_report import LibraryReport
from .table_view import sort_scenarios

PEER_CLOSES, WE_CLOSE, ENDS, REFUSED, UNANSWERED, UNASKED, NEVER = range(7)
"""The kinds of endings, in the order of the table; `WE_CLOSE`: the application or the library."""
NUMBERED = (PEER_CLOSES, WE_CLOSE, REFUSED)
"""Those that a code goes with, or a status."""
TEXTS = {
    PEER_CLOSES: "the peer closes with {}",
    WE_CLOSE: "the application or the library closes with {}",
    REFUSED: "the handshake is answered with {}",
    UNANSWERED: "there is no answer to the handshake, or none that holds",
    UNASKED: "no handshake begins: the address, the name, TCP or TLS fails",
    NEVER: "nothing ends the connection",
}
END_TEXTS = {
    "FIN": "the peer ends TCP without a close frame",
    "FIN without close_notify": "the peer ends TCP without a close frame and without ending TLS",
    "RST": "the peer resets TCP",
    "end of TCP": "the application or the library ends TCP without a close frame",
}
"""The events of the wire that end a connection."""
REQUEST = "request"
OF_A_PROXY = frozenset({"CONNECT", "SOCKS greeting", "SOCKS request", "SOCKS 4 request"})
"""What is asked of a proxy, by the names of the wire."""
SAME, NONE, NO_CODE, INCOMPLETE = "that code", "none", "no code", "half a code"
TELLING = frozenset({"closed", "failed", "raised"})
"""The kinds of events that tell an application of an end."""
MOST_TOLD = 4
MOST_ROWS = 5
"""Rows of an ending that are shown; the others are of few situations."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends a connection: its kind, and what goes with that, such as the close code."""

    kind: int
    detail: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the application is told: exceptions and callbacks, the code, and the frame sent."""

    calls: tuple[str, ...]
    code: str
    frame: str


@dataclass
class EndingRow:
    """What is told at an ending, and the situations in which it is so."""

    ending: Ending
    told: Told
    scenarios: list[Scenario] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EndingGroup:
    """The rows of an ending, or of several alike; `more` is how many further rows there are."""

    text: str
    rows: Sequence[EndingRow]
    more: int


def list_endings(report: LibraryReport, surface: Surface) -> list[EndingGroup]:
    """What the newest release tells at each ending; where it tells nothing, there is no row."""
    found: dict[tuple[Ending, Told], EndingRow] = {}
    for scenario in sort_scenarios(report.scenarios):
        for trace in _list_traces(report, (surface.name, scenario.name)):
            if not _is_one_connection(trace):
                continue
            ending = _find_ending(trace)
            told = _list_told(trace, ending)
            if told.calls:
                row = found.setdefault((ending, told), EndingRow(ending, told))
                if scenario not in row.scenarios:
                    row.scenarios.append(scenario)
    ordered = sorted(found.values(), key=lambda row: _sort_key(row.ending))
    return [
        EndingGroup(_describe(endings), rows[:MOST_ROWS], len(rows[MOST_ROWS:]))
        for rows, endings in _fold(ordered)
    ]


def _fold(rows: Iterable[EndingRow]) -> Iterator[tuple[list[EndingRow], list[Ending]]]:
    """The rows of each ending, most situations first; codes that are told alike, as one ending."""
    folded: dict[object, tuple[list[EndingRow], list[Ending]]] = {}
    for ending, listed in itertools.groupby(rows, lambda row: row.ending):
        own = sorted(listed, key=lambda row: -len(row.scenarios))
        is_alone = len(own) == 1 and ending.kind in NUMBERED
        key = (ending.kind, own[0].told) if is_alone else ending
        if key in folded:
            folded[key][0][0].scenarios += own[0].scenarios
            folded[key][1].append(ending)
        else:
            folded[key] = own, [ending]
    yield from folded.values()


def _sort_key(ending: Ending) -> tuple[int, bool, int, str]:
    """By kind and number; what is no code that may be sent comes last."""
    number = int(ending.detail) if ending.detail.isdigit() else 0
    return ending.kind, number not in range(100, 5000) or number == 999, number, ending.detail


def _describe(endings: Sequence[Ending]) -> str:
    """Endings of one kind in words."""
    kind, details = endings[0].kind, [one.detail for one in endings]
    if kind == ENDS:
        return END_TEXTS[details[0]]
    runs = list(_join_runs(details))
    with_codes = " or ".join(filter(None, [", ".join(runs[:-1]), runs[-1]]))
    return TEXTS[kind].format(with_codes)


def _join_runs(details: Sequence[str]) -> Iterator[str]:
    """Numbers that follow each other as a range, and whatever else there is."""
    places = enumerate(details)
    runs = itertools.groupby(places, lambda at: int(at[1]) - at[0] if at[1].isdigit() else at[1])
    for _, run in runs:
        found = [one for _, one in run]
        yield from [f"{found[0]} to {found[-1]}"] if len(found) > 2 else found


def _list_traces(report: LibraryReport, cell: tuple[str, str]) -> Sequence[Trace]:
    """The runs of a cell in the newest release; none where it is not applicable."""
    if cell not in report.stretches:
        return ()
    known = report.stretches[cell][-1].known
    if isinstance(known, NoBehaviour):
        return ()
    return report.history.traces(cell, report.newest, known)


def _is_one_connection(trace: Trace) -> bool:
    """Whether one connection is asked for, and no proxy: an ending is that of one connection."""
    names = [event.name for event in trace.events if event.lane == WIRE]
    return names.count(REQUEST) < 2 and OF_A_PROXY.isdisjoint(names)


def _find_ending(trace: Trace) -> Ending:
    """What comes first on the wire of a run and ends the connection."""
    wire = [one for one in trace.events if one.lane == WIRE]
    statuses = [status for one in wire if (status := read_status(one.name))]
    if "101" not in statuses:
        if statuses:
            return Ending(REFUSED, statuses[-1])
        is_asked = any(one.name == REQUEST for one in wire)
        return Ending(UNANSWERED if is_asked else UNASKED, "")
    for event in wire:
        by_peer = event.how in DONE_BY_PEER
        if event.how != "not sent" and read_opcode_word(event.name) == "close":
            kind = PEER_CLOSES if by_peer else WE_CLOSE
            code = event.args[0] if event.args else NO_CODE
            return Ending(
                kind, str(code) if code == NO_CODE or isinstance(code, int) else INCOMPLETE
            )
        if event.kind == "end" and event.name in END_TEXTS:
            return Ending(ENDS, event.name)
    return Ending(NEVER, "")


def _list_told(trace: Trace, ending: Ending) -> Told:
    """What tells the application of the end, each once, and the codes."""
    events = [one for one in trace.events if one.lane in (APPLICATION, OTHER)]
    calls = dict.fromkeys(_tell(one) for one in events if one.kind in TELLING)
    told, frame = _find_code(trace), _find_frame(trace)
    has_code = ending.kind in (PEER_CLOSES, WE_CLOSE) and ending.detail.isdigit()
    codes = (SAME if has_code and one == ending.detail else one for one in (told, frame))
    return Told(tuple(calls)[:MOST_TOLD], *codes)


def _tell(event: Event) -> str:
    names = [one["exception"] for one in event.args if isinstance(one, dict) and "exception" in one]
    text = ", ".join(map(str, names))
    if event.how == "called":
        return f"{event.name}({text})" if text else event.name
    if event.how == "raised":
        return f"{event.name} raises {text}"
    if event.how == "returned":
        return f"{event.name} returns {', '.join(map(show, event.args)) or 'None'}"
    return f"{event.name} {event.how} {text}".rstrip()


def _find_code(trace: Trace) -> str:
    """The close code that the application is told, by a callback or an attribute."""
    codes = [one.code for one in trace.events if one.kind in TELLING and one.code is not None]
    if codes:
        return str(codes[0])
    code = trace.facts.get("close_code")
    return NONE if code is None else show(code)


def _find_frame(trace: Trace) -> str:
    """The code of the close frame that is sent to the peer."""
    for event in trace.events:
        is_close = event.lane == WIRE and read_opcode_word(event.name) == "close"
        if is_close and event.how not in DONE_BY_PEER:
            return show(event.args[0]) if event.args else NO_CODE
    return NONE
