"""A pytest plugin for runs in other processes: a miniature is a surface.

`-p suites.selftests.miniatures.miniature_plugin`, with the miniature's distribution on
`PYTHONPATH` and the folder of its known deviations in `MINIATURE_LISTS`. `MINIATURE` names the
class; the default is the one that closes twice.
"""

from __future__ import annotations

import os
from pathlib import Path

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from suites.judging import issue_files

from . import miniature_libraries
from .miniature_libraries import LIBRARY, surface

LIBRARIES[LIBRARY.name] = LIBRARY
SURFACES["miniature"] = surface(
    getattr(miniature_libraries, os.environ.get("MINIATURE", "ClosesTwice"))
)
issue_files.FOLDER = Path(os.environ["MINIATURE_LISTS"])
