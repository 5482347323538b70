"""Lay a rendered script out: without what nothing in it uses, with blank lines where they go."""

from __future__ import annotations

import ast
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    _remove_unused(tree, lines)
    _join_imports(lines, tree)
    return "\n".join(_lines(lines, tree.body)) + "\n"


def _remove_unused(tree: ast.Module, lines: list[str]) -> None:
    """Remove imports, definitions and assignments of a module whose names nothing refers to.

    A class without a base may lose methods as well, but those that a library calls of a dispatcher;
    with one, its base calls them. What only such a statement used is unused as well.
    """
    bodies = [one for one in tree.body if isinstance(one, ast.ClassDef) and not one.bases]
    members: dict[ast.stmt, list[ast.stmt]] = {one: list(one.body) for one in bodies}
    whole = [one for one in tree.body if one not in members]
    whole += [one for body in members.values() for one in body]
    names = {one: _find_names(one, lines) for one in whole}
    names |= {one: _count_names([*one.decorator_list, *one.keywords]) for one in bodies}
    used = Counter[str]()
    for counted in names.values():
        used.update(counted)
    left = dict(names)
    while unused := [one for one in left if _is_unused(_name(one), used)]:
        for node in unused:
            gone = [node, *(one for one in members.get(node, ()) if one in left)]
            for one in gone:
                used.subtract(left.pop(one, {}))
    tree.body = [one for one in tree.body if one in left]
    for one in bodies:
        one.body = [member for member in one.body if member in left]


def _is_unused(name: str, used: Counter[str]) -> bool:
    return bool(name) and not used[name] and name not in METHODS and not name.startswith("__")


def _find_names(node: ast.stmt, lines: list[str]) -> Mapping[str, int]:
    """The names that a statement refers to; most statements are in many scripts."""
    text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
    if text not in _NAMES:
        _NAMES[text] = _count_names([node])
    return _NAMES[text]


_NAMES: dict[str, Mapping[str, int]] = {}


def _count_names(nodes: Iterable[ast.AST]) -> Mapping[str, int]:
    """The names that these refer to, as often as they do."""
    return Counter(name for node in nodes for one in ast.walk(node) for name in _list_names(one))


def _list_names(node: ast.AST) -> Sequence[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        return (node.attr,)
    return node.names if isinstance(node, ast.Global) else ()


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
