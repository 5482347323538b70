"""Pairs of libraries that self-tests run: a blocking client and an asyncio server, above all."""

from __future__ import annotations

from fixtures.drivers.surfaces import SURFACES
from fixtures.interop.pair import FarEnd
from fixtures.interop.situation import SITUATIONS
from fixtures.model.trace import Trace

CLIENT, SERVER = SURFACES["websocket_client_core"], SURFACES["tornado_handler"]
RECONNECTING, FIVE = SURFACES["websockets_asyncio_reconnecting"], "client_connects_five_times"


def run(far_end: FarEnd, name: str) -> tuple[Trace, Trace]:
    """The traces of a blocking client and an asyncio server in a situation."""
    return far_end.run(CLIENT, SERVER, SITUATIONS[name])
