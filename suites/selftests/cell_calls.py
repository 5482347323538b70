"""How many calls one cell's way needs, and how often they change file, in the main thread.

`python suites/selftests/cell_calls.py [CHECKOUT]` runs the cell with pytest in this checkout, or in
another one, with the interpreter of its `.venv` if there is one; once as the first cell of the
process, and once after another. It counts the calls of the checkout's own functions from the cell's
set-up to its report. Nothing here is a test.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from types import FrameType

import pytest

BEFORE = "suites/test_close.py::test_close[websocket_client_app-peer_closes_then_ends]"
CELL = "suites/test_close.py::test_close[websocket_client_app-peer_closes_first]"


class Counter:
    """A profile function that counts the calls of functions whose file is in a folder."""

    def __init__(self, folder: Path) -> None:
        """Nothing is counted yet."""
        self._folder, self._venv = f"{folder}/", f"{folder}/.venv/"
        self.calls = self.changes = 0
        self._file = ""

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        """Count a call."""
        file = frame.f_code.co_filename
        if event != "call" or not file.startswith(self._folder) or file.startswith(self._venv):
            return
        self.calls += 1
        self.changes += bool(self._file) and file != self._file
        self._file = file


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count while the cell is set up, run, judged and reported."""
    counter = Counter(item.config.rootpath)
    sys.setprofile(counter)
    try:
        result = yield
    finally:
        sys.setprofile(None)
    if item.nodeid == CELL:
        print(f"\n{counter.calls} calls, {counter.changes} changes of file", file=sys.__stderr__)
    return result


def main() -> None:
    """Run the cell alone, then after another."""
    checkout = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    own = checkout / ".venv" / "bin" / "python"
    python = str(own) if own.exists() else sys.executable
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    for nodes in ([CELL], [BEFORE, CELL]):
        command = [python, "-m", "pytest", "-q", "-p", "cell_calls", "-p", "no:cacheprovider"]
        ran = subprocess.run(
            [*command, *nodes],
            cwd=checkout,
            env=environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        print("the first cell:" if len(nodes) == 1 else "after another:", ran.stderr.strip())


if __name__ == "__main__":
    main()
