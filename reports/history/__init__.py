"""What every release of a library showed, in every cell: stored, looked up, and rebuilt."""

from .rebuild import rebuilt, stale, update
from .restamp import restamp
from .stored_history import FOLDER, History, HistoryError, expected, load, path_of
from .writer import write

__all__ = [
    "FOLDER",
    "History",
    "HistoryError",
    "expected",
    "load",
    "path_of",
    "rebuilt",
    "restamp",
    "stale",
    "update",
    "write",
]
