"""What the how-to guides promise."""

from __future__ import annotations

from ...judging.expectations import reached
from ...judging.promise import doc, promise
from .connection_situations import ALL, PAGES, SERVERS

promise(
    "finally_runs_when_the_client_has_left",
    SERVERS,
    ALL,
    reached("finally").once(),
    source=doc(
        f"{PAGES}howto/patterns.html",
        "Registration",
        "a handler unregisters its client in a finally block when the client disconnects",
    ),
)
