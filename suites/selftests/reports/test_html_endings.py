"""The table of endings: what ends a connection, what is told then, and what is one row."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.event import Event
from fixtures.model.trace import Trace
from reports.html.endings_table import EndingGroup, list_endings
from reports.html.library_report import LibraryReport

from ..conftest import Listed, Miniature
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_pairs import CELL, describe_exception, trace
from ..miniatures.miniature_traces import ANSWER, REQUEST, peer_receives, peer_sends, report

LEFT = (CELL[0], "peer_resets_mid_frame")
AGAIN = (CELL[0], "peer_resets")
CODES = (1000, 1001, 1002, 1003)
FAMILY = {code: (CELL[0], f"peer_closes_with_code_{code}") for code in CODES}
REFUSED = CELL[0], "server_refuses_with_404"
ENDED = CELL[0], "peer_ends"


def closes(code: int, name: str = "Closed") -> Trace:
    """The peer closes, and an exception is raised with its code."""
    told = report("closed", "recv", describe_exception(name), how="raised", code=code)
    return trace(REQUEST, ANSWER, peer_sends("close frame", code, "bye"), told)


@pytest.fixture
def tell(known: Miniature, listed: Listed, tmp_path: Path) -> list[EndingGroup]:
    """1000 is told in another way than those that follow; refusal, ends of TCP, two connections."""
    known()
    listed()
    shown = {FAMILY[code]: [closes(code, "Closed" if code > 1000 else "Fine")] for code in CODES}
    refusal = Event("wire", "handshake", "404 response", "sent")
    failed = report("failed", "on_error", describe_exception("BadStatus"))
    lost = report("closed", "on_close", None, None)
    shown[REFUSED] = [trace(REQUEST, refusal, failed)]
    shown[ENDED] = [trace(REQUEST, ANSWER, Event("wire", "end", "FIN", "sent"), lost)]
    shown[LEFT] = [trace(REQUEST, ANSWER, peer_receives("end of TCP", kind="end"), lost)]
    shown[AGAIN] = [trace(REQUEST, ANSWER, REQUEST, ANSWER, peer_sends("close frame", 1011), lost)]
    found = LibraryReport(history(tmp_path, [make_release("1.0", shown)]), [])
    return list_endings(found, SURFACES[CELL[0]])


def test_endings_that_tell_the_same_are_one_row(tell: list[EndingGroup]) -> None:
    """In the order of the kinds; that each tells its own code is the same."""
    assert [group.text for group in tell] == [
        "the peer closes with 1000",
        "the peer closes with 1001 to 1003",
        "the peer ends TCP without a close frame",
        "the application or the library ends TCP without a close frame",
        "the handshake is answered with 404",
    ]
    [row] = tell[1].rows
    assert (row.told.calls, row.told.code) == (("recv raises Closed",), "that code")
    assert [one.name for one in row.scenarios] == [FAMILY[code][1] for code in CODES[1:]]


def test_a_row_says_what_is_told(tell: list[EndingGroup]) -> None:
    """A callback with an exception, and one without; no code and no frame is said as well."""
    [ended], [refused] = tell[2].rows, tell[4].rows

    assert (ended.told.calls, ended.told.code, ended.told.frame) == (("on_close",), "none", "none")
    assert refused.told.calls == ("on_error(BadStatus)",)
