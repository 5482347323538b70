"""A comparison on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from fixtures.model.text import escape
from suites.safe_text import defuse

from .section import BAD, COMMAND, DIM, GOOD, PLAIN, RAW, Line, Section

STYLES = {BAD: "red", GOOD: "green", DIM: "dim", PLAIN: "", COMMAND: "cyan", RAW: ""}
WIDTH_OF_A_LOG = 120
"""Columns where there is no terminal to ask."""
LABEL = 14
"""Columns of a label, and of the indent of a long line."""


def render_terminal(sections: Iterable[Section], file: TextIO) -> None:
    """Print sections to a terminal or a file; no text of a library is taken for markup."""
    width = None if file.isatty() else WIDTH_OF_A_LOG
    console = Console(file=file, width=width, highlight=False, emoji=False, markup=False)
    print_sections(sections, console)


def print_sections(sections: Iterable[Section], console: Console) -> None:
    """Print sections on a console, one below the other."""
    for number, section in enumerate(sections):
        if number:
            console.print()
        style = f"bold {STYLES[section.tone]}".strip()
        console.print(Text(defuse(escape(section.title)), style=style), soft_wrap=True)
        for line in section.lines:
            _print(console, line)


def _print(console: Console, line: Line) -> None:
    text = Text(escape(line.text), style=STYLES[line.tone])
    label = f"  {escape(line.label)} ".ljust(LABEL)
    if line.tone in (COMMAND, RAW):  # one line, however long: to be copied, or in columns
        start = Text(label if line.label else "")
        console.print(start.append_text(_defuse(text)), soft_wrap=True)
        return
    for part in text.wrap(console, max(console.width - LABEL, LABEL)):
        part.rstrip()
        console.print(Text(label).append_text(_defuse(part)), soft_wrap=True)
        label = " " * LABEL


def _defuse(part: Text) -> Text:
    """A line, or what is in it after a label, that no CI system takes for a command."""
    return Text(defuse(part.plain), style=part.style)
