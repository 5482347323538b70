"""The command `readme`: write the tables that repeat the code, in the documents that have them."""

from __future__ import annotations

import argparse

from ..render.readme_tables import ROOT, WRITTEN, write_tables
from ..results.release import WrongInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no argument: it is about the checkout that it is run in."""


def run(options: argparse.Namespace) -> int:
    """Write the tables of the documents anew; what stands around them stays.

    Exit status: 0, or 2 if this is no checkout, or a document has no place for a table.
    """
    for name, tables in WRITTEN.items():
        file = ROOT / name
        if not file.exists():
            raise WrongInput(f"there is no {name} here: this is for a checkout of wslifecycle")
        text = file.read_text(encoding="utf-8")
        file.write_text(write_tables(text, tables), encoding="utf-8")
    return 0
