"""Pairs of libraries: what is run, what is judged, and that a disagreement is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.interop.pair import FarEnd
from fixtures.interop.relay import Network, Stream
from fixtures.interop.situation import SITUATIONS
from fixtures.model.trace import Trace
from fixtures.peer import wire
from suites.cells.pair_run import PairRun, list_pairs
from suites.interop.agreement import find_disagreements

CLIENT, SERVER = SURFACES["websocket_client_core"], SURFACES["tornado_handler"]
RECONNECTING, FIVE = SURFACES["websockets_asyncio_reconnecting"], "client_connects_five_times"
PLAIN = [one for one in SURFACES.values() if not one.variant_of]


@pytest.fixture(scope="module")
def far() -> Iterator[FarEnd]:
    """A far end for this module."""
    found = FarEnd("suites.interop.pair_situations")
    yield found
    found.close()


def run(far: FarEnd, name: str) -> tuple[Trace, Trace]:
    """The traces of a blocking client and an asyncio server in a situation."""
    return far.run(CLIENT, SERVER, SITUATIONS[name])


def test_every_client_meets_every_server() -> None:
    """Of one chosen surface, all pairs with it; variants only in the situation that names them."""
    usual = [one for one in SITUATIONS.values() if not one.clients]
    pairs = [pair for pair in list_pairs([*SURFACES.values()]) if pair[2] in usual]
    clients = [one for one in PLAIN if one.role == "client"]
    servers = [one for one in PLAIN if one.role == "server"]

    assert len(pairs) == len(clients) * len(servers) * len(usual)
    assert len(list_pairs([CLIENT])) == len(servers) * len(usual)
    assert [pair for pair in list_pairs([RECONNECTING]) if pair[2] in usual] == []
    assert [*map(str, list_pairs([RECONNECTING])[0])] == [str(RECONNECTING), str(SERVER), FIVE]


@pytest.mark.integration
def test_five_connections_in_a_row_are_closed_each_with_its_code(far: FarEnd) -> None:
    """The client connects in the main thread; the loop of the server runs in another one."""
    client, server = far.run(RECONNECTING, SERVER, SITUATIONS[FIVE])

    sent = [str(one).removeprefix("the application: ") for one in client.reports["acted"]]
    told = [str(one) for one in server.reports["closed"]]
    assert [one.removeprefix("on_") for one in told] == sent[:-1]
    assert len(told) == len(server.reports["opened"]) == server.connection_count == 5
    assert client.problems == server.problems == ()


@pytest.mark.integration
def test_both_ends_tell_of_one_connection(far: FarEnd) -> None:
    """What the one sends on the wire, the other receives, with the code and the reason."""
    client, server = run(far, "client_says_bye_when_opened")

    assert "close frame received: 1000, 'bye'" in map(str, client.lanes["wire"])
    assert "close frame sent: 1000, 'bye'" in map(str, server.lanes["wire"])
    assert "on_close(1000, 'bye')" in map(str, server.application_events)
    assert (client.problems, server.problems) == ((), ())


@pytest.mark.integration
def test_a_pair_has_one_time(far: FarEnd) -> None:
    """A server finds out by its keepalive, and the client hears of it at that time."""
    client, server = run(far, "client_vanishes")

    assert server.waited == "ping_interval + ping_timeout + close_timeout"
    assert client.seconds == server.seconds == 38.0


@pytest.mark.integration
def test_a_pair_behaves_the_same_again(far: FarEnd) -> None:
    """In the same processes, after others."""
    before = [one.behaviour_id for one in run(far, "connection_is_reset")]
    run(far, "server_raises")

    assert [one.behaviour_id for one in run(far, "connection_is_reset")] == before


@pytest.mark.integration
def test_a_far_end_that_fails_says_why(far: FarEnd) -> None:
    """It is a fault of ours, and no behaviour."""
    unknown = replace(SITUATIONS["connection_is_reset"], name="nothing_of_the_kind")

    with pytest.raises(ChildProcessError, match="the far end failed: KeyError"):
        far.run(CLIENT, SERVER, unknown)
    assert run(far, "connection_is_reset")[0].problems == ()


@pytest.mark.integration
def test_a_far_end_that_has_ended_is_replaced(far: FarEnd) -> None:
    """The pair that was on its way is told why, and the next one has another process."""
    before = far._process
    before.kill()
    before.wait()

    with pytest.raises(ChildProcessError, match="its process has ended"):
        run(far, "connection_is_reset")
    assert run(far, "connection_is_reset")[0].problems == ()
    assert far._process.pid != before.pid


@pytest.mark.integration
def test_a_message_that_is_lost_is_found(far: FarEnd) -> None:
    """Where the network passes on everything."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    client, server = far.run(CLIENT, SERVER, situation)
    deaf = replace(server, events=tuple(one for one in server.events if one.kind != "message"))
    [text] = find_disagreements(situation, client, deaf)

    assert text == "websocket_client_core sent ['hello'], tornado_handler received nothing"


@pytest.mark.integration
def test_a_lie_is_found(far: FarEnd) -> None:
    """About a message, about a code, about a reason."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    client, server = far.run(CLIENT, SERVER, situation)
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
def test_a_close_that_is_not_told_is_found(far: FarEnd) -> None:
    """Not at all; without its code; or the third of five with the code of another."""
    situation = SITUATIONS["server_says_bye_after_an_echo"]
    client, server = far.run(CLIENT, SERVER, situation)
    deaf = [one for one in client.events if one.kind != "closed"]
    [text] = find_disagreements(situation, replace(client, events=tuple(deaf)), server)
    assert text == "tornado_handler closed 1 connection, websocket_client_core is told of none"
    events = [replace(one, code=None) if one.code else one for one in client.events]
    [text] = find_disagreements(situation, replace(client, events=tuple(events)), server)
    assert text == "tornado_handler closed with 4000, websocket_client_core is told no code"
    client, server = far.run(RECONNECTING, SERVER, SITUATIONS[FIVE])
    assert find_disagreements(SITUATIONS[FIVE], client, server) == []
    events = [replace(one, code=1006) if one.code == 3000 else one for one in server.events]
    [text] = find_disagreements(SITUATIONS[FIVE], client, replace(server, events=tuple(events)))

    assert text == "websockets_asyncio_reconnecting closed with 3000, tornado_handler is told 1006"


@pytest.mark.integration
def test_the_end_of_an_iteration_has_its_code_in_an_attribute(far: FarEnd) -> None:
    """If there is one in this release, it is what the application is told."""
    situation = SITUATIONS["client_says_bye_when_opened"]
    client, server = far.run(CLIENT, SURFACES["websockets_asyncio_server"], situation)
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
def test_a_pair_is_settled(far: FarEnd, client: Surface | None, outcome: str) -> None:
    """Judged at both ends, or skipped where one end cannot play its part."""
    situation = SITUATIONS["client_misses_pongs" if client is None else "server_raises"]
    pair = PairRun(client or CLIENT, SERVER, situation, (), far)
    try:
        pair.settle()
    except pytest.skip.Exception:
        assert outcome == "skipped"
    else:
        assert outcome == "passed"
        assert len(pair.verdicts) == 2
        assert pair.timeline.count(situation.doc) == 2


def test_pongs_are_lost_and_nothing_else() -> None:
    """What is passed on is the head, and every other frame, unchanged, once it is complete."""
    frames: list[wire.ReceivedFrame] = []
    stream = Stream(lambda head: True, frames.append, loses_pongs=True)
    head, ping, pong = b"HTTP/1.1 101\r\n\r\n", b"\x89\x01p", b"\x8a\x01p"
    passed = [stream.feed(one) for one in (head, ping[:2], ping[2:] + pong, b"\x81\x00")]

    assert passed == [head, b"", ping, b"\x81\x00"]
    assert [one.name for one in frames] == ["ping", "pong", "text"]


def test_the_body_of_a_refusal_is_passed_on() -> None:
    """It is no frame."""
    stream = Stream(lambda head: False, print)

    assert stream.feed(b"HTTP/1.1 400\r\n\r\nno") == b"HTTP/1.1 400\r\n\r\nno"
    assert stream.feed(b"t this") == b"t this"


def test_every_situation_says_what_happens() -> None:
    """In a sentence; and none is found by `-k close`, which is for the cells of one library."""
    assert all(one.doc.endswith(".") for one in SITUATIONS.values())
    assert not [name for name in SITUATIONS if "close" in name or "error" in name]
    assert {one.network for one in SITUATIONS.values()} == set(Network)
