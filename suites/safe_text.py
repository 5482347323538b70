"""What is written for people outside of a report: one line, which is nothing but text.

Where a command or a run of pytest goes wrong, its message may quote a file, an argument or a
library. Standard error is a terminal, or the log of a CI system, which takes some texts for
commands: a line that begins with `::`, and `##[` or `##vso[` anywhere in one.
"""

from __future__ import annotations

from fixtures.model.text import escape

LONGEST = 2_000
"""Characters of a message; more than that, no one reads."""


def format_message(text: object) -> str:
    """The text in one line, without anything that a terminal or a CI system would act upon."""
    found = defuse(escape(str(text)))
    return found if len(found) <= LONGEST else f"{found[:LONGEST]}..."


def defuse_lines(text: str) -> str:
    """A text of several lines, each of which is nothing but text."""
    return "\n".join(defuse(escape(line)) for line in text.split("\n"))


def defuse(line: str) -> str:
    """A line that no CI system takes for a command: a `:` or `#` is written as Python may."""
    line = line.replace("##", r"\x23\x23")
    start = line.lstrip()
    return line.replace("::", r"\x3a:", 1) if start.startswith("::") else line
