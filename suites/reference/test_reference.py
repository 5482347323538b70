"""The browser's WebSocket and Node's `ws` against every server, in the situations of pairs."""

from __future__ import annotations

import pytest

from fixtures.drivers.surfaces import Surface
from fixtures.interop.pair import FarEnd
from fixtures.interop.situation import Situation
from fixtures.reference.web_client import WebClient

from ..cells.pair_run import is_misled
from ..cells.story import format_known, format_story
from ..interop.agreement import find_disagreements
from ..interop.pair_judging import judge_end
from ..judging.issue_files import load_deviations
from ..judging.judge import KNOWN
from ..safe_text import defuse_lines, format_message
from .client_rules import fails_by_subprotocol, find_broken
from .conftest import note_told

TOO_LONG = {
    ("aiohttp_server", "server_ends"): "its shutdown_timeout, 60 s, would really pass",
}
"""Servers that take their time in a situation, and how much that is."""


def test_reference(
    request: pytest.FixtureRequest,
    web_client: WebClient,
    server: Surface,
    situation: Situation,
    far_end: FarEnd,
) -> None:
    """The client is told what the standards say, the server keeps its promises, and both agree."""
    missing = TOO_LONG.get((server.name, situation.name)) or server.not_applicable(situation.server)
    if missing:
        pytest.skip(f"not applicable: {format_message(missing)}")
    mine, theirs = far_end.run_external(web_client, server, situation)
    note_told(request.config, server, situation, mine)
    verdict = judge_end(server, situation, [theirs], load_deviations(), in_real_time=True)
    wrong = [*mine.problems, *find_broken(situation.client, mine)]
    if not fails_by_subprotocol(situation.client, mine):
        misled = {server.name} if is_misled(verdict) else set()
        wrong += find_disagreements(situation, mine, theirs, misled)
    if verdict.is_red:
        wrong.append(format_story(verdict, again=False))
    if wrong:
        events = [str(one) for one in mine.events]
        pytest.fail(defuse_lines("\n".join([situation.doc, *wrong, *events])), pytrace=False)
    if verdict.word == KNOWN:
        pytest.xfail(format_message(format_known(verdict)))
