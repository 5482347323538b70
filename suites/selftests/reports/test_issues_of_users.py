"""The lists of known issues, as commands use them: mistakes in them, and bugs to report."""

from __future__ import annotations

import itertools

import pytest

from reports.__main__ import main
from reports.commands.reproduce import reproduce_cell
from reports.reproduction.idiom import IDIOMS
from reports.results.release import Cell, WrongInput
from suites.judging.issue_files import load_deviations
from suites.judging.issues import UNREPORTED, Issue

from ..conftest import Listed, Miniature

pytestmark = pytest.mark.usefixtures("unmeasured")

COMMANDS = (
    ["verdicts", "tornado"],
    ["compare", "tornado", "6.5", "6.6.1", "-k", "peer_closes_first"],
    ["explain", "tornado_client", "peer_closes_first"],
    ["page", "tornado", "--release", "6.6.1"],
)
TO_REPORT = {
    issue: [(one.surface, name) for one in deviations for name in sorted(one.scenarios)]
    for issue, deviations in itertools.groupby(load_deviations(), key=lambda one: one.issue)
    if issue.link == UNREPORTED
}


NOT_WRITTEN = {
    "a_close_waits_for_the_receive": "the server is another process",
    "a_lifespan_that_times_out_is_left": "the server exits",
    "a_refused_client_is_not_disconnected": "the server exits",
    "accept_passes_the_exception_of_the_server_on": "the endpoint takes its time to accept",
    "an_exit_cancels_the_application": "the server exits",
    "an_exit_kills_no_application_while_a_connection_is_new": "the server exits",
    "an_exit_waits_for_nobody": "the server exits",
    "nothing_is_read_unless_the_application_receives": "the server is another process",
    "on_disconnect_is_told_1000_when_cancelled": "the endpoint is a class",
    "a_connection_that_was_given_up_goes_on": "a client does not await what it connects with",
    "an_exception_in_log_exception_stops_the_handler": "a plain hook acts beside coroutines",
    "cancelled_with_timeout_leaves_its_timer": "the tasks of a server are cancelled",
    "legacy_send_of_fragments_raises_invalid_state": "the peer waits for a part of a message",
    "pongs_are_not_read_while_a_message_waits": "the peer answers a ping",
    "pongs_are_not_read_while_open_runs": "the peer answers a ping",
}
"""Issues no cell of which can be written as a script yet, and what is missing for that."""
WITHOUT_TEMPLATE = {
    "autobahn",
    "flask-sock",
    "httpx-ws",
    "picows",
    "simple-websocket",
    "trio-websocket",
}
"""Libraries of which no cell can be written yet."""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_mistake_in_a_list_of_issues_is_one_line(
    command: list[str], known: Miniature, listed: Listed, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is a fault of the user's file, in every command: exit status 2, and no traceback."""
    known()
    listed({"reason": "whim"})
    status = main(command)
    text = capsys.readouterr().err
    [line] = [line for line in text.splitlines() if line.startswith(f"{command[0]}: ")]

    assert status == 2
    assert "miniature.toml: issue_0: reason 'whim' is not one of bug" in line
    assert "Traceback" not in text


@pytest.mark.integration
@pytest.mark.parametrize("issue", TO_REPORT, ids=lambda one: f"{one.library}-{one.id}")
def test_a_bug_that_is_unreported_has_a_reproducer(issue: Issue) -> None:
    """A stand-alone script shows one of its cells, ready for the report; or it is known why not."""
    if issue.library in WITHOUT_TEMPLATE:
        assert IDIOMS.keys().isdisjoint(surface for surface, _ in TO_REPORT[issue])
        pytest.skip(f"no script of {issue.library} is written yet")
    found = any(is_reproduced(cell) for cell in TO_REPORT[issue])

    assert found is not (issue.id in NOT_WRITTEN)


def is_reproduced(cell: Cell) -> bool:
    """Whether there is a stand-alone script for the cell."""
    try:
        return bool(reproduce_cell(cell))
    except WrongInput:
        return False
