"""What every release of a library showed, in every cell: stored, looked up, and rebuilt."""

from .other_pythons import is_of_kind, load_here, load_others, update
from .race_counts import add_runs, list_uncounted
from .rebuild import rebuild_history, stale
from .restamp import restamp
from .stored_history import (
    FOLDER,
    History,
    HistoryError,
    find_behaviours,
    load,
    load_whole,
    path_of,
)
from .writer import write

__all__ = [
    "FOLDER",
    "History",
    "HistoryError",
    "add_runs",
    "find_behaviours",
    "is_of_kind",
    "list_uncounted",
    "load",
    "load_here",
    "load_others",
    "load_whole",
    "path_of",
    "rebuild_history",
    "restamp",
    "stale",
    "update",
    "write",
]
