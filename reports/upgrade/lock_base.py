"""The lock file as it was in a commit, such as that of the branch that a change is to go into.

How this works. The repository is that of the file, wherever the command runs. Its objects are read
by their names: neither a hook nor a filter, a textconv or a diff program of the configuration gets
to see what is in them, and a link in a commit is not followed.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from suites.input_files import LARGEST

from ..results.release import WrongInput
from .lockfiles import LockFile, read_lock

PLAIN = ("100644", "100755")
"""The modes of regular files."""
GIT = ("git", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "--no-pager")
KEPT = "GIT_CONFIG_"
"""How variables of git begin that stay; others, which a hook has, name another repository."""


@dataclass(frozen=True)
class Base:
    """A file in the working tree, and the commit in which an older state of it is."""

    file: Path
    reference: str

    @property
    def name(self) -> str:
        """What the older file is called in messages."""
        return f"{self.reference}:{self._locate(self.file)}"

    def read_lock(self, *, outside: bool = False) -> LockFile:
        """What it pinned; nothing where the commit has no such file. Raises `WrongInput`."""
        if not self._find_entry(self.file):
            note = f"{self.name} is not there: every pin of {self.file} is new"
            return LockFile(self.name, {}, (note,))
        return read_lock(self.file, outside=outside, read_file=self.read_file, name=self.name)

    def read_file(self, path: Path) -> bytes:
        """What was in a file of the repository. Raises `WrongInput`."""
        entry = self._find_entry(path)
        called = f"{self.reference}:{self._locate(path)}"
        if not entry:
            raise WrongInput(f"{called} cannot be read: it is not there")
        mode, kind, digest, size = entry[:4]
        if kind != "blob" or mode not in PLAIN:
            raise WrongInput(f"{called} cannot be read: it is a link or a folder, not a file")
        if int(size) > LARGEST:
            raise WrongInput(f"{called} cannot be read: it is larger than {LARGEST >> 20} MB")
        return self._run("cat-file", "blob", digest)

    @cached_property
    def _top(self) -> Path:
        """The folder of the repository. Raises `WrongInput` where there is none."""
        found = self._run("rev-parse", "--show-toplevel", said=f"{self.file} is in no repository")
        return Path(os.fsdecode(found.removesuffix(b"\n")))

    @cached_property
    def _commit(self) -> str:
        said = (
            f"the repository of {self.file} has no commit {self.reference!r}: fetch it first, in "
            "CI with the whole history (fetch-depth: 0)"
        )
        wanted = f"{self.reference}^{{commit}}"
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", wanted, said=said)
        return found.decode().strip()

    def _locate(self, path: Path) -> str:
        """Where a file is in the repository. Raises `WrongInput` for one that is not in it."""
        place = Path(os.path.normpath(path.parent.resolve() / path.name))
        if not place.is_relative_to(self._top.resolve()):
            raise WrongInput(f"{path} is out of the repository of {self.file}")
        return place.relative_to(self._top.resolve()).as_posix()

    def _find_entry(self, path: Path) -> list[str]:
        """Mode, kind, digest and size of a file in the commit; nothing if it is not there."""
        place = self._locate(path)
        listed = self._run("ls-tree", "-lz", "--full-tree", self._commit, "--", place)
        return os.fsdecode(listed).partition("\t")[0].split()

    def _run(self, *arguments: str, said: str = "") -> bytes:
        """What git says. Raises `WrongInput` with `said`, or the command, where it fails."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name.startswith(KEPT)
        }
        environment["GIT_LITERAL_PATHSPECS"] = "1"
        try:
            done = subprocess.run(
                [*GIT, *arguments],
                cwd=self.file.parent,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except (OSError, ValueError) as error:
            reason = "git is not installed" if isinstance(error, FileNotFoundError) else "git"
            raise WrongInput(f"--base needs git: {reason} cannot be run in that folder") from error
        if done.returncode:
            why = done.stderr.decode(errors="replace").strip().partition("\n")[0]
            raise WrongInput((said or f"git {arguments[0]} failed") + (f" ({why})" if why else ""))
        return done.stdout
