"""The tables of the README that repeat the code.

A table stands between `<!-- name -->` and `<!-- /name -->`. The summary and the answers come from
running their cells against the libraries that are installed; a self-test compares the file with
what this module writes.
"""

from __future__ import annotations

import ast
import importlib.metadata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from fixtures.drivers import surfaces
from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Surface
from fixtures.model.event import APPLICATION, OTHER
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Trace
from fixtures.run.cell import run_cell
from suites.scenarios import close, error, open_time_close

from .. import history
from ..diff.kinds import KINDS
from ..results.release import WrongInput
from ..results.targets import STANDS_ON_PINS
from ..upgrade.exit_status import exit_table
from ..upgrade.lockfiles import list_forms
from .readme_examples import show_own_test, show_since, show_summary, show_upgrade
from .step_table import list_frames, list_steps

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, the answer in a sentence, and the cells that show it."""

    asked: str
    answer: str
    surface: Surface
    scenarios: tuple[Scenario, ...]


QUESTIONS = (
    Question(
        "Why did `on_close` not fire when I called `close()` in `on_message`, but did in "
        "`on_open`?",
        "Since 1.6.0 it fires in both: `run_forever()` calls `on_close` before it returns, whoever "
        "closes. The threading page, which says otherwise, is out of date. A close in `on_open` "
        "reaches `on_error` with an `AttributeError` first, and `run_forever()` returns `True`.",
        surfaces.websocket_client_app,
        (close.application_closes_on_message, open_time_close.application_closes_when_opened),
    ),
    Question(
        "What are the arguments of the four callbacks on each ending, and which endings reach "
        "`on_error`?",
        "`on_close` gets the peer's code and reason, or `(None, None)` if no legal close frame "
        "came. Every ending but the application's own close reaches `on_error`, a clean close by "
        "the server included.",
        surfaces.websocket_client_app,
        (
            close.peer_closes_first,
            close.peer_closes_without_reason,
            close.peer_closes_with_empty_frame,
            close.peer_closes_after_messages,
            close.application_closes_with_code_on_message,
            close.peer_answers_with_another_code,
            close.peer_never_answers,
            error.peer_ends,
            error.peer_resets,
            error.peer_ends_with_illegal_code.member("1006"),
            error.peer_breaks_the_protocol.member("rsv2_set"),
            error.connection_is_refused,
            error.server_refuses_with.member("403"),
            error.no_pong_comes,
            error.application_raises_on_message,
        ),
    ),
    Question(
        "Why does tornado never run my `async def on_close`?",
        "Tornado calls it and does not await what it returns; Python warns that the coroutine was "
        "never awaited. A plain `on_close` that starts a task works.",
        surfaces.tornado_handler,
        (
            close.close_callback_is_a_coroutine,
            close.close_callback_is_a_coroutine_five_times,
            close.close_callback_starts_a_task,
        ),
    ),
    Question(
        "How does a `websockets` handler learn that the client left?",
        "`async for` ends silently on 1000, 1001 or no code, and raises `ConnectionClosedError` on "
        "everything else; `recv()` would raise `ConnectionClosedOK` where it ends silently. "
        "`finally` runs in every case.",
        surfaces.websockets_asyncio_server,
        (
            close.peer_closes_while_the_handler_iterates,
            close.client_goes_away_while_the_handler_iterates,
            close.peer_closes_with_empty_frame,
            close.client_closes_with_4000_while_the_handler_iterates,
            error.client_ends_while_the_handler_iterates,
            error.client_resets_while_the_handler_iterates,
        ),
    ),
)


def answer_questions() -> str:
    """Each question with its answer, and what the application sees in each of its cells."""
    lines = []
    for question in QUESTIONS:
        names = " or ".join(scenario.name for scenario in question.scenarios)
        lines += [f"### {question.asked}", "", question.answer, ""]
        lines += [f"| `{question.surface}` in | the application sees |", "|---|---|"]
        for scenario in question.scenarios:
            text = _cell_text(run_cell(question.surface, scenario))
            lines.append(f"| `{scenario}` | {text} |")
        command = f'uv run pytest -k "{question.surface} and ({names})" --trace'
        lines += ["", f"To see it: `{command}`", ""]
    return "\n".join(lines).rstrip()


def list_surfaces() -> str:
    """Every surface with its library and idiom."""
    rows = [f"| `{s}` | {s.library} | {s.idiom} |" for s in SURFACES.values()]
    head = ["| surface | library | the idiom its documentation teaches |", "|---|---|---|"]
    return "\n".join(head + rows)


def list_histories() -> str:
    """Every library with the releases that its history holds, and what each is run with.

    What a release asks for itself, it has as on the day on which it was uploaded, unless what it
    stands on is pinned.
    """
    lines = ["| library | releases | cells | each with |", "|---|---|--:|---|"]
    for library in LIBRARIES.values():
        found = history.load(library.name)
        oldest, newest = found.runnable[0], found.runnable[-1]
        is_pinned = library.name in STANDS_ON_PINS
        needed = set[str]() if is_pinned else _list_requirements(library.name)
        pins = library.companion_pins.items()
        beside = ", ".join(f"{name} {one}" for name, one in pins if name not in needed)
        releases = f"{oldest} to {newest} ({len(found.runnable)})"
        lines.append(f"| `{library}` | {releases} | {len(found.cells)} | {beside} |")
    return "\n".join(lines)


def _list_requirements(distribution: str) -> set[str]:
    """What a distribution asks for itself: what each release has of it is of its own day."""
    asked = map(Requirement, importlib.metadata.requires(distribution) or ())
    return {one.name for one in asked if not one.marker or one.marker.evaluate({"extra": ""})}


def _cell_text(trace: Trace) -> str:
    texts = [str(event) for event in trace.events if event.lane in (APPLICATION, OTHER)]
    warned = [item["category"] for item in trace.facts.get("warnings", ())]
    if warned:
        texts.append(f"{warned[0]} x {len(warned)}")
    return ", ".join(f"`{text}`" for text in texts).replace("|", "\\|")


def list_packages() -> str:
    """The packages of the three folders, with the sentences of their docstrings."""
    lines = ["```text"]
    for top in ("fixtures", "suites", "reports"):
        for init in sorted((ROOT / top).rglob("__init__.py")):
            folder = init.parent.relative_to(ROOT)
            if len(folder.parts) > 2:
                continue
            name = "  " * (len(folder.parts) - 1) + f"{folder.name}/"
            sentence = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))
            lines.append(f"{name:<21} {sentence}")
    return "\n".join([*lines, "```"])


def list_kinds() -> str:
    """The kinds of changes, which a policy gives levels to."""
    rows = [f"| `{kind}` | {says} |" for kind, says in KINDS.items()]
    return "\n".join(["| kind | a change of it says that |", "|---|---|", *rows])


TABLES: dict[str, Callable[[], str]] = {
    "surfaces": list_surfaces,
    "questions": answer_questions,
    "histories": list_histories,
    "exit statuses": exit_table,
    "kinds": list_kinds,
    "lock files": list_forms,
    "packages": list_packages,
    "summary": show_summary,
    "upgrade": show_upgrade,
    "since": show_since,
    "own test": show_own_test,
    "steps": list_steps,
    "frames": list_frames,
}
WRITTEN = {
    "README.md": (
        *("surfaces", "questions", "exit statuses", "kinds", "lock files", "packages"),
        *("summary", "upgrade", "since", "own test", "histories"),
    ),
    "CONTRIBUTING.md": ("packages",),
    "fixtures/peer/README.md": ("steps", "frames"),
}
"""The tables of each document."""


def write_tables(text: str, names: Iterable[str]) -> str:
    """The text with these tables written anew. Raises `WrongInput` if one has no place in it."""
    for name in names:
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, found, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise WrongInput(f"there is no place for the table {name!r}: {start}{end}")
        text = f"{before}{start}{TABLES[name]()}\n{end}{after}"
    return text
