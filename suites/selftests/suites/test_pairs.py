"""Pairs of libraries: what is run, what is judged, and that a disagreement is found."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.interop.ends import End
from fixtures.interop.pair import FarEnd
from fixtures.interop.payloads import number_payloads
from fixtures.interop.relay import Network
from fixtures.interop.situation import SITUATIONS
from fixtures.interop.stream import Stream
from fixtures.model.event import Event
from fixtures.model.trace import Trace
from fixtures.peer import wire
from suites.cells.pair_run import MEET_EACH_OTHER, MEET_EVERYBODY, MEET_NOBODY, list_pairs

from .far_ends import CLIENT, FIVE, RECONNECTING, SERVER, run

PLAIN = [one for one in SURFACES.values() if not one.variant_of]


def test_every_client_meets_every_server() -> None:
    """Of one chosen surface, all pairs with it; variants only in the situation that names them.

    The neighbours meet those that many use, and not each other.
    """
    usual = [one for one in SITUATIONS.values() if not one.client.surfaces]
    pairs = [pair for pair in list_pairs([*SURFACES.values()]) if pair[2] in usual]
    clients = [one for one in PLAIN if one.role == "client"]
    servers = [one for one in PLAIN if one.role == "server" and one.name not in MEET_NOBODY]

    met = {(client, server) for client, server, _ in pairs}
    strangers = [(a, b) for a in clients for b in servers if (a, b) not in met]
    assert len(pairs) == len(met) * len(usual)
    assert not {one.library.name for one in itertools.chain(*strangers)} <= MEET_EACH_OTHER
    assert MEET_EVERYBODY.isdisjoint(one.name for one in itertools.chain(*strangers))
    assert len(list_pairs([CLIENT])) == len(servers) * len(usual)
    assert [pair for pair in list_pairs([RECONNECTING]) if pair[2] in usual] == []
    assert [*map(str, list_pairs([RECONNECTING])[0])] == [str(RECONNECTING), str(SERVER), FIVE]


@pytest.mark.integration
def test_five_connections_in_a_row_are_closed_each_with_its_code(far_end: FarEnd) -> None:
    """The client connects in the main thread; the loop of the server runs in another one."""
    client, server = far_end.run(RECONNECTING, SERVER, SITUATIONS[FIVE])

    sent = [str(one).removeprefix("the application: ") for one in client.reports["acted"]]
    told = [str(one) for one in server.reports["closed"]]
    assert [one.removeprefix("on_") for one in told] == sent[:-1]
    assert len(told) == len(server.reports["opened"]) == server.connection_count == 5
    assert client.problems == server.problems == ()


@pytest.mark.integration
def test_both_ends_tell_of_one_connection(far_end: FarEnd) -> None:
    """What the one sends on the wire, the other receives, with the code and the reason."""
    client, server = run(far_end, "client_says_bye_when_opened")

    assert "close frame received: 1000, 'bye'" in map(str, client.lanes["wire"])
    assert "close frame sent: 1000, 'bye'" in map(str, server.lanes["wire"])
    assert "on_close(1000, 'bye')" in map(str, server.application_events)
    assert (client.problems, server.problems) == ((), ())


@pytest.mark.integration
def test_a_pair_has_one_time(far_end: FarEnd) -> None:
    """A server finds out by its keepalive, and the client hears of it at that time."""
    client, server = run(far_end, "client_vanishes")

    assert server.waited == "ping_interval + ping_timeout + close_timeout"
    assert client.seconds == server.seconds == 38.0


@pytest.mark.integration
def test_a_pair_behaves_the_same_again(far_end: FarEnd) -> None:
    """In the same processes, after others."""
    before = [one.behaviour_id for one in run(far_end, "connection_is_reset")]
    run(far_end, "server_raises")

    assert [one.behaviour_id for one in run(far_end, "connection_is_reset")] == before


@pytest.mark.integration
@pytest.mark.parametrize("name", ["both_say_bye_when_opened", "server_misses_pongs"])
def test_runs_of_a_pair_are_the_same(far_end: FarEnd, name: str) -> None:
    """Though both ends act at the same time, and what their pings carry is random."""
    trio = SURFACES["websockets_trio_client"], SURFACES["websockets_trio_server"]
    runs = [far_end.run(*trio, SITUATIONS[name]) for _ in range(4)]
    ids = {tuple(one.behaviour_id for one in run) for run in runs}

    assert len(ids) == 1


@pytest.mark.integration
def test_a_pair_in_real_time_is_as_in_virtual_time(far_end: FarEnd) -> None:
    """For the applications, in a situation in which nobody waits for time to pass."""
    pair, situation = (CLIENT, SERVER), SITUATIONS["server_says_bye_after_an_echo"]
    found = [
        [one.application_events for one in far_end.run(*pair, situation, real_time=real_time)]
        for real_time in (False, True)
    ]

    assert [[*map(str, one)] for one in found[0]] == [[*map(str, one)] for one in found[1]]


@pytest.mark.integration
def test_a_far_end_that_fails_says_why(far_end: FarEnd) -> None:
    """It is a fault of ours, and no behaviour."""
    unknown = replace(SITUATIONS["connection_is_reset"], name="nothing_of_the_kind")

    with pytest.raises(ChildProcessError, match="the far end failed: KeyError"):
        far_end.run(CLIENT, SERVER, unknown)
    assert run(far_end, "connection_is_reset")[0].problems == ()


@pytest.mark.integration
def test_a_far_end_that_has_ended_is_replaced(far_end: FarEnd) -> None:
    """The pair that was on its way is told why, and the next one has another process."""
    before = far_end._process
    before.kill()
    before.wait()

    with pytest.raises(ChildProcessError, match="its process has ended"):
        run(far_end, "connection_is_reset")
    assert run(far_end, "connection_is_reset")[0].problems == ()
    assert far_end._process.pid != before.pid


@pytest.mark.integration
def test_a_far_end_that_ends_meanwhile_is_not_waited_for(
    far_end: FarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The near end goes on without it, and comes to an end of its own: it does not hang."""
    traces: list[Trace] = []
    run_near = End.run

    def run(end: End, *args: Any, **options: Any) -> Trace:
        traces.append(run_near(end, *args, **options))
        return traces[-1]

    monkeypatch.setattr(End, "run", run)
    far_end._channel.on_message["idle"] = lambda _: far_end._process.kill()
    with pytest.raises(ChildProcessError, match="its process has ended"):
        far_end.run(CLIENT, SERVER, SITUATIONS["server_says_bye_when_opened"])

    assert [one.hangs for one in traces] == [False]


def test_what_pings_carry_has_a_length_and_a_number(far_end: FarEnd) -> None:
    """The same number where it is the same; nothing else is changed."""
    ping, pong = Event("wire", "frame", "ping frame", "sent"), Event("wire", "pong", "on_pong", "")
    text = Event("wire", "frame", "text frame", "sent", ({"bytes": "ab"},))
    events = [
        replace(ping, args=({"bytes": "ab"},)),
        replace(pong, args=({"bytes": "cd"},)),
        replace(pong, args=({"bytes": "ab"},)),
        ping,
        text,
    ]
    trace = replace(run(far_end, "server_raises")[0], events=tuple(events))
    found = [one.args for one in number_payloads(trace).events]

    first, second = {"bytes": "2 bytes, payload 1"}, {"bytes": "2 bytes, payload 2"}
    assert found == [(first,), (second,), (first,), (), text.args]


def test_pongs_are_lost_and_nothing_else() -> None:
    """What is passed on is the head, and every other frame, unchanged, once it is complete."""
    frames: list[wire.ReceivedFrame] = []
    stream = Stream(lambda head: True, frames.append, loses_pongs=True)
    head, ping, pong = b"HTTP/1.1 101\r\n\r\n", b"\x89\x01p", b"\x8a\x01p"
    passed = [stream.feed(one) for one in (head, ping[:2], ping[2:] + pong, b"\x81\x00")]

    assert passed == [[head], [], [ping], [b"\x81\x00"]]
    assert [one.name for one in frames] == ["ping", "pong", "text"]


def test_the_body_of_a_refusal_is_passed_on() -> None:
    """It is no frame."""
    stream = Stream(lambda head: False, print)

    assert stream.feed(b"HTTP/1.1 400\r\n\r\nno") == [b"HTTP/1.1 400\r\n\r\n", b"no"]
    assert stream.feed(b"t this") == [b"t this"]


def test_every_situation_says_what_happens() -> None:
    """In a sentence; and none is found by `-k close`, which is for the cells of one library."""
    assert all(one.doc.endswith(".") for one in SITUATIONS.values())
    assert not [name for name in SITUATIONS if "close" in name or "error" in name]
    assert {one.network for one in SITUATIONS.values()} == set(Network)
