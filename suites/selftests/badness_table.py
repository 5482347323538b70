"""What each kind of badness comes to, command by command: run as a program.

    python -m suites.selftests.badness_table [WORD]

prints a line for each kind (whose name has the word) and command: the exit status, the seconds, and
whether what was printed has the sentence that it has to have. Exit status: 1 if one has not, or if
a command did not come to its end in time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from reports.results.record import load_record
from reports.upgrade.exit_status import INCOMPLETE

from .badness import IMPORT, KINDS, Badness
from .miniatures.miniature_index import NAME, build, environment, source
from .miniatures.miniature_libraries import install
from .test_badness import SELECTED, find_fault, is_told, list_bearable

ROOT = Path(__file__).parents[2]
ENDS_OF_PYTEST = (0, 1, 4)
"""What pytest ends with: nothing is wrong, something is, the command line (or a library) is."""
SECONDS = 120
"""What a command may take: more than the guard of any run."""


def main() -> int:
    """Print the table."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    kinds = [one for one in KINDS if word in one.name]
    bad = rows = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in ("index", "cache"):
            (folder / name).mkdir()
        variables = dict(os.environ) | environment(build(folder / "index"), folder / "cache")
        place(folder / "first", source("1.3"))
        sweep(folder, "first", variables)
        for kind in kinds:
            for command, status, seconds, fault in try_kind(kind, folder, variables):
                rows += 1
                bad += bool(fault)
                row = f"{kind.name:<40} {command:<8} {status:>3} {seconds:6.1f} s"
                print(f"{row}  {fault or 'as it has to be'}", flush=True)
    print(f"{len(kinds)} kinds, {rows} commands, {bad} not as they have to be")
    return 1 if bad else 0


def place(folder: Path, text: str) -> None:
    """A checkout of the library."""
    folder.mkdir(parents=True)
    (folder / "miniature_websocket.py").write_text(text)


def run(command: list[str], variables: Mapping[str, str]) -> tuple[int, float, str]:
    """The exit status of a command, its seconds, and all that it printed; -1 if it was ended.

    It prints into a file: a process that is left behind would keep a pipe open.
    """
    began = time.monotonic()
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        try:
            status = subprocess.run(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=dict(variables),
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            status = -1
        said.seek(0)
        return status, time.monotonic() - began, said.read()


def sweep(folder: Path, name: str, variables: Mapping[str, str]) -> tuple[int, float, str]:
    """Sweep a checkout into a record of its name."""
    command = ["reports", "sweep", NAME, *SELECTED, "--releases", str(folder / name)]
    return run([*command, "--record", str(folder / f"{name}.jsonl")], variables)


def try_kind(
    kind: Badness, folder: Path, variables: Mapping[str, str]
) -> Iterator[tuple[str, int, float, str]]:
    """Each command, its status and seconds, and what is wrong with that, if anything is."""
    place(folder / kind.slug, kind.text)
    good, bad = (str(folder / name) for name in ("first", kind.slug))
    status, seconds, _ = sweep(folder, kind.slug, variables)
    first, own = (
        load_record(folder / f"{name}.jsonl").releases[0].read() for name in ("first", kind.slug)
    )
    wrong = "" if status in (0, INCOMPLETE) else f"status {status}"
    yield "sweep", status, seconds, wrong or find_fault(kind, own, first)
    for command in (["compare", NAME, good, bad], ["gate", NAME, "--from", good, "--to", bad]):
        status, seconds, text = run(["reports", *command, *SELECTED], variables)
        told = is_told(kind, " ".join(text.split()))
        right = status == kind.status or (kind.spoils and status == INCOMPLETE)
        yield command[0], status, seconds, "" if told and right else f"told: {told}"
    if kind.where == IMPORT or kind in list_bearable():
        yield try_pytest(kind, folder / f"site-{kind.slug}", variables)


def try_pytest(
    kind: Badness, site: Path, variables: Mapping[str, str]
) -> tuple[str, int, float, str]:
    """Pytest with the library installed."""
    site.mkdir()
    install(site, kind.slug, "1.3")
    (site / f"{kind.slug}.py").write_text(kind.text)
    command = ["pytest", "-q", *SELECTED, "suites/test_close.py", f"--library={kind.slug}"]
    command += ["-p", "suites.selftests.miniatures.bad_libraries", "-p", "no:cacheprovider"]
    paths = os.pathsep.join([str(site), str(ROOT)])
    status, seconds, text = run(command, {**variables, "PYTHONPATH": paths})
    came_to_an_end = status in ENDS_OF_PYTEST and "INTERNALERROR" not in text
    return "pytest", status, seconds, "" if came_to_an_end else "it did not come to a good end"


if __name__ == "__main__":
    sys.exit(main())
