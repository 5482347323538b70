"""What the specification of ASGI's lifespan protocol promises, which `--interface asgi` plays."""

from __future__ import annotations

from fixtures.drivers.granian_surfaces import asgi_granian

from ...judging.expectations import both, called, returned
from ...judging.promise import Source, doc, promise
from ...scenarios.asgi import lifespans

PAGE = "https://asgi.readthedocs.io/en/latest/specs/lifespan.html"
EXITING = (
    lifespans.server_is_terminated_and_nobody_receives,
    lifespans.server_is_terminated_after_the_last_client,
)


def cite_lifespan(section: str, says: str) -> Source:
    """What a section of the specification of the lifespan protocol says."""
    return doc(PAGE, section, says)


promise(
    "startup_is_told",
    asgi_granian,
    (*EXITING, lifespans.application_fails_when_the_server_starts),
    called("lifespan.startup").once(),
    source=cite_lifespan(
        "Startup - receive event", "sent when the server is ready to start, before it has done so"
    ),
)
promise(
    "shutdown_is_told",
    asgi_granian,
    EXITING,
    called("lifespan.shutdown").once(),
    source=cite_lifespan(
        "Shutdown - receive event",
        "sent when the server accepts no more connections, and has closed those that it had",
    ),
)
promise(
    "a_startup_that_fails_ends_the_server",
    asgi_granian,
    lifespans.application_fails_when_the_server_starts,
    both(returned("the process", ...).once(), called("websocket.connect").never()),
    source=cite_lifespan("Startup Failed - send event", "the server logs the message, and exits"),
)
promise(
    "an_application_that_raises_has_no_lifespan",
    asgi_granian,
    lifespans.application_raises_when_the_server_starts,
    called("websocket.connect").once(),
    source=cite_lifespan(
        "Scope", "if the application raises, the server goes on and sends no event of the lifespan"
    ),
)
