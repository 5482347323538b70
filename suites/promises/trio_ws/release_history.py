"""What trio-websocket's release history promises."""

from __future__ import annotations

from fixtures.drivers.trio_ws_surfaces import trio_ws_client

from ...judging.expectations import ends, raised
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.trio_ws import calls_of_a_connection as calling
from .trio_ws_documents import BOTH, cite_release_history

promise(
    "what_the_block_raises_is_in_no_group",
    trio_ws_client,
    (
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        failing.application_raises_at_the_end,
    ),
    raised("async with block", "ApplicationError").once(),
    source=cite_release_history("0.12.0", "strict groups of trio are supported"),
    versions=">=0.12.0",
)
promise(
    "a_server_that_is_lost_just_after_its_close_is_no_hang",
    trio_ws_client,
    close.peer_closes_then_ends,
    ends("at once"),
    source=cite_release_history("0.10.4", "no hang if it is lost just after the remote close"),
    versions=">=0.10.4",
)
promise(
    "send_message_raises_while_it_closes",
    BOTH,
    calling.application_has_closed_and_calls.member("send_message"),
    raised("send_message", "ConnectionClosed"),
    source=cite_release_history("0.10.1", "send_message() raises in a closing handshake"),
    versions=">=0.10.1",
)
