"""What pages are made with: the templates, the files that they share, and where they are written.

Templates escape whatever is put into them; control characters and those that turn the direction of
writing around are written as Python writes them. No page asks another host for anything.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

import jinja2
import msgspec
from markupsafe import Markup

from fixtures.model.text import escape, pluralize
from suites.judging.judge import WORDS

from ..program_name import PROGRAM
from ..results.release import WrongInput
from ..results.unwritable import refuse

HERE = Path(__file__).parent
ASSETS = ("report.css", "report.js")
"""The files that the pages of a folder share."""
_SYMBOL = re.compile(r'(<symbol id="([^"]+)".*?</symbol>)')
_USED = re.compile(r'href="#([gi]-\w+)"')
_PLACE = "<!--symbols-->"
_DEFINITIONS = '<svg width="0" height="0" class="defs" aria-hidden="true"><defs>{}</defs></svg>'
CLASSES = {word: word.replace(" ", "-") for word in WORDS}
"""The CSS class of each verdict."""


def show_text(value: Any) -> Any:
    """What a template writes for a value: of a text, nothing that cannot be seen."""
    is_text = isinstance(value, str) and not isinstance(value, Markup)
    return escape(value) if is_text and not value.isprintable() else value


def mark_code(text: str) -> Markup:
    """A sentence in which names between backticks are code."""
    parts = escape(text).split("`")
    shown = [Markup("<code>{}</code>").format(one) if n % 2 else one for n, one in enumerate(parts)]
    return Markup("").join(shown)


def write_lines(text: str) -> Markup:
    """A text of several lines: each is written as any other text."""
    return Markup("\n").join(show_text(line) for line in text.split("\n"))


ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=show_text,
)
ENVIRONMENT.filters |= {"code": mark_code, "lines": write_lines, "many": pluralize}


@functools.cache
def write_once(macro: str, *values: Any) -> Markup:
    """What a macro writes; many pages have the same."""
    written: Markup = getattr(ENVIRONMENT.get_template("macros.html").module, macro)(*values)
    return written


ENVIRONMENT.globals |= {"css": CLASSES, "program": PROGRAM, "once": write_once}


def read_asset(name: str) -> str:
    """The text of a file that is part of every report."""
    return (HERE / "assets" / name).read_text(encoding="utf-8")


def digest_text(text: str) -> str:
    """The digest of a style or a script, as a Content-Security-Policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@functools.cache
def _read_symbols() -> dict[str, str]:
    """Every glyph by its name."""
    found = _SYMBOL.findall(read_asset("symbols.svg"))
    return {name: symbol for symbol, name in found}


def choose_symbols(html: str) -> Markup:
    """The glyphs that are used in a text, declared once for it."""
    used = dict.fromkeys(_USED.findall(html))
    found = "".join(_read_symbols()[name] for name in used)
    return Markup(_DEFINITIONS).format(Markup(found))


def add_symbols(page: str, uses: str) -> str:
    """The page with the glyphs that a text uses."""
    head, _, rest = page.partition(_PLACE)
    return f"{head}{choose_symbols(uses)}{rest}"


class Site(Protocol):
    """What takes the pages of a report."""

    def write_page(self, path: str, template: str, **values: Any) -> None:
        """Take the page of this address in the report, of a template and its values."""

    def write_data(self, path: str, name: str, data: Any) -> None:
        """Take data that pages load when they need it: the name that it has there."""

    def write_text(self, path: str, text: str) -> None:
        """Take a file that others than the pages read."""


class Folder:
    """A report as a folder of files."""

    def __init__(self, folder: Path) -> None:
        """Make the folder. Raises `WrongInput` if that cannot be."""
        self._folder, self._root = folder, folder.resolve()
        for name in ASSETS:
            self.write_text(name, read_asset(name))

    def write_page(self, path: str, template: str, **values: Any) -> None:
        """Write the page of this address, of a template and its values."""
        root = "../" * path.count("/")
        text = ENVIRONMENT.get_template(template).render(root=root, **values)
        self.write_text(unquote(path), add_symbols(text, text))

    def write_data(self, path: str, name: str, data: Any) -> None:
        """Write data as a script that gives it a name: a page of a folder may read no other file.

        It is loaded by the page that needs it, once it does.
        """
        text = msgspec.json.encode(data).decode()
        self.write_text(path, f"window.{name} = {text};\n")

    def write_text(self, path: str, text: str) -> None:
        """Write a file that others than the pages read."""
        file = self._folder / path
        if not file.resolve().is_relative_to(self._root):
            raise WrongInput(f"{path}: a page of the report would stand outside of its folder")
        write_file(file, text)


def prepare_folder(folder: Path) -> None:
    """Make the folder of a report, before any work is done. Raises `WrongInput` if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise refuse("--out", folder, error) from error


def write_file(file: Path, text: str) -> None:
    """Write a file, in folders that are made. Raises `WrongInput` if that cannot be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise refuse("--out", file, error) from error
