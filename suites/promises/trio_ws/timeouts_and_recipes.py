"""What trio-websocket's pages on timeouts and on recipes promise."""

from __future__ import annotations

from fixtures.drivers.trio_ws_surfaces import trio_ws_client, trio_ws_server

from ...judging.expectations import both, called, ends, raised
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.trio_ws import calls_of_a_connection as calling
from .trio_ws_documents import cite_site

CONNECTING, SERVING = "Connection Timeouts", "Server Timeouts"

promise(
    "a_silent_server_is_a_connection_timeout",
    trio_ws_client,
    (failing.server_is_silent_in_the_handshake, failing.server_is_silent_then_ends),
    both(raised("open_websocket_url", "ConnectionTimeout").once(), ends("1 x open_timeout")),
    source=cite_site("timeouts", CONNECTING, "connect_timeout applies to connecting"),
)
promise(
    "a_close_without_answer_is_a_disconnection_timeout",
    trio_ws_client,
    calling.application_leaves_while_no_answer_comes,
    both(raised("async with block", "DisconnectionTimeout").once(), ends("1 x close_timeout")),
    source=cite_site("timeouts", CONNECTING, "disconnect_timeout applies to disconnecting"),
)
promise(
    "disconnecting_ends_in_time",
    trio_ws_client,
    (
        calling.application_raises_and_no_answer_comes,
        close.peer_closes_and_keeps_tcp_open,
    ),
    ends("at once", "1 x close_timeout"),
    source=cite_site("timeouts", CONNECTING, "disconnect_timeout applies to disconnecting"),
)
promise(
    "a_silent_client_is_left_without_a_handler",
    trio_ws_server,
    (failing.client_is_silent_in_the_handshake, failing.client_ends_in_the_handshake),
    both(called("handler").never(), ends("at once", "1 x open_timeout")),
    source=cite_site(
        "timeouts", SERVING, "after connect_timeout it is closed, and the handler is not called"
    ),
)
promise(
    "a_client_that_does_not_answer_is_left",
    trio_ws_server,
    calling.application_leaves_while_no_answer_comes,
    ends("1 x close_timeout"),
    source=cite_site(
        "timeouts", SERVING, "disconnect_timeout is from the handler's exit to the close"
    ),
)
promise(
    "a_missing_pong_is_too_slow",
    trio_ws_client,
    failing.no_pong_comes,
    raised("heartbeat", "TooSlowError").once(),
    source=cite_site("recipes", "Heartbeat", "it raises TooSlowError if the timeout expires"),
)
