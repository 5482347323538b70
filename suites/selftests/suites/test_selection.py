"""The choice of libraries and surfaces: an unknown or absent name is an error."""

from __future__ import annotations

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, TORNADO, Library
from suites.cells import selection
from suites.cells.outcome import list_cells
from suites.cells.pair_run import list_pairs
from suites.cells.release_checks import list_release_checks
from suites.cells.selection import SelectionError, select_libraries, select_surfaces
from suites.scenarios import GROUPS

from ..conftest import Miniature, Pytest

pytest_plugins = ["pytester"]

ABSENT = Library("no-such-library", "no_such_library", ())


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more library is known, but not installed."""
    monkeypatch.setitem(LIBRARIES, ABSENT.name, ABSENT)


@pytest.mark.usefixtures("absent")
def test_without_names_every_installed_library_is_selected() -> None:
    """Known libraries that are absent are left out; the header of a run lists them."""
    assert select_libraries([]) == [one for one in LIBRARIES.values() if one is not ABSENT]


def test_libraries_are_selected_by_name() -> None:
    """In the order in which they were asked for."""
    assert [str(one) for one in select_libraries(["tornado"])] == ["tornado"]


def test_surfaces_are_those_of_the_selected_libraries() -> None:
    """All of them, or those asked for."""
    named = select_surfaces(["tornado_handler"], [TORNADO])

    assert {one.library for one in select_surfaces([], [TORNADO])} == {TORNADO}
    assert named == [SURFACES["tornado_handler"]]


def test_no_installed_library_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a run without cells would be green."""
    monkeypatch.setattr(selection, "find_installed", list)

    with pytest.raises(SelectionError, match="no library to test is installed; known are websoc"):
        select_libraries([])


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            ("--library", "websocket"),
            "no library is called 'websocket'. Did you mean 'websockets'? There are: websocket-cl",
        ),
        (("--library", "zzz"), "no library is called 'zzz'. There are: websocket-client, "),
        (
            ("--library", "no-such-library"),
            "no-such-library is not installed here; try: uv run --with no-such-library pytest "
            "--library no-such-library",
        ),
        (
            ("--surface", "tornado_handle"),
            "no surface is called 'tornado_handle'. Did you mean 'tornado_handler'? There are: ",
        ),
        (
            ("--surface", "tornado_handler", "--library", "websockets"),
            "surface tornado_handler belongs to tornado, which is not selected or not installed",
        ),
    ],
)
@pytest.mark.usefixtures("absent")
def test_an_unknown_or_absent_name_is_a_usage_error(
    arguments: tuple[str, ...], text: str, run_pytest: Pytest
) -> None:
    """The run does not begin; the text says what there is."""
    result = run_pytest(*arguments)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: {text}" in result.stderr.str()


@pytest.mark.usefixtures("absent")
def test_the_header_names_what_is_loaded_and_what_is_absent(
    known: Miniature, run_pytest: Pytest
) -> None:
    """The header has version, file and interpreter of each library, and the absent ones."""
    known()
    result = run_pytest("--library", "miniature", "--collect-only", "-k", "peer_closes_first")

    result.stdout.fnmatch_lines(["miniature 1.0 (*miniature.py), CPython 3.*"])
    result.stdout.fnmatch_lines(["not installed: no-such-library"])


# What -k selects


@pytest.mark.parametrize(
    ("expression", "groups", "libraries"),
    [
        ("close", {"close", "open_time_close"}, set(LIBRARIES)),
        ("error", {"error"}, set(LIBRARIES)),
        ("open_time_close", {"open_time_close"}, set(LIBRARIES)),
        ("tornado and error", {"error"}, {"tornado"}),
        ("websocket-client", set(GROUPS), {"websocket-client"}),
        ("websockets", set(GROUPS), {"websockets"}),
        ("close and not open_time_close", {"close"}, set(LIBRARIES)),
    ],
)
def test_a_word_selects_what_a_person_expects(
    expression: str, groups: set[str], libraries: set[str], run_pytest: Pytest
) -> None:
    """A group's word, a library's name and both together select those cells.

    A library's name selects the pairs as well that it is one of.
    """
    result = run_pytest("--collect-only", "-q", "-k", expression)

    collected = {line.partition("::")[2] for line in result.outlines if "::" in line}
    if expression == "websocket-client":  # of which starlette_websocket-client_... has the name
        collected = {name for name in collected if "starlette_websocket-client_" not in name}
    pairs = {name for name in collected if name.startswith("test_interop[")}
    ours = [one for one in SURFACES.values() if one.library.name == expression]
    named = {f"test_interop[{'-'.join(map(str, pair))}]" for pair in list_pairs(ours)}
    assert pairs == {name for name in named if name in pairs or "starlette_websocket" not in name}
    assert {name for name in collected - pairs if not name.startswith("test_release[")} == {
        f"test_{group}[{surface}-{scenario}]"
        for group in groups
        for surface, scenario in list_cells(group)
        if surface.library.name in libraries
    }


@pytest.mark.parametrize(
    ("expression", "libraries"),
    [("close", set(LIBRARIES)), ("error", set(LIBRARIES)), ("tornado", {"tornado"})],
)
def test_a_word_selects_the_checks_about_its_releases(
    expression: str, libraries: set[str], run_pytest: Pytest
) -> None:
    """Whatever cells a word selects, what is true of their release as a whole comes with them."""
    result = run_pytest("--collect-only", "-q", "-k", expression)

    collected = {line.partition("::")[2] for line in result.outlines if "::test_release" in line}
    assert collected == {
        f"test_release[{surface}-{check.rpartition('.')[2]}]"
        for surface, check in list_release_checks(list(SURFACES.values()))
        if surface.library.name in libraries
    }


@pytest.mark.parametrize("surface", SURFACES.values(), ids=str)
def test_every_surface_is_collected_by_its_name(surface: object, run_pytest: Pytest) -> None:
    """`--surface` selects exactly its cells, and the pairs that it is one of."""
    result = run_pytest("--collect-only", "-q", "--surface", str(surface))
    collected = [line for line in result.outlines if "::" in line]

    assert result.ret == 0
    assert collected
    assert all(f"[{surface}-" in line or f"-{surface}-" in line for line in collected)
