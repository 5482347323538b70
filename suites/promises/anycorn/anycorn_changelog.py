"""What anycorn's changelog promises, which begins with what it has of hypercorn."""

from __future__ import annotations

from fixtures.drivers.anycorn_surfaces import asgi_anycorn

from ...judging.expectations import PEER_CODE, called, sends_close
from ...judging.promise import Source, doc, promise
from ...scenarios import error as failing
from ...scenarios import open_time_close


def cite_changelog(release: str, says: str) -> Source:
    """What the changelog says of a release."""
    return doc("https://github.com/davidbrochart/anycorn/blob/main/CHANGELOG.md", release, says)


promise(
    "an_error_sends_1011",
    asgi_anycorn,
    (failing.application_raises_when_opened, failing.application_raises_on_message),
    sends_close(1011),
    source=cite_changelog("0.14.4", "an internal error closes with 1011"),
)
promise(
    "data_before_the_accept_is_held",
    asgi_anycorn,
    open_time_close.behind_the_request,
    called("websocket.disconnect", PEER_CODE).once(),
    source=cite_changelog("0.20.0", "data that comes before the accept is held"),
    versions=">=0.20.0",
)
