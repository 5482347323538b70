"""What the quickstart of the client promises: the iteration, and its end."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_client_iterating
from fixtures.model.situations import tagged

from ...judging.expectations import delivered, error, reached, returned
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failing
from .aiohttp_documents import ANSWERED, SAYING_HELLO, SITE

QUICKSTART = doc(
    SITE + "client_quickstart.html",
    "WebSockets",
    "`async for msg in ws` gives messages of the type TEXT or, at the last, ERROR",
)

promise(
    "iteration_gives_the_messages",
    aiohttp_client_iterating,
    SAYING_HELLO,
    returned("iteration", "hello"),
    source=QUICKSTART,
)
promise(
    "iteration_gives_every_message",
    aiohttp_client_iterating,
    close.peer_closes_after_messages,
    delivered("iteration", "one", "two"),
    source=QUICKSTART,
)
promise(
    "iteration_gives_errors",
    aiohttp_client_iterating,
    tagged("bad_frame", without="bad_close_frame", but=failing.server_masks_a_frame),
    returned("iteration", "ERROR", error("Exception"), None),
    source=QUICKSTART,
)
promise(
    "iteration_ends_with_the_connection",
    aiohttp_client_iterating,
    (*tagged("peer_closes"), *tagged("lost"), *ANSWERED),
    reached("end of iteration").once(),
    source=doc(SITE + "changes.html", "1.1.0", "`async for` stops when the connection is closed"),
)
