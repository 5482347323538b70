"""What the topics on pings and on fragments of the guides promise."""

from __future__ import annotations

from ...judging.expectations import ANYTHING, both, called, ends
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.picows import pings_of_the_peer as pinging
from .picows_documents import BOTH, cite_guide

promise(
    "without_a_pong_it_is_disconnected",
    BOTH,
    failing.no_pong_comes,
    both(called("on_ws_disconnected").once(), ends("ping_interval + ping_timeout")),
    source=cite_guide("Auto ping", "if no PONG is received, the WebSocket is disconnected"),
)
promise(
    "a_ping_is_answered_by_default",
    BOTH,
    pinging.peer_pings_before_it_closes,
    both(
        called("on_ws_frame", b"are you there").never(),
        called("on_ws_frame", "CLOSE", ANYTHING, ANYTHING),
    ),
    source=cite_guide("Auto pong", "picows replies to incoming PING messages with PONG"),
    versions=">=1.6",
)
promise(
    "a_ping_may_be_left_to_the_listener",
    BOTH,
    pinging.peer_pings_a_listener_before_it_closes,
    called("on_ws_frame", b"are you there"),
    source=cite_guide("Auto pong", "with enable_auto_pong=False on_ws_frame handles a PING"),
)
promise(
    "fragments_are_not_joined",
    BOTH,
    close.peer_closes_in_a_fragmented_message,
    called("on_ws_frame", b"half"),
    source=cite_guide("Message fragmentation", "frames are not concatenated"),
)
