"""What the page on `WebSocketApp` promises about the options of `run_forever()`."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.model.event import WIRE
from fixtures.model.trace import Trace

from ...judging.expectations import ANYTHING, Finding, both, called, either, error
from ...judging.finding import ON_THE_WIRE
from ...judging.promise import doc, promise
from ...scenarios.websocket_client import opening_detours as detours
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import proxies
from ...scenarios.websocket_client import running_into_failures as failing
from ...scenarios.websocket_client import running_to_a_close as running
from .app_situations import (
    ANY_TIMEOUT,
    APP,
    NEED_NO_PROXY,
    NEEDS_A_PORT,
    NEEDS_NO_TYPE,
    PONG_IS_LATE,
    SILENT_PROXIES,
)

RUN_FOREVER = "WebSocketApp.run_forever"

# Proxies
promise(
    "a_proxy_needs_a_port",
    app,
    proxies.proxy_has_no_port,
    called("on_error", error("Exception")).once(),
    source=doc(APP, f"{RUN_FOREVER}, http_proxy_port", NEEDS_A_PORT),
    versions=">=1.9.1",
)
promise(
    "an_http_proxy_needs_no_type",
    app,
    detours.server_closes_behind_a_proxy_of_no_type,
    called("on_open").once(),
    source=doc(APP, f"{RUN_FOREVER}, http_proxy_host", NEEDS_NO_TYPE),
)
promise(
    "http_no_proxy_names_hosts_that_need_none",
    app,
    detours.server_closes_beside_a_proxy,
    called("on_open").once(),
    source=doc(APP, f"{RUN_FOREVER}, http_no_proxy", NEED_NO_PROXY),
)
promise(
    "http_proxy_timeout_bounds_the_proxy",
    app,
    SILENT_PROXIES,
    either(*(called("on_error", one).once() for one in ANY_TIMEOUT)),
    source=doc(APP, f"{RUN_FOREVER}, http_proxy_timeout", "the timeout of an HTTP proxy"),
    versions=">=1.4.0",
)

# Text
promise(
    "bad_text_is_delivered_without_validation",
    app,
    faults.server_sends_bad_text_unvalidated,
    both(
        called("on_message", ANYTHING).once(),
        called("on_error", error("WebSocketPayloadException")).never(),
    ),
    source=doc(APP, f"{RUN_FOREVER}, skip_utf8_validation", "the text is not validated"),
)

# Pings and pongs


@dataclass(frozen=True, slots=True)
class Pings:
    """The number of pings that the peer receives."""

    least: int
    most: int | None = None

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        count = "no ping" if self.most == 0 else f"{self.least} pings or more"
        return f"sends {count}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({ON_THE_WIRE})

    def judge(self, trace: Trace) -> Finding:
        """Look at the frames on the wire."""
        seen = [e for e in trace.lanes[WIRE] if (e.name, e.how) == ("ping frame", "received")]
        holds = len(seen) >= self.least and (self.most is None or len(seen) <= self.most)
        return Finding(holds, "a ping" if seen else "no ping")


promise(
    "pings_are_sent_every_ping_interval",
    app,
    (
        running.peer_closes_after_an_answered_ping,
        running.peer_closes_after_answered_pings,
        *PONG_IS_LATE,
        failing.application_is_busy_while_the_pong_comes,
    ),
    Pings(1),
    source=doc(APP, f"{RUN_FOREVER}, ping_interval", "the interval between pings, in seconds"),
)
promise(
    "no_ping_without_ping_interval",
    app,
    (running.peer_closes_and_pings_are_off,),
    Pings(0, 0),
    source=doc(APP, f"{RUN_FOREVER}, ping_interval", "0 means that no ping is sent"),
)
promise(
    "pings_carry_the_payload",
    app,
    running.peer_closes_after_an_answered_ping,
    called("on_pong", b"are you there").once(),
    source=doc(APP, f"{RUN_FOREVER}, ping_payload", "the payload of each ping"),
    versions=">=0.59.0",
)
promise(
    "a_pong_in_time_is_no_error",
    app,
    (
        running.peer_closes_after_answered_pings,
        failing.application_is_busy_while_the_pong_comes,
    ),
    called("on_error", error("WebSocketTimeoutException")).never(),
    source=doc(APP, f"{RUN_FOREVER}, ping_timeout", "the timeout applies if no pong is received"),
)
