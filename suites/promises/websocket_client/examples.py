"""What the page of examples promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.situations import tagged

from ...judging.expectations import ANYTHING, both, called, ends, error, raised
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios.websocket_client import dispatcher_closing as loop_closing
from ...scenarios.websocket_client import dispatcher_reconnecting as loop
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import proxies
from ...scenarios.websocket_client import running_to_a_close as running
from .app_situations import EXAMPLES, LOOPS, OPENED, PONG_IS_LATE, TIMED_OUT

promise(
    "on_ping_gets_the_payload",
    app,
    (close.application_closes_on_ping, failure.application_raises_on_ping),
    called("on_ping", ANYTHING).once(),
    source=doc(EXAMPLES, "Ping/Pong Usage", "on_ping(app, message) tells of a ping"),
)
promise(
    "on_pong_gets_the_payload",
    app,
    (close.application_closes_on_pong, failure.application_raises_on_pong),
    called("on_pong", ANYTHING).once(),
    source=doc(EXAMPLES, "Ping/Pong Usage", "on_pong(app, message) tells of a pong"),
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
        EXAMPLES,
        "Dispatching Multiple WebSocketApps",
        "several apps run in one loop of an asynchronous dispatcher, without threads",
    ),
)
TIMEOUTS = "Setting Timeout Value"
PROXIES = "Connecting through a proxy"
for surface, opened in ((app, called("on_open").once()), (core, OPENED)):
    promise(
        "a_proxy_leads_to_the_server",
        surface,
        tagged("with_reason", "proxied"),
        opened,
        source=doc(EXAMPLES, PROXIES, "HTTP, by CONNECT, SOCKS4, 4a, 5 and 5h are supported"),
    )
promise(
    "a_timeout_when_receiving_is_a_timeout_exception",
    core,
    faults.server_is_silent_beyond_timeout,
    raised("recv_data", TIMED_OUT),
    source=doc(EXAMPLES, TIMEOUTS, "recv() raises it when the timeout is reached"),
)
promise(
    "no_timeout_while_no_message_comes",
    app,
    faults.server_is_silent_beyond_default_timeout,
    called("on_error", TIMED_OUT).never(),
    source=doc(EXAMPLES, TIMEOUTS, "an app does not time out when no message comes"),
)
promise(
    "run_forever_raises_when_no_pong_comes",
    app,
    PONG_IS_LATE,
    raised("run_forever", "WebSocketTimeoutException"),
    source=doc(
        EXAMPLES,
        "Ping/Pong Usage",
        "without a pong in time run_forever exits with a WebSocketTimeoutException",
    ),
)
promise(
    "default_timeout_bounds_the_opening",
    app,
    (
        failure.server_is_silent_in_the_handshake,
        fails.server_is_silent_in_the_tls_handshake,
        proxies.socks_proxy_is_silent_beyond_timeout,
    ),
    both(called("on_error", error("WebSocketTimeoutException")).once(), ends("1 x timeout")),
    source=doc(
        EXAMPLES,
        "Setting Timeout Value",
        "an app times out if no response to its connection comes within the default timeout",
    ),
)
promise(
    "on_pong_for_every_answer",
    app,
    running.peer_closes_after_answered_pings,
    called("on_pong", b"").times(2),
    source=doc(EXAMPLES, "Ping/Pong Usage", "on_pong(app, message) tells of a pong"),
)
promise(
    "a_late_pong_is_a_timeout_exception",
    app,
    PONG_IS_LATE,
    called("on_error", error("WebSocketTimeoutException")).once(),
    source=doc(
        EXAMPLES,
        "Ping/Pong Usage",
        "without a pong within ping_timeout the run ends with a WebSocketTimeoutException",
    ),
)
