"""Text that is safe to print: whatever a peer, a library or a file put into it."""

from __future__ import annotations

import sys

PROGRAM = "wslifecycle" if "wslifecycle" in sys.modules else "python -m reports"
"""How the command line is called here: the command of an installed wheel is that of its package."""


def plain(text: str) -> str:
    r"""The text with everything that cannot be seen written as Python writes it: `\x1b`.

    Control characters, escape sequences, line ends and characters that turn the direction of
    writing around cannot do anything to whoever reads it.
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
