"""What the reports select: the cells that pytest's `-k` selects, and those that are named."""

from __future__ import annotations

from typing import Any

import pytest
from _pytest.mark import deselect_by_keyword

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS
from reports.__main__ import main
from reports.results.cell_selection import CELL, EVERY, EXPRESSION, SCENARIO, SURFACE, cells_of
from reports.results.known_names import suggest_names
from reports.results.release import Cell, WrongInput
from suites.judging.promise import PROMISES
from suites.judging.rules import RULES

from ..conftest import ROOT

pytest_plugins = ["pytester"]

EXPRESSIONS = (
    *("", " ", "close", "error", "open_time_close", "CLOSE and not open_time", "nothing_like_it"),
    *("websocket-client", "websockets", "Tornado", "tornado_handler", "_handler-peer", "first"),
    *("test_close", "test_", "test_error.py", ".py", "py", "suites", "suites/test_close.py"),
    *("[tornado_handler-", "-peer_closes_first]", "close[tornado_handler-peer_closes_first]", "]"),
    *("cell", "cells", "parametrize", "integration", "asyncio", "usefixtures", "Function", "in"),
    *("not close", "(app or core) and not peer", "not (peer or application)", "1000 or 1001"),
    *("tornado-", "websockets]", "client-application", "close_", "_", "-", "a.b", "h_find"),
)
"""Words of every kind of name that pytest has for a test, of several, and of none."""

CHOSEN = ("hypercorn", "tornado", "trio-websocket", "websocket-client")
"""Libraries whose names, surfaces and scenarios have parts of every kind; all would take longer."""


def name_cell(item: pytest.Item) -> list[Cell]:
    """The cell that a test is of, if it is of one."""
    if not isinstance(item, pytest.Function):
        return []
    cell: Any = item.callspec.params.get("cell")
    chosen = cell and cell[0].library.name in CHOSEN
    return [(cell[0].name, cell[1].name)] if chosen else []


class Selected:
    """What pytest's own function makes of each expression, once everything is collected."""

    def __init__(self) -> None:
        self.found: dict[str, list[Cell]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Select from all the items, expression by expression; then leave none."""
        of_cells = [item for item in items if name_cell(item)]
        for expression in EXPRESSIONS:
            config.option.keyword, left = expression, list(of_cells)
            deselect_by_keyword(left, config)
            self.found[expression] = [cell for item in left for cell in name_cell(item)]
        items.clear()


def test_an_expression_selects_as_in_pytest(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, drivers: None
) -> None:
    """The very cells, whatever kind of name the word is in."""
    selected = Selected()
    monkeypatch.chdir(ROOT)
    checkout = ("--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), "--collect-only", "-q")
    plugins = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    pytester.inline_run(*checkout, *plugins, plugins=[selected])
    chosen = [LIBRARIES[name] for name in CHOSEN]

    for expression in EXPRESSIONS:
        ours = {cell for library in chosen for cell in cells_of(library, expression)}
        assert ours == set(selected.found[expression]), expression
    assert sum(map(bool, selected.found.values())) > 30


def test_a_word_with_values_is_an_error() -> None:
    """As it is for `pytest -k`; only marks have values."""
    with pytest.raises(WrongInput, match=r"-k 'close\(a=1\)': close takes no values: write"):
        cells_of(LIBRARIES["tornado"], "close(a=1)")


TORNADO = cells_of(LIBRARIES["tornado"])
FIRST = "peer_closes_first"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([(SURFACE, "tornado_handler"), (SCENARIO, FIRST)], [("tornado_handler", FIRST)]),
        ([(CELL, f"tornado_handler/{FIRST}")], [("tornado_handler", FIRST)]),
        (
            [(CELL, f"tornado_handler/{FIRST}"), (CELL, "tornado_client/peer_ends")],
            [("tornado_client", "peer_ends"), ("tornado_handler", FIRST)],
        ),
        ([(SURFACE, "tornado_client*"), (EXPRESSION, "peer_ends and not peer_ends_")], None),
        ([(SCENARIO, "peer_ends"), (SCENARIO, FIRST), (CELL, "*_client/*")], None),
    ],
)
def test_names_select_exactly(options: list[tuple[str, str]], expected: list[Cell] | None) -> None:
    """Or by globs; what is selected is the same for pytest, whose expression is made of it."""
    selection = EVERY
    for option, value in options:
        selection = selection.add(option, value)
    found = selection.select(TORNADO)

    assert found
    assert expected in (None, found)
    assert cells_of(LIBRARIES["tornado"], selection.to_pytest()) == found
    assert len(found) < len(cells_of(LIBRARIES["tornado"], "peer_closes_first or peer_ends"))


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["--surface", "tornado_handlr"], "no surface is called 'tornado_handlr'. Did you mean 't"),
        (["--scenario", "heartbeat_times_out"], "Do you mean '"),
        (["--scenario", "heartbeat_times_out"], "find heartbeat times out"),
        (["--cell", "peer_ends"], "'peer_ends' is not SURFACE/SCENARIO, such as tornado_handler/p"),
        (["--cell", "nobody/peer_ends"], "no surface is called 'nobody'."),
        (["--cell", "tornado_handler/zzz*"], "no scenario is called 'zzz*'."),
        (["--surface", "websockets_*"], "--surface 'websockets_*' selects no cell of tornado"),
    ],
)
def test_names_of_nothing_are_errors(
    command: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is spelled otherwise, or means something else, is never no cell."""
    assert main(["history", "tornado", *command]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("what", "name", "names", "expected"),
    [
        (
            "check",
            "tornado_handler.open_is_invokd",
            PROMISES,
            "Did you mean 'tornado_handler.open_is",
        ),
        ("check", "what_goes_on_running", RULES, "rule.nothing_keeps_running"),
        ("scenario", "***", SCENARIOS, ""),
        ("surface", "threads", SURFACES, "'websockets_threading_"),
    ],
)
def test_what_is_meant_is_suggested(
    what: str, name: str, names: dict[str, object], expected: str
) -> None:
    """Of checks as well, by their names and by what they say."""
    assert expected in suggest_names(what, name, names)
