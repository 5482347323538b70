"""YAML that somebody else may have written: plain data, of which every scalar stays a text.

How this works. PyYAML's parser says what comes next, and nothing but texts, lists and mappings is
made of it: no tag makes an object, and 3.10 is no number. What is nested too deeply, a key that
stands twice, and aliases (`*name`) that would make a few lines into millions are refused; an error
says at which line, and never what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
import yaml

from suites.input_files import Malformed

T = TypeVar("T")
DEEPEST = 40
"""How deeply lists and mappings may be nested."""
LARGEST = 2_000_000
"""How many parts there may be, those of aliases counted where they are used."""
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def decode_yaml(text: str, kind: type[T]) -> T:
    """The YAML in a text as an object of this kind. Raises `Malformed`."""
    try:
        found = _Builder(yaml.parse(text, Loader=LOADER)).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", at line {mark.line + 1}" if mark else ""
        raise Malformed(f"it is not YAML{where}") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise Malformed("it is not YAML: it has a character that must not be there") from error
    try:
        return msgspec.convert(found, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error


class _Builder:
    """Makes data of the events of a parser."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._size = 0

    def build(self) -> Any:
        """The data of the first document, and the only one."""
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                found = self._make(event, 0)
                if any(isinstance(more, yaml.DocumentStartEvent) for more in self._events):
                    raise Malformed("it is not one document of YAML: it has several")
                return found
        raise Malformed("it is not YAML: it is empty")

    def _make(self, event: Any, depth: int) -> Any:
        self._count(1, event)
        if isinstance(event, yaml.ScalarEvent):
            return self._keep(event, event.value, self._size)
        if isinstance(event, yaml.AliasEvent):
            return self._look_up(event)
        if depth == DEEPEST:
            raise Malformed(f"it is nested too deeply, at line {event.start_mark.line + 1}")
        before = self._size
        is_list = isinstance(event, yaml.SequenceStartEvent)
        found = self._make_list(depth) if is_list else self._make_mapping(depth)
        return self._keep(event, found, before)

    def _make_list(self, depth: int) -> list[Any]:
        found = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._make(event, depth + 1))
        return found

    def _make_mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._make(event, depth + 1)
            if not isinstance(key, str) or key in found:
                what = "that is no text" if not isinstance(key, str) else "twice"
                raise Malformed(f"it has a key {what}, at line {event.start_mark.line + 1}")
            found[key] = self._make(next(self._events), depth + 1)
        return found

    def _keep(self, event: Any, found: Any, before: int) -> Any:
        """Remember what has an anchor, with how many parts it has."""
        if event.anchor:
            self._anchors[event.anchor] = found, self._size - before
        return found

    def _look_up(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise Malformed(f"it has an alias of nothing, at line {event.start_mark.line + 1}")
        found, size = self._anchors[event.anchor]
        self._count(size, event)
        return found

    def _count(self, parts: int, event: Any) -> None:
        self._size += parts
        if self._size > LARGEST:
            raise Malformed(f"it has too many parts, at line {event.start_mark.line + 1}")
