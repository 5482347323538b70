"""What the changelog promises of releases."""

from __future__ import annotations

from ...judging.expectations import ANYTHING, both, called, ends
from ...judging.promise import promise
from ...scenarios import error as failing
from .autobahn_documents import BOTH, cite_changelog

promise(
    "an_exception_drops_the_connection",
    BOTH,
    (
        failing.application_raises_on_message,
        failing.application_raises_on_ping,
        failing.application_raises_on_pong,
    ),
    both(called("onClose", False, ANYTHING, ANYTHING).once(), ends("at once")),
    source=cite_changelog(
        "26.10.1", "an exception in what has come drops it on asyncio now, as on Twisted"
    ),
    versions=">=26.10.1",
)
