"""The HTML form of `compare` and `gate`: one page without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.__main__ import main
from reports.html.site import digest_text, read_asset
from reports.html.upgrade_document import render_document
from reports.upgrade.exit_status import UpgradeResult

from ..conftest import Listed, Miniature
from ..miniatures.miniature_pairs import CHANGED, compare_releases


def test_it_has_the_verdict_the_ways_and_the_notes(known: Miniature, listed: Listed) -> None:
    """And both runs, with what differs marked."""
    known()
    listed()
    result = UpgradeResult((compare_releases(*CHANGED),), ("`x` did not move",), ("an old one",))
    text = render_document(result)

    assert "1 of 1 cell changes, in 1 way" in text
    assert "<code>x</code> did not move" in text
    assert "matches nothing any more: an old one" in text
    assert text.count(" old minus") == text.count(" new plus") == 1
    assert "gate miniature --from 1.0 --to 2.0 --accept 1 --reason" in text


def test_no_script_may_run(known: Miniature, listed: Listed) -> None:
    """The only style is our own; no link leads to a page that is not there."""
    known()
    listed()
    text = render_document(UpgradeResult((compare_releases(*CHANGED),)))

    assert f"default-src 'none'; style-src '{digest_text(read_asset('report.css'))}';" in text
    assert "<script" not in text
    assert [one for one in re.findall(r'href="([^"#]+)', text) if not one.startswith("http")] == []


def test_the_commands_write_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a file, and print for people as well; or print it."""
    cell = ["--cell", "websocket_client_app/peer_closes_first"]
    words = ["compare", "websocket-client", "1.8.0", "1.9.0", *cell, "--format", "html"]
    path = tmp_path / "upgrade.html"

    assert main([*words, "--output", str(path)]) == 1
    assert capsys.readouterr().out.startswith("websocket-client 1.8.0 -> 1.9.0")
    assert main(words) == 1
    assert capsys.readouterr().out == path.read_text(encoding="utf-8")
