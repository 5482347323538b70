"""The rule about both ends: what one says it has sent is what the other says it has received.

The promises speak of one end. This compares what the two applications know, not what crossed the
wire: messages, and the code and the reason that an application gave when it closed first, close by
close. Where what reports a close has no code, as the end of an iteration, the attributes have it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fixtures.interop.relay import Network
from fixtures.interop.situation import Situation
from fixtures.model.actions import CLOSED, MESSAGE
from fixtures.model.description import NOT_THERE, Value, find_argument
from fixtures.model.event import Event
from fixtures.model.text import pluralize
from fixtures.model.trace import Trace

CODE, REASON = "close_code", "close_reason"
"""What the attributes are called that say at the end how a connection was closed."""
UNKNOWN = "unknown"
WITHOUT_REASONS = frozenset({"asgi_daphne"})
"""Surfaces that close with a code and no reason, as in the first version of ASGI."""
DISCONNECT = "websocket.disconnect"
"""The event of ASGI that reports a close: it has a key for a reason since version 2.5, or none."""


def find_disagreements(
    situation: Situation, client: Trace, server: Trace, misled: Collection[str] = ()
) -> list[str]:
    """In a sentence each, what one end is told otherwise than the other has said.

    Of the surfaces that are `misled` it is known that they are told another code than has come.
    """
    ends = ((client, server), (server, client))
    return [
        text
        for sender, receiver in ends
        for text in (
            *_compare_messages(situation, sender, receiver),
            *(() if receiver.surface in misled else _compare_close(sender, receiver)),
        )
    ]


def _compare_messages(situation: Situation, sender: Trace, receiver: Trace) -> Iterator[str]:
    sent = [str(find_argument(one.args, 0, "text")) for one in _list_acts(sender, "send")]
    told = [text for one in receiver.reports[MESSAGE] for text in _list_texts(one.args)]
    if told[: len(sent)] != sent[: len(told)] or len(told) > len(sent):
        yield f"{sender.surface} sent {sent}, {receiver.surface} received {told}"
    elif len(told) < len(sent) and situation.network is Network.PASSES:
        yield f"{sender.surface} sent {sent}, {receiver.surface} received {told or 'nothing'}"


def _compare_close(sender: Trace, receiver: Trace) -> Iterator[str]:
    closes = _list_acts(sender, "close")
    if not closes or _list_acts(receiver, "close"):
        return  # nobody gave a code, or both did
    reports = receiver.reports[CLOSED]
    if len(reports) < len(closes):
        yield (
            f"{sender.surface} closed {pluralize(len(closes), 'connection')}, "
            f"{receiver.surface} is told of {len(reports) or 'none'}"
        )
    for act, report in zip(closes, reports, strict=False):
        yield from _compare_one_close(sender, act, receiver, report)


def _compare_one_close(sender: Trace, act: Event, receiver: Trace, report: Event) -> Iterator[str]:
    code = find_argument(act.args, 0, "code")
    reason = find_argument(act.args, 1, "reason", "")
    told = _find_code(receiver, report)
    if told is None:
        yield f"{sender.surface} closed with {code}, {receiver.surface} is told no code"
    elif told not in (code, UNKNOWN):
        yield f"{sender.surface} closed with {code}, {receiver.surface} is told {told}"
    has_no_key = report.name == DISCONNECT and len(report.args) < 2
    if told == UNKNOWN or has_no_key or sender.surface in WITHOUT_REASONS:
        return
    if reason and not _mentions(receiver, report.args, reason):
        yield f"{sender.surface} gave the reason {reason!r}, {receiver.surface} is told none"


def _find_code(receiver: Trace, report: Event) -> Value:
    """The code that a report of a close has, or else the attribute that is documented for it.

    `UNKNOWN` if the release has no such attribute: nothing says that it tells a code.
    """
    if report.code is not None or report.args:
        return report.code
    found = receiver.facts.get(CODE, UNKNOWN)
    return UNKNOWN if found == {NOT_THERE: True} else found


def _list_acts(trace: Trace, verb: str) -> list[Event]:
    return [one for one in trace.application_events if one.how == "acted" and one.name == verb]


def _mentions(trace: Trace, args: tuple[Value, ...], reason: str) -> bool:
    """Whether the reason is in what reports a close, or in an attribute of the connection."""
    told = [*_list_texts(args), *_list_texts((trace.facts.get(REASON),))]
    return any(reason in text for text in told)


def _list_texts(values: object) -> Iterator[str]:
    """Every text in described values, and all bytes as text."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        yield from (t for value in values.values() for t in _list_texts(value))
    elif isinstance(values, list | tuple):
        yield from (text for value in values for text in _list_texts(value))
