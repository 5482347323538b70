"""The line of a lock file that pins a library: where an annotation of a change belongs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..results.release import WrongInput
from ..upgrade.lockfiles import find_form
from ..upgrade.text_encodings import decode_text, read_bytes


def find_line(path: Path, library: str) -> int:
    """The number of the line that pins a library; 1 if none does, or nothing can be read.

    What depends on the library may name it in another line, further up.
    """
    name = "[-_.]+".join(map(re.escape, re.split("[-_.]+", library)))
    try:
        text = decode_text(path, read_bytes(path))
        entry = find_form(path, text).entry.replace("NAME", name)
    except WrongInput:
        return 1
    starts = re.compile(rf"\s*{entry}", re.IGNORECASE)
    return next((at for at, line in enumerate(text.splitlines(), 1) if starts.match(line)), 1)


def name_in_repository(path: Path, root: str | None) -> str:
    """The path as it is called in a repository: from its root, which a CI system gives.

    Empty for a file that is outside of it.
    """
    relative = os.path.relpath(path.resolve(), Path(root or ".").resolve())
    return "" if relative.startswith(os.pardir) else Path(relative).as_posix()
