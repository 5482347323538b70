"""What the reference promises of receiving: messages, their types, a timeout, limits."""

from __future__ import annotations

from fixtures.drivers.httpx_ws_surfaces import httpx_ws_async_client, httpx_ws_client

from ...judging.expectations import both, delivered, ends, raised, returned
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios.httpx_ws import calls_of_a_session, session_pings
from .httpx_ws_documents import BOTH, SAYING_HELLO, cite_connect, cite_session

TEXT = cite_session("receive_text", "receives text from the server")
QUEUE = cite_connect(
    "queue_size", "received messages, 512 at most, are held until they are consumed"
)
TOO_BIG = cite_connect("max_message_size_bytes", "is the size of a message to receive, in bytes")

promise(
    "receive_text_returns_text",
    BOTH,
    (*SAYING_HELLO, open_time_close.in_the_same_write_after_a_message),
    returned("receive_text", "hello"),
    source=TEXT,
)
promise(
    "receive_text_returns_every_text",
    BOTH,
    close.peer_closes_after_messages,
    delivered("receive_text", "one", "two"),
    source=TEXT,
)
promise(
    "receive_text_joins_fragments",
    BOTH,
    calls_of_a_session.server_sends_a_message_in_fragments,
    delivered("receive_text", "hello"),
    source=TEXT,
)
promise(
    "max_message_size_bytes_limits_messages",
    BOTH,
    (
        calls_of_a_session.server_sends_more_than_the_limit,
        calls_of_a_session.server_sends_more_than_the_limit_in_fragments,
    ),
    returned("receive_text", calls_of_a_session.BIG).never(),
    source=TOO_BIG,
)
promise(
    "messages_wait_in_the_queue",
    BOTH,
    session_pings.server_answers_the_pings_of_a_busy_application,
    delivered("receive_text", "hello", "one", "two"),
    source=QUEUE,
)
promise(
    "what_does_not_fit_in_the_queue_comes_later",
    BOTH,
    session_pings.queue_of_one_message_is_full,
    delivered("receive_text", "hello", "one", "two", "three"),
    source=cite_connect("queue_size", "what has no room in the queue is received later"),
)
for _method, _end in (
    ("receive_text", "text_when_binary_comes"),
    ("receive_bytes", "bytes_when_text_comes"),
    ("receive_json", "json_when_binary_comes"),
):
    promise(
        f"{_method}_raises_for_another_type",
        BOTH,
        calls_of_a_session.application_asks_for.member(_end),
        raised(_method, "WebSocketInvalidTypeReceived").once(),
        source=cite_session(_method, "raises WebSocketInvalidTypeReceived for another type"),
    )
promise(
    "receive_raises_empty_after_the_timeout",
    httpx_ws_client,
    calls_of_a_session.server_is_silent_for_the_timeout,
    both(raised("receive_text", "Empty").once(), ends("2.0 s")),
    source=cite_session("receive_text", "raises queue.Empty if nothing comes before the timeout"),
)
promise(
    "receive_raises_timeout_error_after_the_timeout",
    httpx_ws_async_client,
    calls_of_a_session.server_is_silent_for_the_timeout,
    both(raised("receive_text", "TimeoutError").once(), ends("2.0 s")),
    source=cite_session("receive_text", "raises TimeoutError if nothing comes before the timeout"),
)
