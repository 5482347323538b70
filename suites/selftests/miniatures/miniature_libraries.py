"""Miniatures: a small WebSocket client that does everything right, and copies that do not.

`Good` is library, application and driver in one class. Each class derived from it is wrong in
exactly one way, which its docstring says; a check that cannot tell them apart is useless.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from fixtures.drivers.base import Driver
from fixtures.drivers.surface_lacks import CLIENT
from fixtures.drivers.surfaces import Library, Surface, Timeouts
from fixtures.model import actions as s

from .miniature_client import Good as Good
from .miniature_ends import *  # noqa: F403 -- every miniature is found here
from .miniature_reports import *  # noqa: F403 -- every miniature is found here

LIBRARY = Library("miniature", "miniature", ("miniature", "asyncio"))


class MiniatureSurface(Surface):
    """A surface whose driver is a class of these modules."""

    __slots__ = ()

    def load(self) -> type[Driver]:
        """The miniature."""
        module, _, name = self.driver.partition(":")
        found: type[Driver] = getattr(importlib.import_module(module), name)
        return found


def surface(miniature: type[Driver] = Good) -> MiniatureSurface:
    """The one surface, `miniature`, driven by this miniature."""
    return MiniatureSurface(
        "miniature",
        LIBRARY,
        "client",
        "`Good(cell)`, as its docstring says",
        f"{miniature.__module__}:{miniature.__name__}",
        Timeouts(open=10, close=10, ping_interval=20, ping_timeout=20),
        on_asyncio=True,
        lacks=CLIENT
        | dict.fromkeys((s.BEFORE_CONNECTING, s.CONNECTING), "there is nothing to act on yet")
        | dict.fromkeys(("cancel", "stop reading"), "the miniature reads to the end")
        | dict.fromkeys((s.ASYNC_OPEN, s.ASYNC_CLOSED), "a miniature has plain callbacks")
        | dict.fromkeys((s.KEEPALIVE, s.MAX_SIZE), "a miniature has no settings"),
    )


def install(folder: Path, name: str = "miniature", version: str = "1.0", claimed: str = "") -> None:
    """Install a distribution of one module in `folder`; the module may tell another version."""
    information = folder / f"{name}-{version}.dist-info"
    information.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (information / "METADATA").write_text(metadata)
    (folder / f"{name}.py").write_text(f'__version__ = "{claimed or version}"\n')
