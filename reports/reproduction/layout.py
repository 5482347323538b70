"""Lay a rendered script out: without what nothing in it uses, with blank lines where they go.

How this works. A script is split into its statements by their indentation, and each is parsed for
itself: most of them are in hundreds of scripts, and are parsed once.
"""

from __future__ import annotations

import ast
import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fixtures.drivers.websocket_client_loops import METHODS

DEFINITIONS = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
IMPORTS = ast.Import, ast.ImportFrom
GOES_ON = (")", "]", "}", "else:", "elif ", "except", "finally:", "#")
"""How a line begins that is not indented, and begins no statement."""
QUOTES = '"""'


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A statement: the line that it begins in, and what its text says of it."""

    line: int
    own: Parsed

    @property
    def end(self) -> int:
        """The line after its last one."""
        return self.line + len(self.own.lines)


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """What the text of a statement says: what it gives a name to, and which names it refers to.

    A class may lose some of its `members`; `names` are those of the rest.
    """

    lines: tuple[str, ...]
    node: ast.stmt
    name: str
    names: Mapping[str, int]
    members: tuple[Statement, ...] = ()


def lay_out(text: str) -> str:
    """The script as it is written to a file.

    A template holds everything that its scripts may need, and a line of it that is rendered to
    nothing but spaces was of no use here.
    """
    lines = [line for line in text.splitlines() if line.strip() or not line]
    statements = [Statement(at, _parse(part)) for at, part in _split(lines)]
    left = _list_used(statements)
    found = list(_join_imports([one for one in statements if one in left]))
    return "\n".join(_write(found, left, lines)) + "\n"


def _split(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The text of each statement, and the line that it begins in."""
    start, quoted, decorated = 0, False, False
    for at, line in enumerate([*lines, "end"]):
        begins = bool(line) and not line[0].isspace() and not line.startswith(GOES_ON)
        if begins and not quoted and not decorated:
            part = "\n".join(lines[start:at]).rstrip("\n")
            if part and not part.startswith("#"):
                yield start, part
            start = at
        decorated = begins and line.startswith("@")
        quoted ^= line.count(QUOTES) % 2 == 1


@functools.cache
def _parse(text: str) -> Parsed:
    """What a statement says."""
    [node] = ast.parse(text).body
    lines = tuple(text.split("\n"))
    if not isinstance(node, ast.ClassDef):
        return Parsed(lines, node, _name(node), _count_names([node]))
    head = _count_names([*node.decorator_list, *node.bases, *node.keywords])
    return Parsed(lines, node, node.name, head, tuple(_list_members(lines, node)))


def _list_members(lines: tuple[str, ...], node: ast.ClassDef) -> Iterator[Statement]:
    """The members of a class; without names where a base may refer to them."""
    for one in node.body:
        own = lines[one.lineno - 1 : one.end_lineno]
        name = "" if node.bases else _name(one)
        yield Statement(one.lineno - 1, Parsed(own, one, name, _count_names([one])))


def _list_used(statements: Sequence[Statement]) -> set[Statement]:
    """The statements and members of classes but those whose names nothing refers to.

    What only an unused statement refers to is unused as well. A library calls methods of a
    dispatcher.
    """
    left = {*statements, *(member for one in statements for member in one.own.members)}
    used = Counter[str]()
    for one in left:
        used.update(one.own.names)
    while unused := [one for one in left if _is_unused(one.own.name, used)]:
        for one in unused:
            for gone in (one, *one.own.members):
                if gone in left:
                    left.remove(gone)
                    used.subtract(gone.own.names)
    return left


def _is_unused(name: str, used: Counter[str]) -> bool:
    return bool(name) and not used[name] and name not in METHODS and not name.startswith("__")


def _count_names(nodes: Iterable[ast.AST]) -> Mapping[str, int]:
    """The names that these refer to, as often as they do."""
    return Counter(name for node in nodes for one in ast.walk(node) for name in _list_names(one))


def _list_names(node: ast.AST) -> Sequence[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        return (node.attr,)
    return node.names if isinstance(node, ast.Global) else ()


def _name(node: ast.stmt) -> str:
    """What a statement gives a name to, if it gives one."""
    if isinstance(node, DEFINITIONS):
        return node.name
    if isinstance(node, IMPORTS) and len(node.names) == 1:
        return node.names[0].name
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def _join_imports(statements: Sequence[Statement]) -> Iterator[Statement]:
    """The names that are left of one module, each on a line of its own, stand on the last one."""
    for module, group in itertools.groupby(statements, _find_module):
        listed = list(group)
        if module is None or len(listed) == 1:
            yield from listed
            continue
        names = ", ".join(
            name.name
            for one in listed
            if isinstance(one.own.node, ast.ImportFrom)
            for name in one.own.node.names
        )
        yield Statement(listed[-1].line, _parse(f"from {module} import {names}"))


def _find_module(statement: Statement) -> str | None:
    """The module that names are imported from."""
    node = statement.own.node
    return node.module if isinstance(node, ast.ImportFrom) else None


def _write(
    statements: Sequence[Statement], left: set[Statement], lines: Sequence[str], indent: int = 0
) -> Iterator[str]:
    """The lines of statements, with the blank lines that belong between two of them."""
    for before, one in zip([None, *statements], statements, strict=False):
        yield from [""] * (_blank_lines(before, one, lines, indent) if before else 0)
        if not one.own.members:
            yield from one.own.lines
            continue
        first = one.own.members[0].line
        yield from (line for line in one.own.lines[:first] if line)
        members = [member for member in one.own.members if member in left]
        yield from _write(members, left, one.own.lines, indent + 1)


def _blank_lines(before: Statement, one: Statement, lines: Sequence[str], indent: int) -> int:
    nodes = before.own.node, one.own.node
    if any(isinstance(node, DEFINITIONS) for node in nodes):
        return 1 if indent else 2
    if isinstance(nodes[0], IMPORTS) != isinstance(nodes[1], IMPORTS):
        return 1
    return int("" in lines[before.end : one.line])
