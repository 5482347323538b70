"""The layout: which package imports which, what each is for, and that a name is one module's."""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .conftest import ROOT

ORDER = (
    "conftest",
    *("reports.installed", "reports.__main__", "reports.pytest_loop", "reports.pytest_baseline"),
    *("reports.commands", "reports.arguments"),
    *("reports.html", "reports.page", "reports.reproduction", "reports.render", "reports.upgrade"),
    *(
        "reports.history",
        "reports.diff",
        "reports.running",
        "reports.results",
        "reports.search",
        "reports.program_name",
    ),
    *(
        "suites.test_close",
        "suites.test_error",
        "suites.test_interop",
        "suites.test_open_time_close",
        "suites.test_release",
    ),
    *("suites.reference", "suites.changelogs", "suites.cells", "suites.interop"),
    *("suites.promises", "suites.judging", "suites.scenarios"),
    *("suites.input_files", "suites.safe_text"),
    *("fixtures.plugin", "fixtures.interop"),
    *("fixtures.servers", "fixtures.run", "fixtures.reference", "fixtures.drivers"),
    *("fixtures.peer", "fixtures.net", "fixtures.model"),
)
"""What imports goes before what is imported."""
AGAINST_THE_ORDER: dict[tuple[str, str], str] = {
    ("fixtures.model", "fixtures.peer"): "for the type alone: a script is a function of a Peer",
}
"""Imports from below to above, and why they are there."""
SHARED_NAMES: dict[str, str] = {
    "conftest": "pytest gives it its name",
}
"""Names that several modules have, and why."""


def sources() -> dict[str, Path]:
    """Every module and package of the project by its dotted name, the self-tests included."""
    found = [ROOT / "conftest.py"]
    for top in ("fixtures", "suites", "reports"):
        found += (ROOT / top).rglob("*.py")
    return {dotted(path): path for path in sorted(found)}


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = sources()
PACKAGES = [name for name, path in SOURCES.items() if path.name == "__init__.py"]
OURS = [name for name in SOURCES if not name.startswith("suites.selftests")]


@functools.cache
def parse_nodes(path: Path) -> Sequence[ast.AST]:
    """Every node of a module."""
    return tuple(ast.walk(ast.parse(path.read_text())))


def imports(module: str) -> Iterator[str]:
    """Every module of ours that a module imports, wherever in it, for types alone included."""
    path = SOURCES[module]
    package = module.split(".") if module in PACKAGES else module.split(".")[:-1]
    for node in parse_nodes(path):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in SOURCES)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            for one in node.names:
                full = f"{base}.{one.name}"
                yield from [full] if full in SOURCES else [base] if base in SOURCES else []


def place(module: str) -> str:
    """The package of the order that a module is in; or the module, where it is there itself."""
    return next((name for name in ORDER if f"{module}.".startswith(f"{name}.")), "")


@pytest.mark.parametrize("module", [name for name in OURS if name.count(".") or name in ORDER])
def test_a_module_has_its_place_in_the_order(module: str) -> None:
    """Or it is a package that only holds others."""
    assert place(module) or module in ("fixtures", "suites", "reports")


def test_imports_go_one_way() -> None:
    """Between packages; inside functions and for types as well. Every exception is one still."""
    found = {
        (place(module), place(other))
        for module in OURS
        for other in imports(module)
        if place(module) and place(other) and place(module) != place(other)
    }
    wrong = {edge for edge in found if ORDER.index(edge[0]) > ORDER.index(edge[1])}

    assert wrong == set(AGAINST_THE_ORDER)


def test_nobody_imports_a_command() -> None:
    """The command line finds one by its name; what two commands need is not in either."""
    importing = [
        f"{module} imports {other}"
        for module in OURS
        for other in imports(module)
        if other.startswith("reports.commands.")
    ]

    assert importing == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_in_one_sentence_what_it_is_for(package: str) -> None:
    """In its docstring, which is one line."""
    text = ast.get_docstring(ast.parse(SOURCES[package].read_text())) or ""

    assert re.fullmatch(r"[A-Z`][^\n]*[^.\n]\.", text)
    assert not re.search(r"[.!?] [A-Z]", text)


def test_a_name_is_one_modules() -> None:
    """Packages aside, and `__main__`, whose name Python gives."""
    named = defaultdict[str, list[str]](list)
    for module in set(SOURCES) - set(PACKAGES):
        named[module.rpartition(".")[2]].append(module)
    shared = {name for name, modules in named.items() if len(modules) > 1}

    assert shared == set(SHARED_NAMES)
