"""A message is one line of nothing but text, whoever wrote what it quotes."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as some

from reports.render.section import Line, Section
from reports.render.terminal import render_terminal
from suites.safe_text import LONGEST, defuse_lines, format_message

COMMAND = "::error title=x::y"
ANY = some.text() | some.sampled_from(
    ["##vso[task.complete]", "###[error]", f" {COMMAND}", "\x1b]0;"]
)


@given(ANY)
def test_a_message_is_one_line_that_no_system_acts_upon(text: str) -> None:
    """No control character, no command of a CI system, and no more than anybody reads."""
    said = format_message(text)

    assert said.isprintable()
    assert "##" not in said
    assert not said.lstrip().startswith("::")
    assert len(said) <= LONGEST + 3


def test_an_ordinary_message_is_as_it_was_written() -> None:
    """An address of IPv6 and a number of an issue included."""
    text = "gate: [::1]:80 is not there (#12), it's said"

    assert format_message(text) == text


def test_the_lines_of_a_text_stay_its_lines() -> None:
    """Each of them is harmless."""
    assert defuse_lines(f"a\n  {COMMAND}\n\x1bc") == "a\n  \\x3a:error title=x::y\n\\x1bc"


def test_a_line_of_a_report_that_is_wrapped_begins_with_no_command() -> None:
    """Systems of CI look for it behind the spaces that a line begins with."""
    file = io.StringIO()
    render_terminal([Section(COMMAND, (Line("found", "x" * 105 + f" {COMMAND}"),))], file)

    assert not [one for one in file.getvalue().splitlines() if one.lstrip().startswith("::")]
    assert file.getvalue().count("error title=x::y") == 2
