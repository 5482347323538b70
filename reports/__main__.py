"""The command line: `python -m reports COMMAND ...`.

Exit status of every command: 0 nothing that matters changed, or everything was done; 1 something
did change; 2 the command line or a file is wrong; 3 something could not be run; 130 Ctrl-C, SIGTERM
or SIGHUP.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

from .program_name import PROGRAM

COMMANDS = {
    "find": "which cells a question is about, in your words",
    "scenarios": "what can happen, and on which surfaces it is played",
    "compare": "what an application will notice between two releases",
    "gate": "compare two releases or lock files, with an exit status for CI",
    "history": "since which release selected cells behave as they do",
    "since": "which releases made a cell what it is, and since when an event is there",
    "explain": "all about one cell: documents, timeline, verdicts, history",
    "advise": "how far to upgrade: what is unchanged, what changes little, what to skip",
    "html": "write pages to look at and to publish: matrix, releases, diagrams, upgrades",
    "page": "what the documents of a library promise, and what holds",
    "verdicts": "what each stored release keeps, by the promises of today",
    "reproduce": "write a stand-alone script that shows a behaviour",
    "new": "sweep the releases that the history lacks",
    "sweep": "run cells of many releases",
    "merge": "put the records of several sweeps into one",
    "stability": "whether every run of the suite shows the same behaviours",
    "readme": "write the generated parts of README and CONTRIBUTING again",
}
"""Each command, which is a module of `commands`, and what it does."""


STOPPED = 130
"""The exit status after Ctrl-C, as a shell gives it, and after whatever else ends a command."""
FAULT = 3
"""The exit status after a fault of our own: nothing was found out."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, as all errors of the user's are."""

    def error(self, message: str) -> NoReturn:
        """Write the error without the usage, which would hide it; the exit status is 2."""
        from suites.safe_text import format_message

        name = self.prog.rpartition(" ")[2]
        self.exit(2, f"{name}: {format_message(message)}; for help: {self.prog} --help\n")


class CommandParser(Parser):
    """The parser of one command, whose module is imported once it is known to be the one given."""

    module = ""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Declare the arguments of the command, then parse."""
        command = importlib.import_module(f".commands.{self.module}", __package__)
        self.description = command.run.__doc__
        command.add_arguments(self)
        self.set_defaults(run=command.run)
        return super().parse_known_args(args, namespace)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    from fixtures.model.optimised import OPTIMISED
    from fixtures.run.termination import terminable

    if sys.flags.optimize > 1:  # a scenario without a docstring is none
        print(f"{PROGRAM}: {OPTIMISED}", file=sys.stderr)
        return 2

    gc.set_threshold(200_000, 50, 1000)  # what a command makes lives about as long as it does
    options = parser().parse_args(arguments)
    if options.drivers:
        os.environ["WSLIFECYCLE_DRIVERS"] = ",".join(options.drivers).replace("\0", "?")
    try:
        with terminable():
            status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:  # pragma: no cover -- in a process of its own
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read it has had enough
        return 141  # as a shell tells of SIGPIPE
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is reported
        return _tell(options.command, error)
    return status


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    found = Parser(
        prog=PROGRAM,
        description="What releases of WebSocket libraries do, and what changes between them.",
    )
    found.add_argument(
        "--drivers",
        action="append",
        metavar="MODULE",
        help="import a module that declares more libraries and surfaces (repeatable)",
    )
    commands = found.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=CommandParser
    )
    for name, text in COMMANDS.items():
        commands.add_parser(name, help=text).module = name
    return found


def _tell(command: str, error: Exception) -> int:
    """Say what has gone wrong: in one line, unless it is a fault of ours; the exit status."""
    from suites.safe_text import defuse_lines, format_message

    from .results.unwritable import NO_ROOM

    status: int | None = getattr(error, "exit_status", None)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        try:
            sys.stdout.flush()
        except OSError:  # it is the output that has no room: Python shall not try once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        error = Exception(f"{error}: make room there, or write elsewhere")
        status = FAULT
    if status is None:  # Python would exit with 1, which says that something has changed
        print(defuse_lines(traceback.format_exc().rstrip()), file=sys.stderr)
        error = Exception("this is a fault of wslifecycle, not a result: please report it")
    print(f"{command}: {format_message(error)}", file=sys.stderr)
    return FAULT if status is None else status


if __name__ == "__main__":
    sys.exit(main())
