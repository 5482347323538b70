"""Pairs of libraries: how both ends are judged, and that a disagreement is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.interop.pair import FarEnd
from fixtures.interop.situation import SITUATIONS
from fixtures.model.trace import Trace
from suites.cells.pair_run import PairRun
from suites.interop.agreement import find_disagreements
from suites.interop.pair_judging import judge_end
from suites.judging.issue_files import load_deviations
from suites.judging.judge import BROKEN, UNSTABLE

from .far_ends import CLIENT, FIVE, RECONNECTING, SERVER, run


def end_late(trace: Trace) -> Trace:
    """The same, as if the far end had ended TCP after 50 seconds."""
    late = [
        replace(one, details={**one.details, "at": 50.0}) if one.name == "FIN" else one
        for one in trace.events
    ]
    return replace(trace, events=tuple(late), seconds=50.0, waited="50.0 s")


@pytest.mark.integration
def test_a_message_that_is_lost_is_found(far_end: FarEnd) -> None:
    """Where the network passes on everything."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    client, server = far_end.run(CLIENT, SERVER, situation)
    deaf = replace(server, events=tuple(one for one in server.events if one.kind != "message"))
    [text] = find_disagreements(situation, client, deaf)

    assert text == "websocket_client_core sent ['hello'], tornado_handler received nothing"


@pytest.mark.integration
def test_a_lie_is_found(far_end: FarEnd) -> None:
    """About a message, about a code, about a reason."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    client, server = far_end.run(CLIENT, SERVER, situation)
    assert find_disagreements(situation, client, server) == []
    events = [
        replace(one, args=("bye",)) if str(one).endswith("send('hello')") else one
        for one in client.events
    ]
    [text] = find_disagreements(situation, replace(client, events=tuple(events)), server)
    assert text == "websocket_client_core sent ['bye'], tornado_handler received ['hello']"
    events = [replace(one, code=4001) if one.code else one for one in client.events]
    [text] = find_disagreements(situation, replace(client, events=tuple(events)), server)
    assert text == "tornado_handler closed with 4000, websocket_client_core is told 4001"
    events = [replace(one, args=()) if one.code else one for one in client.events]
    [text] = find_disagreements(situation, replace(client, events=tuple(events)), server)

    assert text == "tornado_handler gave the reason 'enough', websocket_client_core is told none"


@pytest.mark.integration
def test_a_close_that_is_not_told_is_found(far_end: FarEnd) -> None:
    """Not at all; without its code; or the third of five with the code of another."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    client, server = far_end.run(CLIENT, SERVER, situation)
    deaf = [one for one in client.events if one.kind != "closed"]
    [text] = find_disagreements(situation, replace(client, events=tuple(deaf)), server)
    assert text == "tornado_handler closed 1 connection, websocket_client_core is told of none"
    events = [replace(one, code=None) if one.code else one for one in client.events]
    [text] = find_disagreements(situation, replace(client, events=tuple(events)), server)
    assert text == "tornado_handler closed with 4000, websocket_client_core is told no code"
    client, server = far_end.run(RECONNECTING, SERVER, SITUATIONS[FIVE])
    assert find_disagreements(SITUATIONS[FIVE], client, server) == []
    events = [replace(one, code=1006) if one.code == 3000 else one for one in server.events]
    [text] = find_disagreements(SITUATIONS[FIVE], client, replace(server, events=tuple(events)))

    assert text == "websockets_asyncio_reconnecting closed with 3000, tornado_handler is told 1006"


@pytest.mark.integration
def test_the_end_of_an_iteration_has_its_code_in_an_attribute(far_end: FarEnd) -> None:
    """If there is one in this release, it is what the application is told."""
    situation = SITUATIONS["client_says_bye_when_opened"]
    client, server = far_end.run(CLIENT, SURFACES["websockets_asyncio_server"], situation)
    assert find_disagreements(situation, client, server) == []
    lost = replace(server, facts={**server.facts, "close_code": None})
    [text] = find_disagreements(situation, client, lost)
    assert (
        text == "websocket_client_core closed with 1000, websockets_asyncio_server is told no code"
    )
    bare = replace(server, facts={**server.facts, "close_code": {"not there": True}})

    assert find_disagreements(situation, client, bare) == []


@pytest.mark.integration
@pytest.mark.parametrize(("client", "outcome"), [(CLIENT, "passed"), (None, "skipped")])
def test_a_pair_is_settled(far_end: FarEnd, client: Surface | None, outcome: str) -> None:
    """Judged at both ends, or skipped where one end cannot play its part."""
    situation = SITUATIONS["client_misses_pongs" if client is None else "server_raises"]
    pair = PairRun(client or CLIENT, SERVER, situation, (), far_end)
    try:
        pair.settle()
    except pytest.skip.Exception:
        assert outcome == "skipped"
    else:
        assert outcome == "passed"
        assert len(pair.verdicts) == 2
        assert pair.timeline.count(situation.doc) == 2


@pytest.mark.integration
def test_a_known_deviation_of_an_end_is_an_xfail(far_end: FarEnd) -> None:
    """Whichever scenario lists it, if the signature is the same; and it is a finding."""
    situation = SITUATIONS["connection_is_reset"]
    known = tuple(one for one in load_deviations() if one.issue.id == "reset_hides_the_close_code")
    pair = PairRun(CLIENT, SERVER, situation, known, far_end)
    with pytest.raises(pytest.xfail.Exception, match="The reset breaks the answer"):
        pair.settle()
    [(name, where, cause)] = pair.list_findings()
    assert (name, where, cause[0]) == (CLIENT.name, situation.name, "websocket-client")
    others = tuple(replace(one, signatures=("nothing of the kind",)) for one in known)

    with pytest.raises(pytest.fail.Exception, match="websocket_client_core: The server sends"):
        replace(pair, deviations=others).settle()


@pytest.mark.integration
def test_a_pair_that_differs_from_run_to_run_is_unstable(far_end: FarEnd) -> None:
    """As a cell that does not race."""
    traces = list(run(far_end, "connection_is_reset"))
    server = SURFACES["tornado_handler"]
    found = judge_end(server, SITUATIONS["connection_is_reset"], [traces[1], traces[1]], ())
    assert not found.is_red
    other = replace(traces[1], facts={})

    found = judge_end(server, SITUATIONS["connection_is_reset"], [traces[1], other], ())
    assert found.word == UNSTABLE


@pytest.mark.integration
def test_an_end_that_is_over_with_the_far_end_has_not_waited(far_end: FarEnd) -> None:
    """The far end ended TCP late; that is no delay of this one, which went on at once."""
    situation = SITUATIONS["server_ends"]
    client, _ = far_end.run(CLIENT, SURFACES["websockets_asyncio_server"], situation)
    slow = end_late(client)
    known = load_deviations()
    assert not judge_end(CLIENT, situation, [slow], known).is_red

    slower = replace(slow, seconds=60.0, waited="60.0 s")
    [broken] = judge_end(CLIENT, situation, [slower], known).select(BROKEN)
    assert broken.check == "rule.nothing_waits_for_what_has_come"


@pytest.mark.integration
def test_a_promise_of_an_end_at_once_is_not_about_a_late_far_end(far_end: FarEnd) -> None:
    """It holds again for what the end has to wait for by itself."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    slow, known = end_late(run(far_end, situation.name)[1]), load_deviations()
    assert not judge_end(SERVER, situation, [slow], known).is_red

    slower = replace(slow, seconds=60.0, waited="60.0 s")
    broken = {one.check for one in judge_end(SERVER, situation, [slower], known).select(BROKEN)}
    assert "tornado_handler.close_ends_the_connection" in broken


@pytest.mark.integration
@pytest.mark.parametrize("name", ["client_says_bye_when_opened", "server_says_bye_after_an_echo"])
def test_no_known_deviation_excuses_silence(far_end: FarEnd, name: str) -> None:
    """That `on_close` is not called may have any cause, and is not the one that is listed."""
    _, trace = run(far_end, name)
    silent = replace(trace, events=tuple(one for one in trace.events if one.name != "on_close"))
    known = load_deviations()

    assert not judge_end(SERVER, SITUATIONS[name], [trace], known).is_red
    assert judge_end(SERVER, SITUATIONS[name], [silent], known).is_red


@pytest.mark.integration
def test_nobody_is_judged_by_an_answer_that_does_not_come(far_end: FarEnd) -> None:
    """The promises of an end that closes are about a far end that answers."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    client, server = SURFACES["simple_ws_client"], SURFACES["websockets_asyncio_server"]
    _, trace = far_end.run(client, server, situation)
    found = judge_end(server, situation, [trace], ())

    assert not found.select(BROKEN)
    assert all(one.check.startswith("rule.") for one in found.verdicts)
