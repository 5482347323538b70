"""The interop group: a client and a server of two libraries against each other."""

from __future__ import annotations

from .cells.pair_run import PairRun


def test_interop(library_pair: PairRun) -> None:
    """Both ends keep their promises, and what one says it has sent, the other has received."""
    library_pair.settle()
