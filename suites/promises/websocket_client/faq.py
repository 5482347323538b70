"""What the page of frequently asked questions promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core

from ...judging.expectations import called, either, error, logged, raised, returned
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import callbacks_that_raise as raising
from ...scenarios.websocket_client import dispatcher_reconnecting as loop
from ...scenarios.websocket_client import peer_faults_when_closing as edges
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from ...scenarios.websocket_client import using_the_socket as using
from ...scenarios.websocket_client import using_the_socket_to_close as socket
from .app_situations import (
    ANSWERED,
    CALLBACK_RAISES,
    FAQ,
    LOOPS,
    OPENED,
    SENT_TOO_LATE,
    UNANSWERED,
    WRONG_ARITY,
)

CALLBACK_ERRORS = "How to troubleshoot an unclear callback error?"
ALREADY_CLOSED = 'How to solve the "connection is already closed" error?'

# Exceptions in callbacks
promise(
    "on_error_for_what_a_callback_raises",
    app,
    (
        *CALLBACK_RAISES,
        opening.application_closes_and_raises_when_opened,
        reconnecting.reconnects_and_on_reconnect_raises,
    ),
    called("on_error", error("ApplicationError")),
    source=doc(FAQ, CALLBACK_ERRORS, "on_error is called with the errors of callbacks"),
)
promise(
    "on_error_for_a_callback_that_cannot_be_called",
    app,
    WRONG_ARITY,
    called("on_error", error("TypeError")),
    source=doc(FAQ, CALLBACK_ERRORS, "on_error is called with the errors of callbacks"),
)
promise(
    "what_on_error_raises_is_shown",
    app,
    (failure.application_raises_when_it_fails, raising.both_callbacks_raise_on_message),
    either(
        raised("run_forever", "ApplicationError"),
        raised("dispatch", "ApplicationError"),
        logged("ERROR"),
    ),
    source=doc(
        FAQ,
        CALLBACK_ERRORS,
        "an on_error that raises provides more information about the error",
    ),
)

# A connection that is closed already
promise(
    "recv_data_on_a_closed_connection_raises",
    core,
    (*ANSWERED, *UNANSWERED, socket.socket_closes_with_shutdown),
    raised("recv_data", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "recv() on a closed connection raises this exception"),
)
promise(
    "send_on_a_closed_connection_raises",
    core,
    close.application_sends_after_the_close,
    raised("send", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "send() on a closed connection raises this exception"),
)
promise(
    "send_on_a_closed_connection_raises",
    app,
    SENT_TOO_LATE,
    raised("send", "WebSocketConnectionClosedException"),
    source=doc(
        FAQ,
        ALREADY_CLOSED,
        "send() on a closed connection raises WebSocketConnectionClosedException",
    ),
)
AFTER_THE_END = (
    socket.socket_is_used_after_it_is_closed,
    using.socket_is_used_after_peer_ends,
)
promise(
    "recv_after_the_end_raises",
    core,
    (*AFTER_THE_END, socket.socket_closes_and_receives_after_peer_closes),
    raised("recv", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "recv() on a closed connection raises this exception"),
)
promise(
    "send_after_the_end_raises",
    core,
    (
        *AFTER_THE_END,
        using.socket_sends_when_peer_has_ended,
        using.socket_sends_when_peer_has_reset,
    ),
    raised("send", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "send() on a closed connection raises this exception"),
)
promise(
    "connect_opens_again_after_the_end",
    core,
    socket.socket_connects_again_after_it_closes,
    returned("connect", None).once(),
    source=doc(FAQ, ALREADY_CLOSED, "connect() opens a closed connection again"),
)
promise(
    "reconnects_with_a_dispatcher_alone",
    LOOPS,
    loop.loop_has_no_delay_for_reconnecting,
    either(called("on_reconnect"), called("on_open").times(2)),
    source=doc(
        FAQ,
        ALREADY_CLOSED,
        "run_forever tries to reconnect a lost connection if a dispatcher is given",
    ),
)

# Certificates
for surface, opened in ((app, called("on_open").once()), (core, OPENED)):
    promise(
        "verification_can_be_disabled",
        surface,
        (
            edges.server_closes_with_certificate_unchecked,
            edges.server_closes_with_name_unchecked,
        ),
        opened,
        source=doc(
            FAQ,
            "How to disable ssl cert verification?; How to disable hostname verification?",
            "sslopt with cert_reqs CERT_NONE, or with check_hostname False, disables verification",
        ),
    )
