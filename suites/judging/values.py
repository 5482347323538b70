"""Values in expectations: placeholders, and exceptions and objects with their attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fixtures.model.description import Value, describe, show
from fixtures.model.event import WIRE, Event
from fixtures.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value that is known only in the trace, such as the code in the peer's close frame."""

    name: str
    find: Callable[[Trace], Value]

    def __str__(self) -> str:
        """The name, as it stands in a promise."""
        return self.name


def close_frames(trace: Trace, how: str) -> list[Event]:
    """The close frames that the peer "sent" or "received", in order."""
    return [
        event for event in trace.lanes[WIRE] if event.name == "close frame" and event.how == how
    ]


def peer_close(trace: Trace) -> tuple[Value, Value] | None:
    """Code and reason of the peer's first close frame; None without one."""
    sent = close_frames(trace, "sent")
    if not sent:
        return None
    args = sent[0].args
    return (args[0], args[1]) if len(args) > 1 else (None, None)


PEER_CODE = Placeholder(
    "the peer's close code", lambda trace: (peer_close(trace) or (None, None))[0]
)
PEER_REASON = Placeholder(
    "the peer's close reason", lambda trace: (peer_close(trace) or (None, None))[1]
)
ANYTHING = Placeholder("anything", lambda _: ...)


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception: its class or one of its bases, and some of its documented attributes."""

    name: str
    attributes: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        """As it would be written in Python."""
        text = ", ".join(f"{key}={show_expected(value)}" for key, value in self.attributes)
        return f"{self.name}({text})" if text else self.name


def error(name: str, /, **attributes: Any) -> Raised:
    """An exception of the class `name`, or of a class derived from it."""
    return Raised(name, tuple(attributes.items()))


@dataclass(frozen=True, slots=True)
class Object:
    """An object of a library, with some of its documented attributes."""

    name: str
    attributes: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        """As it would be written in Python."""
        return f"{self.name}({', '.join(f'{k}={show_expected(v)}' for k, v in self.attributes)})"


def thing(name: str, /, **attributes: Any) -> Object:
    """An object of the class `name` with these attributes: `thing("Close", code=1000)`."""
    return Object(name, tuple(attributes.items()))


def matches(expected: Any, found: Value, trace: Trace) -> bool:
    """Whether a described value is what is expected."""
    if isinstance(expected, Placeholder):
        wanted = expected.find(trace)
        return wanted is ... or wanted == found
    if isinstance(expected, Raised | Object):
        if not isinstance(found, Mapping):
            return False
        names = {found.get("exception"), found.get("object"), *found.get("bases", ())}
        return expected.name in names and all(
            key in found and matches(value, found[key], trace) for key, value in expected.attributes
        )
    wanted = describe(expected)
    return type(wanted) is type(found) and bool(wanted == found)


def show_expected(value: Any) -> str:
    """An expected value as it would be written in Python."""
    if isinstance(value, Placeholder | Raised | Object):
        return str(value)
    return show(describe(value))
