"""Sets of outcomes are compared as sets, and chance is no change."""

from __future__ import annotations

from dataclasses import replace

from fixtures.model.trace import Trace
from reports.diff.outcome_sets import chance, choose_outcomes, is_doubtful, is_unanimous
from reports.results.release import CellResult

from ..miniatures.miniature_pairs import trace
from ..miniatures.miniature_traces import report

A, B, C = (trace(report("closed", "on_close", text)) for text in "abc")


def ran(*runs: tuple[Trace, int]) -> CellResult:
    """A cell that showed each outcome so often."""
    return CellResult(tuple(one for one, count in runs for _ in range(count)))


def sentences(old: CellResult, new: CellResult, *, race: bool = True) -> list[str]:
    """What is said of two sets."""
    return [change.text for change in choose_outcomes(old, new, race=race).changes]


def test_a_new_outcome_is_reported() -> None:
    """An outcome that was never seen before is reported beside the one it is most like."""
    assert sentences(ran((A, 12)), ran((A, 4), (B, 8))) == ["`on_close` got 'a', now gets 'b'"]


def test_an_outcome_that_is_gone_is_reported() -> None:
    """An outcome that no run shows any more is reported."""
    assert sentences(ran((A, 4), (B, 8)), ran((A, 12))) == ["`on_close` got 'b', now gets 'a'"]


def test_new_and_gone_are_reported_together() -> None:
    """What is gone is reported with what came in its place, once."""
    assert sentences(ran((A, 12)), ran((B, 12))) == ["`on_close` got 'a', now gets 'b'"]


def test_a_rare_outcome_is_told_as_rare() -> None:
    """What one run in twelve shows may have been missed before: it is minor."""
    pair = ran((A, 12)), ran((A, 11), (B, 1))
    found = [*choose_outcomes(*pair).changes, *choose_outcomes(*reversed(pair)).changes]

    assert [(one.text, one.minor) for one in found] == [
        ("rare (1 of 12 runs, now): `on_close` got 'a', now gets 'b'", True),
        ("rare (1 of 12 runs, before): `on_close` got 'b', now gets 'a'", True),
    ]


def test_the_same_sets_are_no_change() -> None:
    """Whatever the shares are."""
    assert sentences(ran((A, 12)), ran((A, 12))) == []
    assert sentences(ran((A, 6), (B, 6)), ran((A, 6), (B, 6))) == []


def test_other_shares_are_no_change() -> None:
    """How often an outcome comes is no change, and judges neither side."""
    found = choose_outcomes(ran((A, 33), (B, 3)), ran((A, 30), (B, 6)))

    assert found.pairs == ((A, A),)
    assert (found.old, found.new) == ((A,), (A,))


def test_sets_with_nothing_in_common_differ_in_every_run() -> None:
    """However few runs there are; what is rare on one side is still told as rare."""
    assert sentences(ran((A, 3)), ran((B, 3))) == ["`on_close` got 'a', now gets 'b'"]
    assert sentences(ran((A, 11), (C, 1)), ran((B, 12))) == [
        "`on_close` got 'a', now gets 'b'",
        "rare (1 of 12 runs, before): `on_close` got 'c', now gets 'b'",
    ]


def test_without_counts_chance_is_not_ruled_out() -> None:
    """What both sides have in common says that not every run differs; no more is known."""
    known = replace(ran((A, 1), (B, 1)), counted=False)

    assert sentences(known, ran((A, 2), (B, 1), (C, 9))) == [
        "in some runs (9 of 12 runs, now): `on_close` got 'b', now gets 'c'"
    ]
    assert sentences(known, ran((A, 12))) == [
        "in some runs (before): `on_close` got 'b', now gets 'a'"
    ]
    assert sorted(sentences(known, ran((C, 12)))) == [
        "`on_close` got 'a', now gets 'c'",
        "`on_close` got 'b', now gets 'c'",
    ]


def test_what_both_sides_show_stands_for_them_where_nothing_is_certain() -> None:
    """However seldom: another outcome is told, and judges neither side."""
    found = choose_outcomes(replace(ran((A, 1)), counted=False), ran((A, 1), (C, 11)))

    assert (found.old, found.new, found.pairs) == ((A,), (A,), ((A, A),))
    assert [change.minor for change in found.changes] == [True]


def test_what_is_in_doubt_is_run_again() -> None:
    """A set is clear only if it has nothing in common with the other, in every run."""
    assert not is_doubtful(ran((A, 12)), ran((A, 12)))
    assert not is_doubtful(ran((A, 12)), ran((B, 12)))
    assert is_doubtful(ran((A, 12)), ran((A, 11), (B, 1)))
    assert is_doubtful(ran((A, 11), (B, 1)), ran((B, 12)))
    assert is_doubtful(ran((A, 6), (B, 6)), ran((C, 12)))


def test_one_run_is_not_in_doubt() -> None:
    """A cell that ran once, or not at all, is not a set."""
    assert not is_doubtful(ran((A, 1)), ran((B, 1)))
    assert not is_doubtful(ran(), ran((B, 12)))


def test_a_cell_that_does_not_race_shows_what_it_shows_most_often() -> None:
    """Of a cell that varies though it should not, the usual behaviour is compared."""
    assert sentences(ran((A, 3)), ran((A, 2), (B, 1)), race=False) == []
    assert sentences(ran((A, 1)), ran((A, 1), (B, 1)), race=False) == []
    assert sentences(ran((A, 2)), ran((B, 2)), race=False) == ["`on_close` got 'a', now gets 'b'"]


def test_unanimity_is_one_behaviour_each() -> None:
    """Several behaviours on one side are not unanimous."""
    assert is_unanimous(ran((A, 3)), ran((B, 3)))
    assert not is_unanimous(ran((A, 3)), ran((A, 1), (B, 1)))


def test_chance_falls_with_every_run() -> None:
    """Twelve of twelve against none is no chance; one is even money."""
    assert chance(1, 12, 12) == 0.5
    assert chance(12, 12, 12) < 1e-6
