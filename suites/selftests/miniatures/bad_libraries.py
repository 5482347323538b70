"""A pytest plugin for runs in other processes: each library that is bad in one way has a surface.

`-p suites.selftests.miniatures.bad_libraries`, with the libraries themselves on `PYTHONPATH`.
Importing it declares them.
"""

from __future__ import annotations

from fixtures.drivers.base import Driver
from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library

from ..badness import KINDS
from .miniature_release import LIBRARY, SURFACE, Client, MiniatureSurface


class BadSurface(MiniatureSurface):
    """A surface of the miniature, whose library has another name."""

    __slots__ = ()

    def load(self) -> type[Driver]:
        """The driver of the miniature, for this library."""
        return type("BadClient", (Client,), {"module": self.library.module})


_FIELDS = {name: getattr(SURFACE, name) for name in SURFACE.__dataclass_fields__}
for _kind in KINDS:
    _library = Library(_kind.slug, _kind.slug, LIBRARY.loggers)
    LIBRARIES[_kind.slug] = _library
    SURFACES[_kind.slug] = BadSurface(**(_FIELDS | {"name": _kind.slug, "library": _library}))
