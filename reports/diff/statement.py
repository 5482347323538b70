"""A sentence on what differs, the side of a comparison that it reads, and attributes that move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fixtures.model.description import Value
from fixtures.model.event import Event
from fixtures.model.trace import Trace

from .kinds import OTHER
from .terms import strip_wording
from .value_names import ValueNames

Key = tuple[str, str]
"""What is compared of an event whose name and lane are known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the two traces, and what its values are called."""

    trace: Trace
    names: ValueNames

    def key(self, event: Event) -> Key:
        """What is compared of an event."""
        return event.how, repr(strip_wording(event.args, self.names))


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence around one value: sentences of one shape differ in no more than that value.

    `scattered`: one change of the library shows in many cells, each of which has its own value.
    """

    before: str
    value: str
    after: str = ""
    scattered: bool = False

    def __str__(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.value}{self.after}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, and whether it is of what was not there before.

    `shape` is there if many sentences may differ from it in one value. `kind` is one of `KINDS`.
    """

    text: str
    new: bool = False
    shape: Shape | None = None
    kind: str = OTHER

    @classmethod
    def of(cls, shape: Shape) -> Statement:
        """A sentence that others may be like."""
        return cls(str(shape), shape=shape)


def pair_attributes(
    was: Mapping[str, Value], now: Mapping[str, Value]
) -> tuple[dict[str, str], list[str], list[str]]:
    """Which attributes have another name, which are gone, and which are new.

    An attribute has another name if one that is gone and one that is new have the same value, and
    that value says something.
    """
    gone, come = [key for key in was if key not in now], [key for key in now if key not in was]
    renamed: dict[str, str] = {}
    for key in gone:
        alike = [new for new in come if now[new] == was[key] and was[key] not in (None, "", False)]
        if len(alike) == 1 and alike[0] not in renamed.values():
            renamed[key] = alike[0]
    known = {*renamed, *renamed.values()}
    return renamed, [k for k in gone if k not in known], [k for k in come if k not in known]


def list_names(names: Iterable[str]) -> str:
    """Names of attributes, each once."""
    return " and ".join(f"`{name}`" for name in dict.fromkeys(names))
