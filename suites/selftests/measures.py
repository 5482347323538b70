"""Figures of the code, for comparing two trees: `python -m suites.selftests.measures [FOLDER]`.

Modules and lines by package, imports between packages, names defined twice, functions that are
named by a participle, comments, the lists of known deviations. Self-tests are not counted.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path
from statistics import median

TOPS = ("fixtures", "suites", "reports")
VALUES = ("property", "fixture", "rule", "scenario")
"""Decorators of functions whose name is that of a value: an attribute, a fixture, a check."""
WORDS_OF_SCRIPTS = {
    "tagged": "says in a promise which scenarios it is about",
    "logged": "an expectation, as `called`, which reads as what the document says",
    "warned": "the same",
    "called": "the same; and the recorder's word for an event, which is its `how`",
    "returned": "the same",
    "raised": "the same",
    "reached": "the same",
    "acted": "the recorder's word for an event",
}
"""Participles that a promise or a driver is written in, each with its reason."""
SHARED = {
    "add_arguments": "a command declares its arguments",
    "run": "a command, and a job of a child process, is run",
    "main": "an entry point",
    "send": "an action of the application, and a step of the peer",
    "stop_reading": "an action of the application, and a step of the peer",
}
"""Public names that are meant to be the same in several modules, each with its reason."""
NOUNS = frozenset({"docstring", "meaning", "nothing", "closing"})
"""Words that end like a participle."""


def modules(root: Path) -> dict[str, Path]:
    """The file of every module below the three folders, by dotted name, but for self-tests."""
    found = {}
    for top in TOPS:
        for path in sorted((root / top).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if "selftests" not in parts:
                found[".".join(part for part in parts if part != "__init__")] = path
    return found


def package_of(name: str, files: dict[str, Path]) -> str:
    """The package that a module is counted in: two levels at most."""
    parts = name.split(".")
    is_package = files[name].name == "__init__.py"
    return ".".join((parts if is_package else parts[:-1])[:2]) or parts[0]


def imports(name: str, path: Path, files: dict[str, Path]) -> Iterator[str]:
    """The modules of the three folders that a module imports, wherever in it, but for types."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(_without_types(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                if whole in files or base in files:
                    yield whole if whole in files else base
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)


def _without_types(tree: ast.Module) -> ast.Module:
    """The module without what stands below `if TYPE_CHECKING`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = [ast.Pass()]
    return tree


def levels(edges: dict[str, set[str]]) -> int:
    """How many modules the longest chain of imports has."""
    known: dict[str, int] = {}

    def depth(name: str, above: frozenset[str]) -> int:
        if name not in known:
            below = [n for n in edges[name] if n not in above and n != name]
            known[name] = 1 + max((depth(n, above | {name}) for n in below), default=0)
        return known[name]

    return max(depth(name, frozenset()) for name in edges)


def definitions(path: Path) -> Iterator[tuple[str, str]]:
    """The functions and classes of a module's top level: kind and name, private ones left out."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            if not node.name.startswith("_"):
                yield kind, node.name


def functions(path: Path) -> Iterator[str]:
    """The names of all functions and methods of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            decorators = [ast.unparse(one) for one in node.decorator_list]
            is_value = any(mark in one for one in decorators for mark in VALUES)
            if not is_value and node.name not in WORDS_OF_SCRIPTS:
                yield node.name


def is_participle(name: str) -> bool:
    """Whether a name begins with a verb in -ed, in -ing or of the irregular ones used here."""
    first = name.strip("_").split("_")[0]
    irregular = {"told", "seen", "said", "known", "shown", "made", "kept", "held", "found", "sent"}
    irregular |= {"written", "given", "chosen", "swept", "heard", "begun", "left"}
    if first in NOUNS:
        return False
    return first in irregular or bool(re.fullmatch(r"[a-z]{3,}(?:ed|ing)", first))


def comment_lines(path: Path) -> int:
    """How many lines hold a comment."""
    text = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return len({token.start[0] for token in tokens if token.type == tokenize.COMMENT})


def report(root: Path) -> Iterator[str]:
    """The figures of a tree, line by line."""
    files = modules(root)
    sizes = {name: len(path.read_text().splitlines()) for name, path in files.items()}
    by_package: dict[str, list[int]] = defaultdict(list)
    for name, size in sizes.items():
        by_package[package_of(name, files)].append(size)
    yield f"{'package':<28} modules  lines  median  longest"
    for package, lines in sorted(by_package.items()):
        figures = f"{len(lines):>7} {sum(lines):>6} {median(lines):>7.0f} {max(lines):>8}"
        yield f"{package:<28} {figures}"
    whole = [size for size in sizes.values() if size > 1]
    yield f"all: {len(sizes)} modules, {sum(whole)} lines, median {median(whole):.0f}"
    longest = sorted(sizes, key=lambda name: -sizes[name])[:5]
    yield "longest: " + ", ".join(f"{name} {sizes[name]}" for name in longest)
    edges = {name: set(imports(name, path, files)) for name, path in files.items()}
    between = Counter(
        (package_of(one, files), package_of(other, files))
        for one, others in edges.items()
        for other in others
        if package_of(one, files) != package_of(other, files)
    )
    yield f"import levels: {levels(edges)}; edges between packages: {len(between)}"
    defined: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, path in files.items():
        for one in definitions(path):
            defined[one].add(name)
    twice = sorted(
        f"{name} ({kind})"
        for (kind, name), where in defined.items()
        if len(where) > 1 and name not in SHARED
    )
    yield f"public names defined in more than one module: {len(twice)}: {', '.join(twice)}"
    named = sorted(one for path in files.values() for one in functions(path) if is_participle(one))
    yield f"functions named by a participle: {len(named)}: {', '.join(dict.fromkeys(named))}"
    comments = sum(map(comment_lines, files.values()))
    yield f"comments: {comments} of {sum(whole)} lines, {100 * comments / sum(whole):.1f} %"
    lists = sorted((root / "suites" / "deviations").rglob("*.toml"))
    listed = [line for path in lists for line in path.read_text().splitlines()]
    heads = Counter(line for line in listed if line.startswith("[["))
    yield f"deviations: {len(lists)} files, {len(listed)} lines, {dict(heads)}"


if __name__ == "__main__":
    print("\n".join(report(Path(sys.argv[1] if len(sys.argv) > 1 else "."))))
