"""What granian's release notes promise."""

from __future__ import annotations

from fixtures.drivers.granian_surfaces import asgi_granian

from ...judging.expectations import raised
from ...judging.promise import Source, doc, promise
from ...scenarios.asgi import before_the_accept as before
from ..asgi.asgi_situations import CLOSING_TOO_LATE, SENDING_TOO_LATE

RELEASES = "https://github.com/emmett-framework/granian/releases"


def cite_release_notes(release: str, says: str) -> Source:
    """What the release notes say of a release."""
    return doc(f"{RELEASES}/tag/v{release}", release, says)


promise(
    "send_raises_nothing_once_closed",
    asgi_granian,
    SENDING_TOO_LATE,
    raised("send", "Exception").never(),
    source=cite_release_notes("2.8.4", "send() of a WebSocket raises no errors"),
    versions=">=2.8.4",
)
promise(
    "close_raises_nothing_once_closed",
    asgi_granian,
    CLOSING_TOO_LATE,
    raised("close", "Exception").never(),
    source=cite_release_notes("2.8.4", "send() of a WebSocket raises no errors"),
    versions=">=2.8.4",
)
promise(
    "accept_raises_nothing_once_the_client_has_left",
    asgi_granian,
    before.application_accepts_once_the_client,
    raised("websocket.accept", "Exception").never(),
    source=cite_release_notes("2.7.3", "that a client leaves before the accept is no error"),
    versions=">=2.7.3",
)
