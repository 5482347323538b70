"""Lay a rendered script out: without what nothing in it uses, with blank lines where they go."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from fixtures.drivers.websocket_client_loops import METHODS

DEFINITIONS = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
IMPORTS = ast.Import, ast.ImportFrom


def lay_out(text: str) -> str:
    """The script as it is written to a file.

    A template holds everything that its scripts may need, and a line of it that is rendered to
    nothing but spaces was of no use here.
    """
    lines = [line for line in text.splitlines() if line.strip() or not line]
    tree = ast.parse("\n".join(lines))
    while unused := set(_find_unused(tree)):
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef):
                node.body = [one for one in node.body if one not in unused]
    _join_imports(lines, tree)
    return "\n".join(_lines(lines, tree.body)) + "\n"


def _find_unused(tree: ast.Module) -> Iterator[ast.stmt]:
    """Imports, definitions and assignments of a module whose names nothing refers to.

    A class without a base may lose methods as well, but those that a library calls of a dispatcher;
    with one, its base calls them.
    """
    used = {*METHODS}
    for one in ast.walk(tree):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
            used.add(one.id)
        elif isinstance(one, ast.Attribute):
            used.add(one.attr)
        elif isinstance(one, ast.Global):
            used.update(one.names)
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef) and not one.bases]
    for node in [*tree.body, *(method for one in classes for method in one.body)]:
        name = _name(node)
        if name and name not in used and not name.startswith("__"):
            yield node


def _join_imports(lines: list[str], tree: ast.Module) -> None:
    """Write the names that are left of one module, each on a line of its own, on the last one."""
    imports = [one for one in tree.body if isinstance(one, ast.ImportFrom)]
    for before, node in itertools.pairwise(imports):
        if before.module == node.module:
            node.names[:0] = before.names
            names = ", ".join(one.name for one in node.names)
            lines[node.lineno - 1] = f"from {node.module} import {names}"
            tree.body.remove(before)


def _name(node: ast.stmt) -> str:
    """What a statement gives a name to, if it gives one."""
    if isinstance(node, DEFINITIONS):
        return node.name
    if isinstance(node, IMPORTS) and len(node.names) == 1:
        return node.names[0].name
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def _lines(lines: list[str], body: list[ast.stmt]) -> Iterator[str]:
    """The lines of statements, with the blank lines that belong between two of them."""
    for before, node in zip([None, *body], body, strict=False):
        yield from [""] * (_blank_lines(before, node, lines) if before else 0)
        if isinstance(node, ast.ClassDef):
            yield lines[node.lineno - 1]
            yield from _lines(lines, node.body)
        else:
            yield from lines[node.lineno - 1 : node.end_lineno]


def _blank_lines(before: ast.stmt, node: ast.stmt, lines: list[str]) -> int:
    if isinstance(node, DEFINITIONS) or isinstance(before, DEFINITIONS):
        return 1 if node.col_offset else 2
    if isinstance(before, IMPORTS) != isinstance(node, IMPORTS):
        return 1
    return int("" in lines[before.end_lineno : node.lineno - 1])
