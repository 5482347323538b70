"""The phrases of a page: names, counts, checks and reasons, in Markdown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile
from urllib.parse import urlsplit

from fixtures.model.text import pluralize
from suites.judging.issues import REASONS, UNREPORTED
from suites.judging.judge import BROKEN, FIXED, KEPT, RED
from suites.judging.promise import Source

from ..render.markdown import autolink, code, escape_markdown, link
from .claims import NO_CHECK, Check, CheckedCell, Claim

LIMIT = 160
"""Characters of a recorded text that are shown."""
_CALL = r"\b[A-Za-z_][\w.]*\([^()]*\)"
_CODE = re.compile(rf"`[^`]*`|{_CALL}(?:\.\w+\([^()]*\))*|\b(?:\w+\.)*\w*_\w+\b")
"""Code already, a call, or a name that is no word."""


def prose(text: str) -> str:
    """Text of a declaration; names and calls in it become code."""
    return escape_markdown(_CODE.sub(lambda m: m[0] if m[0].startswith("`") else f"`{m[0]}`", text))


def label(word: str) -> str:
    """A verdict, in capitals where it is red."""
    return f"**{word.upper() if word in {NO_CHECK, *RED} else word}**"


def many(count: int, thing: str) -> str:
    """A number of things."""
    return pluralize(count, thing)


def short(text: str) -> str:
    """What was recorded, cut where it is long."""
    return code(text if len(text) <= LIMIT else f"{text[:LIMIT]}...")


def short_names(pages: Iterable[str]) -> dict[str, str]:
    """A name for each page: its path below the folder that the pages of its site share."""
    paths = {page: urlsplit(page).path.split("/") for page in pages}
    folders: dict[str, list[list[str]]] = defaultdict(list)
    for page, path in paths.items():
        folders[urlsplit(page).netloc].append(path[:-1])
    shared = {
        site: len([*takewhile(lambda names: len(set(names)) == 1, zip(*found, strict=False))])
        for site, found in folders.items()
    }
    return {
        page: "/".join(path[shared[urlsplit(page).netloc] :]) or page
        for page, path in paths.items()
    }


def place(text: str) -> str:
    """A place in a document: code, if it is names of objects and nothing else."""
    names = re.fullmatch(r"[A-Za-z_][\w.]*(, [A-Za-z_][\w.]*)*", text)
    return code(text) if names and re.search("[._]", text) else prose(text)


def cite(source: Source, names: dict[str, str]) -> str:
    """What a document says, and where: for a reader of another document, or of none."""
    page = names.get(source.page)
    where = link(page, source.page) if page else autolink(source.page)
    return f"“{prose(source.says.rstrip('.'))}” ({where}, {place(source.place)})"


def checks(claim: Claim) -> Iterator[str]:
    """What is expected, and what becomes of it; surfaces that agree stand together."""
    expected: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for check in claim.checks:
        expected[check.expected][_count_words(check)].append(code(str(check.surface)))
    for text, surfaces in expected.items():
        counts = [
            f"{counted}{' each' * (len(names) > 1)} of {', '.join(names)}"
            for counted, names in surfaces.items()
        ]
        yield f"{code(text)}: {'; '.join(counts)}" if text else "; ".join(counts)


def reason(found: CheckedCell) -> str:
    """Why it is so, as the list of known deviations says it."""
    if found.word == FIXED:
        return "in which it holds, although an issue says that it does not: take these out of it"
    deviation = found.verdict.deviation if found.verdict else None
    if found.word == BROKEN or deviation is None:
        return "which no known issue lists"
    issue = deviation.issue
    return f"{REASONS[issue.reason]}: {prose(issue.why)} {_link(issue.link)}"


def _link(link: str) -> str:
    return link if link == UNREPORTED else autolink(link)


def _count_words(check: Check) -> str:
    """How many cells there are of each word; of a check that judges none, why."""
    words = check.words
    if list(words) == [KEPT]:
        return many(words[KEPT], "cell")
    counted = " and ".join(f"{count} {word}" for word, count in words.items()) or "no cell"
    if check.word != NO_CHECK:
        return counted
    reasons = dict.fromkeys(text for found in check.found for text in found.cell.problems)
    why = f" ({prose('; '.join(reasons))})" if reasons else ""
    return f"{label(NO_CHECK)}, {counted}{why}"
