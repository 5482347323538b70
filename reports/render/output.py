"""Where a report goes, and in which form."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from suites.input_files import explain

from ..results.release import WrongInput
from ..upgrade.exit_status import UpgradeResult
from .section import Section
from .upgrade_report import report_upgrade

MOST = 5
"""Changes of one comparison that a terminal shows in full, the weightiest first."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
"""What the machine says of a file that cannot be written, and that is no fault of ours."""
FORMATS = ("terminal", "json", "markdown", "junit")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say where a report goes."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="terminal",
        help="the form of the report (default: terminal)",
    )
    parser.add_argument(
        "--output",
        type=writable,
        metavar="FILE",
        help="write the report to FILE in that form, and print it for people as well",
    )
    parser.add_argument("--all", action="store_true", help="show every change in full")


def write_report(
    result: UpgradeResult, options: argparse.Namespace, more: Sequence[Section] = ()
) -> int:
    """Write a report as the command line says; `more` is for people only. The exit status.

    A file that cannot be written costs nobody the report: it is printed in that form.
    """
    if options.output is not None:
        result = replace(result, unwritten=_write(options.output, result, options.format))
    is_for_people = options.output is not None and not result.unwritten
    if is_for_people or options.format == "terminal":
        from .terminal import render_terminal

        most = None if options.all or result.unwritten else MOST
        render_terminal([*more, *report_upgrade(result, most)], sys.stdout)
    else:
        sys.stdout.write(_in_format(result, options.format))
    return result.status


def _write(path: Path, result: UpgradeResult, form: str) -> str:
    """Write a report into a file: empty, or the file and why it cannot be written.

    What stood there is replaced by a whole report, or not at all.
    """
    text = _in_format(result, form)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        if not path.is_file() or path.is_symlink():  # such as a pipe, or what a link leads to
            path.write_text(text, encoding="utf-8")
            return ""
        draft.write_text(text, encoding="utf-8")
        shutil.copymode(path, draft)
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
            if path.is_file() and not path.stat().st_size:  # made by `writable`
                path.unlink()
        return f"{path} ({error.strerror})"
    return ""


def _in_format(result: UpgradeResult, form: str) -> str:
    """The report as text."""
    if form == "json":
        from . import json_output as as_json

        return as_json.render_json(result)
    if form == "junit":
        from . import junit

        return junit.render_junit(result)
    if form == "markdown":
        from . import markdown

        return markdown.render_markdown(report_upgrade(result))
    from . import terminal

    file = io.StringIO()
    terminal.render_terminal(report_upgrade(result), file)
    return file.getvalue()


def writable(text: str) -> Path:
    """A file that can be written, found out before anything is run."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK  # of a FIFO, nobody waits
    try:
        os.close(os.open(text, flags, 0o666))
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text}: {explain(error)}") from error
    return Path(text)


def refuse(option: str, path: Path, error: OSError | ValueError) -> Exception:
    """What to raise if the file of an option cannot be written.

    That a disk has no room is no fault of the command line's: it is raised as it is.
    """
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return error
    return WrongInput(f"{option} {path}: {explain(error)}")
