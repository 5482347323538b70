"""Files that cannot be written: whose fault that is."""

from __future__ import annotations

import errno
from pathlib import Path

from suites.input_files import explain

from .release import WrongInput

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
"""What the machine says of a file that cannot be written, and that is no fault of ours."""


def refuse(option: str, path: Path, error: OSError | ValueError) -> Exception:
    """What to raise if the file of an option cannot be written.

    That a disk has no room is no fault of the command line's: it is raised as it is.
    """
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return error
    return WrongInput(f"{option} {path}: {explain(error)}")
