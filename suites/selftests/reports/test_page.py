"""The page of a library: what it says of each promise, of surfaces, and of other documents."""

from __future__ import annotations

import dataclasses

import pytest

from fixtures.drivers.surfaces import SURFACES
from reports.page.claims import SEVERITY
from reports.page.document import MEANS
from reports.page.fragments import place, prose, short_names
from reports.results.cell_selection import cells_of
from suites.judging.expectations import called, fact
from suites.judging.judge import UNSTABLE
from suites.judging.promise import Untestable, doc

from ..conftest import Listed, Promised
from ..miniatures.miniature_libraries import LIBRARY, surface
from ..miniatures.miniature_page import (
    CLOSED,
    WRONG,
    build,
    declare_promise,
    format_page,
    make_release,
    miniature,
)
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, report_close

__all__ = ["miniature"]

pytestmark = pytest.mark.usefixtures("miniature")

NEVER = called("on_close", ...).never()
HOSTILE = "\x1b[31m `a` | <script> @you"

WANTED = """\
# miniature 1.0: what its documents promise, and what holds

CPython 3.11.0. 2 promises of 1 document, judged in 1 cell: a cell is one API of the library in \
one situation.

| promises | | |
|---|--:|---|
| no check | 0 | nothing in the record shows whether they hold |
| broken | 0 | in some cells they do not hold, and no known issue says why |
| known | 1 | in some cells they do not hold, and a known issue says why |
| kept | 1 | they hold in every cell |

| cells of | kept | not applicable |
|---|--:|--:|
| `miniature` | 1 | OTHERS |

A cell is known only if one of its promises or rules does not hold because of a bug. Where the \
document is wrong or outdated, where the library differs on purpose, and where the release as a \
whole deviates, the promise is known, and the cell is not.

## What does not hold

- **known** (wrong in the documents) `on_close`, api: 1 of 1 cell

## [api](<https://example.org/api>)

- **known** `on_close`: “It is called at the end” (`Miniature.on_close`); \
`on_close(1000, 'bye'), once`: 1 known of `miniature`
  - 1 cell, wrong in the documents: `on_close()` tells of no code. <https://example.org/issues/1>
    - recorded: `on_close(None, None)`
    - see it: `python -m reports explain miniature peer_closes_first --release 1.0`
- **kept** `on_open`: “It is called at the end” (`Miniature.on_open`); `on_open()`: 1 cell of \
`miniature`

## Rules, which hold for every library

- **kept** RULES rules
"""


def test_a_page(promised: Promised, listed: Listed) -> None:
    """Counts, then what does not hold, then each document with its promises, then the rules."""
    promised("on_open", called("on_open"))
    promised("on_close", CLOSED)
    listed(WRONG)
    found = make_release({CELL: [AFTER]})

    wanted = WANTED.replace("OTHERS", str(len(cells_of(LIBRARY)) - 1))
    assert format_page(found, " --release 1.0") == wanted.replace(
        "RULES", str(len(build(found).rules))
    )
    assert build(found).status == 0


def test_the_same_record_has_the_same_page(promised: Promised) -> None:
    """In whatever order its cells were run."""
    promised("on_close", CLOSED, *(scenario for _, scenario in cells_of(LIBRARY)))
    found = make_release({CELL: [BEFORE], RACE: [AFTER, BEFORE]})
    backwards = dataclasses.replace(found, cells=dict(reversed([*found.cells.items()])))

    assert format_page(found) == format_page(backwards)


def test_a_race_may_not_have_shown_it(promised: Promised, listed: Listed) -> None:
    """A deviation that happens sometimes is known, and is not reported to have happened."""
    promised("on_close", CLOSED, RACE[1])
    listed({**WRONG, "scenarios": [RACE[1]], "sometimes": True})

    assert "    - a race, in which it did not happen" in format_page(
        make_release({RACE: [BEFORE] * 2})
    )
    assert "    - recorded: `on_close(None, None)`" in format_page(
        make_release({RACE: [BEFORE, AFTER]})
    )


def test_what_is_recorded_may_hold_any_text(promised: Promised, listed: Listed) -> None:
    """A close reason that looks like the texts of two runs is one that happened."""
    promised("on_close", CLOSED)
    listed({**WRONG, "signatures": ["on_close(1000, 'a | b')"]})

    assert "- recorded: `on_close(1000, 'a | b')`" in format_page(
        make_release({CELL: [report_close(1000, "a | b")]})
    )


def test_documents_that_contradict_each_other_are_both_cited(
    promised: Promised, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The promise that is not kept names the one that is."""
    promised("on_close", NEVER)
    declare_promise(monkeypatch, "guide", called("on_close", ...))
    listed({**WRONG, "signatures": ["on_close(*)"]})
    text = format_page(make_release({CELL: [BEFORE]}))

    cited = "“It says so” ([guide](<https://example.org/guide>), Closing)"
    assert f"    - contradicted by {cited}, which is kept\n" in text
    assert text.count("contradicted by") == 1


@pytest.mark.parametrize(("reason", "count"), [("docs-wrong", 1), ("bug", 0)])
def test_a_contradiction_that_is_not_kept_either(
    reason: str,
    count: int,
    promised: Promised,
    listed: Listed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is cited where the documents are at fault."""
    promised("on_close", NEVER)
    declare_promise(monkeypatch, "guide", called("on_close", 1001, ""))
    listed({**WRONG, "signatures": ["on_close(*)"], "reason": reason})

    assert format_page(make_release({CELL: [BEFORE]})).count("contradicted by") == count


def test_surfaces_stand_together(promised: Promised, monkeypatch: pytest.MonkeyPatch) -> None:
    """One place in a document is one promise, with a line for each way in which it shows."""
    for name in ("miniature_b", "miniature_c"):
        monkeypatch.setitem(SURFACES, name, dataclasses.replace(surface(), name=name))
    first = promised("on_close", CLOSED)
    for name, expected in (("miniature_b", CLOSED), ("miniature_c", fact("code", 1000))):
        more = {"surface": SURFACES[name], "source": first.source}
        declare_promise(monkeypatch, "on_close", expected, **more)
    cells = {(name, CELL[1]): [BEFORE] for name in ("miniature", "miniature_b", "miniature_c")}
    text = format_page(make_release(cells))

    assert "`on_close(1000, 'bye'), once`: 1 cell each of `miniature`, `miniature_b`\n" in text
    assert "  - `code is 1000`: 1 broken of `miniature_c`\n" in text
    assert "1 promise of 1 document" in text


def test_other_releases_promises_are_not_held_against_it(
    promised: Promised, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of documents that came later, and of an API that it has not; they are counted."""
    promised("on_open", called("on_open"))
    declare_promise(monkeypatch, "later", CLOSED, versions=">=2")
    absent = dataclasses.replace(surface(), name="miniature_b")
    monkeypatch.setitem(SURFACES, "miniature_b", absent)
    declare_promise(monkeypatch, "on_close", CLOSED, surface=absent)

    assert "Not on this page: 2 promises that only other releases" in format_page(
        make_release({CELL: [BEFORE]})
    )
    assert "`later`" in format_page(make_release({CELL: [BEFORE]}, "2.0"))


def test_what_cannot_be_tested_is_listed(
    promised: Promised, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason, of this library and this release."""
    promised("on_open", called("on_open"))
    source = doc("https://example.org/safe", "Threads", "threads may share it.")
    ours = Untestable((surface(),), source, "no run shows it", "<2")
    theirs = Untestable((SURFACES["tornado_client"],), source, "no run shows it")
    monkeypatch.setattr("reports.page.page_model.UNTESTABLE", [ours, theirs])
    text = format_page(make_release({CELL: [BEFORE]}))

    said = "“threads may share it” (<https://example.org/safe>, Threads)"
    assert f"and why\n\n- {said}, of `miniature`: no run shows it\n" in text
    assert "| cannot be tested | 1 | " in text
    assert "cannot be tested" not in format_page(make_release({CELL: [BEFORE]}, "2.0"))


def test_every_cell_is_named_if_asked_for(promised: Promised) -> None:
    """By the word that is said of it."""
    promised("on_close", CLOSED, CELL[1], "peer_ends")
    text = format_page(make_release({CELL: [BEFORE]}), every_cell=True)

    assert "  - kept of `miniature`: `peer_closes_first`\n" in text
    assert "  - not applicable of `miniature`: `peer_ends`\n" in text


def test_what_a_library_says_is_shown_and_not_obeyed(promised: Promised) -> None:
    """Control characters are written out; markup is code, and cut where it is long."""
    promised("on_close", CLOSED)
    text = format_page(make_release({CELL: [report_close(1000, HOSTILE + "x" * 500)]}))

    assert "    - recorded: ``on_close(1000, '\\x1b[31m `a` | <script> @you" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) < 250


def test_names_and_calls_become_code() -> None:
    """What is code already stays as it is, and words are words."""
    assert prose("on_close() and `a_b` of IOLoop.current().spawn(x) <b>") == (
        "`on_close()` and `a_b` of `IOLoop.current().spawn(x)` &lt;b&gt;"
    )
    assert [place(text) for text in ("App.run, Returns", "Long story, e.g. `a`", "serve")] == [
        "`App.run, Returns`",
        "Long story, e.g. `a`",
        "serve",
    ]


def test_pages_have_short_names() -> None:
    """Below the folder that those of one site share."""
    site = "https://example.org/en/"
    pages = [f"{site}a/client.html", f"{site}b/client.html", f"{site}", "https://a.b", "x/y.md"]

    assert list(short_names(pages).values()) == [
        "a/client.html",
        "b/client.html",
        site,
        "https://a.b",
        "y.md",
    ]


def test_every_word_has_a_meaning() -> None:
    """What can be said of a promise is counted; instability is said of cells alone."""
    assert [*MEANS] == [word for word in SEVERITY if word != UNSTABLE]
