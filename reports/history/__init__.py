"""The history: what every release of a library showed, in every cell.

One JSON file for each library stands beside this module. `load` reads one, `update` rebuilds it,
`expected` says what a release is known to show.
"""

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
