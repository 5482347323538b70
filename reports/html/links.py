"""Where things are: the addresses of pages in the report, and those of sources in the web."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ..results.release import Cell

_RFC = re.compile(r"RFC (\d+)(?:, (?:section )?([\d.]+))?")


@dataclass(frozen=True, slots=True)
class Link:
    """A text, and the address that it leads to; none if it is empty."""

    text: str
    address: str = ""


def cell_page(cell: Cell) -> str:
    """The page of a cell, seen from the folder of its library."""
    return f"{quote(cell[0])}/{quote(cell[1])}.html"


def upgrade_page(old: str, new: str) -> str:
    """The page of an upgrade, seen from the folder of its library."""
    return f"upgrade/{upgrade_file(old, new)}"


def upgrade_file(old: str, new: str) -> str:
    """The page of an upgrade, seen from the folder of the upgrades."""
    return f"{quote(old)}..{quote(new)}.html"


def link_source(source: str, place: str = "") -> Link:
    """A source as a link, if it is a page of the web or a section of an RFC.

    Nothing else becomes an address: what a file says may not be a script.
    """
    if is_web(source):
        return Link(place or shorten(source), source)
    rfc = _RFC.match(source)
    if rfc:
        section = f"#section-{rfc[2].rstrip('.')}" if rfc[2] else ""
        return Link(source, f"https://www.rfc-editor.org/rfc/rfc{rfc[1]}{section}")
    return Link(place or source)


def is_web(address: str) -> bool:
    """Whether this is the address of a page of the web."""
    return urlsplit(address).scheme in ("https", "http") and " " not in address


def shorten(address: str) -> str:
    """An address as it is shown: without what every address of its site begins with."""
    parts = urlsplit(address)
    host = "" if parts.netloc == "github.com" else f"{parts.netloc}/"
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{parts.path.strip('/')}{fragment}"
