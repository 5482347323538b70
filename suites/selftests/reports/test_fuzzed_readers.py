"""Whatever stands in a file, its reader takes it, or raises an error of the user's."""

from __future__ import annotations

import contextlib
import copy
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from fixtures.model.errors import UserError
from reports.history.stored_history import FOLDER, read_history
from reports.results.record import load_record
from reports.upgrade.lock_markers import choose_python
from reports.upgrade.lockfiles import read_lock
from reports.upgrade.policy_file import PolicyFile, load_policy

from ..malformed_inputs import list_places, make_old_record, make_record, replace
from ..malformed_locks import LOCKS

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=5,
)
WORDS = (
    *("[[package]]", "[[packages]]", "name", "version", "source", "git", "markers", "=", "\n"),
    *("{", "}", "[", "]", "'websockets'", '"1.0"', "-r", "-c", "-e", "requirements.txt", "==1.0"),
    *(
        "; python_version > '3'",
        "\\\n",
        "#",
        "@ https://a:b@c/",
        '{"default":',
        '"version":',
        "use",
    ),
)
TEXTS = some.lists(some.sampled_from(WORDS) | some.text(max_size=3), max_size=12).map("".join)
HISTORY = min(FOLDER.glob("*.json"), key=lambda path: path.stat().st_size)


@contextlib.contextmanager
def written(name: str, text: str) -> Iterator[Path]:
    """A file of that name and text, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        yield path


def read(reader: Callable[[Path], object], path: Path) -> None:
    """Read a file; any error but one of the user's goes on."""
    with contextlib.suppress(UserError):
        reader(path)


def read_record(path: Path) -> None:
    """Read a record, and each of its releases."""
    for release in load_record(path).releases:
        release.read()


def read_pins(path: Path) -> None:
    """Read a lock file, and choose a pin of everything that it names."""
    found = read_lock(path)
    for name in found.pins:
        found.find(name, choose_python(None))


@pytest.mark.parametrize("name", LOCKS)
@given(text=TEXTS)
@example(text="-r requirements.txt\\\n")
@example(text="websockets @ file:\n")
@example(text="websockets ===")
def test_any_lock_file(name: str, text: str) -> None:
    """Texts that are made of what lock files are made of."""
    with written(name, text) as path:
        read(read_pins, path)


@given(text=TEXTS)
@example(text="use = {surfaces = []}")
@example(text="accept = [5]")
def test_any_policy(text: str) -> None:
    """The same for `lifecycle.toml`."""
    with written("lifecycle.toml", text) as path:
        read(lambda path: load_policy(PolicyFile.of(path)), path)


@given(data=some.data(), value=JSON)
def test_any_record(data: some.DataObject, value: Any) -> None:
    """One of today, or of schema 1, in which something else stands in one place."""
    lines = copy.deepcopy(data.draw(some.sampled_from([make_record(), make_old_record()])))
    place = data.draw(some.sampled_from([*list_places(dict(enumerate(lines)), 8)][1:]))
    changed = replace(dict(enumerate(lines)), place, value).values()
    with written("run.jsonl", "".join(f"{json.dumps(line)}\n" for line in changed)) as path:
        read(read_record, path)


@given(data=some.data(), value=JSON)
def test_any_history(data: some.DataObject, value: Any) -> None:
    """A stored one in which something else stands in one place."""
    whole = json.loads(HISTORY.read_text(encoding="utf-8"))
    place = data.draw(some.sampled_from([*list_places(whole, 6)]))
    with written("it.json", json.dumps(replace(whole, place, value))) as path:
        read(lambda file: read_history(file, whole["library"]), path)
