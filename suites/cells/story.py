"""A cell as text: the one-screen story of a failure, and the whole timeline."""

from __future__ import annotations

from collections import Counter

from fixtures.model.description import show
from fixtures.model.duration_class import CONNECTS_AGAIN, HANG
from fixtures.model.event import (
    APPLICATION,
    OTHER,
    RUN,
    WIRE,
    Event,
    describe_event,
    describe_wire_event,
)
from fixtures.model.trace import Trace
from fixtures.run.duration import describe_end

from ..judging.judge import BROKEN, FIXED, KNOWN, NOT_TESTABLE, UNSTABLE, CellVerdict, Verdict
from ..judging.rules import RULES

LIMIT = 110


def format_story(cell: CellVerdict, *, again: bool = True) -> str:
    """What is wrong with a cell, what was recorded, the source, and how to run it `again`."""
    lines = [f"{cell.surface}: {cell.scenario.doc.rstrip('.')}"]
    if cell.word == NOT_TESTABLE:
        lines += [_format_line("not testable", problem) for problem in cell.problems]
    if cell.word == UNSTABLE:
        lines.append(_format_line("unstable", f"several behaviours: {cell.behaviours}"))
    for verdict in cell.select(BROKEN, FIXED):
        lines += _format_verdict(verdict)
    for trace in _list_distinct(cell):
        lines.append(_format_line("recorded", _format_events(trace)))
        lines.append(_format_line("on the wire", describe_wire(trace)))
        for event in trace.lanes[RUN]:
            where = event.details.get("where", ())
            if event.kind in (HANG, CONNECTS_AGAIN):
                label = "hangs in" if event.kind == HANG else "is in"
                lines.append(_format_line(label, " > ".join(where[-6:])))
            elif cell.word == NOT_TESTABLE:
                lines += where
    lines.append(
        _format_line("library", f"{cell.traces[0].loaded.library} {_format_version(cell)}")
    )
    lines.append(_format_line("RFC 6455", cell.scenario.rfc))
    if again:
        lines.append(_format_line("again with", f'pytest "{cell.node}" --trace'))
    return "\n".join(lines)


def format_known(cell: CellVerdict) -> str:
    """The reasons and links of a cell's known deviations, in one line each."""
    texts = dict.fromkeys(
        f"known ({v.deviation.issue.reason}): {v.deviation.issue.why} {v.deviation.issue.link}"
        for v in cell.select(KNOWN)
        if v.deviation
    )
    return "; ".join(texts)


def format_timeline(cell: CellVerdict) -> str:
    """Every event of every distinct trace, wire and application in one order, then the facts."""
    lines = [f"{cell.surface} in {cell.scenario} ({cell.scenario.doc}) is {cell.word}"]
    runs = len(cell.traces)
    for trace in _list_distinct(cell):
        count = cell.behaviours[trace.behaviour_id]
        times = f", {count} of {runs} runs" if runs > 1 else ""
        ending = describe_end(trace, cell.surface.timeouts)
        lines.append(f"  behaviour {trace.behaviour_id}{times}; ends: {ending}")
        lines += [f"    {line}" for line in list_events(trace)]
    for verdict in cell.ordered:
        lines.append(f"  {verdict.word:13} {verdict.check}: {verdict.text}")
    lines += [f"  not testable: {problem}" for problem in cell.problems]
    return "\n".join(lines)


def list_events(trace: Trace) -> list[str]:
    """Every event, wire and application in one order, then the facts, a line each."""
    facts = [f"{name}: {_format_fact(value)}" for name, value in trace.facts.items()]
    return [*map(_format_event, trace.events), *facts]


def describe_wire(trace: Trace, *, whole: bool = False) -> str:
    """The lane of the wire in words: `server sent close 1000 'bye'; client sent close 1000`.

    An opening handshake that is as it always is stands there if it is not the first, or if the
    `whole` is asked for.
    """
    texts = []
    requests = Counter[str]()
    for event in trace.lanes[WIRE]:
        requests[event.where] += event.name == "request"
        usual = event.name == "request" or (event.name == "101 response" and not event.args)
        if whole or not usual or requests[event.where] > 1:
            texts.append(describe_wire_event(event))
    return "; ".join(texts) or "nothing after the opening handshake"


def _format_verdict(verdict: Verdict) -> list[str]:
    if verdict.word == FIXED and verdict.deviation:
        issue = verdict.deviation.issue.id
        mend = f"it holds, and the issue {issue!r} says that it does not: take this scenario out"
        return [
            _format_line("fixed", f"{verdict.check}: {mend}"),
            _format_line("found", verdict.text),
        ]
    lines = [
        _format_line("rule" if verdict.check in RULES else "promised", verdict.expected),
        _format_line("found", verdict.text),
        _format_line("check", verdict.check),
        _format_line("source", verdict.source),
    ]
    if verdict.text != verdict.recorded:
        lines.insert(2, _format_line("signature", verdict.recorded))
    if verdict.deviation:
        lines.append(
            _format_line(
                "listed", f"as {' or '.join(verdict.deviation.signatures)}, which this is not"
            )
        )
    return lines


def _format_line(label: str, text: str) -> str:
    return f"  {label:<11} {text}"


def _list_distinct(cell: CellVerdict) -> list[Trace]:
    return list({trace.behaviour_id: trace for trace in cell.traces}.values())


def _format_events(trace: Trace) -> str:
    return ", ".join(str(e) for e in trace.events if e.lane in (APPLICATION, OTHER, "run"))


def _format_event(event: Event) -> str:
    indent = {WIRE: 40, OTHER: 4}.get(event.lane, 0)
    raw = event.details.get("raw", "")
    excerpt = f"  [{raw[:40]}{'...' if len(raw) > 40 else ''}]" if raw else ""
    return f"{' ' * indent}{describe_event(event)}{excerpt}"


def _format_fact(value: object) -> str:
    text = show(value)
    return text if len(text) < LIMIT else f"{text[:LIMIT]}..."


def _format_version(cell: CellVerdict) -> str:
    loaded = cell.traces[0].loaded
    return f"{loaded.version}, {loaded.python}"
