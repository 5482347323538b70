"""The surface and the driver of the library that `miniature_index` makes releases of.

Importing this module declares them: in a child process, because the job names the module; on the
command line, by `--drivers suites.selftests.miniatures.miniature_release`.
"""

from __future__ import annotations

import importlib
from typing import Any

from fixtures.drivers.base import Driver
from fixtures.drivers.surface_lacks import CLIENT, NO_ASYNC, NO_PING
from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library, Surface, Timeouts
from fixtures.model import actions as s
from fixtures.model.actions import AFTER_THE_END, CLOSED, FAILED, MESSAGE, OPENED

LIBRARY = Library("miniature-websocket", "miniature_websocket", ("miniature_websocket",))


class Client(Driver):
    """`Client(url, on_open=..., on_message=..., on_error=..., on_close=...).run()`."""

    attributes = ("code",)
    module = LIBRARY.module

    def run(self) -> None:
        """Create the client, and run it to its end."""
        library: Any = importlib.import_module(self.module)
        self.client = library.Client(
            self.context.url,
            on_open=lambda: self.handle_callback("on_open", kind=OPENED),
            on_message=lambda text: self.handle_callback("on_message", text, kind=MESSAGE),
            on_error=lambda error: self.handle_callback("on_error", error, kind=FAILED),
            on_close=lambda code, reason: self.handle_callback(
                "on_close", code, reason, kind=CLOSED, code=code
            ),
            cafile=self.context.trusted_file if self.context.settings.tls else None,
            timeout=self.context.timeouts.close,
        )
        try:
            self.record.returned("run", self.client.run())
        except Exception as error:  # noqa: BLE001 -- whatever a library raises is recorded
            self.record.raised("run", error)
        self.context.mark_application_end()
        self.act_at(AFTER_THE_END)

    def close(self, *args: Any) -> None:
        """`client.close()`, or with a code and reason."""
        self.client.close(*args)

    def send(self, text: str) -> None:
        """`client.send(text)`."""
        self.client.send(text)


class MiniatureSurface(Surface):
    """A surface whose driver is the class above."""

    __slots__ = ()

    def load(self) -> type[Driver]:
        """The driver."""
        return Client


SURFACE = MiniatureSurface(
    "miniature_websocket_client",
    LIBRARY,
    "client",
    "`Client(url, on_open=..., on_message=..., on_error=..., on_close=...).run()`",
    __name__,
    Timeouts(open=0.2, close=0.2, ping_interval=0.2, ping_timeout=0.2),
    on_asyncio=False,
    lacks=CLIENT
    | NO_PING
    | NO_ASYNC
    | dict.fromkeys((s.BEFORE_CONNECTING, s.CONNECTING), "there is nothing to act on yet")
    | dict.fromkeys(("leave", "stop reading"), "run() reads to the end")
    | dict.fromkeys((s.KEEPALIVE, s.MAX_SIZE), "the miniature has no such setting"),
)
LIBRARIES[LIBRARY.name] = LIBRARY
SURFACES[SURFACE.name] = SURFACE
