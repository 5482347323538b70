"""The command line of an installed wheel, where the three folders stand under one package.

The wheel puts this module beside `fixtures`, `suites` and `reports`; in a process of its own its
folder comes first on `sys.path`, and everything imports as it does in a checkout.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run `wslifecycle COMMAND ...`; the exit status of the command."""
    sys.path.insert(0, str(Path(__file__).parent))
    from .__main__ import main as run

    return run()
