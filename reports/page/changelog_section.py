"""What the changelog of a library says of the lifecycle, and the cells that show it."""

from __future__ import annotations

from collections.abc import Iterator

from packaging.version import Version

from suites.changelogs.changelog_files import Sentence, load_changelog

from ..render.markdown import code, link
from .fragments import many, prose


def write_changelog(library: str, version: str) -> Iterator[str]:
    """The section, in Markdown, up to a release; nothing where nobody has read the changelog."""
    changelog = load_changelog(library)
    if changelog is None:
        return
    newest = Version(version)
    said = [one for one in changelog.sentence if Version(one.release) <= newest]
    shown = sum(bool(one.cells) for one in said)
    yield from ["", "## What the changelog says", ""]
    yield (
        f"{many(len(said), 'sentence')} of {link('the changelog', changelog.source)} on the "
        f"lifecycle, in other words; {shown} of them are shown by cells that change at that "
        "release."
    )
    yield ""
    for one in said:
        yield f"- **{one.release}** {prose(one.says)} {_place(one)}"


def _place(sentence: Sentence) -> str:
    """Where a sentence is shown, or why it is not."""
    return ", ".join(map(code, sentence.cells)) or f"Not shown: {prose(sentence.because)}."
