"""A pytest plugin for runs in other processes: the miniature that closes twice is a surface.

`-p suites.selftests.miniatures.miniature_plugin`, with the miniature's distribution on
`PYTHONPATH` and the folder of its known deviations in `MINIATURE_LISTS`.
"""

from __future__ import annotations

import os
from pathlib import Path

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from suites.judging import issue_files

from .miniature_libraries import LIBRARY, ClosesTwice, surface

LIBRARIES[LIBRARY.name] = LIBRARY
SURFACES["miniature"] = surface(ClosesTwice)
issue_files.FOLDER = Path(os.environ["MINIATURE_LISTS"])
