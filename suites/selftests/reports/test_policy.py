"""`lifecycle.toml`: what is used, what is accepted, and what is wrong with it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from reports.diff.comparison import ACCEPTED, CHANGED
from reports.results.release import Cell, WrongInput
from reports.upgrade.policy import Acceptance, Policy, Use, load_policy, settle
from suites.judging.expectations import ANYTHING, PEER_CODE, called

from ..conftest import Miniature, Promised
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, compare_releases
from ..miniatures.miniature_pairs import CHANGED as SIDES

OTHER: Cell = ("miniature", "peer_closes_without_reason")
CHECK = "miniature.on_close"
GOOD = """\
schema = 1

[use]
surfaces = ["miniature"]
scenarios = ["peer_closes_*"]

[[accept]]
library = "miniature"
scenario = "peer_closes_first"
reason = "we do not look at the code"
date = 2027-01-02
"""


@pytest.fixture(autouse=True)
def _known(known: Miniature, promised: Promised) -> None:
    """The miniature promises that `on_close` gets the peer's code."""
    known()
    promised("on_close", called("on_close", PEER_CODE, ANYTHING))


def accepting(**words: str) -> Policy:
    """A policy with one acceptance."""
    date = datetime.date(2027, 1, 2)
    entry = {"library": "miniature", "reason": "why not"} | words
    return Policy(accept=(Acceptance(date=date, **entry),))


def words(policy: Policy) -> dict[str, int]:
    """The words of two changed cells under a policy."""
    old, new = {CELL: [BEFORE], OTHER: [BEFORE]}, {CELL: [AFTER], OTHER: [AFTER]}
    return settle(policy, compare_releases(old, new)).comparison.words


def test_a_file_is_read(tmp_path: Path) -> None:
    """Everything in it is found."""
    path = tmp_path / "lifecycle.toml"
    path.write_text(GOOD)
    found = load_policy(path)

    assert found.uses(CELL)
    assert not found.uses(("miniature", "server_redirects_to_nowhere"))
    assert str(found.accept[0]) == (
        "miniature: *-peer_closes_first (2027-01-02: we do not look at the code)"
    )


def test_everything_is_used_by_default(tmp_path: Path) -> None:
    """An empty file is a policy."""
    path = tmp_path / "lifecycle.toml"
    path.write_text("")

    assert load_policy(path) == Policy()
    assert load_policy(path).uses(CELL)
    assert not Policy(use=Use(surfaces=("tornado_*",))).uses(CELL)


def test_a_change_is_accepted_by_its_cell() -> None:
    """The cells that a glob names are accepted, with the reason."""
    policy = accepting(scenario="peer_closes_first")
    (difference,) = settle(policy, compare_releases(*SIDES)).comparison.differences

    assert words(policy) == {CHANGED: 1, ACCEPTED: 1}
    assert difference.reason == "2027-01-02: why not"


def test_a_change_is_accepted_by_its_check() -> None:
    """The cells in which this check changes, and no other, are accepted."""
    twice = [e for e in AFTER.events if e.name == "on_close"]
    worse = replace(AFTER, events=(*AFTER.events, *twice))
    both = settle(accepting(check=CHECK), compare_releases({CELL: [BEFORE]}, {CELL: [worse]}))

    assert words(accepting(check=CHECK)) == {CHANGED: 1, ACCEPTED: 1}
    assert both.comparison.words == {CHANGED: 1}
    assert both.unused


def test_a_change_is_accepted_by_its_behaviour() -> None:
    """The cells that now show this behaviour, and nothing else, are accepted."""
    assert words(accepting(behaviour=AFTER.behaviour_id)) == {ACCEPTED: 2}
    assert words(accepting(behaviour=BEFORE.behaviour_id)) == {CHANGED: 2}


def test_an_acceptance_that_matches_nothing_is_found() -> None:
    """What is the same cannot be accepted; acceptances of other libraries do not count."""
    same = compare_releases({CELL: [BEFORE]}, {CELL: [BEFORE]})
    other = accepting(library="tornado", surface="tornado_*")

    assert len(settle(accepting(surface="mini*"), same).unused) == 1
    assert settle(other, same).unused == ()
    assert settle(accepting(surface="mini*"), compare_releases(*SIDES)).unused == ()


WRONG = (
    ("not toml [", "not TOML"),
    ("schema = 2", "schema 2; this version reads schema 1"),
    ("uses = 1", "'uses' is not a key. Did you mean 'use'? There are: schema, use, accept"),
    ("accept = 3", "Expected `array`, got `int`"),
    (GOOD.replace("surfaces", "surface"), "use: 'surface' is not a key. Did you mean 'surf"),
    (GOOD.replace("reason =", "reasn ="), "acceptance 1: 'reasn' is not a key. Did you mean"),
    (GOOD.replace("2027-01-02", '"soon"'), "`$.accept[0].date`"),
    (GOOD.replace("date = 2027-01-02\n", ""), "missing required field `date`"),
    (GOOD.replace('["miniature"]', '["minature"]'), "use.surfaces 'minature' matches nothing. Did"),
    (GOOD.replace("peer_closes_*", "per_*"), "use.scenarios 'per_*' matches nothing."),
    (GOOD.replace('library = "miniature"', 'library = "torando"'), "Did you mean 'tornado'?"),
    (GOOD.replace('library = "miniature"', 'library = "mini*"'), "is a glob; name one library"),
    (GOOD.replace("peer_closes_first", "peer_close_first"), "Did you mean 'peer_closes_first'?"),
    (GOOD + 'surface = "tornado_*"', "surface 'tornado_*' matches nothing."),
    (GOOD + 'check = "miniature.on_clos"', "Did you mean 'miniature.on_close'?"),
    (GOOD + 'behaviour = "abc"', "'abc' is not twelve hexadecimal digits"),
    (GOOD.replace("we do not look at the code", " "), "reason is empty; say why"),
    (GOOD.replace('scenario = "peer_closes_first"\n', ""), "would accept anything; name a"),
    (GOOD.replace('"peer_closes_first"', '"?*"'), "would accept anything; name a"),
    (
        GOOD.replace('"peer_closes_first"', '"*_*"') + 'surface = "m*"',
        "would accept anything; name",
    ),
    (GOOD.replace('["peer_closes_*"]', "[]"), "use.scenarios is empty, so nothing would be"),
)


@pytest.mark.parametrize(("text", "wanted"), WRONG)
def test_a_mistake_is_reported(text: str, wanted: str, tmp_path: Path) -> None:
    """What is wrong, and what there is instead."""
    path = tmp_path / "lifecycle.toml"
    path.write_text(text)

    with pytest.raises(WrongInput) as caught:
        load_policy(path)
    assert wanted in str(caught.value)


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """A policy that is not there is an error where it is asked for."""
    with pytest.raises(WrongInput, match="cannot be read: No such file"):
        load_policy(tmp_path / "no.toml")
