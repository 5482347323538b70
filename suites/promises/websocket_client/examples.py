"""What the page of examples promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.situations import tagged

from ...judging.expectations import both, called, ends, error, raised
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios.websocket_client import dispatcher_closing as loop_closing
from ...scenarios.websocket_client import dispatcher_reconnecting as loop
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import proxies
from ...scenarios.websocket_client import running_to_a_close as running
from .app_situations import APP, EXAMPLES, LOOPS, OPENED, PONG_IS_LATE, TIMED_OUT

PINGS = "Ping/Pong Usage"
TIMEOUTS = "Setting Timeout Value"
PROXIES = "Connecting through a proxy"

# Timeouts
promise(
    "default_timeout_bounds_the_opening",
    app,
    (
        failure.server_is_silent_in_the_handshake,
        failure.server_is_silent_then_ends,
        fails.server_is_silent_in_the_tls_handshake,
        proxies.socks_proxy_is_silent_beyond_timeout,
    ),
    both(called("on_error", error("WebSocketTimeoutException")).once(), ends("1 x open_timeout")),
    source=doc(
        EXAMPLES,
        TIMEOUTS,
        "an app times out if its connection gets no response within the default timeout",
    ),
)
promise(
    "a_timeout_when_receiving_is_a_timeout_exception",
    core,
    faults.server_is_silent_beyond_timeout,
    raised("recv_data", TIMED_OUT),
    source=doc(
        EXAMPLES, TIMEOUTS, "recv() raises WebSocketTimeoutException when the timeout is reached"
    ),
)
promise(
    "no_timeout_while_no_message_comes",
    app,
    faults.server_is_silent_beyond_default_timeout,
    called("on_error", TIMED_OUT).never(),
    source=doc(EXAMPLES, TIMEOUTS, "an app does not time out when no message comes"),
)

# Pings and pongs
promise(
    "on_ping_gets_the_payload",
    app,
    (close.application_closes_on_ping, failure.application_raises_on_ping),
    called("on_ping", b"are you there").once(),
    source=doc(EXAMPLES, PINGS, "on_ping(app, message) is called when a ping is received"),
)
promise(
    "on_pong_gets_the_payload",
    app,
    (close.application_closes_on_pong, failure.application_raises_on_pong),
    called("on_pong", b"here I am").once(),
    source=doc(EXAMPLES, PINGS, "on_pong(app, message) is called when a pong is received"),
)
promise(
    "on_pong_for_every_answer",
    app,
    running.peer_closes_after_answered_pings,
    called("on_pong", b"").times(2),
    source=doc(EXAMPLES, PINGS, "on_pong(app, message) is called when a pong is received"),
)
promise(
    "a_late_pong_is_a_timeout_exception",
    app,
    PONG_IS_LATE,
    called("on_error", error("WebSocketTimeoutException")).once(),
    source=doc(
        EXAMPLES,
        PINGS,
        "the run ends with a WebSocketTimeoutException if no pong is received within ping_timeout",
    ),
)
promise(
    "run_forever_raises_when_no_pong_comes",
    app,
    PONG_IS_LATE,
    raised("run_forever", "WebSocketTimeoutException"),
    source=doc(
        EXAMPLES,
        PINGS,
        "run_forever exits with a WebSocketTimeoutException if no pong is received in time",
    ),
)

# Proxies, and several apps in one loop
for surface, opened in ((app, called("on_open").once()), (core, OPENED)):
    promise(
        "a_proxy_leads_to_the_server",
        surface,
        tagged("with_reason", "proxied"),
        opened,
        source=doc(
            EXAMPLES,
            PROXIES,
            "HTTP (with CONNECT), SOCKS4, SOCKS4a, SOCKS5 and SOCKS5h are supported",
        ),
    )
promise(
    "on_close_for_each_app_and_run",
    LOOPS,
    (
        loop.one_of_two_apps_in_a_loop_is_lost,
        loop_closing.application_runs_again_at_the_close,
    ),
    both(called("on_open").times(2), called("on_close", ...).times(2)),
    source=doc(
        APP,
        "WebSocketApp.__init__, on_open and on_close",
        "on_open is called at the opening, on_close when the connection is closed",
    ),
)
