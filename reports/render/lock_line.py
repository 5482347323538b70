"""The line of a lock file that pins a library: where an annotation of a change belongs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from suites.input_files import read_input


def find_line(path: Path, library: str) -> int:
    """The number of the line that names a library; 1 if none does, or nothing can be read.

    In every form of lock file the line of a package begins with its name, `name =`, a quotation
    mark or a hyphen; a line that names it elsewhere is of what depends on it.
    """
    name = "[-_.]+".join(map(re.escape, re.split("[-_.]+", library)))
    starts = re.compile(
        rf"""\s*(?:-\s*)?(?:\w*name\s*[=:]\s*)?["']?{name}["']?\s*(?:$|[=<>~!;:@\[,\s])""", re.I
    )
    try:
        text = read_input(path)
    except OSError:
        return 1
    form = "utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    lines = text.decode(form, "replace").splitlines()
    return next((at for at, line in enumerate(lines, 1) if starts.match(line)), 1)


def name_in_repository(path: Path, root: str | None) -> str:
    """The path as it is called in a repository: from its root, which a CI system gives.

    Empty for a file that is outside of it.
    """
    relative = os.path.relpath(path.resolve(), Path(root or ".").resolve())
    return "" if relative.startswith(os.pardir) else Path(relative).as_posix()
