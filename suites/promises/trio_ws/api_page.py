"""What trio-websocket's page on its API promises of a connection, and of what is raised."""

from __future__ import annotations

from fixtures.drivers.trio_ws_surfaces import trio_ws_client, trio_ws_server
from fixtures.model.situations import tagged

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    answers,
    both,
    delivered,
    error,
    fact,
    raised,
    sends_close,
    thing,
)
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios.trio_ws import calls_of_a_connection as calling
from .trio_ws_documents import BOTH, TOLD, cite_site

CONNECTION = "WebSocketConnection"
THE_PEERS = thing("CloseReason", code=PEER_CODE, reason=PEER_REASON)
RECEIVING = f"{CONNECTION}.get_message"

# Receiving
promise(
    "get_message_raises_connection_closed",
    BOTH,
    TOLD,
    raised("get_message", "ConnectionClosed"),
    source=cite_site("api", RECEIVING, "it raises ConnectionClosed if the connection is closed"),
)
promise(
    "the_exception_has_the_close_reason",
    BOTH,
    tagged("with_reason"),
    raised("get_message", error("ConnectionClosed", reason=THE_PEERS)),
    source=cite_site("api", "CloseReason", "it tells why a WebSocket was closed: code and reason"),
)
promise(
    "messages_from_before_the_close_can_be_received",
    BOTH,
    (close.peer_closes_after_messages,),
    delivered("get_message", "one", "two"),
    source=cite_site(
        "api", RECEIVING, "what the remote endpoint sent before its close can still be received"
    ),
)
promise(
    "an_own_close_discards_what_waits",
    BOTH,
    (close.application_closes_on_message_with_another_waiting,),
    both(delivered("get_message", "one"), raised("get_message", "ConnectionClosed")),
    source=cite_site(
        "api", RECEIVING, "if the local endpoint closes, what waits is discarded, and it raises"
    ),
)
promise(
    "closed_is_the_close_reason",
    BOTH,
    tagged("with_reason", without="elsewhere"),
    fact("closed", THE_PEERS),
    source=cite_site("api", f"{CONNECTION}.closed", "the reason why it was, or is being, closed"),
)

# Closing
promise(
    "aclose_sends_its_code_and_reason",
    BOTH,
    (
        close.application_closes_with_code_on_message,
        close.application_closes_from_elsewhere_with_code,
        close.peer_answers_with_another_code,
        close.peer_answers_with_empty_frame,
        *calling.application_has_closed_and_calls,
    ),
    sends_close(4000, "enough"),
    source=cite_site("api", f"{CONNECTION}.aclose", "it takes a code and a reason"),
)
promise(
    "aclose_sends_1000_by_default",
    BOTH,
    (
        close.application_closes_on_message,
        close.application_closes_on_message_with_another_waiting,
        close.application_closes_twice,
        close.application_closes_from_elsewhere,
        close.application_closes_from_elsewhere_when_idle,
        close.application_closes_from_elsewhere_during_a_message,
        close.peer_answers_late,
        close.peer_never_answers,
        open_time_close.application_closes_when_opened,
        open_time_close.application_closes_twice_when_opened,
        open_time_close.application_closes_from_elsewhere_when_opened,
    ),
    sends_close(1000),
    source=cite_site("api", f"{CONNECTION}.aclose", "the code is 1000 by default"),
)
promise(
    "aclose_may_be_called_again",
    BOTH,
    (
        close.application_closes_twice,
        close.application_closes_when_told_of_the_close,
        close.application_closes_after_the_end,
        open_time_close.application_closes_twice_when_opened,
    ),
    raised("close", "Exception").never(),
    source=cite_site("api", f"{CONNECTION}.aclose", "it may be called several times"),
)
for _one in calling.application_has_closed_and_calls:
    promise(
        f"{_one.end}_raises_after_aclose",
        BOTH,
        _one,
        raised(_one.end, "ConnectionClosed"),
        source=cite_site("api", f"{CONNECTION}.aclose", "what is called after it raises"),
    )
for _one in calling.application_is_told_of_the_close_and_calls:
    promise(
        f"{_one.end}_raises_once_closed",
        BOTH,
        _one,
        raised(_one.end, "ConnectionClosed"),
        source=cite_site("api", f"{CONNECTION}.{_one.end}", "it raises if it is closed"),
    )
promise(
    "send_message_raises_at_once_when_closed",
    BOTH,
    close.application_sends_after_the_close,
    raised("send", "ConnectionClosed"),
    source=cite_site("api", f"{CONNECTION}.send_message", "it raises if it is closed, or closing"),
)
promise(
    "a_ping_that_waits_raises_when_the_server_closes",
    trio_ws_client,
    calling.server_closes_while_a_ping_waits,
    raised("ping", "ConnectionClosed"),
    source=cite_site("api", f"{CONNECTION}.ping", "it raises if the connection is closed"),
)

# Requests
promise(
    "reject_answers_with_the_status",
    trio_ws_server,
    open_time_close.request_hook_refuses,
    answers(403),
    source=cite_site("api", "WebSocketRequest.reject", "it takes the status of the response"),
)
