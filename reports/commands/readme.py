"""The command `readme`: write the tables of the README that repeat the code."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..render.readme_tables import write_tables
from ..results.release import WrongInput

README = Path(__file__).parents[2] / "README.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", nargs="?", type=Path, default=README, help="(the README here)")


def run(options: argparse.Namespace) -> int:
    """Write the tables of a file anew, in place; what stands around them stays.

    Exit status: 0, or 2 if the file is not there or has no place for a table.
    """
    try:
        text = options.file.read_text(encoding="utf-8")
    except OSError as error:
        raise WrongInput(f"{options.file}: {error.strerror}") from error
    options.file.write_text(write_tables(text), encoding="utf-8")
    return 0
