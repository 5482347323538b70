"""What the reference pages promise of every connection: `close()`, `send()`."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import both, delivered, ends, raised, returned, sends_close
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websockets import closing_while_receiving
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    BOTH_CLOSE,
    CLIENTS,
    CLOSED_TWICE,
    CONNECTIONS,
    NO_ANSWER,
    NOT_ANSWERED,
    NOT_LEGACY,
    RECONNECTING,
    SERVERS,
    WE_CLOSE_NORMALLY,
    promise_on_own_page,
)

promise_on_own_page(
    "close_sends_1000_by_default",
    CONNECTIONS,
    (
        *WE_CLOSE_NORMALLY,
        *NOT_ANSWERED,
        opening.application_closes_and_raises_when_opened,
    ),
    sends_close(1000, ""),
    "Connection.close",
    "performs the closing handshake; by default with code 1000 and an empty reason",
)
promise_on_own_page(
    "close_sends_code_and_reason",
    CONNECTIONS,
    tagged("answered", "own_code", "on_message", without="both_close"),
    sends_close(4000, "enough"),
    "Connection.close",
    "performs the closing handshake with the given code and reason",
)
promise_on_own_page(
    "close_is_idempotent",
    CONNECTIONS,
    CLOSED_TWICE,
    returned("close", None).times(2),
    "Connection.close",
    "is idempotent",
)
promise_on_own_page(
    "close_does_nothing_once_closed",
    CONNECTIONS,
    (
        close.application_closes_when_told_of_the_close,
        close.application_closes_after_the_end,
        *BOTH_CLOSE,
    ),
    returned("close", None).once(),
    "Connection.close",
    "does nothing once the connection is closed",
)
promise_on_own_page(
    "close_timeout_limits_close",
    CONNECTIONS,
    NO_ANSWER,
    both(returned("close", None).once(), ends(*AFTER_ONE_CLOSE_TIMEOUT)),
    "close_timeout",
    "the timeout for closing the connection, 10 seconds by default",
    NOT_LEGACY,
)
promise_on_own_page(
    "send_raises_once_closed",
    CONNECTIONS,
    close.application_sends_after_the_close,
    raised("send", "ConnectionClosedOK").once(),
    "Connection.send",
    "raises ConnectionClosedOK after a normal closure",
)

# Messages
MESSAGE_IS_READ = (
    *tagged(
        "on_message",
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
            closing_while_receiving.application_closes_between_fragments,
        ),
    ),
    failure.peer_ends_after_a_message,
    failure.peer_resets_after_a_message,
    opening.in_the_same_write_after_a_message,
)
"""The peer sends "hello", and no other message."""
promise_on_own_page(
    "recv_returns_the_message",
    CLIENTS,
    MESSAGE_IS_READ,
    delivered("recv", "hello"),
    "ClientConnection.recv",
    "receives the next message",
    but=RECONNECTING,
)
promise_on_own_page(
    "iteration_yields_the_message",
    SERVERS,
    MESSAGE_IS_READ,
    delivered("iteration", "hello"),
    "ServerConnection",
    "iterates over the messages",
)
