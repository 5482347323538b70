"""Releases, run in some cells: what is known is looked up, and the rest is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor

from ..results.release import Cell, Release
from ..results.targets import Target
from .plan import Plan


def run_releases(
    targets: Sequence[Target],
    cells: Sequence[Cell] | None,
    *,
    engine: Executor | None = None,
    progress: Callable[[str], None] | None = None,
    fresh: bool = False,
    build: bool = False,
    again: int = 0,
    real_time: bool = False,
    advance: Callable[[int], None] | None = None,
) -> Iterator[Release]:
    """What each target shows in these cells (of its own library), in the order given.

    None means every cell. Only what is not known yet is run, and everything that is `fresh`.
    `build`: source distributions may be built. `again`: which of further results of the same cells
    is meant, from 1 on; each is known by itself, and so is what is run in `real_time`. `progress`
    gets a line for each target, `advance` of cells. Raises `NotRunnable` if the suite was edited
    meanwhile, and `WrongInput` for a recorded file that cannot be used.
    """
    plan = Plan(targets, cells, fresh=fresh, build=build, again=again, real_time=real_time)
    try:
        yield from plan.run(engine, progress or _ignore, advance or _ignore)
    finally:
        plan.close()


def _ignore(_: object) -> None:
    """Nobody listens."""
