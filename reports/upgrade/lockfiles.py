"""The release of a library that a lock file, or a requirements file, pins.

A pin that a marker rules out for this Python does not count, extras and groups make no difference,
and one library at several releases is said, not guessed at. A lock file may come with an untrusted
change: of one that cannot be read, a message says where, and not what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from ..results.release import WrongInput
from .conda_formats import (
    is_conda_list,
    read_conda_list,
    read_conda_lock,
    read_environment,
    read_pixi,
)
from .lock_formats import read_pdm, read_pipfile, read_poetry, read_pylock, read_uv
from .lock_markers import Environment, choose_pin
from .lock_pins import Found, LockText, Pin
from .requirements_files import PATTERN, read_requirements
from .text_encodings import decode_text, read_bytes

MOST_PINS = 200_000
"""How many there may be; a file of many environments, each for many platforms, has a third."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of lock files: what it is called, what the files are, and who reads them.

    `named` is what names have, `holds` what texts have whose name does not tell. `entry` is how the
    line begins that pins a package; NAME stands for its name.
    """

    name: str
    files: str
    reads: str
    named: str
    holds: Callable[[str], object]
    read: Callable[[LockText], Found]
    entry: str


@dataclass(frozen=True, slots=True)
class LockFile:
    """What a lock file pins: canonical name to all that is said of it; and what is to be noted."""

    name: str
    pins: Mapping[str, Sequence[Pin]]
    notes: tuple[str, ...] = ()

    def find(self, library: str, environment: Environment) -> Pin | None:
        """The pin of a library for this environment; None if the file does not name it."""
        found = self.pins.get(canonicalize_name(library))
        return choose_pin(found, environment) if found else None


def read_lock(
    path: Path,
    *,
    outside: bool = False,
    read_file: Callable[[Path], bytes] = read_bytes,
    name: str = "",
) -> LockFile:
    """A lock file of any form, known by its name or, if that does not tell, by its content.

    `outside`: a requirements file may include files out of its folder. `read_file` reads it and
    those; `name` is what it is called in messages. Raises `WrongInput` for a file that is of no
    known form, and for one that pins nothing: with an empty file, nothing would ever be compared.
    """
    called = name or str(path)
    text = decode_text(path, read_file(path))
    form = find_form(path, text, called)
    found: dict[str, list[Pin]] = {}
    file = LockText(path, text, read_file, outside)
    try:
        for number, (distribution, pin) in enumerate(form.read(file)):
            if number == MOST_PINS:
                raise ValueError(f"it has more than {MOST_PINS} packages")
            found.setdefault(canonicalize_name(distribution), []).append(pin)
    except ValueError as error:
        raise WrongInput(f"{called} cannot be read as {form.name}: {error}") from error
    except RuntimeError as error:  # RecursionError, and links that lead to themselves
        said = f"{called} cannot be read as {form.name}: it never comes to an end"
        raise WrongInput(said) from error
    return LockFile(called, found, tuple(file.notes))


def list_forms() -> str:
    """The table of the forms that are read, in Markdown."""
    rows = [f"| {form.files} | {form.reads} |" for form in FORMS]
    return "\n".join(["| file | what counts |", "|---|---|", *rows])


def find_form(path: Path, text: str, called: str = "") -> Form:
    """The form of a file that holds this text. Raises `WrongInput` if it has none of them."""
    if is_conda_list(text):
        return CONDA_LIST
    for form in FORMS:
        if form.named and re.search(form.named, path.name.lower()):
            return form
    for form in FORMS:
        if form.holds(text):
            return form
    names = ", ".join(form.name for form in FORMS)
    raise WrongInput(
        f"{called or path} is not a lock file that this version reads; it reads: {names}"
    )


def _holding(*patterns: str) -> Callable[[str], bool]:
    """Whether a text has all of these, each at the start of a line."""
    return lambda text: all(re.search(f"^(?:{one})", text, re.MULTILINE) for one in patterns)


IN_TOML = r"""name\s*=\s*["']NAME["']"""
IN_YAML = r"""(-\s*)?name:\s*["']?NAME["']?\s*$"""
IN_JSON = r'"NAME"\s*:\s*\{'
OF_CONDA = r"""-\s*["']?([\w./-]+::)?NAME["']?\s*($|[=<>~!;@\[,\s])"""
BARE = r"NAME\s*($|[=<>~!;@\[,\s])"
CONDA_LIST = Form(
    "a list of conda",
    "what `conda list` writes, also with `--export` or `--explicit`",
    "every release in it; pip's packages as well",
    "",
    is_conda_list,
    read_conda_list,
    BARE,
)
FORMS = (
    Form(
        "uv.lock",
        "`uv.lock`",
        "packages whose `resolution-markers` hold",
        r"uv\.lock$",
        lambda text: _holding(r"\[\[package\]\]")(text) and not _holding(r"\[metadata")(text),
        read_uv,
        IN_TOML,
    ),
    Form(
        "pdm.lock",
        "`pdm.lock`",
        "packages whose `marker` holds, of every group",
        r"pdm\.lock$",
        _holding(r"\[\[package\]\]", r"\[metadata\]", r"lock_version"),
        read_pdm,
        IN_TOML,
    ),
    Form(
        "poetry.lock",
        "`poetry.lock`",
        "packages whose `markers` hold, of every group",
        r"poetry\.lock$",
        _holding(r"\[\[package\]\]", r"\[metadata"),
        read_poetry,
        IN_TOML,
    ),
    Form(
        "pylock.toml",
        "`pylock.toml`, `pylock.NAME.toml` (PEP 751)",
        "packages whose `marker` holds, with the extras and groups that it names or without",
        r"pylock.*\.toml$",
        _holding(r"\[\[packages\]\]"),
        read_pylock,
        IN_TOML,
    ),
    Form(
        "Pipfile.lock",
        "`Pipfile.lock`",
        "`default` first, then every other section",
        r"pipfile\.lock$",
        lambda text: text.lstrip().startswith("{"),
        read_pipfile,
        IN_JSON,
    ),
    Form(
        "requirements*.txt",
        "`requirements*.txt`, `constraints*.txt`, what `pip freeze` writes",
        "`==`; with what `-r` and `-c` name; also in UTF-16, as PowerShell writes",
        r"requirements.*\.(txt|in)$|^constraints.*\.txt$",
        PATTERN.search,
        read_requirements,
        BARE,
    ),
    Form(
        "pixi.lock",
        "`pixi.lock` (versions 4 to 6)",
        "the environments of this platform and Python; of several, `default`",
        r"pixi\.lock$",
        _holding(r"environments:", r"packages:"),
        read_pixi,
        IN_YAML,
    ),
    Form(
        "conda-lock.yml",
        "`conda-lock.yml`",
        "the packages of this platform, pip's as well",
        r"conda-lock.*\.ya?ml$",
        _holding(r"package:", r"metadata:|version:"),
        read_conda_lock,
        IN_YAML,
    ),
    Form(
        "environment.yml",
        "`environment.yml` of conda",
        "`==6.4`, `=6.4.1`, `=6.4=BUILD`, and its `pip:` lines; `=6.4` is a range, but where "
        "`conda env export` wrote the file",
        r"environment.*\.ya?ml$",
        _holding(r"dependencies:"),
        read_environment,
        OF_CONDA,
    ),
    CONDA_LIST,
)
"""The forms that are read. A name tells before any content does; else the first that has it."""
