"""What the search box looks through: the index of `find`, and how that ranks what it finds.

The script searches as `find` does, with the same texts, weights and words; so all of them are data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fixtures.model.scenario import SCENARIOS
from suites.judging.issues import Deviation

from ..history import History
from ..history.cell_search import build_index
from ..results.release import Cell
from ..search.declared_texts import rate_cell
from ..search.found_scenarios import FEW, NEAR
from ..search.search_index import ECHO, MEANT, WEIGHTS
from ..search.word_forms import MEANINGS, SHORTEST, STOPWORDS, SUFFIXES
from .start_view import FindingLine

BETWEEN = ", "
"""What stands between the events of a text: each of them is in hundreds of texts."""


@dataclass
class _Numbers:
    """Texts, each once, and the numbers that stand for them."""

    known: dict[str, int] = field(default_factory=dict)

    def of(self, text: str) -> int:
        return self.known.setdefault(text, len(self.known))


def make_search_data(
    histories: Sequence[History],
    deviations: Iterable[Deviation],
    words: Mapping[Cell, str],
    findings: Iterable[tuple[str, Sequence[FindingLine]]],
) -> dict[str, Any]:
    """The cells, each with what it is worth; the texts of each field, with the numbers of cells.

    `words` is the verdict on each cell, and `findings` are those of each library.
    """
    numbers = {cell: number for number, cell in enumerate(words)}
    libraries = {cell: history.library for history in histories for cell in history.cells}
    index = build_index(histories, list(numbers), dict.fromkeys(deviations))
    fields: dict[str, list[list[Any]]] = {name: [] for name in WEIGHTS}
    parts, names = _Numbers(), _Numbers()
    for name, text, where in index.list_texts():
        listed = sorted(numbers[cell] for cell in where if cell in numbers)
        fields[name].append([[parts.of(one) for one in text.split(BETWEEN)], _encode(listed)])
    return {
        "cells": [
            [*map(names.of, (libraries[cell], *cell, word)), rate_cell(cell)]
            for cell, word in words.items()
        ],
        "names": list(names.known),
        "parts": list(parts.known),
        "between": BETWEEN,
        "fields": [[name, WEIGHTS[name], texts] for name, texts in fields.items()],
        "findings": [
            [library, one.issue.id, one.issue.why, one.issue.link, len(one.cells)]
            for library, listed in findings
            for one in listed
        ],
        "sentences": {name: SCENARIOS[name].doc.rstrip(".") for _, name in words},
        "stopwords": sorted(STOPWORDS),
        "suffixes": SUFFIXES,
        "shortest": SHORTEST,
        "meanings": MEANINGS,
        "worth": {"echo": ECHO, "meant": MEANT, "few": FEW, "near": NEAR},
    }


def _encode(numbers: Sequence[int]) -> list[int]:
    """The distances between numbers, which are smaller than the numbers."""
    return [b - a for a, b in zip([0, *numbers], numbers, strict=False)]
