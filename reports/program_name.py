"""How the command line is called here."""

from __future__ import annotations

import sys

PROGRAM = "wslifecycle" if "wslifecycle" in sys.modules else "python -m reports"
"""The command of an installed wheel is that of its package."""
