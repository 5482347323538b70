"""A heading with labelled lines: what the terminal, Markdown, JUnit and pytest's failures show.

All of them show the same lines, so a change reads the same wherever it is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BAD, GOOD, DIM, PLAIN, COMMAND = "bad", "good", "dim", "", "command"
RAW = "raw"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section; `tone` says how it is to be taken."""

    label: str
    text: str
    tone: str = PLAIN


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[Line, ...]
    tone: str = PLAIN


def format_lines(lines: Iterable[Line]) -> str:
    """Lines as plain text, labels in a column."""
    shown: list[str] = []
    for line in lines:
        shown.append(f"  {line.label:<11} {line.text}" if line.label or shown else line.text)
    return "\n".join(shown)
