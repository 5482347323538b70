"""How a report says what a trace holds: values, events and frames, in the library's own words.

Values that a cell owes to its script are called what they are ("the peer's code"), so that one
change reads the same in every cell. What a library words itself is no more than wording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fixtures.model.behaviour import without_wording
from fixtures.model.description import ATOMS, BODY, KEYWORD, NOT_THERE, RAISES, Value, show
from fixtures.model.event import WIRE, Event
from fixtures.model.trace import Trace

from .value_names import NO_NAMES, CodeAndReason, ValueNames

LONGEST = 60
"""Characters of one value that are shown."""
OWN_WORDS = "a reason in its own words"


def strip_wording(value: Value, names: ValueNames) -> Value:
    """The value to compare: no texts, one mark for any reason of the library's own, 0 for 0.0."""
    return _neutral(without_wording(value), names)


def strip_frame_wording(event: Event, names: ValueNames) -> list[Value]:
    """The arguments of a frame to compare; see `worded`."""
    args = list(without_wording(event.args))
    if event.name == "close frame" and len(args) == 2:
        args[1] = _neutral({"reason": args[1]}, names)["reason"]
    return args


def _reason(text: str, names: ValueNames) -> str | None:
    """What to call a reason that no script gave; None for any other."""
    if names is NO_NAMES or names.knows_reason(text):
        return None
    return OWN_WORDS if text else "no reason"


def _neutral(value: Value, names: ValueNames) -> Value:
    if isinstance(value, ATOMS):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, Mapping):
        items = sorted(value.items())  # it has no order, and is compared as text
        return {key: _neutral_item(key, item, names) for key, item in items}
    return [_neutral(item, names) for item in value]


def _neutral_item(key: str, item: Value, names: ValueNames) -> Value:
    if key == "reason" and isinstance(item, str) and not names.knows_reason(item):
        return OWN_WORDS
    return _neutral(item, names)


def format_value(value: Value, names: ValueNames = NO_NAMES, *, own: bool = False) -> str:
    """A value as a person reads it. `own`: the library itself sends it."""
    if isinstance(value, Mapping):
        return _format_mapping(value, names, own=own)
    if isinstance(value, list | tuple):
        return f"[{', '.join(format_value(item, names, own=own) for item in value)}]"
    for pair in names.order(own=own):
        if _same(value, pair.code) and isinstance(value, int):
            return f"{pair.whose} code"
        if _same(value, pair.reason) and value != "":
            return f"{pair.whose} reason"
    return _short(value)


def format_values(
    values: Sequence[Value], names: ValueNames = NO_NAMES, *, own: bool = False
) -> list[str]:
    """Several values; a code and the reason after it belong together."""
    texts: list[str] = []
    for index, value in enumerate(values):
        pair = _pair_at(values, index - 1, names, own=own) if index and value != "" else None
        texts.append(f"{pair.whose} reason" if pair else format_value(value, names, own=own))
    for index in range(len(values) - 1):
        pair = _pair_at(values, index, names, own=own)
        if pair:
            texts[index] = f"{pair.whose} code"
    return texts


def _pair_at(
    values: Sequence[Value], index: int, names: ValueNames, *, own: bool
) -> CodeAndReason | None:
    code, reason = values[index], values[index + 1]
    for pair in names.order(own=own):
        if _same(code, pair.code) and isinstance(reason, str) and reason == (pair.reason or ""):
            return pair
    return None


def _same(value: Value, other: Value) -> bool:
    return other is not None and type(value) is type(other) and bool(value == other)


def _format_mapping(value: Mapping[str, Value], names: ValueNames, *, own: bool) -> str:
    if NOT_THERE in value or value.keys() == {RAISES}:
        return show(value)
    if KEYWORD in value:
        return f"{value[KEYWORD]}={format_value(value['value'], names, own=own)}"
    if "bytes" in value:
        return _short(value)
    name = value.get("exception") or value.get("object")
    if name == "dict":
        return show(value)
    if name == BODY:
        return "with a body"
    if not name:
        return (
            f"{{{', '.join(f'{key}: {format_value(item, names)}' for key, item in value.items())}}}"
        )
    shown = format_attributes(value, names, own=own)
    if not shown and "object" in value:
        return f"{'an' if name[0] in 'AEIOU' else 'a'} {name} object"
    pair = {"code", "reason"} == shown.keys()
    texts = [text if pair else f"{key}={text}" for key, text in shown.items()]
    return f"{name}({', '.join(texts)})" if shown else str(name)


def format_attributes(
    value: Mapping[str, Value], names: ValueNames = NO_NAMES, *, own: bool = False
) -> dict[str, str]:
    """The documented attributes of an exception or an object that are not None, in words."""
    kept = {key: value[key] for key in find_attributes(value) if value[key] is not None}
    texts = dict(zip(kept, format_values(list(kept.values()), names, own=own), strict=True))
    if "sent" in kept:
        texts["sent"] = format_value(kept["sent"], names, own=True)
    if isinstance(kept.get("reason"), str) and not _CODES.isdisjoint(kept):
        texts["reason"] = _reason(kept["reason"], names) or texts["reason"]
    if "status_code" in kept and str(kept["status_code"]) == names.answer:
        texts["status_code"] = "the peer's"
    return texts


def find_attributes(value: Mapping[str, Value]) -> list[str]:
    """The names of the documented attributes that an exception or an object has."""
    return [name for name in value if name not in _NO_ATTRIBUTE]


_CODES = frozenset({"code", "status_code"})
"""Attributes beside which a `reason` is that of a close frame."""
_NO_ATTRIBUTE = frozenset({"exception", "object", "bases", "text", "cause"})


def _short(value: Value) -> str:
    text = show(value)
    if len(text) <= LONGEST:
        return text
    size = len(value["bytes"]) if isinstance(value, Mapping) else len(value)
    unit = "bytes" if isinstance(value, Mapping) else "characters"
    return f"{text[: LONGEST // 2]}... ({size} {unit})"


def format_args(event: Event, names: ValueNames) -> str:
    """What a callback was given: `'hello'`, `(the peer's code, the peer's reason)`."""
    texts = format_values(event.args, names)
    if len(texts) == 1:
        return texts[0]
    return f"({', '.join(texts)})" if texts else "no arguments"


def format_result(event: Event, names: ValueNames) -> str:
    """What a call returned or raised."""
    return ", ".join(format_values(event.args, names)) or "None"


def format_frame(event: Event, names: ValueNames) -> str:
    """Something the library put on the wire: `a close frame with 1000 and 'bye'`."""
    args = format_values(event.args, names, own=True)
    if event.how == "failed":
        return f"{event.name} {event.how}"
    if event.name == "close frame":
        if len(args) == 2 and isinstance(event.args[1], str):
            args[1] = _reason(event.args[1], names) or args[1]
        return f"a close frame with {' and '.join(args)}" if args else "an empty close frame"
    article = "a" if event.kind == "frame" else "the"
    return " ".join([article, event.name, *args])


PRESENT, PAST = ("sends", "leaves"), ("sent", "left")


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the library put on the wire, one after the other, and the verbs to say so."""

    events: Sequence[Event]
    verbs: tuple[str, str] = PRESENT

    @property
    def frames(self) -> list[Event]:
        """What was sent; that TCP is left open is not."""
        return [event for event in self.events if event.how != "left"]


def format_traffic(traffic: Traffic, names: ValueNames) -> str:
    """What was sent, and whether TCP was left open: `sends a ping frame, and leaves TCP open`."""
    sends, leaves = traffic.verbs
    frames, times = traffic.frames, len(traffic.events) - len(traffic.frames)
    texts = [f"{sends} {', then '.join(format_frame(one, names) for one in frames)}"]
    often = "" if times == 1 else f" {times} times"
    return ", and ".join([*texts[: len(frames)], *[f"{leaves} TCP open{often}"][:times]])


def list_new_attributes(was: Value, now: Value) -> list[str]:
    """The attributes that are only in `now`, at any depth; none if anything else differs."""
    found: list[str] = []
    return found if _collect_new(was, now, found) else []


def _collect_new(was: Value, now: Value, found: list[str]) -> bool:
    """Whether `now` is `was` with more attributes, which are added to those `found`."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        come = [key for key in now if key not in was]
        found += come
        is_object = "exception" in was or "object" in was
        return (
            (is_object or not come)
            and all(
                key in now and _collect_new(value, now[key], found) for key, value in was.items()
            )
            and _NO_ATTRIBUTE.isdisjoint(come)
        )
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        return all(_collect_new(*pair, found) for pair in zip(was, now, strict=True))
    return bool(was == now)


_ENDS = frozenset({"left", "failed"})


def library_events(trace: Trace) -> list[Event]:
    """What the library put on the wire after its opening request."""
    hows = _ENDS | {"received"}
    return [
        event
        for event in trace.events
        if event.lane == WIRE and event.how in hows and event.name != "request"
    ]
