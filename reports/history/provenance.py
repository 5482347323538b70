"""Fingerprints of the code that a recorded behaviour depends on.

A fingerprint is of what code does: comments, docstrings and layout leave it as it is.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

import msgspec

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES, Library, Surface
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.run.interpreter import encode_interpreter, find_interpreter

from ..results.release import Cell
from ..running.fingerprints import driver_files, machinery

ROW = ("role", "timeouts", "on_asyncio", "on_trio", "tls", "serves_tls")
"""More of what a surface's row says of how its cells run; the rest says which cells there are."""


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a history was recorded with: the interpreter, and fingerprints of our code."""

    python: str
    machinery: str
    drivers: dict[str, str]
    scenarios: dict[str, str]

    def of(self, cell: Cell) -> tuple[str, str | None, str | None]:
        """What a cell was recorded with; a missing driver or scenario is None."""
        return self.python, self.drivers.get(cell[0]), self.scenarios.get(cell[1])


def is_same_code(one: Code, other: Code, cell: Cell) -> bool:
    """Whether a cell was recorded with the same driver and scenario, on whichever Python."""
    return one.of(cell)[1:] == other.of(cell)[1:]


def code_of(library: Library) -> Code:
    """The fingerprints of the code as it is now."""
    surfaces = [surface for surface in SURFACES.values() if surface.library == library]
    played = [one for one in SCENARIOS.values() if any(s.plays(one) for s in surfaces)]
    return Code(
        encode_interpreter(find_interpreter().drop_micro()),
        _digest(map(_digest_meaning, machinery())),
        {surface.name: driver_fingerprint(surface) for surface in surfaces},
        {one.name: scenario_fingerprint(one) for one in played},
    )


@functools.cache
def scenario_fingerprint(scenario: Scenario) -> str:
    """Changes with the script, the application's actions, the settings, the needs."""
    function, values = scenario.script, [""]
    if function.__closure__:  # one of a family: the script, bound to its value
        bound = inspect.getclosurevars(function).nonlocals
        function, values = bound["script"], [repr(bound["value"])]
    values += map(
        repr, (sorted(scenario.peer_roles), scenario.application, scenario.settings, scenario.needs)
    )
    definition = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(definition):
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []  # what they say is in the values
    described = (re.sub(r" at 0x[0-9a-f]+", "", value) for value in values)  # of a function, say
    return _digest([_text(definition), str(scenario.races), *described])


def driver_fingerprint(surface: Surface) -> str:
    """Changes with the modules that drive a surface, and with its row in the table."""
    row = [surface.library.loggers, surface.library.companions, sorted(surface.lacks.items())]
    row += [sorted(surface.races), *(getattr(surface, name) for name in ROW)]
    return _digest([repr(row), *map(_digest_meaning, driver_files(surface))])


@functools.cache
def _digest_meaning(path: Path) -> str:
    return normalize_code(path.read_text(encoding="utf-8"))


def normalize_code(code: str) -> str:
    """The code without docstrings, comments and layout; the same on every Python."""
    return _text(ast.parse(code))


def _text(tree: ast.AST) -> str:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            body[0] = ast.Pass()
        if isinstance(node, ast.JoinedStr):  # CPython 3.12 ends some with an empty text
            node.values = [one for one in node.values if getattr(one, "value", None) != ""]
    return _describe(tree)


def _describe(part: object) -> str:
    """A tree as text: what `ast.unparse` and `ast.dump` make of one differs between Pythons.

    What is empty is left out, because newer Pythons have more that may be, such as `type_params`.
    """
    if isinstance(part, list):
        return f"[{' '.join(map(_describe, part))}]"
    if not isinstance(part, ast.AST) or isinstance(part, ast.Constant):
        return repr(part.value if isinstance(part, ast.Constant) else part)
    fields = (f"{name}={_describe(one)}" for name, one in ast.iter_fields(part) if one or one == 0)
    return f"{type(part).__name__}({' '.join(fields)})"


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
