"""The command `find`: which cells a question is about."""

from __future__ import annotations

import argparse
import json
import sys

import suites.promises  # noqa: F401 -- declares the promises
from suites.judging.issue_files import load_deviations

from ..arguments import add_histories
from ..history import load
from ..history.cell_search import build_index
from ..render.search_report import (
    MOST,
    answers_to_json,
    make_answer,
    report_answers,
    report_nothing,
)
from ..render.terminal import render_terminal
from ..results.cell_selection import cells_of, choose_libraries
from ..results.release import WrongInput
from ..search.found_scenarios import choose_hits, fold_hits
from ..search.word_forms import find_terms


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="WORD",
        help="words of a question: a callback, an exception, a code, what happens",
    )
    parser.add_argument(
        "--library",
        action="append",
        default=[],
        metavar="NAME",
        help="only cells of this library (repeatable)",
    )
    parser.add_argument("--all", action="store_true", help="show everything that is found")
    parser.add_argument(
        "--format",
        choices=("terminal", "json"),
        default="terminal",
        help="the form of the answer (default: terminal)",
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print the cells that have these words: in what happens, is promised, is known, or is shown.

    What is shown is what the newest stored release of each library does. Exit status:
    0, 1 if nothing is found, or 2 if there is no word in the question.
    """
    question = " ".join(options.words)
    terms = find_terms(question)
    if not terms:
        raise WrongInput("there is no word in the question: ask for reset, on_close or 1006")
    libraries = choose_libraries(options.library)
    histories = {one.name: load(one.name, options.histories) for one in libraries}
    listed = load_deviations()
    cells = [cell for one in libraries for cell in cells_of(one)]
    index = build_index(histories.values(), cells, listed)
    hits = index.search(question)
    found = fold_hits(choose_hits(hits, len(terms)))
    had = {word for hit in hits for word in hit.found}
    nowhere = index.find_alike(" ".join(one.word for one in terms if one.word not in had))
    every = options.all or options.format == "json"
    shown = found if every else found[:MOST]
    answers = [make_answer(one, terms, histories, listed) for one in shown]
    if options.format == "json":
        print(json.dumps(answers_to_json(question, answers, nowhere), indent=1))
    elif found:
        render_terminal(report_answers(question, found, answers, nowhere, every=every), sys.stdout)
    else:
        render_terminal([report_nothing(question, nowhere)], sys.stdout)
    return 0 if found else 1
