"""A cell as a person reads it: the one-screen story of a failure, and the whole timeline."""

from __future__ import annotations

from fixtures.model.description import show
from fixtures.model.event import APPLICATION, OTHER, RUN, WIRE, Event, describe_wire_event
from fixtures.model.trace import Trace

from ..judging.judge import BROKEN, FIXED, KNOWN, NOT_TESTABLE, UNSTABLE, CellVerdict, Verdict
from ..judging.rules import RULES

LIMIT = 110


def story(cell: CellVerdict) -> str:
    """What is wrong with a cell, what was seen, who says so, and how to see it again."""
    lines = [f"{cell.surface}: {cell.scenario.doc.rstrip('.')}"]
    if cell.word == NOT_TESTABLE:
        lines += [_line("not testable", problem) for problem in cell.problems]
    if cell.word == UNSTABLE:
        lines.append(_line("unstable", f"several behaviours: {cell.behaviours}"))
    for verdict in cell.having(BROKEN, FIXED):
        lines += _told(verdict)
    for trace in _distinct(cell):
        lines.append(_line("recorded", _events(trace)))
        lines.append(_line("on the wire", on_the_wire(trace)))
        for event in trace.lanes[RUN]:
            where = event.details.get("where", ())
            if event.kind == "hang":
                lines.append(_line("hangs in", " > ".join(where[-6:])))
            elif cell.word == NOT_TESTABLE:
                lines += where
    lines.append(_line("library", f"{cell.traces[0].loaded.library} {_version(cell)}"))
    lines.append(_line("RFC 6455", cell.scenario.rfc))
    lines.append(_line("again with", f'pytest "{cell.node}" --trace'))
    return "\n".join(lines)


def known_story(cell: CellVerdict) -> str:
    """The reasons and links of a cell's known deviations, in one line each."""
    told = dict.fromkeys(
        f"known ({v.deviation.issue.reason}): {v.deviation.issue.why} {v.deviation.issue.link}"
        for v in cell.having(KNOWN)
        if v.deviation
    )
    return "; ".join(told)


def timeline(cell: CellVerdict) -> str:
    """Every event of every distinct trace, wire and application in one order, then the facts."""
    lines = [f"{cell.surface} in {cell.scenario} ({cell.scenario.doc}) is {cell.word}"]
    runs = len(cell.traces)
    for trace in _distinct(cell):
        count = cell.behaviours[trace.behaviour_id]
        times = f", {count} of {runs} runs" if runs > 1 else ""
        lines.append(f"  behaviour {trace.behaviour_id}{times}; ends: {trace.waited}")
        lines += [f"    {line}" for line in list_events(trace)]
    for verdict in cell.ordered:
        lines.append(f"  {verdict.word:13} {verdict.check}: {verdict.recorded}")
    lines += [f"  not testable: {problem}" for problem in cell.problems]
    return "\n".join(lines)


def list_events(trace: Trace) -> list[str]:
    """Every event, wire and application in one order, then the facts, a line each."""
    facts = [f"{name}: {_fact(value)}" for name, value in trace.facts.items()]
    return [*map(_column, trace.events), *facts]


def on_the_wire(trace: Trace) -> str:
    """The wire's lane in words: `server sent close 1000 'bye'; client sent close 1000`."""
    deeds = (
        describe_wire_event(event)
        for event in trace.lanes[WIRE]
        if event.name != "request" and (event.name != "101 response" or event.args)
    )
    return "; ".join(deeds) or "nothing after the opening handshake"


def _told(verdict: Verdict) -> list[str]:
    if verdict.word == FIXED:
        mend = "a known deviation that no longer happens: delete its entry"
        return [_line("fixed", f"{verdict.check}: {mend}"), _line("recorded", verdict.recorded)]
    lines = [
        _line("rule" if verdict.check in RULES else "promised", verdict.expected),
        _line("found", verdict.recorded),
        _line("check", verdict.check),
        _line("source", verdict.source),
    ]
    if verdict.deviation:
        lines.append(
            _line("listed", f"as {' or '.join(verdict.deviation.signatures)}, which this is not")
        )
    return lines


def _line(label: str, text: str) -> str:
    return f"  {label:<11} {text}"


def _distinct(cell: CellVerdict) -> list[Trace]:
    return list({trace.behaviour_id: trace for trace in cell.traces}.values())


def _events(trace: Trace) -> str:
    return ", ".join(str(e) for e in trace.events if e.lane in (APPLICATION, OTHER, "run"))


def _column(event: Event) -> str:
    indent = {WIRE: 40, OTHER: 4}.get(event.lane, 0)
    raw = event.details.get("raw", "")
    shown = f"  [{raw[:40]}{'...' if len(raw) > 40 else ''}]" if raw else ""
    text = describe_wire_event(event) if event.lane == WIRE else str(event)
    return f"{' ' * indent}{text}{shown}"


def _fact(value: object) -> str:
    text = show(value)
    return text if len(text) < LIMIT else f"{text[:LIMIT]}..."


def _version(cell: CellVerdict) -> str:
    loaded = cell.traces[0].loaded
    return f"{loaded.version}, {loaded.python}"
