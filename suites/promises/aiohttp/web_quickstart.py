"""What the quickstart of the server promises: the iteration, and its end."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_server_iterating
from fixtures.model.situations import tagged

from ...judging.expectations import both, delivered, error, fact, reached, returned
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failing
from .aiohttp_documents import ANSWERED, SAYING_HELLO, SITE

QUICKSTART = doc(
    SITE + "web_quickstart.html",
    "WebSockets",
    "`async for msg in ws` gives messages of the type TEXT or ERROR, and ends with the connection",
)

promise(
    "iteration_gives_the_messages",
    aiohttp_server_iterating,
    SAYING_HELLO,
    returned("iteration", "hello"),
    source=QUICKSTART,
)
promise(
    "iteration_gives_every_message",
    aiohttp_server_iterating,
    close.peer_closes_after_messages,
    delivered("iteration", "one", "two"),
    source=QUICKSTART,
)
promise(
    "iteration_gives_errors_and_exception_says_which",
    aiohttp_server_iterating,
    tagged("bad_frame", without="bad_close_frame", but=failing.client_does_not_mask_a_frame),
    both(
        returned("iteration", "ERROR", error("Exception"), None),
        fact("exception", error("Exception")),
    ),
    source=QUICKSTART,
)
promise(
    "iteration_ends_with_the_connection",
    aiohttp_server_iterating,
    (*tagged("peer_closes"), *tagged("lost"), *ANSWERED),
    reached("end of iteration").once(),
    source=QUICKSTART,
)
