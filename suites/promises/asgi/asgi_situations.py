"""The situations that the ASGI specification is about, and those that a server's documents name."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.asgi import before_the_accept as before
from ...scenarios.asgi import busy_application as busy
from ...scenarios.asgi import sending_and_closing as acting
from ...scenarios.asgi import server_exits as exits

NOT_ACCEPTED = (
    before.application_returns_before_the_accept,
    before.application_raises_before_the_accept,
    before.application_closes_before_the_accept,
    before.application_sends_before_the_accept,
    *before.application_accepts_once_the_client,
    *before.application_refuses_once_the_client,
    exits.server_exits_before_the_accept,
    open_time_close.request_hook_refuses,
)
"""A client asks for a connection, and none opens."""
OPENING = tagged(without="not_opened", but=open_time_close.request_hook_refuses)
"""The scenarios in which a connection opens."""
REFUSED = (open_time_close.request_hook_refuses, before.application_closes_before_the_accept)
"""The application closes, and has not accepted."""

LEAVING = (
    *tagged("leaves"),
    *tagged("raises"),
    *tagged("cancelled"),
    *tagged("stops_reading"),
)
"""The application ends, or receives no more, before it could know of the end."""
ENDED_BY_ITS_CALL = (
    *tagged("illegal_close"),
    *tagged("both_close"),
    close.application_closes_twice,
    open_time_close.application_closes_twice_when_opened,
    before.application_accepts_twice,
    acting.application_sends_an_unknown_event,
    acting.application_sends_after_its_own_close,
    *acting.application_sends_once_the_client,
    *acting.application_closes_once_the_client,
)
"""What the application sends is wrong or too late; if that raises, the application ends."""
RECEIVING = [one for one in OPENING if one not in (*LEAVING, *ENDED_BY_ITS_CALL)]
"""A connection opens, and the application receives until it knows of the end."""

SAYING_HELLO = (
    *tagged(
        "on_message",
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
            acting.client_closes_behind_a_waiting_message,
            busy.client_answers_pings_of_a_busy_application,
            busy.client_answers_pings_while_a_message_waits,
        ),
    ),
    failing.peer_ends_after_a_message,
    failing.peer_resets_after_a_message,
)
"""The client sends "hello", and no other message."""

SENDING_TOO_LATE = (
    close.application_sends_after_the_close,
    *acting.application_sends_once_the_client,
)
"""The application sends a message on a connection that the client has closed, or left."""
CLOSING_TOO_LATE = (
    close.application_closes_when_told_of_the_close,
    close.application_closes_after_the_end,
    *acting.application_closes_once_the_client,
)
"""The application closes a connection that the client has closed, or left."""
UNSEEMLY = (
    before.application_accepts_twice,
    before.application_sends_before_the_accept,
    acting.application_sends_an_unknown_event,
    acting.application_sends_after_its_own_close,
)
"""The application sends what may not come now."""
