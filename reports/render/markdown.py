"""A comparison in Markdown, for the summary of a CI step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from fixtures.model.text import escape

from .section import COMMAND, DIM, Line, Section

LIMIT = 1 << 20
"""Bytes of a step summary; GitHub drops a larger one altogether."""
RESERVE = 500
"""Bytes that are kept for saying that something was cut."""
_IN_ADDRESSES = "/:?#[]@!$&'()*+,;=%~"


def render_markdown(sections: Iterable[Section], limit: int = LIMIT) -> str:
    """Sections as Markdown of at most `limit` bytes; what is cut is said."""
    shown: list[str] = []
    size, cut = 0, 0
    parts = [_section(section) for section in sections]
    result = parts.pop() if parts else ""
    for part in parts:
        size += len(part.encode())
        if cut or size + len(result.encode()) > limit - RESERVE:
            cut += 1
        else:
            shown.append(part)
    if cut:
        shown.append(
            f"**Cut here:** {cut} of {len(parts)} sections are left out, because a summary holds "
            f"{limit} bytes. `--format json --output FILE` writes them all.\n"
        )
    return "\n".join([*shown, result])


def _section(section: Section) -> str:
    return "\n".join([f"### {escape_markdown(section.title)}\n", *_lines(section.lines)]) + "\n"


def _lines(lines: Iterable[Line]) -> Iterator[str]:
    bullets = 0
    for line in lines:
        text = code(line.text) if line.tone == COMMAND else escape_markdown(line.text)
        if line.tone == DIM and line.label == "cells":
            yield f"<details><summary>cells</summary>\n\n{text}\n\n</details>\n"
        elif line.label or not bullets:
            bullets += 1
            yield f"- **{escape_markdown(line.label)}** {text}" if line.label else f"- {text}"
        else:
            yield f"  <br>{text}"


def escape_markdown(text: str) -> str:
    """Text that Markdown and HTML show as it is; what stands in backticks becomes code."""
    parts = re.split("`([^`]+)`", text)
    return "".join(code(part) if at % 2 else _escape_plain(part) for at, part in enumerate(parts))


def _escape_plain(text: str) -> str:
    safe = re.sub(r"([\\`*_\[\]#|~$])", r"\\\1", escape(text))
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("@", "&#64;")


def link(text: str, address: str) -> str:
    """A link, whatever its text and its address hold."""
    return f"[{escape_markdown(text)}]({autolink(address)})"


def autolink(address: str) -> str:
    """An address that links to itself, and ends where it is meant to."""
    return f"<{quote(escape(address), safe=_IN_ADDRESSES)}>"


def code(text: str) -> str:
    """Inline code, fenced with more backticks than it holds."""
    text = escape(text)
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
