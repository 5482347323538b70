"""Every malformed input is refused in one line with exit status 2, and none of it is printed.

`malformed_inputs` makes them. Where a value is replaced that may be anything, the file may be right
as well: then nothing is said of it, and nothing is run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.__main__ import main
from reports.results.user_drivers import VARIABLE

from .malformed_inputs import Malformed, list_malformed
from .malformed_texts import SECRET

EVERY = list(list_malformed())
LEAST = 400


def run(command: tuple[str, ...]) -> int | str | None:
    """The exit status of a command, however it ends."""
    try:
        return main(command)
    except SystemExit as ended:
        return ended.code


def find_fault(one: Malformed, status: int | str | None, said: str) -> str:
    """What is wrong with the way in which an input was refused, or nothing."""
    if one.may_be_right and status in {0, 3} and not said:
        return ""
    is_line = said.endswith("\n") and said[:-1].isprintable()
    if status == 2 and is_line and "Traceback" not in said and SECRET not in said:
        return ""
    return f"{one}: exit status {status}: {said[-300:]!a}"


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("reader", sorted({one.reader for one in EVERY}))
def test_malformed_inputs_are_refused_in_one_line(
    reader: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With what is wrong, and nothing of what a file says that could not be read."""
    monkeypatch.setenv(VARIABLE, "")
    faults = []
    for number, one in enumerate(each for each in EVERY if each.reader == reader):
        (tmp_path / str(number)).mkdir()
        monkeypatch.chdir(tmp_path / str(number))
        one.prepare()
        status = run(one.command)
        faults.append(find_fault(one, status, capsys.readouterr().err))
        monkeypatch.setenv(VARIABLE, "")

    assert not list(filter(None, faults))


def test_there_are_many() -> None:
    """Most of them cannot be taken for anything else; each has a name of its own."""
    assert len({str(one) for one in EVERY if not one.may_be_right}) >= LEAST
