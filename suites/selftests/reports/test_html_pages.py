"""The pages of the command `html`: what stands on them, and that every address leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from fixtures.drivers.surfaces import LIBRARIES
from reports.__main__ import main
from reports.history.stored_history import History, path_of
from reports.html.release_heads import group_releases
from suites.judging.expectations import called

from ..conftest import Listed, Miniature, Promised
from ..miniatures.miniature_history import history, known_history, make_release
from ..miniatures.miniature_pairs import (
    AFTER,
    BEFORE,
    CELL,
    RACE,
    describe_exception,
    trace,
)
from ..miniatures.miniature_traces import ANSWER, REQUEST, peer_sends, report

__all__ = ["known_history"]
"""A fixture that is declared elsewhere."""

CELL_PAGE = f"miniature/{CELL[0]}/{CELL[1]}.html"
LARGEST = sorted(
    LIBRARIES.keys() - {"miniature"}, key=lambda library: path_of(library).stat().st_size
)[-2:]
"""The libraries of which most is stored."""
HOSTILE = "</script><img src=x onerror=alert(1)>\"'\u202e\x1b[31m"


class Page(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, path: Path) -> None:
        """Read the page."""
        super().__init__()
        self.text = path.read_text(encoding="utf-8")
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def list_values(self, name: str, *tags: str) -> list[str]:
        """The values of an attribute."""
        found = [values[name] for tag, values in self.elements if name in values and tag in tags]
        return found if tags else [v[name] for _, v in self.elements if name in v]


def write(folder: Path, histories: Path) -> Path:
    """The folder of the report of the miniature."""
    assert main(["html", "miniature", "--out", str(folder), "--histories", str(histories)]) == 0
    return folder


@pytest.fixture
def out(known_history: History, promised: Promised, listed: Listed, tmp_path: Path) -> Path:
    """The report of a cell that changes, and no longer keeps its promise then."""
    listed()
    promised("closes", called("on_close", 1000, "bye").once())
    return write(tmp_path / "out", tmp_path)


def list_broken(folder: Path) -> Iterable[str]:
    """The addresses of the report that lead nowhere."""
    pages = {path: Page(path) for path in folder.rglob("*.html")}
    for path, page in pages.items():
        for address in page.list_values("href", "a", "link"):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                yield f"{path.name}: {address}"
            elif parts.fragment and target in pages and "=" not in parts.fragment:
                releases = " ".join(pages[target].list_values("data-releases")).split()
                if parts.fragment not in [*pages[target].list_values("id"), *releases]:
                    yield f"{path.name}: {address}"


def test_every_address_leads_somewhere(out: Path) -> None:
    """Of files, and of places in them."""
    assert list(list_broken(out)) == []


def test_nothing_is_loaded_from_another_host(out: Path) -> None:
    """The policy forbids it, and no page asks for it."""
    for path in out.rglob("*.html"):
        page = Page(path)
        [policy] = [v for v in page.list_values("content", "meta") if "default-src" in v]
        loaded = [*page.list_values("src", "script", "img"), *page.list_values("href", "link")]

        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
        assert [one for one in loaded if urlsplit(one).scheme or one.startswith("//")] == []
        assert "style" not in [name for _, values in page.elements for name in values]


def test_a_cell_has_its_diagrams_its_checks_and_its_changes(out: Path) -> None:
    """Each with the stretch of releases in which it is so."""
    page = Page(out / CELL_PAGE)

    assert page.list_values("data-releases") == ["1.0", "1.2"]
    assert re.search(r'class="panel" data-in="1">.*?</section>', page.text, re.DOTALL)
    assert "on_<wbr>close</b>(<wbr>None, None)" in page.text
    broken = re.findall(r'<li data-in="(\d)">.*?<b class="w (\w+)">', page.text)
    assert ("1", "broken") in broken
    assert ("0", "kept") in broken
    assert "got (the peer&#39;s code, the peer&#39;s reason), now gets (None, None)" in page.text
    assert 'href="../upgrade/1.0..1.2.html"' in page.text


def test_an_upgrade_has_the_verdict_and_the_sentences_of_compare(
    out: Path,
) -> None:
    """And both runs, with what differs marked."""
    page = Page(out / "miniature/upgrade/1.0..1.2.html")

    assert "1 of 1 cell changes, in 1 way, which breaks a promise or a rule" in page.text
    assert "<code>on_close</code> got (the peer&#39;s code, the peer&#39;s reason)" in page.text
    assert page.text.count(" old minus") == page.text.count(" new plus") == 1
    assert "compare miniature 1.0 1.2" in page.text


def test_a_page_names_the_known_issue_that_a_check_is(
    known_history: History, promised: Promised, listed: Listed, tmp_path: Path
) -> None:
    """As `compare` does: its link is part of what makes one line of two."""
    promise = promised("closes", called("on_close", 1000, "bye").once())
    listed({"checks": [promise.name], "signatures": ["on_close(None*"]})
    page = Page(write(tmp_path / "out", tmp_path) / "miniature/upgrade/1.0..1.2.html")
    [line] = re.findall(r'<li class="breaks">.*?</li>', page.text, re.DOTALL)

    assert 'known: <a href="https://example.org/issues/1"' in line


def test_the_tables_have_a_mark_and_a_stretch_for_each_behaviour(out: Path) -> None:
    """The word is text, so that it can be read out, and without a style sheet."""
    matrix = Page(out / "miniature/index.html")
    heat = Page(out / f"miniature/{CELL[0]}/index.html")

    assert f'<td class="broken"><a href="{CELL[0]}/{CELL[1]}.html">broken</a></td>' in matrix.text
    assert re.findall(r'<td colspan="1" class="(h-\w+ \w*)">', heat.text) == [
        "h-kept ",
        "h-broken edge",
    ]
    assert 'title="1 cell from 1.0 to 1.2"' in heat.text


def test_what_happens_is_told_in_words(out: Path) -> None:
    """What is seen now, since when, and how it was before."""
    text = Page(out / f"miniature/{CELL[0]}/what-happens.html").text

    assert "<p><code>on_open()</code>, <code>on_close(None, None)</code></p>" in text
    assert "since 1.2; before: <code>on_open()</code>, <code>on_close(1000, &#39;bye" in text


def test_the_search_finds_what_is_seen(out: Path) -> None:
    """The newest release shows it; the data is a script that gives it a name."""
    text = (out / "search.js").read_text(encoding="utf-8")
    data = json.loads(text.removeprefix("window.wslifecycle_search = ").rstrip(";\n"))

    [[*names, _]] = data["cells"]
    shown = {name: texts for name, _, texts in data["fields"]}["shown"]
    texts = [data["between"].join(data["parts"][one] for one in parts) for parts, _ in shown]
    assert [data["names"][one] for one in names] == ["miniature", *CELL, "broken"]
    assert [text for text in texts if "on_close(None, None)" in text]


def test_hostile_texts_are_text(known: Miniature, listed: Listed, tmp_path: Path) -> None:
    """Whatever a library says in its exceptions, or a peer in its reason."""
    known()
    listed()
    events = [
        REQUEST,
        ANSWER,
        peer_sends("close frame", 1000, HOSTILE),
        report("failed", "on_error", describe_exception(f"E{HOSTILE}", note=HOSTILE)),
    ]
    facts = {"state": HOSTILE, "logs": [{"logger": HOSTILE, "level": "ERROR"}]}
    history(tmp_path, [make_release("1.0", {CELL: [trace(*events, facts=facts)]})])
    out = write(tmp_path / "out", tmp_path)

    for path in out.rglob("*.html"):
        page = Page(path)
        assert [tag for tag, _ in page.elements if tag == "img"] == []
        assert "alert(1)" not in "".join(page.list_values("onerror"))
        assert not re.search("[\u202e\x1b]", page.text)
    assert r"\u202e\x1b[31m" in (out / CELL_PAGE).read_text(encoding="utf-8")


def test_a_race_shows_every_outcome(known: Miniature, listed: Listed, tmp_path: Path) -> None:
    """How often each came is said where that is stored."""
    known()
    listed()
    history(tmp_path, [make_release("1.0", {RACE: [BEFORE, AFTER]})])
    page = Page(write(tmp_path / "out", tmp_path) / f"miniature/{RACE[0]}/{RACE[1]}.html")

    assert "This cell races: 2 outcomes" in page.text
    assert page.text.count('<div class="dia"') == page.text.count("not counted") == 2


def test_what_does_not_apply_has_its_reason(
    known: Miniature, listed: Listed, tmp_path: Path
) -> None:
    """In place of a diagram; and nothing has changed where there is one release."""
    known()
    listed()
    history(tmp_path, [make_release("1.0", {CELL: "it has no callback"})])
    page = Page(write(tmp_path / "out", tmp_path) / CELL_PAGE)

    assert re.search(r'<p class="none">.*it has no callback</p>', page.text)
    assert "The same in every release of the history, 1.0 to 1.0." in page.text


def test_a_badge_counts_and_has_no_score(out: Path) -> None:
    """As a picture, and as shields.io reads it."""
    endpoint = json.loads((out / "miniature/badge.json").read_text())
    picture = (out / "miniature/badge.svg").read_text()

    assert endpoint == {
        "schemaVersion": 1,
        "label": "lifecycle of miniature 1.2",
        "message": "0 kept, 1 broken",
        "color": "#7a1f3d",
    }
    assert "<title>lifecycle of miniature 1.2: 0 kept, 1 broken</title>" in picture


def test_a_folder_that_cannot_be_made(
    known_history: History, listed: Listed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is wrong input, and said in a line."""
    listed()
    (tmp_path / "file").write_text("")
    words = ["html", "miniature", "--histories", str(tmp_path), "--out", str(tmp_path / "file")]

    assert main(words) == 2
    assert re.fullmatch(r"html: --out .*file: .*\n", capsys.readouterr().err)


@pytest.mark.integration
@pytest.mark.parametrize("library", LARGEST)
def test_the_file_of_a_library_can_be_attached_to_a_ticket(library: str, tmp_path: Path) -> None:
    """Of those with the most that is stored; most trackers take two million bytes of text."""
    assert main(["html", library, "--single", "--out", str(tmp_path)]) == 0

    assert [path.stem for path in tmp_path.glob("*.html")] == [library]
    assert (tmp_path / f"{library}.html").stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("releases", "families"),
    [
        (["1.0", "1.1", "1.1.1", "2.0"], {"1": [".0", ".1", ".1.1"], "2": [".0"]}),
        (["6.1", "6.1.1", "6.1.2", "6.2.0"], {"6.1": [".0", ".1", ".2"], "6.2": [".0"]}),
    ],
)
def test_releases_have_common_heads(releases: list[str], families: dict[str, list[str]]) -> None:
    """By what most of them are: major releases with minor ones, or minor ones with patches."""
    found = group_releases(releases)

    assert {one.name: [own for _, own in one.releases] for one in found} == families
