"""Digests of a release's docstrings, so that a comparison can say whether a document changed.

Read from the source files, without running any of them.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

Node = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
NOT_THE_API = frozenset({"test", "tests", "experiments", "__pycache__"})


def digest_docstrings(folder: Path, module: str) -> dict[str, str]:
    """The docstring of every public object of a library: its dotted name and a short digest.

    `folder` is where `module` is imported from. What has no docstring is not there.
    """
    found: dict[str, str] = {}
    for path in sorted([folder / f"{module}.py", *(folder / module).rglob("*.py")]):
        place = path.relative_to(folder).with_suffix("").parts
        if NOT_THE_API.isdisjoint(place):
            name = ".".join(part for part in place if part != "__init__")
            for inner, text in _walk_docstrings(path, name):
                found[inner] = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return found


def _walk_docstrings(path: Path, module: str) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, OSError):
        return
    for node in _public(tree.body):
        yield from _of(f"{module}.{node.name}", node)
        if isinstance(node, ast.ClassDef):
            for member in _public(node.body):
                yield from _of(f"{module}.{node.name}.{member.name}", member)


def _public(body: Iterable[ast.stmt]) -> Iterator[Node]:
    for node in body:
        if isinstance(node, ast.If | ast.Try):
            yield from _public(node.body)
        elif isinstance(node, Node) and (node.name == "__init__" or node.name[0] != "_"):
            yield node


def _of(path: str, node: Node) -> Iterator[tuple[str, str]]:
    text = ast.get_docstring(node)
    if text:
        yield path, text
