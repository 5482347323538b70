"""wslifecycle: what a wheel puts the fixtures, the suites and the reports under.

The wheel has this module as `wslifecycle/__init__.py`, and every pytest run of an environment
imports it on the way to the plugin: it must cost nothing. The command line runs in a process of
its own, where `fixtures`, `suites` and `reports` are top-level packages as in a checkout.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run `wslifecycle COMMAND ...`; the exit status of the command."""
    from importlib.util import find_spec

    needed = ("jinja2", "msgspec", "packaging", "rich", "trustme")
    absent = [name for name in needed if not find_spec(name)]
    if absent:
        needs = f"the commands need {', '.join(absent)}"
        print(f"wslifecycle: {needs}: python -m pip install 'wslifecycle[gate]'", file=sys.stderr)
        return 2
    sys.path.insert(0, str(Path(__file__).parent))
    from reports.__main__ import main as run  # not relative: this is no part of `reports` here

    return run()
