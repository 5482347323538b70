"""How far a sweep is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from suites.safe_text import format_message

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Told of each cell by `advance`, of what is worth a line by being called."""

    def __init__(self, file: TextIO) -> None:
        """Plain lines, to `file`."""
        self._file = file

    def __call__(self, text: str) -> None:
        """Print a line."""
        print(format_message(text), file=self._file, flush=True)

    def advance(self, count: int) -> None:
        """So many more cells are done; plain lines count releases only."""

    def expect(self, total: int) -> None:
        """So many cells there are to do."""


class BarProgress(Progress):
    """A bar that counts cells, with the lines above it."""

    def __init__(self, file: TextIO, bar: Bar, task: TaskID) -> None:
        """`bar` shows `task`, and is shown already."""
        super().__init__(file)
        self._bar, self._task = bar, task

    def __call__(self, text: str) -> None:
        """Print a line above the bar."""
        self._bar.console.print(format_message(text), markup=False, highlight=False, soft_wrap=True)

    def advance(self, count: int) -> None:
        """Move the bar."""
        self._bar.advance(self._task, count)

    def expect(self, total: int) -> None:
        """Set the bar's length."""
        self._bar.update(self._task, total=total)


@contextlib.contextmanager
def show_progress(file: TextIO | None = None) -> Iterator[Progress]:
    """Progress on standard error, or in `file`: a bar where that is a terminal."""
    target = file or sys.stderr
    if not target.isatty():
        yield Progress(target)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("cells"), TimeElapsedColumn())
    with Bar(*columns, console=Console(file=target), transient=True) as bar:
        yield BarProgress(target, bar, bar.add_task("cells", total=None))
