"""The sentences of the changelogs: well-formed, and shown by the cells that they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES
from reports.history import load
from reports.history.stored_history import History
from suites.changelogs import changelog_files
from suites.changelogs.changelog_files import (
    Changelog,
    ChangelogError,
    Sentence,
    find_sentences,
    list_cells,
    load_changelog,
)

READ = {name: found for name in LIBRARIES if (found := load_changelog(name))}
"""The changelogs that somebody has read."""


@pytest.mark.parametrize("library", READ)
def test_a_cell_changes_at_the_release_whose_sentence_names_it(library: str) -> None:
    """Each of them does, in the stored history: from the release before to this one."""
    history = load(library)
    found = [
        f"{one.release}: {one.says}: {'-'.join(cell)} does not change"
        for one in READ[library].sentence
        for cell in list_cells(one, library)
        if not changes_at(history, cell, one.release)
    ]

    assert found == []


def changes_at(history: History, cell: tuple[str, str], release: str) -> bool:
    """Whether the cell is another in `release` than in the release before."""
    releases = history.runnable
    table = history.table(cell)
    return table[release] != table[releases[releases.index(release) - 1]]


@pytest.mark.parametrize("changelog", READ.values(), ids=READ)
def test_sentences_are_sorted_and_end_with_a_full_stop(changelog: Changelog) -> None:
    """Those of the newest release stand first, as in the changelog."""
    numbers = [tuple(map(int, one.release.split("."))) for one in changelog.sentence]

    assert numbers == sorted(numbers, reverse=True)
    assert [one.says for one in changelog.sentence if not one.says.endswith(".")] == []


@pytest.mark.parametrize(
    ("entry", "mistake"),
    [
        ("", "'it ends.': give the cells that show it, or say why none does"),
        ('cells = ["*-peer_closes_first"]\nbecause = "x"', "give the cells that show it, or say"),
        ('cells = ["websockets_*-peer_closes_frist"]', "no cell of websockets is called 'websoc"),
        ('cell = "x"', "Object contains unknown field `cell`"),
    ],
)
def test_a_mistake_is_one_line(
    entry: str, mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says where it is, and how to mend it."""
    head = 'library = "websockets"\nsource = "https://example.org"\n[[sentence]]\n'
    (tmp_path / "websockets.toml").write_text(f'{head}release = "1.0"\nsays = "it ends."\n{entry}')
    monkeypatch.setattr(changelog_files, "FOLDER", tmp_path)

    with pytest.raises(ChangelogError) as error:
        load_changelog.__wrapped__("websockets")
    assert mistake in str(error.value)
    assert "\n" not in str(error.value)


def test_a_sentence_is_found_by_release_and_cell() -> None:
    """Of the others, none is."""
    cell = "websockets_threading_server", "server_shuts_down_when_idle"
    [found] = find_sentences("websockets", "17.0", [cell])

    assert found.says == "shutdown() of a server of the threading API closes the open connections."
    assert find_sentences("websockets", "16.1", [cell]) == []
    assert find_sentences("tornado", "6.5", [cell]) == []


def test_a_changelog_that_nobody_has_read_is_none() -> None:
    """Then nothing is said of it."""
    assert load_changelog("websocket-client") is None
    assert Sentence("1.0", "it ends.").cells == ()
