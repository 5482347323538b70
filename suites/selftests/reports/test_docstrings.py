"""Docstrings of a release are digested without running any of it."""

from __future__ import annotations

from pathlib import Path

from reports.diff.docstrings import digest_docstrings

SOURCE = '''
"""A module."""
def connect():
    """Connect."""
def _private():
    """Nobody's."""
def silent(): ...
try:
    class Client:
        """A client."""
        def __init__(self):
            """Of a URL."""
        async def recv(self):
            """Receive."""
        def _own(self):
            """Nobody's."""
except ImportError:
    pass
'''


def package(folder: Path) -> Path:
    """A library of some modules."""
    (folder / "lib" / "tests").mkdir(parents=True)
    (folder / "lib" / "__init__.py").write_text('def top():\n    """Top."""\n')
    (folder / "lib" / "client.py").write_text(SOURCE)
    (folder / "lib" / "broken.py").write_text("def (")
    (folder / "lib" / "tests" / "test_x.py").write_text('def f():\n    """A test."""\n')
    return folder


def test_public_objects_are_digested(tmp_path: Path) -> None:
    """Functions, classes and methods that have a docstring and no underscore."""
    assert list(digest_docstrings(package(tmp_path), "lib")) == [
        "lib.top",
        "lib.client.connect",
        "lib.client.Client",
        "lib.client.Client.__init__",
        "lib.client.Client.recv",
    ]


def test_a_digest_changes_with_the_text(tmp_path: Path) -> None:
    """Layout is no text."""
    (tmp_path / "lib.py").write_text('def f():\n    """One."""\n')
    one = digest_docstrings(tmp_path, "lib")
    (tmp_path / "lib.py").write_text('# more\ndef f():\n      """  One."""\n')
    same = digest_docstrings(tmp_path, "lib")
    (tmp_path / "lib.py").write_text('def f():\n    """Two."""\n')

    assert one == same != digest_docstrings(tmp_path, "lib")
