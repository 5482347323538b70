"""What the docstrings and comments in daphne's source promise."""

from __future__ import annotations

from fixtures.drivers.daphne_surfaces import asgi_daphne

from ...judging.expectations import answers, logged, reached, returned
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.asgi import before_the_accept as before
from ...scenarios.asgi import sending_and_closing as acting
from ...scenarios.asgi import server_gives_up as limits
from .daphne_documents import EXITS, cite_source

IGNORED = cite_source("server.py", "handle_reply", "nothing is done if the connection is closed")

promise(
    "an_exception_is_logged",
    asgi_daphne,
    (
        before.application_raises_before_the_accept,
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        failing.application_raises_at_the_end,
        limits.application_raises_and_the_client_waits,
    ),
    logged("ERROR"),
    source=cite_source("server.py", "application_checker", "exceptions are printed"),
)
promise(
    "an_exception_during_the_handshake_is_an_http_error",
    asgi_daphne,
    (before.application_raises_before_the_accept, before.application_sends_before_the_accept),
    answers(500),
    source=cite_source(
        "ws_protocol.py", "handle_exception", "an HTTP error if the handshake is still ongoing"
    ),
)
promise(
    "an_exit_kills_all_applications",
    asgi_daphne,
    EXITS,
    reached("cancellation").once(),
    source=cite_source(
        "server.py", "kill_all_applications", "all applications are killed before the reactor exits"
    ),
)
promise(
    "a_message_on_a_closed_connection_is_ignored",
    asgi_daphne,
    (close.application_sends_after_the_close, *acting.application_sends_once_the_client),
    returned("send", None).once(),
    source=IGNORED,
)
promise(
    "a_close_on_a_closed_connection_is_ignored",
    asgi_daphne,
    (
        close.application_closes_when_told_of_the_close,
        close.application_closes_after_the_end,
        *acting.application_closes_once_the_client,
        *before.application_refuses_once_the_client,
    ),
    returned("close", None).once(),
    source=IGNORED,
)
