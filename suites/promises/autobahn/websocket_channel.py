"""What the docstrings of `IWebSocketChannel` promise: the callbacks, and the calls."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    answers,
    both,
    called,
    delivered,
    in_order,
    sends_close,
)
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios.autobahn import calls_of_a_protocol as calling
from ...scenarios.autobahn import deciding_in_on_connect as deciding
from .autobahn_documents import (
    BOTH,
    CLIENTS,
    DENIED,
    FAILED,
    OPENED,
    OWN_CLOSE,
    RAISING_ONCE_IT_CLOSES,
    SERVERS,
    cite_channel,
)

# Opening
promise(
    "on_connecting_is_called",
    CLIENTS,
    tagged(without=("no_tcp", "no_tls")),
    called("onConnecting", ...).once(),
    source=cite_channel("onConnecting", "called when TCP is connected, before the handshake"),
)
promise(
    "on_connect_is_called",
    BOTH,
    (*OPENED, *DENIED),
    called("onConnect", ...).once(),
    source=cite_channel("onConnect", "fired during the opening handshake"),
)
promise(
    "on_open_is_called",
    BOTH,
    OPENED,
    called("onOpen").once(),
    source=cite_channel("onOpen", "fired when the opening handshake was completed"),
)
promise(
    "a_client_is_told_in_this_order",
    CLIENTS,
    OPENED,
    in_order("onConnecting", "onConnect", "onOpen"),
    source=cite_channel("", "the callbacks of an opening: onConnecting, onConnect, onOpen"),
)
promise(
    "a_server_is_told_in_this_order",
    SERVERS,
    OPENED,
    in_order("onConnect", "onOpen"),
    source=cite_channel("", "the callbacks of an opening: onConnect, onOpen"),
)
promise(
    "an_exception_denies_the_connection",
    BOTH,
    DENIED,
    called("onOpen").never(),
    source=cite_channel(
        "onConnect", "to deny a connection (client and server), raise, or have a future rejected"
    ),
)
promise(
    "on_connect_may_take_its_time",
    SERVERS,
    deciding.server_decides_later,
    both(answers(101), called("onOpen").once()),
    source=cite_channel("onConnect", "it may return a future that resolves to what is accepted"),
)

# Messages
promise(
    "a_message_is_told_whole",
    BOTH,
    close.peer_closes_after_messages,
    delivered("onMessage", "one", "two"),
    source=cite_channel("onMessage", "fired when a complete message was received"),
)

# The end
promise(
    "on_close_is_called",
    BOTH,
    OPENED,
    called("onClose", ...).once(),
    source=cite_channel("onClose", "fired when the connection has been closed, cleanly or not"),
)
promise(
    "a_close_by_the_peer_is_clean_and_has_its_code_and_reason",
    BOTH,
    tagged("with_reason"),
    called("onClose", True, PEER_CODE, PEER_REASON).once(),
    source=cite_channel(
        "onClose", "wasClean: True iff it was closed cleanly; code and reason as the peer sent them"
    ),
)
promise(
    "an_answered_close_is_clean_and_has_the_code_of_the_answer",
    BOTH,
    OWN_CLOSE,
    called("onClose", True, PEER_CODE, ANYTHING).once(),
    source=cite_channel("onClose", "wasClean: True iff it was closed cleanly; the peer's code"),
)
promise(
    "an_end_without_closing_handshake_is_not_clean",
    BOTH,
    (*tagged("lost"), *tagged("unanswered"), *FAILED),
    called("onClose", False, ANYTHING, ANYTHING).once(),
    source=cite_channel("onClose", "wasClean: True iff the connection was closed cleanly"),
)
promise(
    "send_close_sends_its_code_and_reason",
    BOTH,
    (
        close.application_closes_with_code_on_message,
        close.application_closes_from_elsewhere_with_code,
        close.peer_answers_with_another_code,
        close.peer_answers_with_empty_frame,
        *[
            one
            for one in calling.application_has_begun_to_close_and_calls
            if one != RAISING_ONCE_IT_CLOSES
        ],
        calling.application_sends_and_closes_at_once,
    ),
    sends_close(4000, "enough"),
    source=cite_channel("sendClose", "it takes a code, 1000 or 3000 to 4999, and a reason"),
)
promise(
    "send_close_sends_its_code_when_opened",
    BOTH,
    open_time_close.application_closes_with_code_when_opened,
    sends_close(4000, "no need"),
    source=cite_channel("sendClose", "it takes a code, 1000 or 3000 to 4999, and a reason"),
)
