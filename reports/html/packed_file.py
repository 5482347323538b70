"""A report as one file: every page packed into it, and opened by its script.

How this works. The pages are those of the folder. What recurs in many of them, an event or a
check, stands once in a table; pages name it by its number. All of that is
compressed, and the browser opens it without a request, so that the policy can forbid every one. The
only style and the only scripts that may run are those whose digests stand in the policy.
"""

from __future__ import annotations

import base64
import gzip
import re
from typing import Any
from urllib.parse import unquote

import msgspec
from markupsafe import Markup

from .site import ENVIRONMENT, add_symbols, digest_text, read_asset

_ITEM = re.compile(
    r"<li[ >](?:(?!<li[ >]).)*?</li>|<nav class=\"sibs\".*?</nav>|<thead>.*?</thead>", re.DOTALL
)
"""A list item without another one in it, the links to the same in other APIs, a table's head."""
_BOUNDARY = "<!--part-->"
"""What stands between title, views and content of a page; no text has it, for that is escaped."""
_SPACE = re.compile(r"\n\s*")


class PackedFile:
    """Takes the pages of a report, and puts them into one file."""

    def __init__(self, start: str) -> None:
        """No page is there yet; `start` is the path of the one that is shown first."""
        self._start = start
        self._pages: dict[str, list[str]] = {}
        self._items: dict[str, int] = {}
        self._data: dict[str, Any] = {}

    def write_page(self, path: str, template: str, **values: Any) -> None:
        """Take the page of this address, of a template and its values."""
        text = ENVIRONMENT.get_template(template).render(root="", layout="part.html", **values)
        self._pages[unquote(path)] = [self._share(part) for part in text.split(_BOUNDARY)]

    def write_data(self, path: str, name: str, data: Any) -> None:
        """Take data that has this name."""
        self._data[name] = data

    def write_text(self, path: str, text: str) -> None:
        """Leave out a file that others than the pages read: it would be found by nobody."""

    def _share(self, text: str) -> str:
        """The text with numbers in place of its list items."""
        return _ITEM.sub(self._number, _SPACE.sub("\n", text))

    def _number(self, item: re.Match[str]) -> str:
        return f"\x01{self._items.setdefault(item[0], len(self._items))}\x02"

    def make(self, title: str) -> str:
        """The file."""
        css, script = read_asset("report.css"), read_asset("report.js")
        items = list(self._items)
        data = {"items": items, "pages": self._pages, "data": self._data, "start": self._start}
        packed = gzip.compress(msgspec.json.encode(data), 9, mtime=0)
        used = "".join([*items, *(part for page in self._pages.values() for part in page)])
        page = ENVIRONMENT.get_template("single.html").render(
            root="",
            title=title,
            css_text=Markup(css),
            script=Markup(script),
            css_digest=digest_text(css),
            script_digest=digest_text(script),
            packed=base64.b64encode(packed).decode(),
        )
        return add_symbols(page, page + used)
