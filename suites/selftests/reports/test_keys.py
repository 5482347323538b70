"""A key is readable, and of what it stands for alone."""

from __future__ import annotations

import pytest

from reports.history.keys import (
    Row,
    encode_json,
    fact_of,
    list_keys,
    row_keys,
    wire_keys,
    wire_text,
)

OPEN: Row = ("opened", "on_open", "called", [], None)
CLOSED: Row = ("closed", "on_close", "called", [1000, "bye"], 1000)
ERROR = {"exception": "OSError", "bases": ["Exception"]}


def row(*args: object, how: str = "returned", code: int | None = None) -> Row:
    """A row of `recv` with these arguments."""
    return "message", "recv", how, list(args), code


def keys(*rows: Row) -> dict[str, str]:
    """The keys of these rows, by their texts."""
    return row_keys({encode_json(one): one for one in rows})


def key(one: Row) -> str:
    """The key of a row that stands alone."""
    return keys(one)[encode_json(one)]


@pytest.mark.parametrize(
    ("one", "readable"),
    [
        (CLOSED, "on_close 1000"),
        (row("hello"), "recv returned hello"),
        (row(None, code=1006), "recv returned 1006"),
        (row(None), "recv returned null"),
        (row(ERROR, how="raised"), "recv raised OSError"),
        (row({"object": "WebSocket"}), "recv returned WebSocket"),
        (row({"bytes": "here I am"}), "recv returned here I am"),
        (row({"bytes": "ÿþ"}), "recv returned"),
        (row("two\nlines"), "recv returned"),
        (row("x" * 41), "recv returned"),
        (row(code=1006, how="called"), "recv 1006"),
    ],
)
def test_a_key_says_what_happened(one: Row, readable: str) -> None:
    """The name, how unless it is a call, the code or the first argument; then six digits."""
    text, _, digits = key(one).rpartition(".")

    assert (text, len(digits)) == (readable, 6)


def test_an_event_without_arguments_has_no_digits() -> None:
    """Its name says everything."""
    assert key(OPEN) == "on_open"
    assert key(row(how="reached")) == "recv reached"


def test_other_rows_do_not_count() -> None:
    """A key is the same whatever else is there."""
    rows = [OPEN, CLOSED, row("hello"), row("hello", None), row()]

    assert keys(*rows) == {encode_json(one): key(one) for one in rows}
    assert len(set(keys(*rows).values())) == len(rows)


def test_what_differs_in_its_kind_has_digits() -> None:
    """Two events of one name that say nothing more are distinguished by digits."""
    named = keys(OPEN, ("request", *OPEN[1:]))

    assert sorted(len(one) for one in named.values()) == [len("on_open.123456")] * 2
    assert len(set(named.values())) == 2


def test_equal_digits_become_more() -> None:
    """Of two keys that would be one, both have more digits; no other key changes."""
    seen: dict[str, Row] = {}
    one = other = row("é0")
    while key(one) not in seen or one == other:
        seen[key(one)] = one
        one = row(f"é{len(seen)}")
    other = seen[key(one)]

    named = keys(one, CLOSED, other)

    assert named[encode_json(CLOSED)] == key(CLOSED)
    both = named[encode_json(one)], named[encode_json(other)]
    assert both[0] != both[1]
    assert {text[:-2] for text in both} == {key(one)}
    assert named == keys(other, one, CLOSED)


def test_a_wire_has_digits_alone() -> None:
    """Nothing short can be said of a whole wire; its text is that of a list of rows."""
    assert wire_text([encode_json(OPEN), encode_json(CLOSED)]) == encode_json([OPEN, CLOSED])
    assert [len(one) for one in wire_keys([encode_json([OPEN])]).values()] == [6]


def test_a_list_has_the_name_of_its_fact() -> None:
    """Equal lists of two facts have two keys, and each tells its fact."""
    named = list_keys({"a": ("leftover threads", ["one"]), "b": ("logs", ["one"])})

    assert [fact_of(one) for one in named.values()] == ["leftover threads", "logs"]
