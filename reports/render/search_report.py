"""What a search has found, as a reader gets it: cells with their sentence and what they show."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.text import pluralize
from suites.judging.issues import Deviation, Issue
from suites.judging.promise import in_range

from ..history import History
from ..history.cell_search import list_seen
from ..history.change_points import result
from ..program_name import PROGRAM
from ..results.release import Cell
from ..search.found_scenarios import FoundScenario
from ..search.word_forms import Term, find_terms, find_word
from .section import BAD, COMMAND, DIM, Line, Section

MOST = 8
"""Scenarios that are shown, where not everything is asked for."""
MOST_SURFACES = 5
"""Other surfaces of a scenario that are named."""
LONGEST = 210
"""Characters of a behaviour that are shown whole, where not everything is asked for."""
MOST_SAID = 3
"""Events that have a word of the question and are shown of a longer one."""
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a found scenario: what its best cell shows in the newest stored release."""

    found: FoundScenario
    release: str
    shows: tuple[Sequence[str], ...]
    known: tuple[Issue, ...]
    terms: Sequence[Term]

    @property
    def cell(self) -> Cell:
        """The cell that says most."""
        return self.found.best.cell

    @property
    def sentence(self) -> str:
        """What happens."""
        return SCENARIOS[self.found.name].doc

    @property
    def command(self) -> str:
        """The command that shows the cell."""
        return f"{PROGRAM} explain {shlex.join(self.cell)}"


def make_answer(
    found: FoundScenario,
    terms: Sequence[Term],
    histories: Mapping[str, History],
    listed: Iterable[Deviation],
) -> Answer:
    """The answer of the history of the best cell's library; known is what has one of the words."""
    cell = found.best.cell
    history = histories[SURFACES[cell[0]].library.name]
    release = history.runnable[-1]
    here = [
        one.issue
        for one in listed
        if one.surface == cell[0]
        and cell[1] in one.scenarios
        and in_range(release, one.versions)
        and any(find_word(term.stem, one.issue.why.lower()) >= 0 for term in terms)
    ]
    shows = tuple(_describe(history, cell, release))
    known = tuple(dict.fromkeys(here))
    return Answer(found, f"{history.library} {release}", shows, known, terms)


def report_answers(
    question: str,
    found: Sequence[FoundScenario],
    answers: Sequence[Answer],
    nowhere: Mapping[str, Sequence[str]],
    *,
    every: bool,
) -> Iterator[Section]:
    """How much is found, then each answer, and how many there are besides.

    `nowhere` has the words that no cell has, each with those that are spelled like it.
    """
    lacks = _find_lacking(
        [one.word for one in find_terms(question) if one.word not in nowhere], found
    )
    cells = sum(len(one.hits) for one in found)
    said = f"{pluralize(len(found), 'scenario')}, {pluralize(cells, 'cell')}"
    lines = [Line("", f"no cell has {', '.join(map(repr, nowhere))}", BAD)] if nowhere else []
    lines += _suggest(nowhere)
    if lacks:
        lines.append(Line("", f"no cell has all of these words; not every one has {lacks}", DIM))
    yield Section(f"{question!r}: {said}", tuple(lines))
    for answer in answers:
        yield _report_answer(answer, every=every)
    left = len(found) - len(answers)
    if left:
        yield Section(f"and {pluralize(left, 'scenario')} more: --all", ())


def report_nothing(question: str, alike: Mapping[str, Sequence[str]]) -> Section:
    """That nothing is found, and what else to ask for."""
    lines = [
        *_suggest(alike),
        Line("ask for", "what happens, a callback, an exception, a code: reset, on_close, 1006"),
        Line("list all", f"{PROGRAM} scenarios", COMMAND),
    ]
    return Section(f"{question!r}: nothing is found", tuple(lines), BAD)


def _suggest(alike: Mapping[str, Sequence[str]]) -> Iterator[Line]:
    for word, others in alike.items():
        if others:
            yield Line("instead of", f"{word}: {', '.join(others)}")


def answers_to_json(
    question: str, answers: Iterable[Answer], nowhere: Iterable[str]
) -> dict[str, Any]:
    """Everything that is found, as plain data."""
    return {
        "schema": SCHEMA,
        "question": question,
        "nowhere": list(nowhere),
        "scenarios": [
            {
                "scenario": answer.found.name,
                "sentence": answer.sentence,
                "surface": answer.cell[0],
                "release": answer.release,
                "shows": list(map(list, answer.shows)),
                "known": [{"why": one.why, "link": one.link} for one in answer.known],
                "command": answer.command,
                "cells": [
                    {"surface": hit.cell[0], "score": hit.score, "words": dict(hit.found)}
                    for hit in answer.found.hits
                ],
            }
            for answer in answers
        ],
    }


def _report_answer(answer: Answer, *, every: bool) -> Section:
    surface, scenario = answer.cell
    lines = [Line("happens", answer.sentence)]
    others = [hit.cell[0] for hit in answer.found.hits[1:]]
    for number, seen in enumerate(answer.shows if every else answer.shows[:1]):
        text = ", ".join(seen) if every else _shorten(seen, answer.terms)
        lines.append(Line("or" if number else "shows", text))
    if len(answer.shows) > 1 and not every:
        lines.append(Line("", f"or another of {len(answer.shows)} outcomes: it races", DIM))
    known = answer.known if every else answer.known[:1]
    lines += [Line("known", f"{one.why} ({one.link})") for one in known]
    if others:
        left = len(others) - MOST_SURFACES
        named = others if every or left < 2 else [*others[:MOST_SURFACES], f"and {left} more"]
        lines.append(Line("also in", ", ".join(named), DIM))
    lines.append(Line("see it", answer.command, COMMAND))
    return Section(f"{surface}/{scenario}  ({answer.release})", tuple(lines))


def _shorten(seen: Sequence[str], terms: Sequence[Term]) -> str:
    """The events in one line; of many, the first and the last, and those that have a word."""
    whole = ", ".join(seen)
    if len(whole) <= LONGEST:
        return whole
    said = [
        at
        for at, text in enumerate(seen)
        if any(find_word(term.stem, text.lower()) >= 0 for term in terms)
    ]
    kept = sorted({0, *said[:MOST_SAID], len(seen) - 2, len(seen) - 1})
    parts = [("... " if at and at - 1 not in kept else "") + seen[at] for at in kept if at >= 0]
    return ", ".join(parts)


def _describe(history: History, cell: Cell, release: str) -> Iterator[Sequence[str]]:
    """What the application sees in a cell, the events of each outcome; or why there is none."""
    if cell not in history.cells:
        yield [f"the history of {history.library} does not hold it yet"]
        return
    found = result(history, cell, release)
    yield from map(list_seen, found.traces)
    if not found.traces:
        yield [f"nothing: {found.reason}"]


def _find_lacking(words: Sequence[str], found: Sequence[FoundScenario]) -> str:
    """Those of the words that some of the cells lack; nothing if one of the cells has all."""
    hits = [hit for one in found for hit in one.hits]
    if any(hit.found.keys() >= set(words) for hit in hits):
        return ""
    return ", ".join(word for word in words if any(word not in hit.found for hit in hits))
