"""The search: cells ranked by how well their texts have the words of a question.

How this works. Cells share their texts: a scenario's sentence is that of each surface, a promise is
about many scenarios. So the index holds each text once, in the field that it is of, and which texts
each cell has. All texts of a field are one long text, in which a word is looked for at once. What a
rare word matches weighs more than what a common one does; what happens weighs more than what is
promised.
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .word_forms import Term, find_terms, find_word

Key = tuple[str, str]
"""A surface's name and a scenario's."""
NAME, SENTENCE, KIND, SURFACE = "name", "sentence", "kind", "surface"
SHOWN, WIRE, PROMISED, KNOWN = "shown", "wire", "promised", "known"
WEIGHTS = {
    **{NAME: 3.0, SENTENCE: 3.0, SHOWN: 2.0, KNOWN: 1.6},
    **{PROMISED: 1.2, SURFACE: 2.0, WIRE: 0.8, KIND: 0.6},
}
"""The fields of a cell, and what a word in each is worth."""
ECHO = 0.1
"""The share of its worth that a word adds in a second field."""
MOST_ALIKE = 4
"""Words that are suggested in place of one."""
MEANT = 0.6
"""What a word is worth that is not said, but may be meant."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cell that has words of a question: which, where each is best, and how well in all.

    `coverage` is the share of the question, by the weight of its words, that the cell has.
    """

    cell: Key
    score: float
    coverage: float
    found: Mapping[str, str]
    """The field of each word."""


@dataclass
class _Field:
    """The texts of one field, as one text in lower case, and which cells have each of them."""

    numbers: dict[str, int] = field(default_factory=dict)
    cells: dict[int, list[Key]] = field(default_factory=lambda: defaultdict(list))

    def add(self, text: str, cells: Iterable[Key]) -> None:
        number = self.numbers.setdefault(text, len(self.numbers))
        self.cells[number].extend(cells)

    def join(self) -> tuple[str, Sequence[int]]:
        """The one text, and where each of the texts begins in it."""
        lower = [text.lower().replace("\n", " ") for text in self.numbers]
        starts = itertools.accumulate((len(text) + 1 for text in lower), initial=0)
        return "\n".join(lower), list(starts)


class SearchIndex:
    """The texts of cells. `rate` says what a cell's hits are worth (1: all they are)."""

    def __init__(self, rate: Callable[[Key], float] = lambda _: 1.0) -> None:
        """An index without a text."""
        self._rate = rate
        self._fields = {name: _Field() for name in WEIGHTS}
        self._cells: set[Key] = set()

    def add(self, name: str, text: str, cells: Iterable[Key]) -> None:
        """These cells have this text, in the field of this name."""
        listed = list(cells)
        self._fields[name].add(text, listed)
        self._cells.update(listed)

    def list_texts(self) -> Iterator[tuple[str, str, Sequence[Key]]]:
        """Every text: the field that it is of, and the cells that have it."""
        for name, one in self._fields.items():
            yield from ((name, text, one.cells[number]) for text, number in one.numbers.items())

    def search(self, question: str) -> list[Hit]:
        """The cells that have any word of a question, those that have most of it first."""
        terms = find_terms(question)
        texts = {name: one.join() for name, one in self._fields.items()}
        found = {term.word: self._find(term, texts) for term in terms}
        rarity = {
            word: math.log(1 + len(self._cells) / len(cells))
            for word, cells in found.items()
            if cells
        }
        lost = math.log(1 + len(self._cells)) * (len(terms) - len(rarity))
        whole = sum(rarity.values()) + lost
        hits = []
        for cell in {cell for cells in found.values() for cell in cells}:
            has = {word: found[word][cell] for word in rarity if cell in found[word]}
            score = sum(rarity[word] * worth for word, (worth, _) in has.items())
            coverage = sum(rarity[word] for word in has) / whole
            fields = {word: name for word, (_, name) in has.items()}
            hits.append(Hit(cell, round(score * self._rate(cell), 6), round(coverage, 6), fields))
        return sorted(hits, key=lambda hit: (-hit.coverage, -hit.score, hit.cell))

    def find_alike(self, question: str) -> dict[str, list[str]]:
        """For each word of a question, the words of what happens that are spelled like it."""
        import difflib  # which only a search in vain needs

        names = [*self._fields[NAME].numbers, *self._fields[SENTENCE].numbers]
        words = {word for text in names for word in re.findall(r"[a-z]{3,}", text.lower())}
        return {
            term.word: difflib.get_close_matches(term.word.lower(), words, MOST_ALIKE)
            for term in find_terms(question)
        }

    def _find(
        self, term: Term, texts: Mapping[str, tuple[str, Sequence[int]]]
    ) -> dict[Key, tuple[float, str]]:
        """The cells that have a word: what it is worth there at best, and in which field."""
        best: dict[Key, tuple[float, str]] = {}
        for name, one in self._fields.items():
            text, starts = texts[name]
            values = dict[int, float]()
            for stem in term.meant:
                values |= dict.fromkeys(_places(stem, text, starts), WEIGHTS[name] * MEANT)
            values |= dict.fromkeys(_places(term.stem, text, starts), WEIGHTS[name])
            for number, value in values.items():
                for cell in one.cells[number]:
                    worth, at = best.get(cell, (0.0, name))
                    most, least = max(worth, value), min(worth, value)
                    best[cell] = most + ECHO * least, name if value > worth else at
        return best


def _places(stem: str, text: str, starts: Sequence[int]) -> Iterator[int]:
    """The numbers of the texts in which a word begins so."""
    at = find_word(stem, text)
    while at >= 0:
        number = bisect.bisect_right(starts, at)
        yield number - 1
        at = find_word(stem, text, starts[number])
