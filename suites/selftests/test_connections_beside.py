"""Several connections at once: of one peer, of a pool of applications, in one trace."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, OPENED
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import WIRE, Event, Loaded, Trace
from fixtures.peer.steps import Peer
from fixtures.run.recorder import Recorder
from suites.judging import trace_queries as seen

from .duet import LIMIT, Actor, connected, until_idle


def three(server: Peer) -> None:
    """Two connections beside the first; the last one is heard first."""
    others = [server.beside(), server.beside()]
    server.send_text("one")
    for number, other in enumerate(others):
        other.send_text(str(number))
    others[1].be_quiet()


def wire_event(name: str, where: str = "") -> Event:
    """Something that the peer saw."""
    return Event(WIRE, "frame", name, "received", where=where)


def test_connections_beside_each_other_are_told_apart() -> None:
    """Each has its socket and its place in the trace; the first has none, as if it were alone."""
    pairs = [connected() for _ in range(3)]
    actor = Actor("server", three, *(pair[0] for pair in pairs))
    until_idle(actor)
    for _, bare in pairs:
        bare.close()
    actor.finish()

    assert [(event.where, str(event)) for event in actor.events[:3]] == [
        ("", "text frame sent: 'one'"),
        ("connection 2", "text frame sent on connection 2: '0'"),
        ("connection 3", "text frame sent on connection 3: '1'"),
    ]
    assert [line for line in actor.lines if line.startswith("FIN")][-1] == "FIN sent"


def test_no_connection_is_waited_for_when_the_application_is_over() -> None:
    """Whichever of them the script waits for; nothing stays open."""
    pairs = [connected() for _ in range(3)]
    actor = Actor("server", three, *(pair[0] for pair in pairs))
    until_idle(actor)
    held = len(actor.peer.sockets())
    actor.peer.application_is_over(may_have_sockets=True)
    actor.thread.join(LIMIT)
    still_there = actor.thread.is_alive()
    for _, bare in pairs:
        bare.close()

    assert (held, still_there, actor.finish()) == (5, False, "")


def test_the_guard_takes_every_connection_down() -> None:
    """An abort ends the script, whichever connection it waits for."""
    pairs = [connected() for _ in range(3)]
    actor = Actor("server", three, *(pair[0] for pair in pairs))
    until_idle(actor)
    actor.peer.abort()
    actor.thread.join(LIMIT)
    still_there = actor.thread.is_alive()
    for _, bare in pairs:
        bare.close()

    assert (still_there, actor.finish()) == (False, "")


def test_rules_see_each_connection_by_itself() -> None:
    """Two at the same time are two, however their events alternate."""
    events = [wire_event(name, where) for name in ("request", "x") for where in ("", "b")]
    loaded = Loaded("miniature", "1", "", "")
    trace = Trace("miniature", "pool", loaded, tuple(events), {}, 0.0, "at once")

    assert seen.connections(trace) == 2
    assert [[event.where for event in one] for one in seen.by_connection(trace)] == [
        ["", ""],
        ["b", "b"],
    ]


def test_a_place_is_part_of_the_behaviour() -> None:
    """The same frames on other connections are another behaviour."""
    loaded = Loaded("miniature", "1", "", "")
    ids = {
        Trace("m", "pool", loaded, (wire_event("x", where),), {}, 0.0, "at once").behaviour_id
        for where in ("", "connection 2", "connection 3")
    }

    assert len(ids) == 3


def test_what_one_application_of_several_is_told_is_kept_aside() -> None:
    """It comes into the trace when its turn comes; a peer that waits for it knows at once."""
    recorder = Recorder(SCENARIOS["peer_closes_first"])
    kept: list[Event] = []
    with recorder.aside(kept):
        recorder.called("on_open", kind=OPENED)
    recorder.called("on_close", kind=CLOSED)
    known = recorder.point(OPENED).is_set()
    recorder.add(kept[0])

    assert ([event.name for event in recorder.events], known) == (["on_close", "on_open"], True)
