"""Where a report goes, and in which form."""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from suites.input_files import explain

from ..upgrade.exit_status import UpgradeResult
from . import markdown
from .section import Section
from .upgrade_report import report_upgrade

MOST = 5
"""Changes of one comparison that a terminal shows in full, the weightiest first."""
SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable with the file that a step of a GitHub workflow appends its summary to."""
Render = Callable[[UpgradeResult], str]
"""What makes a form of a report."""
FORMATS = ("terminal", "json", "markdown", "junit", "github", "gitlab", "html")


def add_output(parser: argparse.ArgumentParser, render_html: Render) -> None:
    """Declare the options that say where a report goes; `render_html` makes its HTML form."""
    parser.set_defaults(render_html=render_html)
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

    A file that cannot be written costs nobody the report: it is printed in that form. The form of
    GitHub is for a log that people read as well, and for the step's summary.
    """
    summary = os.environ.get(SUMMARY) if options.format == "github" else None
    if summary:
        result = replace(result, unwritten=_append(Path(summary), result))
    if options.output is not None:
        unwritten = _write(options.output, result, _choose_form(options))
        result = replace(result, unwritten=unwritten or result.unwritten)
    is_for_people = options.output is not None and not result.unwritten
    if is_for_people or options.format in ("terminal", "github"):
        from .terminal import render_terminal

        most = None if options.all or result.unwritten else MOST
        render_terminal([*more, *report_upgrade(result, most)], sys.stdout)
    if not is_for_people and options.format != "terminal":
        sys.stdout.write(_choose_form(options)(result))
    return result.status


def _append(path: Path, result: UpgradeResult) -> str:
    """Add a report in Markdown to the summary of a step: empty, or the file and why it cannot be.

    The file may hold what was said before; what is added leaves room for that.
    """
    try:
        with path.open("a", encoding="utf-8") as file:
            room = markdown.LIMIT - file.tell()
            file.write(markdown.render_markdown(report_upgrade(result), room))
    except OSError as error:
        return f"{path} ({error.strerror})"
    return ""


def _choose_form(options: argparse.Namespace) -> Render:
    """What makes the form that the command line asks for."""
    if options.format == "html":
        render: Render = options.render_html
        return render
    return functools.partial(_in_format, form=options.format)


def _write(path: Path, result: UpgradeResult, render: Render) -> str:
    """Write a report into a file: empty, or the file and why it cannot be written.

    What stood there is replaced by a whole report, or not at all.
    """
    text = render(result)
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
    if form == "github":
        from . import github

        return github.render_github(result)
    if form == "gitlab":
        from . import gitlab

        return gitlab.render_gitlab(result)
    if form == "junit":
        from . import junit

        return junit.render_junit(result)
    if form == "markdown":
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
