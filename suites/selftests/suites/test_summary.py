"""The summary of a run: a line for each surface, each finding once, and how to see more."""

from __future__ import annotations

from fixtures.model.trace import Loaded
from suites.cells.summary import (
    MOST_FINDINGS,
    MarkedText,
    Tally,
    format_findings,
    format_hints,
    format_reviews,
    format_table,
)

from ..conftest import deviation

LOADED = Loaded("tornado", "6.6.1", "tornado.py", "CPython 3.11.7")
CAUSE = [
    "tornado",
    "code_is_lost",
    "bug",
    "The code is lost, and so is the reason that came with it.",
    "https://x",
]
CLIENT, HANDLER = "tornado_client", "tornado_handler"


def tally(*cells: tuple[str, str, str, list[list[str]]]) -> Tally:
    """The tally of these cells: surface, scenario, word, findings."""
    found = Tally()
    for surface, scenario, word, causes in cells:
        data = {"surface": surface, "scenario": scenario, "word": word, "findings": causes}
        found.add(data)
    return found


def texts(lines: list[MarkedText]) -> list[str]:
    """The lines without their colours."""
    return ["".join(text for text, _ in line) for line in lines]


def test_a_surface_is_a_line_of_counts() -> None:
    """Below its library; no cell of a word is a dash; what is red is named."""
    found = tally(
        (CLIENT, "peer_ends", "kept", []),
        (CLIENT, "peer_resets", "broken", []),
        (HANDLER, "peer_ends", "known", []),
    )

    assert texts(list(format_table(found, [LOADED]))) == [
        "                 kept  undocumented  known  red  not applicable",
        "tornado 6.6.1",
        "tornado_client      1             -      -    1               -",
        "tornado_handler     -             -      1    -               -",
        "all                 1             -      1    1               -",
        "red: 1 broken",
    ]


def test_a_finding_is_reported_once_the_commonest_first() -> None:
    """With its count of cells, its reason, its library and its link."""
    rare = ["tornado", "late", "docs-wrong", "It is late.", "https://y"]
    found = tally(
        (CLIENT, "peer_ends", "kept", [rare, CAUSE]), (HANDLER, "peer_ends", "known", [CAUSE])
    )

    assert texts(list(format_findings(found, 60))) == [
        "2 cells  The code is lost, and so is the reason that came",
        "         with it.",
        "         bug, tornado: https://x",
        "1 cell   It is late.",
        "         wrong in the documents, tornado: https://y",
    ]


def test_only_the_commonest_findings_are_listed_in_full() -> None:
    """The text says how many more there are, and how to list them; `--findings` adds the cells."""
    causes = [
        ["tornado", f"n{number}", "bug", f"Cause {number}.", "https://x"] for number in range(20)
    ]
    found = tally((CLIENT, "peer_ends", "known", causes))
    short, every = (texts(list(format_findings(found, 80, every=one))) for one in (False, True))

    assert len(short) == 2 * MOST_FINDINGS + 1
    assert short[-1].strip() == "and 12 more, each in at most 1 cell: --findings"
    assert every[-4:] == [
        "1 cell   Cause 19.",
        "         bug, tornado: https://x",
        "         listed as n19",
        "         in tornado_client: peer_ends",
    ]


def test_no_line_is_longer_than_the_terminal_but_for_a_link() -> None:
    """A link stays in one piece, on a line of its own where it needs one."""
    link = "https://example.org/" + "a" * 80
    cells = [(CLIENT, f"scenario_{n}", "known", [[*CAUSE[:4], link]]) for n in range(30)]
    lines = texts(list(format_findings(tally(*cells), 80, every=True)))

    assert [line.strip() for line in lines if len(line) > 80] == [link]


def test_how_to_see_more() -> None:
    """The commands name a cell and a library of this run."""
    found = tally((CLIENT, "peer_ends", "known", [CAUSE]))

    assert texts(list(format_hints(found, 140)))[1:] == [
        'one cell on a timeline        pytest -k "tornado_client and peer_ends" --trace',
        "promise by promise            python -m reports page tornado",
    ]
    assert texts(list(format_hints(found, 70)))[1:3] == [
        "one cell on a timeline",
        '  pytest -k "tornado_client and peer_ends" --trace',
    ]


def test_a_review_date_that_has_passed_is_a_warning() -> None:
    """The warning names the issue and its date; without one there is no warning."""
    assert texts(list(format_reviews([deviation(id="closes_twice").issue]))) == [
        "review dates that have passed: miniature: closes_twice (2027-05-20)"
    ]
    assert list(format_reviews([])) == []
