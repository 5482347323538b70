"""`lifecycle.toml`: what is used, what is accepted, and what is wrong with it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from reports.diff.comparison import ACCEPTED, CHANGED, GONE, WARNED, Comparison
from reports.diff.kinds import KINDS
from reports.results.release import Cell, WrongInput
from reports.upgrade.policy import Acceptance, Policy, Use
from reports.upgrade.policy_file import PolicyFile, load_policy
from reports.upgrade.settling import Settled, settle
from suites.judging.expectations import ANYTHING, PEER_CODE, called

from ..conftest import Miniature, Promised
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, compare_releases
from ..miniatures.miniature_pairs import CHANGED as SIDES
from ..miniatures.miniature_traces import report

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


def accepting(**words: str | tuple[str, ...]) -> Policy:
    """A policy with one acceptance."""
    entry = {"library": "miniature", "reason": "why not", "date": datetime.date(2027, 1, 2)}
    return Policy(accept=(Acceptance(**entry | words),))  # type: ignore[arg-type] # any of them


def under(policy: Policy, comparison: Comparison) -> Settled:
    """A comparison under a policy, of a library that has no cells but these."""
    return settle(policy, comparison, [one.cell for one in comparison.differences])


def words(policy: Policy) -> dict[str, int]:
    """The words of two changed cells under a policy."""
    old, new = {CELL: [BEFORE], OTHER: [BEFORE]}, {CELL: [AFTER], OTHER: [AFTER]}
    return under(policy, compare_releases(old, new)).comparison.words


def test_a_file_is_read(tmp_path: Path) -> None:
    """Everything in it is found."""
    path = tmp_path / "lifecycle.toml"
    path.write_text(GOOD)
    found = load_policy(PolicyFile(path))

    assert found.uses(CELL)
    assert not found.uses(("miniature", "server_redirects_to_nowhere"))
    assert str(found.accept[0]) == (
        "miniature: *-peer_closes_first (2027-01-02: we do not look at the code)"
    )


def test_everything_is_used_by_default(tmp_path: Path) -> None:
    """An empty file is a policy."""
    path = tmp_path / "lifecycle.toml"
    path.write_text("")

    assert load_policy(PolicyFile(path)) == Policy()
    assert load_policy(PolicyFile(path)).uses(CELL)
    assert not Policy(use=Use(surfaces=("tornado_*",))).uses(CELL)


def test_a_change_is_accepted_by_its_cell() -> None:
    """The cells that a glob names are accepted, with the reason."""
    policy = accepting(scenario="peer_closes_first")
    (difference,) = under(policy, compare_releases(*SIDES)).comparison.differences

    assert words(policy) == {CHANGED: 1, ACCEPTED: 1}
    assert difference.reason == "2027-01-02: why not"


def test_a_change_is_accepted_by_its_check() -> None:
    """The cells in which this check changes, and no other, are accepted."""
    twice = [e for e in AFTER.events if e.name == "on_close"]
    worse = replace(AFTER, events=(*AFTER.events, *twice))
    both = under(accepting(check=CHECK), compare_releases({CELL: [BEFORE]}, {CELL: [worse]}))

    assert words(accepting(check=CHECK)) == {CHANGED: 1, ACCEPTED: 1}
    assert both.comparison.words == {CHANGED: 1}
    assert both.unused


def test_a_change_is_accepted_by_its_behaviour() -> None:
    """The cells that now show this behaviour, and nothing else, are accepted."""
    assert words(accepting(behaviour=AFTER.behaviour_id)) == {ACCEPTED: 2}
    assert words(accepting(behaviour=BEFORE.behaviour_id)) == {CHANGED: 2}


def test_a_kind_that_only_warns_does_not_hide_another() -> None:
    """A cell is red if anything in it is; what is gone has no kind."""
    returns = report("returned", "run", True, how="returned")
    new = replace(AFTER, events=(*AFTER.events, returns))
    both = compare_releases({CELL: [BEFORE], OTHER: [BEFORE]}, {CELL: [new], OTHER: "cannot"})
    one, two = Policy(levels={"arguments": "warn"}), Policy(levels=dict.fromkeys(KINDS, "allow"))
    mixed = Policy(levels={"arguments": "warn", "result": "allow"})

    assert under(one, both).comparison.words == {CHANGED: 1, GONE: 1}
    assert under(two, both).comparison.words == {ACCEPTED: 1, GONE: 1}
    assert under(mixed, both).comparison.words == {GONE: 1, WARNED: 1}


def test_what_races_is_never_stale() -> None:
    """Another run may show it."""
    same = compare_releases({CELL: [BEFORE]}, {CELL: [BEFORE]})
    entry = accepting(changes=("0" * 12,)).accept[0]
    sometimes = msgspec.structs.replace(entry, sometimes=True)

    assert under(Policy(accept=(entry,)), same).unused == (entry,)
    assert under(Policy(accept=(sometimes,)), same).unused == ()


def test_an_acceptance_that_matches_nothing_is_found() -> None:
    """What is the same cannot be accepted; acceptances of other libraries do not count."""
    same = compare_releases({CELL: [BEFORE]}, {CELL: [BEFORE]})
    other = accepting(library="tornado", surface="tornado_*")

    assert len(under(accepting(surface="mini*"), same).unused) == 1
    assert under(other, same).unused == ()
    assert under(accepting(surface="mini*"), compare_releases(*SIDES)).unused == ()


WRONG = (
    ("not toml [", "not TOML"),
    ("schema = 2", "schema 2; this version reads schema 1"),
    ("uses = 1", "'uses' is not a key. Did you mean 'use'? There are: schema, use, levels, accept"),
    ("accept = 3", "Expected `array`, got `int`"),
    ('levels.wir = "warn"', "levels: 'wir' is not a key. Did you mean 'wire'? There are: open"),
    ('levels.wire = "warm"', "levels: wire must be one of deny, warn, allow"),
    (GOOD + 'changes = ["abc"]', "changes 'abc' is not twelve hexadecimal digits"),
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
        load_policy(PolicyFile(path))
    assert wanted in str(caught.value)


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """A policy that is not there is an error where it is asked for."""
    with pytest.raises(WrongInput, match="cannot be read: No such file"):
        load_policy(PolicyFile(tmp_path / "no.toml"))
