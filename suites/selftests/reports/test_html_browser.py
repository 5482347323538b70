"""The HTML report in a real browser: what its script does, that it asks no host for anything."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reports.__main__ import main
from reports.history import load
from reports.history.cell_search import build_index
from reports.search.found_scenarios import choose_hits, fold_hits
from reports.search.word_forms import find_terms
from suites.judging.issue_files import load_deviations

from ..conftest import Listed, Miniature
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, describe_exception, trace
from ..miniatures.miniature_traces import ANSWER, REQUEST, peer_sends, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
]

HOSTILE = "</script><img src=x onerror=document.title=1>\"'`\u202e\x1b[31m"
ENDS = (CELL[0], "peer_ends")
LOST = trace(
    REQUEST,
    ANSWER,
    peer_sends("close frame", 1000, HOSTILE + "r" * 123),
    report("failed", "on_error", describe_exception("Lost" + HOSTILE + "x" * 10_000)),
    facts={"state": HOSTILE},
)
WIDTHS = (1280, 400)
SERIOUS = ("serious", "critical")
NO_REQUESTS = {"preload": False}
"""axe-core does not ask for the style sheet once more, which the policy forbids."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with a profile that is gone afterwards."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield found
        found.close()


@pytest.fixture
def out(known: Miniature, listed: Listed, tmp_path: Path) -> Path:
    """The report of three cells: one changes, one races, one has hostile texts."""
    known()
    listed()
    cells = {RACE: [BEFORE, AFTER], ENDS: [LOST]}
    releases = [
        make_release("1.0", {CELL: [BEFORE], **cells}),
        make_release("1.1", {CELL: [BEFORE], **cells}),
        make_release("2.0", {CELL: [AFTER], **cells}),
    ]
    history(tmp_path, releases)
    folder = tmp_path / "out"
    assert main(["html", "miniature", "--out", str(folder), "--histories", str(tmp_path)]) == 0
    return folder


@pytest.fixture
def page(browser: Browser, out: Path) -> Iterator[Page]:
    """A page that must log nothing, and ask for nothing but files of the report."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    found.on("request", lambda request: asked.append(request.url))
    yield found
    context.close()
    assert said == []
    assert [one for one in asked if not one.startswith(out.as_uri())] == []


def show(page: Page, out: Path, path: str) -> None:
    """Open a page of the report."""
    page.goto(f"{(out / path.partition('#')[0]).as_uri()}{path[len(path.partition('#')[0]) :]}")


def wait_for_text(page: Page, selector: str, text: str) -> None:
    """An address changes at once, and what is shown a moment later."""
    page.locator(selector).filter(has_text=text).first.wait_for()


def cell_path(cell: tuple[str, str], release: str = "") -> str:
    """The page of a cell, and a release on it."""
    return f"miniature/{cell[0]}/{cell[1]}.html" + (f"#{release}" if release else "")


def test_the_search_leads_to_a_cell(page: Page, out: Path) -> None:
    """By what is seen in it, with the keyboard alone."""
    show(page, out, "index.html")
    page.keyboard.press("/")
    page.keyboard.type("closing first")
    page.wait_for_selector("#hits a")

    assert page.locator("#hits a .d2").first.inner_text().startswith(CELL[1])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{CELL[1]}.html")


@pytest.mark.parametrize(
    "question", ["closing with 1000", "the peer is gone", "on_close", "Lost", "1000 second thread"]
)
def test_the_search_finds_what_find_finds(
    question: str, page: Page, out: Path, tmp_path: Path
) -> None:
    """In the same order: with the stems, the meanings and the weights of `find`."""
    cells = [CELL, RACE, ENDS]
    index = build_index([load("miniature", tmp_path)], cells, load_deviations())
    hits = choose_hits(index.search(question), len(find_terms(question)))
    show(page, out, "index.html")
    page.fill("#q", question)
    page.wait_for_selector("#hits a")
    found = page.eval_on_selector_all("#hits a", "all => all.map(a => a.getAttribute('href'))")

    assert found == [cell_path(one.best.cell) for one in fold_hits(hits)]


def test_the_search_says_that_nothing_is_found(page: Page, out: Path) -> None:
    """And Escape ends it."""
    show(page, out, "index.html")
    page.fill("#q", "qqqq xyzzy")
    page.wait_for_selector("#hits p")
    page.keyboard.press("Escape")

    assert not page.is_visible("#hits")


def test_filters_stand_in_the_address(page: Page, out: Path) -> None:
    """Whoever opens it sees the same rows."""
    show(page, out, "miniature/index.html")
    before = page.locator(".matrix tr:not(.grp):visible").count()
    page.fill("[name=q]", CELL[1])
    page.select_option("[name=last]", "1")

    assert before == 4
    assert page.locator(".matrix tbody tr:not(.grp):visible").count() == 1
    assert page.locator("output").inner_text() == "1 of 3 rows"
    assert page.evaluate("location.hash") == f"#q={CELL[1]}&last=1"
    show(page, out, f"miniature/{CELL[0]}/index.html#q=ends")
    assert page.locator(".heat tbody tr:not(.grp):visible").count() == 1


def test_a_release_is_picked(page: Page, out: Path) -> None:
    """Its diagram and its checks are shown, no others; by address, by click and by key."""
    show(page, out, cell_path(CELL, "1.1"))
    shown = page.locator(".panel:visible")

    assert shown.count() == 1
    assert "on_close(1000, 'bye')" in shown.inner_text()
    page.keyboard.press("]")
    wait_for_text(page, ".panel:visible", "on_close(None, None)")
    assert shown.count() == 1
    page.click(".heat.one td a >> nth=0")
    wait_for_text(page, "h2 .which", "in 1.0 to 1.1")
    assert page.evaluate("scrollY") == 0


def test_events_are_stepped_through(page: Page, out: Path) -> None:
    """With the arrow keys; Escape shows all of them again."""
    show(page, out, cell_path(CELL))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    assert page.locator(".stepper output").inner_text() == "2 of 6"
    assert "101 Switching Protocols" in page.locator(".e.now").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".stepping").count() == 0


def test_another_release_stands_beside(page: Page, out: Path) -> None:
    """What only one of the two has is marked, the older one is on the left."""
    show(page, out, cell_path(CELL))
    page.select_option(".beside", "1.0")

    assert "on_close(1000, 'bye')" in page.locator(".old.minus").inner_text()
    assert "on_close(None, None)" in page.locator(".new.plus").inner_text()
    assert page.locator(".minus").count() == page.locator(".plus").count() == 1
    page.select_option(".beside", "")
    assert page.locator("#beside:visible").count() == 0


def test_a_race_shows_every_outcome(page: Page, out: Path) -> None:
    """One below the other."""
    show(page, out, cell_path(RACE))

    assert page.locator(".dia:visible").count() == 2


def test_hostile_texts_are_shown_and_not_run(page: Page, out: Path) -> None:
    """In the diagram, in the search, and beside another release."""
    show(page, out, cell_path(ENDS))
    page.fill("#q", "onerror")
    page.wait_for_selector("#hits a")

    assert "</script><img src=x" in page.locator(".panel:visible").inner_text()
    assert page.locator("img").count() == 0
    assert page.title() != "1"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_window(width: int, scheme: str, page: Page, out: Path) -> None:
    """Tables scroll in their frames."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in sorted(out.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(scheme: str, page: Page, out: Path) -> None:
    """axe-core finds nothing serious: contrast, names, roles, order of headings."""
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in sorted(out.rglob("*.html")):
        page.goto(path.as_uri())
        found = Axe().run(page, options=NO_REQUESTS).response["violations"]
        told = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS]
        assert told == [], path.name


def test_an_upgrade_is_picked(page: Page, out: Path) -> None:
    """On the start page; the releases of the library are there to choose from."""
    show(page, out, "index.html")
    page.select_option("[name=old]", "1.0")
    page.select_option("[name=new]", "2.0")
    page.click("text=What changes?")
    page.wait_for_url("**/upgrade/1.0..2.0.html")

    assert "1.0 to 2.0" in page.locator("h1").inner_text()
    assert [page.input_value(f"[name={name}]") for name in ("old", "new")] == ["1.0", "2.0"]


def test_an_upgrade_without_a_page_is_told_release_by_release(
    known: Miniature, listed: Listed, tmp_path: Path, page: Page
) -> None:
    """Those between the two, and the command that says what is left of their changes."""
    known()
    listed()
    shown = {"1.0.0": BEFORE, "1.0.1": AFTER, "1.0.2": BEFORE, "1.0.3": AFTER}
    rest = {RACE: [BEFORE], ENDS: [LOST]}
    history(tmp_path, [make_release(name, {CELL: [one], **rest}) for name, one in shown.items()])
    folder = tmp_path / "out"
    assert main(["html", "miniature", "--out", str(folder), "--histories", str(tmp_path)]) == 0
    show(page, folder, "miniature/upgrade/index.html#1.0.0..1.0.2")
    steps = page.locator(".steps > li:visible")

    assert [one.partition("\n")[0] for one in steps.all_inner_texts()] == ["1.0.2", "1.0.1"]
    assert "compare miniature 1.0.0 1.0.2 --format html" in page.locator(".between").inner_text()
    page.select_option("[name=old]", "1.0.2")
    page.select_option("[name=new]", "1.0.3")
    page.click("text=What changes?")
    page.wait_for_url("**/upgrade/1.0.2..1.0.3.html")


def test_a_table_of_very_many_rows_draws_those_that_are_looked_at(page: Page, out: Path) -> None:
    """A filter is of all of them, and more are drawn when they are scrolled to, and for print."""
    path = out / "miniature" / "index.html"
    row = re.compile(r"<tr data-w=.*?</tr>\n", re.DOTALL)
    many = row.sub(lambda found: found[0] * 4000, path.read_text())
    path.write_text(many)
    show(page, out, "miniature/index.html")
    rows = page.locator(".matrix tbody tr:not(.grp)")

    assert page.locator("output").inner_text() == "12000 rows"
    assert rows.count() < 4000
    page.fill("[name=q]", RACE[1])
    assert page.locator("output").inner_text() == "4000 of 12000 rows"
    assert rows.count() < 2000
    page.eval_on_selector(".frame", "frame => { frame.scrollTop = frame.scrollHeight }")
    rows.nth(1499).wait_for(state="attached")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == 4000


def test_without_scripts_everything_can_be_read(browser: Browser, out: Path) -> None:
    """Every release of a cell, and the matrix; what would do nothing is not there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, out, cell_path(CELL))
    releases = page.locator(".panel:visible").count()
    forms = page.locator("form:visible").count()
    show(page, out, "miniature/index.html")

    assert (releases, forms) == (2, 0)
    assert page.locator(".matrix td a:visible").count() == 3
    context.close()


def test_keys_move_between_situations(page: Page, out: Path) -> None:
    """To the next one and back."""
    show(page, out, cell_path(CELL))
    page.keyboard.press("n")
    page.wait_for_url(f"**/{RACE[1]}.html")
    page.keyboard.press("p")
    page.wait_for_url(f"**/{CELL[1]}.html")


def test_one_file_has_every_page(page: Page, out: Path, tmp_path: Path) -> None:
    """It is found by search, opened by links, filtered, and stepped through like the folder."""
    words = ["html", "miniature", "--single", "--histories", str(tmp_path)]
    assert main([*words, "--out", str(out)]) == 0
    page.goto((out / "miniature.html").as_uri())
    page.wait_for_selector(".matrix")
    page.fill("[name=q]", CELL[1])
    page.click(".matrix td:visible a")
    page.wait_for_selector(".cell")

    assert page.url.endswith(f"#/{cell_path(CELL)}")
    page.keyboard.press("[")
    wait_for_text(page, "h2 .which", "in 1.0 to 1.1")
    page.select_option(".beside", "2.0")
    assert page.locator(".new.plus").count() == 1
    page.go_back()
    page.wait_for_selector(".matrix")
    assert page.locator(".matrix tbody tr:not(.grp):visible").count() == 1
    assert page.input_value("[name=q]") == CELL[1]
    page.click(".brand")
    page.wait_for_selector(".hero .find")
    page.fill("#q", "onerror")
    page.click("#hits a")
    page.wait_for_selector(".cell")
    assert page.title().startswith(ENDS[1])
    assert "</script><img src=x" in page.locator(".panel:visible").inner_text()
    assert page.locator("main img").count() == 0


def test_every_link_of_one_file_is_a_page_of_it(page: Page, out: Path, tmp_path: Path) -> None:
    """Or a page of the web."""
    words = ["html", "miniature", "--single", "--histories", str(tmp_path)]
    assert main([*words, "--out", str(out)]) == 0
    page.goto((out / "miniature.html").as_uri())
    page.wait_for_selector(".matrix")
    seen, todo = set[str](), ["#/miniature/index.html"]
    while todo:
        link = todo.pop()
        seen.add(link)
        page.evaluate("address => { location.hash = address }", link)
        page.wait_for_selector(f"#main[data-page='{link.removeprefix('#/')}']")
        found = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
        inside = {one.partition("#")[2] for one in found if one.startswith("#/")}
        pages = {f"#{one.partition('#')[0]}" for one in inside}
        assert [one for one in found if not one.startswith(("#", "https:"))] == []
        todo += sorted(pages - seen - set(todo))

    files = {f"#/{path.relative_to(out).as_posix()}" for path in out.rglob("*/*.html")}
    assert seen - {"#/index.html"} == {one for one in files if one.startswith("#/miniature/")}
