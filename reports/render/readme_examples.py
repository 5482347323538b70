"""The outputs that the README shows, as the commands print them: the first lines of each."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST = 20
"""Lines of an output that are shown."""
WIDTH = 90
"""Columns of what pytest prints."""
FOREIGN = ("PYTEST", "FORCE_C", "NO_COLOR", "CI", "BUILD_NUMBER")
"""How the names begin of the variables that change what pytest prints."""
OWN_TEST = """\
import websocket


def test_our_client_is_told_to_log_in_again(closing_server):
    server = closing_server(4001, "log in again", when="in the same write")
    connection = websocket.create_connection(server.url)
    assert connection.recv() == "log in again"
"""
"""A test of a client that takes the reason of a close frame for a message."""


def show_upgrade() -> str:
    """What changes for an application of websocket-client."""
    return _show_report("compare", "websocket-client", "1.8.0", "1.9.0")


def show_since() -> str:
    """Since when `on_close` is called in a situation."""
    cell = "websocket_client_app", "application_closes_on_message"
    return _show_report("since", *cell, "--event", "on_close")


def show_own_test() -> str:
    """A test of a user's own, and how it fails."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_ours.py").write_text(OWN_TEST)
        said = run_pytest(["-p", "fixtures.plugin", "test_ours.py"], Path(folder))
    lines = [line for line in said if line.startswith(("E ", "FAILED", "1 failed"))]
    shown = "\n".join(_cut(lines))
    return f"```python\n{OWN_TEST}```\n\n```text\n$ pytest\n{shown}\n```"


def show_summary() -> str:
    """The summary of a run: what each surface keeps, and what is found."""
    words = ["-k", "tornado_handler and close"]
    lines = run_pytest(words, ROOT)
    start = next(number for number, line in enumerate(lines) if " cells ==" in line)
    shown = "\n".join(_cut(lines[start:]))
    return f'```text\n$ uv run pytest -k "{words[1]}"\n{shown}\n```'


def run_pytest(arguments: Sequence[str], folder: Path) -> list[str]:
    """The lines that a run of pytest prints."""
    return _run(["pytest", "--color=no", "-p", "no:cacheprovider", *arguments], folder)


def _run(words: Sequence[str], folder: Path = ROOT) -> list[str]:
    """What a module prints, whoever asks: no options or colours of theirs, and as outside CI.

    pytest cuts the lines of its summary to the width of the terminal, but not in CI.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=kept | {"COLUMNS": str(WIDTH), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


def _show_report(*words: str) -> str:
    """The first lines of what a command of the reports prints."""
    shown = "\n".join(_cut(_run(["reports", *words])))
    return f"```text\n$ uv run python -m reports {' '.join(words)}\n{shown}\n```"


def _cut(lines: Sequence[str]) -> list[str]:
    """The first lines; that there are more is said in the last."""
    if len(lines) < MOST:
        return list(lines)
    return [*lines[: MOST - 2], f"... and {len(lines) - MOST + 2} lines more"]
