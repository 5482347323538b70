"""What every release of a library showed, in every cell: stored, looked up, and rebuilt."""

from .other_pythons import load_here, load_others, update
from .rebuild import rebuild_history, stale
from .restamp import restamp
from .stored_history import FOLDER, History, HistoryError, find_behaviours, load, path_of
from .writer import write

__all__ = [
    "FOLDER",
    "History",
    "HistoryError",
    "find_behaviours",
    "load",
    "load_here",
    "load_others",
    "path_of",
    "rebuild_history",
    "restamp",
    "stale",
    "update",
    "write",
]
