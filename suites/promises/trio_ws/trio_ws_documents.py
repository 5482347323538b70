"""What the promises of trio-websocket share: the documents, and what they are about."""

from __future__ import annotations

from fixtures.drivers.trio_ws_surfaces import trio_ws_client, trio_ws_server
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import open_time_close

SITE = "https://trio-websocket.readthedocs.io/en/stable/"
BOTH = (trio_ws_client, trio_ws_server)


def cite_site(page: str, place: str, says: str) -> Source:
    """What a page of the documentation says, the docstrings that it shows included."""
    return doc(f"{SITE}{page}.html", place, says)


def cite_release_history(release: str, says: str) -> Source:
    """What the release history says of a release."""
    page = "https://github.com/python-trio/trio-websocket/blob/master/CHANGELOG.md"
    return doc(page, release, says)


# Situations

OPENING = tagged(without="not_opened", but=open_time_close.request_hook_refuses)
"""The scenarios in which a connection opens."""
LEAVING = (
    *tagged("leaves"),
    *tagged("raises"),
    *tagged("cancelled"),
    *tagged("stops_reading"),
)
"""The application ends, or receives no more, before it could know of the end."""
TOLD = [
    one
    for one in (*tagged("peer_closes"), *tagged("lost"), *tagged("bad_frame"))
    if one not in LEAVING
]
"""The peer closes, is lost or breaks the protocol, while the application receives."""
