"""What the docstrings of the classes of protocols promise."""

from __future__ import annotations

from ...judging.expectations import ANYTHING, answers, both, called
from ...judging.promise import promise
from ...scenarios import open_time_close
from ...scenarios.autobahn import calls_of_a_protocol as calling
from .autobahn_documents import BOTH, SERVERS, cite_class

promise(
    "connection_deny_refuses_with_its_status",
    SERVERS,
    open_time_close.request_hook_refuses,
    both(answers(403), called("onOpen").never()),
    source=cite_class("WebSocketServerProtocol.onConnect", "ConnectionDeny refuses the request"),
)
promise(
    "drop_connection_ends_tcp",
    BOTH,
    calling.application_drops_the_connection,
    called("onClose", False, ANYTHING, ANYTHING).once(),
    source=cite_class("WebSocketProtocol.dropConnection", "it drops the TCP connection"),
)
