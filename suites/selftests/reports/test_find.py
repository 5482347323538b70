"""What people ask for, in their words, is found; what cannot be is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from reports.__main__ import main
from reports.history import load
from reports.history.cell_search import build_index
from reports.render.search_report import MOST
from reports.results.cell_selection import cells_of
from reports.search.found_scenarios import choose_hits, fold_hits
from reports.search.search_index import SearchIndex
from reports.search.word_forms import find_terms
from suites.judging.issue_files import load_deviations

from ..conftest import Listed, Miniature
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What `find` prints."""
    assert main(["find", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "first", "says"),
    [
        (
            "close in on_message",
            "websocket_client_app/application_closes_on_message  (websocket-client ",
            "on_close(1000, None), run_forever -> False",
        ),
        ("ConnectionClosedOK", "websockets_asyncio_client/", "raised ConnectionClosedOK("),
        ("reconnect", "websocket_client_app/", "on_reconnect(), "),
        ("401", "/server_refuses_with_401  (", "status 401"),
        (
            "async def on_close",
            "tornado_handler/client_ends_and_on_close_is_a_coroutine",
            "Tornado calls on_close and does not await it",
        ),
        (
            "ping never answered on_error",
            "websocket_client_app/no_pong_comes",
            "on_error(WebSocketTi",
        ),
    ],
)
def test_a_question_is_answered_on_the_first_lines(
    question: str, first: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the plainest cell, its sentence, what it shows, and the command that shows more."""
    head, _, title, *lines = found(capsys, question).splitlines()

    assert head.startswith(f"'{question}': ")
    assert first in title
    assert says in " ".join(" ".join(lines[:9]).split())
    assert any(line.startswith("  see it      python -m reports explain ") for line in lines[:9])


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    """What is known of every cell."""
    libraries = [LIBRARIES[name] for name in ("websocket-client", "websockets", "tornado")]
    cells = [cell for one in libraries for cell in cells_of(one)]
    return build_index([load(one.name) for one in libraries], cells, load_deviations())


ASKED = {
    "websocket-client #612": (
        "on_close() doesn't get called after calling close()",
        "websocket_client_app/application_closes_from_elsewhere",
    ),
    "websocket-client #686": (
        "WebsocketApp on_close not dispatching close code or reason",
        "websocket_client_app/peer_closes_first",
    ),
    "websocket-client #964": (
        "Handling of KeyboardInterrupt",
        "websocket_client_app/application_is_interrupted_when_idle",
    ),
    "websocket-client #1050": (
        "1.9.0 - on_error called for a STATUS_NORMAL close with cryptic message",
        "websocket_client_app/peer_closes_first",
    ),
    "tornado #1173": (
        "WebSocketHandler close() method should call on_close()",
        "tornado_handler/application_closes_twice",
    ),
    "tornado #2129": (
        "async on_close method",
        "tornado_handler/client_ends_and_on_close_is_a_coroutine",
    ),
    "tornado #2905": (
        "websocket: Fix ping_timeout < ping_interval",
        "tornado_client/no_pong_comes",
    ),
    "websockets #1140": (
        "wait_closed() does not prevent ConnectionClosedError exception",
        "websockets_asyncio_client/peer_closes_and_somebody_awaits_it",
    ),
    "websockets #1150": (
        "No ConnectionClosed Error when the websocket connection is suddenly terminated.",
        "websockets_asyncio_server/peer_ends",
    ),
    "websockets #1480": (
        "question: intended behavior with failed auth and async for auto-reconnect",
        "websockets_asyncio_reconnecting/iterator_is_refused_with_401",
    ),
    "websockets #1527": (
        "timed out waiting for keepalive pong error never closes the connection",
        "websockets_asyncio_server/no_pong_comes",
    ),
}
"""Titles of public issues, and a cell that answers the question."""


@pytest.mark.parametrize(("title", "answer"), ASKED.values(), ids=ASKED)
def test_the_title_of_an_issue_leads_to_a_cell(index: SearchIndex, title: str, answer: str) -> None:
    """On the first screen, which has eight scenarios; the reader knows of which library it is."""
    library = SURFACES[answer.partition("/")[0]].library
    ours = [hit for hit in index.search(title) if SURFACES[hit.cell[0]].library == library]
    hits = choose_hits(ours, len(find_terms(title)))

    assert answer in ["/".join(one.best.cell) for one in fold_hits(hits)[:MOST]]


def test_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Scenarios that are left out, and surfaces."""
    text = found(capsys, "reconnect", "--library", "websockets")

    assert text.splitlines()[-1].endswith(" scenarios more: --all")
    assert text.count("see it") == 8
    assert "tornado" not in text


def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """Each scenario, each cell, where each word is, and what is shown."""
    data = json.loads(found(capsys, "401", "--format", "json"))
    first = data["scenarios"][0]

    assert data["question"] == "401"
    assert first["scenario"] == "server_refuses_with_401"
    assert len(first["cells"]) > 5
    assert first["cells"][0]["words"] == {"401": "name"}
    assert len(data["scenarios"]) > 8


def test_nothing_is_an_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    """With words that are like those, and how to list all there is."""
    assert main(["find", "reconect"]) == 1
    text = capsys.readouterr().out

    assert "'reconect': nothing is found" in text
    assert "instead of  reconect: reconnect" in text
    assert "python -m reports scenarios" in text


def test_words_that_no_cell_has_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """With words that are like those, beside what has the other words."""
    head = found(capsys, "on_close frobnicate handshaek").splitlines()[:3]
    data = json.loads(found(capsys, "on_close frobnicate", "--format", "json"))

    assert head[0].startswith("'on_close frobnicate handshaek': ")
    assert head[1].endswith(" no cell has 'frobnicate', 'handshaek'")
    assert head[2].startswith("  instead of  handshaek: handshake")
    assert data["nowhere"] == ["frobnicate"]


def test_of_a_race_and_of_what_is_not_stored(
    known: Miniature, listed: Listed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A race has several outcomes, all of which are shown if asked for."""
    known()
    listed()
    lacks = "it has no threads"
    history(tmp_path, [make_release("1.0", {CELL: lacks, RACE: [BEFORE, AFTER]})])
    options = ("--library", "miniature", "--histories", str(tmp_path))
    few = found(capsys, RACE[1], *options)
    every = found(capsys, RACE[1], *options, "--all")

    assert "or another of 2 outcomes: it races" in few
    assert "  or          on_open()" in every
    assert f"nothing: {lacks}" in found(capsys, CELL[1], *options)
    assert "does not hold it yet" in found(capsys, "peer_ends", *options)


def test_scenarios_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """By group, with what happens and who plays it."""
    assert main(["scenarios", "--scenario", "peer_closes_first", "--library", "tornado"]) == 0
    text = capsys.readouterr().out
    assert main(["scenarios", "-k", "tornado_handler-peer_closes_first", "--format", "json"]) == 0
    [data] = json.loads(capsys.readouterr().out)["scenarios"]

    assert text.splitlines()[:3] == [
        "close: 1 scenario",
        "              peer_closes_first",
        "  happens     The peer starts the closing handshake with 1000 and a reason.",
    ]
    assert "played by   tornado_client, tornado_client_callback, tornado_handler, " in text
    assert (data["group"], data["surfaces"]) == ("close", ["tornado_handler"])
    assert main(["scenarios", "-k", "nothing_like_it"]) == 2


def test_every_surface_of_a_scenario_is_named_if_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Otherwise they are counted."""
    assert main(["scenarios", "--scenario", "peer_closes_first"]) == 0
    assert " more" in capsys.readouterr().out
    assert main(["scenarios", "--scenario", "peer_closes_first", "--all"]) == 0
    assert " more" not in capsys.readouterr().out


@pytest.mark.parametrize("question", ["", "  ", "?!"])
def test_a_question_without_a_word_is_wrong(
    question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no question of which nothing is known."""
    assert main(["find", question]) == 2
    assert capsys.readouterr().err.startswith("find: there is no word in the question")
