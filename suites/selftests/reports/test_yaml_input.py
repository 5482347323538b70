"""YAML is read as texts, lists and mappings; what unfolds, or is nested too deeply, is refused."""

from __future__ import annotations

import re

import pytest

from reports.upgrade.yaml_input import LARGEST, decode_yaml
from suites.input_files import Malformed

from ..malformed_locks import YAML_TEXTS
from ..malformed_texts import SECRET


def test_scalars_stay_texts() -> None:
    """3.10 is no number, `no` is no truth value, and a tag is let be."""
    found = decode_yaml("a: 3.10\nb: [no, 2024-01-01, ~]\nc: !!int 5\n", dict[str, object])

    assert found == {"a": "3.10", "b": ["no", "2024-01-01", "~"], "c": "5"}


def test_aliases_are_followed() -> None:
    """As far as they stay few."""
    assert decode_yaml("a: &x [1]\nb: *x\n", dict[str, list[str]]) == {"a": ["1"], "b": ["1"]}


def test_aliases_count_where_they_are_used() -> None:
    """A short text is not a large one."""
    text = f"a: &x [{'1, ' * 1_000}]\nb: [{'*x, ' * (LARGEST // 1_000)}]\n"

    with pytest.raises(Malformed, match="it has too many parts, at line 2"):
        decode_yaml(text, dict[str, list[object]])


@pytest.mark.parametrize("name", sorted(YAML_TEXTS))
def test_no_error_says_what_stands_there(name: str) -> None:
    """One line, which has the line of the text at most."""
    with pytest.raises(Malformed) as caught:
        decode_yaml(YAML_TEXTS[name], dict[str, tuple[dict[str, str], ...]])

    assert SECRET not in str(caught.value)
    assert re.fullmatch(r"[^\n]{5,150}", str(caught.value))
