"""The command line: `python -m reports COMMAND ...`.

Exit status of every command: 0 nothing that matters changed, or everything was done; 1 something
did change; 2 the command line or a file is wrong; 3 something could not be run; 130 Ctrl-C.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence

from .text import PROGRAM

COMMANDS = {
    "sweep": ("sweep", "run cells of many releases"),
    "merge": ("merge", "put the records of several sweeps into one"),
    "compare": ("compare", "what changes between two releases"),
    "gate": ("gate", "let CI pass or fail on what an upgrade changes"),
    "history": ("history", "since which release selected cells behave as they do"),
    "explain": ("explain", "one cell: documents, trace, verdicts, history"),
    "verdicts": ("verdicts", "what each stored release keeps, judged by the promises of today"),
    "since": ("history", "which release made a cell what it is"),
    "advise": ("advise", "the highest release that behaves like yours"),
    "new": ("new", "sweep the releases that the history lacks"),
    "page": ("page", "what a library's documents promise, and what holds"),
    "reproduce": ("reproduce", "write a stand-alone script that shows a behaviour"),
}
"""Each command: the module that declares and runs it, and what it does."""


FAULT = 3
"""The exit status after a fault of our own: nothing was found out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parser(given).parse_args(given)
    if options.drivers:
        os.environ["WSLIFECYCLE_DRIVERS"] = ",".join(options.drivers)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # pragma: no cover -- in a process of its own
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read it has had enough
        return 141  # as a shell tells of SIGPIPE
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is told
        told = getattr(error, "exit_status", None)
        if told is None:  # Python would exit with 1, which says that something has changed
            traceback.print_exc()
            error = Exception("this is a fault of wslifecycle, and no answer: please report it")
        print(f"{options.command}: {error}", file=sys.stderr)
        return FAULT if told is None else int(told)
    return status


def parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; only the module of the command that is given is imported."""
    found = argparse.ArgumentParser(
        prog=PROGRAM, description="What releases of WebSocket libraries do."
    )
    found.add_argument(
        "--drivers",
        action="append",
        metavar="MODULE",
        help="import a module that declares more libraries and surfaces (repeatable)",
    )
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((COMMANDS[text][0] for text in given if text in COMMANDS), None)
    for name, (module, text) in COMMANDS.items():
        if module != wanted:
            commands.add_parser(name, help=text)
        elif name not in commands.choices:  # a module may declare several commands
            importlib.import_module(f".commands.{module}", __package__).add_parser(commands)
    return found


if __name__ == "__main__":
    sys.exit(main())
