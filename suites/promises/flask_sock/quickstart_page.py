"""What the quickstart promises: its example, and the options of the server."""

from __future__ import annotations

from ...judging.expectations import both, ends, error, fact, raised, returned, sends_close
from ...judging.promise import promise
from ...judging.wire_expectations import sends_header
from ...scenarios import error as failing
from ...scenarios.flask_sock import handlers_at_work as working
from ...scenarios.flask_sock import requests_and_limits as limits
from ..simple_websocket.simple_documents import PING_TIMES_OUT
from .sock_documents import HANDLER, SAYING_HELLO, cite_quickstart

PING_INTERVAL, MAX_MESSAGE_SIZE = (
    f"Configuration, {name}" for name in ("ping_interval", "max_message_size")
)

promise(
    "the_example_receives_data",
    HANDLER,
    SAYING_HELLO,
    returned("receive", "hello"),
    source=cite_quickstart("Example", "data = ws.receive()"),
)
promise(
    "ping_interval_disconnects_unresponsive_clients",
    HANDLER,
    failing.no_pong_comes,
    both(sends_close(), ends(PING_TIMES_OUT)),
    source=cite_quickstart(PING_INTERVAL, "it detects unresponsive clients and disconnects them"),
)
promise(
    "ping_interval_keeps_clients_that_answer",
    HANDLER,
    working.client_answers_both_pings,
    raised("receive", error("ConnectionClosed", reason=1000)).once(),
    source=cite_quickstart(PING_INTERVAL, "it detects unresponsive clients and disconnects them"),
)
promise(
    "max_message_size_limits_what_clients_send",
    HANDLER,
    failing.message_is_too_big,
    returned("receive", b"x" * 2000).never(),
    source=cite_quickstart(MAX_MESSAGE_SIZE, "the maximum size of a message, in bytes"),
)
promise(
    "max_message_size_limits_fragments_of_clients",
    HANDLER,
    limits.client_sends_fragments_that_are_too_big,
    returned("receive", "x" * 1600).never(),
    source=cite_quickstart(MAX_MESSAGE_SIZE, "the maximum size of a message, in bytes"),
)
promise(
    "max_message_size_counts_bytes_of_clients",
    HANDLER,
    limits.client_sends_a_text_of_too_many_bytes,
    returned("receive", limits.SIX_HUNDRED).never(),
    source=cite_quickstart(MAX_MESSAGE_SIZE, "the maximum size of a message, in bytes"),
)
promise(
    "subprotocols_are_those_of_the_server",
    HANDLER,
    limits.client_proposes_two_subprotocols,
    both(fact("subprotocol", "chat"), sends_header("Sec-WebSocket-Protocol", "chat")),
    source=cite_quickstart(
        "Configuration", "every option of simple_websocket.Server: subprotocols is a list of them"
    ),
)
