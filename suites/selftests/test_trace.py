"""What of a trace is its behaviour, where a run does not end by itself."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.model.trace import MOST_REPEATED, behaviour

from .miniature_traces import by_hand, received, told

FAILED = told("failed", "on_error", "refused")
PING = received("ping frame", "")
LEFT = {"leftover threads": ["Thread"]}


@pytest.mark.parametrize("ended", [{"waited": "hang"}, {"facts": LEFT}], ids=["hang", "thread"])
def test_how_often_something_comes_again_for_ever_is_no_behaviour(ended: Any) -> None:
    """In a run that never ends, or leaves a thread behind, that is how long one has watched."""
    few, many = (by_hand(*[FAILED, PING] * count, **ended) for count in (MOST_REPEATED, 198))

    assert few.behaviour_id == many.behaviour_id
    assert by_hand(FAILED, PING, **ended).behaviour_id != few.behaviour_id


def test_what_comes_in_between_is_kept() -> None:
    """Only rows that repeat the one before are left out."""
    trace = by_hand(PING, PING, PING, received("pong frame", ""), PING, facts=LEFT)

    rows = [row[1] for row in behaviour(trace)["lanes"]["wire"]]
    assert rows == ["ping frame", "ping frame", "pong frame", "ping frame"]


def test_how_often_something_comes_in_a_run_that_ends_is_its_behaviour() -> None:
    """Three pings are not two."""
    two, three = (by_hand(*[PING] * count) for count in (2, 3))

    assert two.behaviour_id != three.behaviour_id
