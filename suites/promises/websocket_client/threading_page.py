"""What the page on threading promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core

from ...judging.expectations import called
from ...judging.promise import doc, promise, untestable
from ...scenarios import close
from ...scenarios.websocket_client import closing_everywhere as closing
from .app_situations import CLOSED_IN_ON_MESSAGE, LOOPS, PAGES

THREADING = f"{PAGES}threading.html"

promise(
    "close_in_on_message_does_not_trigger_on_close",
    app,
    CLOSED_IN_ON_MESSAGE,
    called("on_close", ...).never(),
    source=doc(
        THREADING,
        "Possible issues with threading, first example",
        "close() in on_message, on the thread of run_forever, does not trigger on_close",
    ),
    but=LOOPS,  # its examples have no dispatcher
)
promise(
    "close_while_on_message_runs_does_not_trigger_on_close",
    app,
    close.application_closes_from_elsewhere_during_a_message,
    called("on_close", ...).never(),
    source=doc(
        THREADING,
        "Possible issues with threading, third example",
        "close() in another thread while on_message sleeps does not trigger on_close",
    ),
    but=LOOPS,  # its examples have no dispatcher
)
promise(
    "close_in_a_thread_triggers_on_close",
    app,
    (
        close.application_closes_from_elsewhere,
        close.application_closes_from_elsewhere_with_code,
        close.application_closes_from_elsewhere_when_idle,
        closing.application_closes_elsewhere_while_peer_sends,
    ),
    called("on_close", ...).once(),
    source=doc(
        THREADING,
        "Possible issues with threading, second and fourth example",
        "close() in a thread that on_message starts triggers on_close",
    ),
    but=LOOPS,
)
untestable(
    (app, core),
    source=doc(
        THREADING,
        "Importance of enable_multithread",
        "with enable_multithread, the default, threads can share a connection safely",
    ),
    because="a missing lock does harm only if two threads meet at one moment: no number of "
    "harmless runs can show that harm is impossible",
    versions=">=1.1.0",
)
