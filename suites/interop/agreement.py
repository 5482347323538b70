"""The rule about both ends: what one says it has sent is what the other says it has received.

The promises speak of one end. This compares what the two applications know, not what crossed the
wire: messages, and the code and the reason that an application gave when it closed first.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixtures.interop.relay import Network
from fixtures.interop.situation import Situation
from fixtures.model.actions import CLOSED, MESSAGE
from fixtures.model.description import Value, find_argument
from fixtures.model.event import Event
from fixtures.model.trace import Trace


def find_disagreements(situation: Situation, client: Trace, server: Trace) -> list[str]:
    """In a sentence each, what one end is told otherwise than the other has said."""
    ends = ((client, server), (server, client))
    return [
        text
        for sender, receiver in ends
        for text in (
            *_compare_messages(situation, sender, receiver),
            *_compare_close(sender, receiver),
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
    code = find_argument(closes[0].args, 0, "code")
    reason = find_argument(closes[0].args, 1, "reason", "")
    for event in receiver.reports[CLOSED]:
        if event.code is not None and event.code != code:
            yield f"{sender.surface} closed with {code}, {receiver.surface} is told {event.code}"
        if event.code is not None and reason and not _mentions(receiver, event.args, reason):
            yield f"{sender.surface} gave the reason {reason!r}, {receiver.surface} is told none"


def _list_acts(trace: Trace, verb: str) -> list[Event]:
    return [one for one in trace.application_events if one.how == "acted" and one.name == verb]


def _mentions(trace: Trace, args: tuple[Value, ...], reason: str) -> bool:
    """Whether the reason is in what reports a close, or in an attribute of the connection."""
    told = [*_list_texts(args), *_list_texts((trace.facts.get("close_reason"),))]
    return any(reason in text for text in told)


def _list_texts(values: object) -> Iterator[str]:
    """Every text in described values, and all bytes as text."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        yield from (t for value in values.values() for t in _list_texts(value))
    elif isinstance(values, list | tuple):
        yield from (text for value in values for text in _list_texts(value))
