"""What the page on advanced use of the server promises: shutdowns, tasks, clients that are gone."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_server
from fixtures.model.situations import tagged

from ...judging.expectations import raised as raised_by
from ...judging.expectations import reached, sends_close
from ...judging.promise import Source, doc, promise, untestable
from ...scenarios import close
from ...scenarios.aiohttp import calls_that_fail, runner_stops
from .aiohttp_documents import SITE


def cite_advanced(section: str, says: str) -> Source:
    """What a section of the page says."""
    return doc(SITE + "web_advanced.html", section, says)


promise(
    "websockets_can_be_closed_on_shutdown",
    aiohttp_server,
    runner_stops.client_is_idle_and_the_server.member("closes_all_on_shutdown"),
    sends_close(1001, "Server shutdown"),
    source=cite_advanced(
        "Websocket shutdown", "on_shutdown closes each open WebSocket with a code and a message"
    ),
)
promise(
    "a_shutdown_cancels_handlers",
    aiohttp_server,
    runner_stops.client_is_idle_and_the_server.member("is_cleaned_up"),
    reached("cancellation").once(),
    source=cite_advanced(
        "Graceful shutdown", "remaining connections are closed, and their handlers are cancelled"
    ),
)
promise(
    "pending_handlers_complete_in_a_shutdown",
    aiohttp_server,
    runner_stops.client_closes_while_the_server_is_cleaned_up,
    reached("cancellation").never(),
    source=cite_advanced(
        "Graceful shutdown", "a short wait allows pending handlers to complete successfully"
    ),
)
promise(
    "a_lost_client_cancels_no_handler",
    aiohttp_server,
    tagged("lost"),
    reached("cancellation").never(),
    source=cite_advanced(
        "Peer disconnection", "by default a handler is not cancelled: reading or writing tells it"
    ),
)
promise(
    "writing_raises_once_the_client_is_gone",
    aiohttp_server,
    close.application_sends_after_the_close,
    raised_by("send", "OSError").once(),
    source=cite_advanced(
        "Peer disconnection", "when a client is gone, writing raises OSError, or what derives of it"
    ),
)
promise(
    "two_tasks_cannot_receive",
    aiohttp_server,
    calls_that_fail.application_calls_receive_twice,
    raised_by("receive", "Exception").once(),
    source=cite_advanced(
        "Reading from the same task in WebSockets", "receive cannot be called from two tasks"
    ),
)
untestable(
    aiohttp_server,
    source=cite_advanced(
        "Reading from the same task in WebSockets", "receive must only be called by the handler"
    ),
    because="It says what an application must not do, and not what happens to one that does.",
)
