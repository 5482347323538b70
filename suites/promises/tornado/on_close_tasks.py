"""What the documents promise about an `on_close` that has to await something."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    called_for_each_opening,
    logged,
    reached,
)
from ...judging.promise import doc, promise
from ...scenarios.tornado import tasks_of_on_close as tasks
from .hook_situations import FIVE_CONNECTIONS, TASKS
from .tornado_documents import SITE, cite_handler

promise(
    "on_close_is_invoked_for_each",
    tornado_handler,
    tasks.five_clients_leave_and_on_close_has_a_task_of,
    called_for_each_opening("on_close"),
    source=cite_handler("on_close", "invoked when the WebSocket is closed"),
)
promise(
    "open_is_invoked_for_each",
    tornado_handler,
    FIVE_CONNECTIONS,
    called_for_each_opening("open"),
    source=cite_handler("open", "invoked when a WebSocket is opened"),
)
promise(
    "a_task_of_on_close_runs",
    tornado_handler,
    TASKS,
    reached("task of on_close", ...).once(),
    source=doc(
        SITE + "guide/coroutines.html",
        "How to call a coroutine",
        "IOLoop.spawn_callback runs a coroutine in the background; asyncio's functions do so, too",
    ),
)
promise(
    "a_task_of_on_close_reads_code_and_reason",
    tornado_handler,
    (
        tasks.client_closes_and_on_close_has_a_task_of,
        tasks.handler_closes_and_on_close_has_a_task_of,
    ),
    reached("task of on_close", PEER_CODE, PEER_REASON).once(),
    source=cite_handler(
        "on_close",
        "after a clean close, the code and the reason that were supplied are attributes",
    ),
)
promise(
    "a_task_that_raises_is_logged",
    tornado_handler,
    tasks.task_of_on_close_raises_started_by.member("spawn_callback"),
    logged("ERROR"),
    source=doc(
        SITE + "guide/coroutines.html",
        "How to call a coroutine",
        "the IOLoop logs a stack trace if a coroutine fails that spawn_callback has started",
    ),
)
