"""What the search box looks through: cells, with what happens and is seen in them; and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..history.file_format import NoBehaviour
from ..search.declared_texts import rate_cell
from .library_report import LibraryReport


@dataclass
class _Numbers:
    """Texts, each once, by the numbers that stand for them."""

    texts: dict[str, int] = field(default_factory=dict)

    def of(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))


def make_search_data(reports: Iterable[LibraryReport]) -> dict[str, Any]:
    """The texts, and for each cell the numbers of its own: as small as it can be.

    A cell is its library, surface, scenario, word, what it is worth, and what is seen in it.
    """
    names, texts = _Numbers(), _Numbers()
    cells, findings = [], []
    sentences: dict[int, str] = {}
    for report in reports:
        library = names.of(report.name)
        for cell in report.cells:
            verdict, known = report.newest_verdict(cell), report.history.at(cell, report.newest)
            seen = () if isinstance(known, NoBehaviour) else known
            shown = dict.fromkeys(text for one in seen for text in report.draw(one).texts)
            surface, scenario = map(names.of, cell)
            sentences[scenario] = verdict.scenario.doc.rstrip(".")
            worth = round(100 * rate_cell(cell))
            numbers = [texts.of(text) for text in shown]
            cells.append([library, surface, scenario, names.of(verdict.word), worth, numbers])
        findings += [
            [library, number, one.issue.why, one.issue.link, len(one.cells)]
            for number, one in enumerate(report.findings)
        ]
    return {
        "names": list(names.texts),
        "texts": list(texts.texts),
        "sentences": sentences,
        "cells": cells,
        "findings": findings,
    }
