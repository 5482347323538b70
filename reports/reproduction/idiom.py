"""An idiom: the code of one surface's user, as text that becomes part of a script.

Two kinds of lines are left out where a scenario has no use for them: `at("message")`, a point
where the application might act, if it does not; and a line that ends in `#: word`, if `word` is
not among what the scenario needs. `NAME` in capitals stands for what is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from fixtures.drivers.surfaces import Timeouts
from fixtures.model.scenario import Settings

POINT = re.compile(r'^ *(?:await )?at\("([a-z ]+)"\)$')
MARK = re.compile(r"  #: (\w+)$")


@dataclass(frozen=True, slots=True)
class Request:
    """What an idiom's options depend on."""

    settings: Settings
    timeouts: Timeouts
    version: tuple[int, ...]
    needs: Set[str]


@dataclass(frozen=True, slots=True)
class Idiom:
    """One surface's code.

    `code` defines it, `run` runs it. `close` and `send` are expressions in which ARGS stands for
    the arguments; `cancel` is an expression too. `is_async`: its points are awaited; and
    `second_task`: what another does is a task, though they are not. `told_cancel`, `told_leave`:
    what comes back of these actions is told. `options` gives what the capital names stand for.
    `silent` are the kinds of events that the script does not tell. `apart`: points where each
    action is done, whatever the one before it raised.

    In the library's own words: `object` is the connection's, of which a scenario may call
    `methods` and set `attributes`. `run_again` is an expression of a function that does that.
    `interrupts`: what is no `Exception` comes out of the library's loop, and is told.
    """

    imports: str
    code: str
    run: str
    close: str
    send: str
    options: Callable[[Request], Mapping[str, str]]
    cancel: str = ""
    is_async: bool = False
    second_task: bool = False
    told_cancel: bool = False
    told_leave: bool = True
    close_args: Callable[[tuple[object, ...]], str] = lambda args: ", ".join(map(repr, args))
    silent: Set[str] = field(default_factory=frozenset)
    apart: Set[str] = field(default_factory=frozenset)
    object: str = ""
    methods: Set[str] = field(default_factory=frozenset)
    attributes: Set[str] = field(default_factory=frozenset)
    run_again: str = ""
    interrupts: bool = False


def fitted(text: str, points: Set[str], needs: Set[str], values: Mapping[str, str]) -> str:
    """The text without the lines that a scenario has no use for, and with the values."""
    kept = []
    for line in text.splitlines():
        point, mark = POINT.match(line), MARK.search(line)
        if point and point[1] not in points:
            continue
        if mark and not _wanted(mark[1], needs):
            continue
        kept.append(MARK.sub("", line))
    found = "\n".join(kept)
    for name, value in values.items():
        comma = r"\g<1>" if value else ""
        found = re.sub(rf"(, )?\b{name}\b", comma + value.replace("\\", r"\\"), found)
    return found.strip("\n")


def _wanted(word: str, needs: Set[str]) -> bool:
    return word in needs if not word.startswith("not_") else word.removeprefix("not_") not in needs


def arguments(values: Mapping[str, str]) -> str:
    """Keyword arguments."""
    return ", ".join(f"{name}={value}" for name, value in values.items())
