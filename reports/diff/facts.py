"""What differs apart from the events: end facts, texts and log records, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from fixtures.model.description import NOT_THERE, RAISES, Value, show
from fixtures.model.end_facts import LEFTOVERS, RECORDS
from fixtures.model.event import Event
from fixtures.model.text import pluralize
from fixtures.model.trace import Trace

from .kinds import LEAK, OTHER, RESULT
from .statement import Statement, pair_attributes
from .terms import format_value, library_events, strip_frame_wording, strip_wording
from .value_names import ValueNames, format_both, list_application_events

UNREAD, READ = "can no longer be read", "can now be read"
LONGEST_TEXT = 100
"""Characters of a text that are shown."""

FORMS = {
    "warnings": ("a {} is issued", "category"),
    "unretrieved": ("{} ends where nobody can catch it", "exception"),
}


def compare_facts(
    old: Trace, new: Trace, was: ValueNames, now: ValueNames
) -> Iterator[tuple[str, Statement]]:
    """Every end fact that differs but the logs: its name, and what to say of it."""
    yield from _compare_presence(old.facts, new.facts)
    for name in dict.fromkeys([*old.facts, *new.facts]):
        before, after = (trace.facts.get(name) for trace in (old, new))
        if name in FORMS:
            for text in _records(name, before or (), after or ()):
                yield name, Statement(text, kind=OTHER)
        elif name == "logs" or _same(name, before, after, was, now):
            continue
        elif name in LEFTOVERS:
            before_text, text = (_describe_leftovers(LEFTOVERS[name], x) for x in (before, after))
            said = f"left over at the end: {text}; before, {before_text}"
            yield name, Statement(said, kind=LEAK)
        elif name in _find_attributes(old.facts) and name in _find_attributes(new.facts):
            texts = format_both(format_value, (before, was), (after, now))
            error = _find_failure(before)
            was_so = f"raised {error}" if error else f"was {texts[0]}"
            now_so = texts[1] if _find_failure(after) else f"is {texts[1]}"
            yield name, Statement(f"`{name}` {was_so}, now {now_so}", kind=RESULT)


def _find_failure(value: Value) -> str:
    """The exception that an attribute raised where it was read, or nothing."""
    fails = isinstance(value, Mapping) and value.keys() == {RAISES}
    return str(value[RAISES]) if fails else ""


def _find_attributes(facts: Mapping[str, Value]) -> dict[str, Value]:
    """The attributes of a connection that could be read, which are the facts of any other name."""
    other = {"logs", *FORMS, *LEFTOVERS}
    return {
        name: value
        for name, value in facts.items()
        if name not in other and not (isinstance(value, Mapping) and NOT_THERE in value)
    }


def _compare_presence(
    old: Mapping[str, Value], new: Mapping[str, Value]
) -> Iterator[tuple[str, Statement]]:
    """The attributes that only one of the sides has.

    One of which there is no fact at all could not be read, because there was no connection.
    """
    renamed, gone, come = pair_attributes(_find_attributes(old), _find_attributes(new))
    for name, name_now in renamed.items():
        yield name_now, Statement(f"`{name}` is now called `{name_now}`", kind=RESULT)
    for name in gone:
        said = f"`{name}` {'is no longer there' if name in new else UNREAD}"
        yield name, Statement(said, kind=RESULT)
    for name in come:
        yield name, Statement(f"`{name}` {'is new' if name in old else READ}", new=True)


def _same(name: str, before: Value, after: Value, was: ValueNames, now: ValueNames) -> bool:
    texts = isinstance(before, str) and isinstance(after, str)
    if (
        name == "close_reason"
        and texts
        and not (was.knows_reason(before) or now.knows_reason(after))
    ):
        return True  # both are the library's own words
    return bool(strip_wording(before, was) == strip_wording(after, now))


def _describe_leftovers(noun: str, value: Value) -> str:
    nouns = noun + ("es" if noun.endswith("s") else "s")
    if not value:
        return f"no {nouns}"
    if isinstance(value, int):
        return f"{value} {noun if value == 1 else nouns}"
    return f"{nouns} {', '.join(map(str, value))}"


def _records(
    name: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    form, key = FORMS[name]
    was, now = (Counter(str(record.get(key)) for record in side) for side in (before, after))
    for what in dict.fromkeys([*now, *was]):
        if now[what] and not was[what]:
            yield f"now, {form.format(what)}"
        elif was[what] and not now[what]:
            yield f"no longer: {form.format(what)}"
        elif was[what] != now[what]:
            yield f"{form.format(what)} {now[what]} times, was {was[what]}"


Wording = tuple[str, tuple[Hashable, ...]]
"""What to say of other words, and what is equal for those that differ in numbers only."""


def compare_wording(old: Trace, new: Trace) -> Iterator[Wording]:
    """Texts and numbers that read otherwise, and log records that there were not: all minor."""
    if old.loaded.file or new.loaded.file:  # what both are looked up of has no texts
        yield from _compare_texts(old, new)
    for name, noun in RECORDS.items():
        was, now = (trace.facts.get(name, ()) for trace in (old, new))
        more, fewer = _log_changes(was, now) if name == "logs" else ([], [])
        yield from more
        yield from fewer
        if not more and not fewer and len(was) == len(now):
            texts = [sorted(_placeless(record["text"]) for record in side) for side in (was, now)]
            yield from _rewritten(noun, *texts)


def _compare_texts(old: Trace, new: Trace) -> Iterator[Wording]:
    names = ValueNames.of(old), ValueNames.of(new)
    for before, after in _alike(old, new):
        yield from _rewritten("text", _texts(before, names[0]), _texts(after, names[1]))
        if before.args == after.args and repr(before.args) != repr(after.args):
            was, now = (", ".join(map(show, event.args)) for event in (before, after))
            yield f"`{after.name}` {after.how} {was}, now {now}", ("number", was, now)


def _rewritten(what: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Wording]:
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    for old, new in zip(gone, come, strict=False):
        if old and new:  # the history stores behaviours without their texts
            was, now = _shorten(old, new)
            text = f"a {what} was {was!r}, now is {now!r}"
            yield text, (what, _without_numbers(was), _without_numbers(now))


def _alike(old: Trace, new: Trace) -> Iterator[tuple[Event, Event]]:
    """The events that are the same but for wording: of one name, and as often as before."""
    was, now = (_by_name(trace) for trace in (old, new))
    for name in was:
        if [key for key, _ in was[name]] == [key for key, _ in now.get(name, ())]:
            pairs = zip(was[name], now[name], strict=True)
            yield from ((before, after) for (_, before), (_, after) in pairs)


def _by_name(trace: Trace) -> dict[tuple[str, str], list[tuple[str, Event]]]:
    names, found = ValueNames.of(trace), dict[tuple[str, str], list[tuple[str, Event]]]()
    for event in [*list_application_events(trace), *library_events(trace)]:
        args = (
            strip_frame_wording(event, names)
            if event.kind == "frame"
            else strip_wording(event.args, names)
        )
        key = event.lane, event.name
        found.setdefault(key, []).append((f"{event.how} {args!r}", event))
    return found


def _texts(event: Event, names: ValueNames) -> list[str]:
    """Texts of exceptions, and close reasons in the library's own words."""
    if event.kind == "frame":
        return [text for text in event.args[1:2] if not names.knows_reason(text)]
    return list(_texts_in(event.args, names))


def _texts_in(value: Value, names: ValueNames) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            own = key == "reason" and isinstance(item, str) and not names.knows_reason(item)
            if (key == "text" or own) and isinstance(item, str):
                yield item
            elif key != "cause":
                yield from _texts_in(item, names)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts_in(item, names)


def _log_changes(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> tuple[list[Wording], list[Wording]]:
    was, now = (Counter(map(_log_kind, side)) for side in (before, after))
    return _count_logs("more", now - was), _count_logs("fewer", was - now)


def _count_logs(word: str, counted: Mapping[str, int]) -> list[Wording]:
    return [
        (f"{pluralize(count, f'{word} log record')}: {kind}", (word, count > 1, kind))
        for kind, count in sorted(counted.items())
    ]


def _log_kind(record: Mapping[str, Any]) -> str:
    error = f" with {record['exception']}" if "exception" in record else ""
    return f"{record['level']} of {record['logger']}{error}"


def _placeless(text: str) -> str:
    """A log text without how long something took, numbers of tasks, folders and lines of code."""
    timeless = re.sub(r"\b\d+(\.\d+)? ?ms\b", "N ms", text)
    nameless = re.sub(r"\bTask-\d+\b", "Task-N", timeless)
    return re.sub(r"(?:/[\w.@+-]+)*/([\w.-]+\.py)(:\d+)?", r"\1", nameless)


def _without_numbers(text: str) -> str:
    """A library's text without its numbers, such as sizes: they are another in every cell."""
    return re.sub(r"\d+", "N", text)


def _shorten(was: str, now: str) -> tuple[str, str]:
    """Two texts at most so long, cut so that what differs is seen."""
    pairs = enumerate(zip(was, now, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(was), len(now)))
    start = 0 if same < LONGEST_TEXT else same - LONGEST_TEXT // 2
    return _cut(was, start), _cut(now, start)


def _cut(text: str, start: int) -> str:
    end = start + LONGEST_TEXT
    return f"{'...' * (start > 0)}{text[start:end]}{'...' * (end < len(text))}"
