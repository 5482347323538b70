"""The page of the peer's steps: what each does, how it is called, and a script that calls it.

It repeats the code: the list of steps in `fixtures.peer.steps.Peer`, their docstrings, and the
scenarios and self-tests, in which the shortest call of each step is looked for.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from fixtures.model.scenario import ROLES
from fixtures.peer import frames, steps
from fixtures.peer.steps import Peer

ROOT = Path(__file__).parents[2]
EXAMPLES = ("suites/scenarios", "suites/selftests/fixtures", "fixtures/servers")
"""Where examples are looked for."""
HEADING = re.compile(r"    # (.+)")
STEP = re.compile(r"    (\w+) = _step\(")


class Call(NamedTuple):
    """A call of a step: how long it is, how it reads, and in which script it stands."""

    length: int
    text: str
    script: str


def list_steps() -> str:
    """Every step by its group: call, what it does, and the scenario that its example is from."""
    lines = []
    for heading, names in _list_groups().items():
        lines += [f"### {heading}", "", "| step | what it does | for example |", "|---|---|---|"]
        lines += [_row(name) for name in names]
        lines.append("")
    return "\n".join(lines).rstrip()


def list_frames() -> str:
    """Every maker of a frame: call, and what it makes."""
    rows = ["| frame | what it is |", "|---|---|"]
    for name, function in inspect.getmembers(frames, inspect.isfunction):
        if function.__module__ == frames.__name__:
            rows.append(f"| `{name}({_list_arguments(function)})` | {_first_sentence(function)} |")
    return "\n".join(rows)


def _list_groups() -> dict[str, list[str]]:
    """The names of the steps, by the comments between them."""
    found, heading = defaultdict[str, list[str]](list), ""
    for line in inspect.getsource(steps).splitlines():
        if begun := HEADING.fullmatch(line):
            heading = begun[1]
        elif step := STEP.match(line):
            found[heading].append(step[1])
    return dict(found)


def _row(name: str) -> str:
    function = getattr(Peer, name)
    call = _find_calls().get(name)
    example = f"`{call.text}` in `{call.script}`" if call else ""
    head = f"`{name}({_list_arguments(function, but=1)})`"
    return f"| {head} | {_first_sentence(function)} | {example} |"


def _list_arguments(function: Callable[..., object], but: int = 0) -> str:
    """The parameters of a function but the first ones, without types: `code=None, *frames`."""
    given = list(inspect.signature(function).parameters.values())[but:]
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in given]
    return str(inspect.Signature(bare))[1:-1].replace("|", "\\|")


def _first_sentence(function: Callable[..., object]) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")


@functools.cache
def _find_calls() -> dict[str, Call]:
    """The example of each step: of the calls with most arguments, up to two, the shortest."""
    found = defaultdict[str, list[Call]](list)
    folders = (ROOT / name for name in EXAMPLES)
    for path in (path for folder in folders for path in sorted(folder.rglob("*.py"))):
        for script in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(script, ast.FunctionDef):
                for call in _list_calls(script):
                    found[call.text.partition("(")[0].rpartition(".")[2]].append(call)
    return {name: min(calls) for name, calls in found.items()}


def _list_calls(script: ast.FunctionDef) -> Iterator[Call]:
    """The calls of steps in a script."""
    for node in ast.walk(script):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if isinstance(of, ast.Name) and of.id in ROLES:
                text = ast.unparse(node).replace("|", "\\|")
                many = min(len(node.args) + len(node.keywords), 2)
                yield Call(len(text) - 100 * many, text, script.name)
