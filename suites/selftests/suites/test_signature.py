"""The canonical form of events, which is copied from a story into a list of known issues."""

from __future__ import annotations

import pytest

from fixtures.model.event import APPLICATION, OTHER, WIRE, Event
from suites.judging.expectations import Finding
from suites.judging.signature import format_signature

CLOSED = Event(APPLICATION, "closed", "on_close", "called", (1000, "bye"), code=1000)
ERROR = {"exception": "Closed", "bases": ["OSError"], "code": 1006, "text": "lost"}
FORMS = [
    (CLOSED, "on_close(1000, 'bye')"),
    (Event(APPLICATION, "opened", "on_open", "called", where="connection 2"), "on_open()"),
    (
        Event(OTHER, "acted", "close", "acted", (4000, "|")),
        "the application: close(4000, '|')",
    ),
    (Event(APPLICATION, "message", "recv", "returned", ({"bytes": "\x00;"},)), "recv -> b'\\x00;'"),
    (Event(APPLICATION, "returned", "run_forever", "returned"), "run_forever -> None"),
    (Event(APPLICATION, "raised", "recv", "raised", (ERROR,)), "recv raised Closed(code=1006)"),
    (Event(APPLICATION, "end", "the block", "reached"), "the block reached"),
    (Event(WIRE, "frame", "close frame", "received", (1000, "")), "close frame received: 1000, ''"),
    (Event(WIRE, "end", "FIN", "sent", where="connection 2"), "FIN sent on connection 2"),
]


@pytest.mark.parametrize(("event", "form"), FORMS)
def test_every_kind_of_event_has_one_form(event: Event, form: str) -> None:
    """The form has name, manner and values, and a connection on the wire, but no details."""
    assert format_signature([event]) == form


def test_several_events_stand_in_their_order() -> None:
    """No event at all has a form as well, which a signature can match."""
    assert format_signature([CLOSED, CLOSED]) == "on_close(1000, 'bye'); on_close(1000, 'bye')"
    assert format_signature([]) == "nothing"


def test_a_finding_has_its_events_and_their_form() -> None:
    """A check that looks at something else describes it in words."""
    found = Finding(False, (CLOSED,))

    assert (found.seen, found.recorded) == ((CLOSED,), "on_close(1000, 'bye')")
    assert Finding(False, "no close frame").recorded == "no close frame"


def test_a_signature_does_not_follow_the_text_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists of known issues stay valid if a story describes an event differently."""
    monkeypatch.setattr(Event, "__str__", lambda event: f"«{event.name}»")

    assert Finding(False, (CLOSED,)).recorded == "on_close(1000, 'bye')"
