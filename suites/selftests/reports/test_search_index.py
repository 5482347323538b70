"""The search is a function of texts: words, what may be meant by them, and where they stand."""

from __future__ import annotations

import pytest

from reports.search.found_scenarios import choose_hits, fold_hits
from reports.search.search_index import KNOWN, NAME, PROMISED, SENTENCE, SHOWN, SearchIndex
from reports.search.word_forms import find_terms, stem

A, B, C = ("app", "peer_closes"), ("core", "peer_closes"), ("app", "no_pong_comes")


@pytest.fixture
def index() -> SearchIndex:
    """Two scenarios, one of which two surfaces play."""
    found = SearchIndex()
    found.add(NAME, "peer_closes", [A, B])
    found.add(SENTENCE, "The peer closes with 1000; nothing else comes.", [A, B])
    found.add(NAME, "no_pong_comes", [C])
    found.add(SENTENCE, "The pings of the library are not answered.", [C])
    found.add(SHOWN, "on_open(), on_close(1000, 'bye')", [A])
    found.add(SHOWN, "recv raised ConnectionClosedOK(code=1000)", [B])
    found.add(SHOWN, "on_open(), on_error(TimeoutError()), on_close(None, None)", [C])
    found.add(KNOWN, "A timeout is reported twice. https://example.org/issues/970", [C])
    found.add(PROMISED, "on_close is called when the connection is closed", [A, C])
    return found


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        ("closing", [A, B, C]),
        ("on_close", [A, C]),
        ("ConnectionClosedOK", [B]),
        ("connectionclosed", [B]),
        ("1000", [A, B]),
        ("100", []),
        ("on_close timeout", [C]),
        ("heartbeat", [C]),
        ("970", [C]),
        ("why is the peer not closing?", [A, B]),
        ("(*", []),
    ],
)
def test_words_find_cells(index: SearchIndex, question: str, cells: list[tuple[str, str]]) -> None:
    """By their stems, whole identifiers and numbers, or by what is meant."""
    assert sorted(hit.cell for hit in choose_hits(index.search(question))) == sorted(cells)


def test_what_happens_weighs_more_than_what_is_promised(index: SearchIndex) -> None:
    """And one cell that has a word in several fields more than one that has it in one."""
    first, second, third = index.search("closing")

    assert (first.cell, second.cell, third.cell) == (A, B, C)
    assert first.score > second.score > 1.5 * third.score
    assert (first.found, third.found) == ({"closing": NAME}, {"closing": SHOWN})


def test_a_cell_with_all_words_is_before_others(index: SearchIndex) -> None:
    """Even if others have a rarer word; where no cell has all, those that have most are found."""
    every = index.search("on_close 1000 pong")
    [whole] = choose_hits(index.search("on_open bye"))

    assert whole.cell == A
    assert whole.coverage == 1
    assert [hit.coverage < 1 for hit in every] == [True] * 3
    assert choose_hits(every)[0].cell == C


def test_of_a_sentence_not_every_word_is_asked_for(index: SearchIndex) -> None:
    """Those that have most of it are found, though others have each of its words."""
    index.add(PROMISED, "bye on_open on_close 1000 timeout", [B])
    question = "on_open and on_close after 1000, bye"
    hits = index.search(question)

    assert [hit.cell for hit in hits if hit.coverage == 1] == [A, B]
    assert [hit.cell for hit in choose_hits(hits, len(find_terms(question)))] == [A, B]
    assert C in [hit.cell for hit in hits]


def test_surfaces_of_a_scenario_are_folded(index: SearchIndex) -> None:
    """Into one, whose best cell is that of most worth; what a cell is worth is the caller's."""
    rated = SearchIndex(lambda cell: 1.0 if cell == B else 0.5)
    rated.add(NAME, "peer_closes", [A, B])
    [found] = fold_hits(choose_hits(rated.search("peer")))

    assert (found.name, found.best.cell, len(found.hits)) == ("peer_closes", B, 2)
    assert [one.name for one in fold_hits(index.search("closing"))] == [A[1], C[1]]


def test_nothing_suggests_what_is_spelled_alike(index: SearchIndex) -> None:
    """Of the words of what happens; of an empty question nothing is found, and nothing said."""
    assert index.find_alike("pnog peeer")["pnog"][0] == "pong"
    assert index.search("") == []
    assert index.search("of the") != []


@pytest.mark.parametrize(
    "words",
    [
        "close closes closed closing Closing",
        "reconnect reconnects reconnecting",
        "message messages",
        "stop stopped stops",
        "ping",
        "raise raises raised raising",
    ],
)
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    """Whatever it is made of them, it begins each."""
    [found] = {stem(word) for word in words.split()}

    assert all(word.lower().startswith(found) for word in words.split())


@pytest.mark.parametrize(
    ("word", "expected"),
    [("on_close", "on_close"), ("ConnectionClosedOK", "connectionclosedok"), ("401", "401")],
)
def test_identifiers_and_numbers_are_as_they_stand(word: str, expected: str) -> None:
    """Nothing is taken off them."""
    assert stem(word) == expected


def test_words_that_select_nothing_are_left_out() -> None:
    """Unless there are no others."""
    assert [term.word for term in find_terms("why doesn't my on_close get called")] == ["on_close"]
    assert [term.word for term in find_terms("why not")] == ["why", "not"]
    assert [term.word for term in find_terms("since 1.9.0: 1006.")] == ["1.9.0", "1006"]
