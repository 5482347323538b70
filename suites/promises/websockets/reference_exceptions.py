"""Promises of websockets about every connection: how its end is told."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_asyncio_client, websockets_asyncio_server

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    both,
    ends,
    error,
    raised,
    returned,
    sends_close,
    thing,
)
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from .connection_situations import (
    BAD_FRAMES,
    BOTH_CLOSE,
    BROKEN,
    CHANGELOG,
    CLIENTS,
    CLOSED_OK,
    CLOSED_WITH_ERROR,
    CONNECTIONS,
    DEFAULT,
    EXCEPTIONS,
    FAQ,
    HAS_KEEPALIVE,
    KEEPALIVE,
    LOST,
    NOT_ANSWERED,
    PEER_CLOSES_NORMALLY,
    PEER_CLOSES_WITH_ANOTHER_CODE,
    SENT_CODE,
    SENT_REASON,
    SERVERS,
    SINCE_11_0,
    SINCE_13_1,
    SINCE_14_0,
    SINCE_14_1,
    WE_CLOSE_NORMALLY,
    WE_CLOSE_WITH_CODE,
    promised,
    stated,
)

# How the end is told: recv() for a client, iteration for a server's handler

promised(
    "recv_raises_ok_after_a_normal_closure",
    CLIENTS,
    CLOSED_OK,
    raised("recv", "ConnectionClosedOK").once(),
    "ClientConnection.recv",
    "raises ConnectionClosedOK once the connection was closed normally",
)
promised(
    "recv_raises_ok_without_a_code",
    CLIENTS,
    close.peer_closes_with_empty_frame,
    raised("recv", "ConnectionClosedOK").once(),
    "ClientConnection.recv",
    "raises ConnectionClosedOK once the connection was closed normally: no code counts as such",
    SINCE_11_0,
)
promised(
    "recv_raises_error_after_any_other_closure",
    CLIENTS,
    (*CLOSED_WITH_ERROR, opening.peer_resets_right_after_the_handshake),
    raised("recv", "ConnectionClosedError").once(),
    "ClientConnection.recv",
    "raises ConnectionClosedError after a protocol error or a network failure",
)

for _told, _pages in (("recv", CLIENTS), ("iteration", SERVERS)):
    _told_of_the_peers_close = (
        *PEER_CLOSES_WITH_ANOTHER_CODE,
        *WE_CLOSE_WITH_CODE,
        *BOTH_CLOSE,
        *((*PEER_CLOSES_NORMALLY, *WE_CLOSE_NORMALLY) if _told == "recv" else ()),
    )
    promise(
        "rcvd_is_the_peers_close",
        _pages,
        _told_of_the_peers_close,
        raised(
            _told,
            error("ConnectionClosed", rcvd=thing("Close", code=PEER_CODE, reason=PEER_REASON)),
        ).once(),
        source=doc(EXCEPTIONS, "ConnectionClosed.rcvd", "code and reason that were received"),
    )
    promise(
        "sent_is_our_close",
        _pages,
        (*_told_of_the_peers_close, *NOT_ANSWERED, *BROKEN),
        raised(
            _told,
            error("ConnectionClosed", sent=thing("Close", code=SENT_CODE, reason=SENT_REASON)),
        ).once(),
        source=doc(EXCEPTIONS, "ConnectionClosed.sent", "code and reason that were sent"),
    )
    promise(
        "rcvd_then_sent_if_the_peer_closes_first",
        _pages,
        (*PEER_CLOSES_WITH_ANOTHER_CODE, *(PEER_CLOSES_NORMALLY if _told == "recv" else ())),
        raised(_told, error("ConnectionClosed", rcvd_then_sent=True)).once(),
        source=doc(
            EXCEPTIONS, "ConnectionClosed.rcvd_then_sent", "which of the two frames came first"
        ),
    )
    promise(
        "sent_then_rcvd_if_we_close_first",
        _pages,
        (*WE_CLOSE_WITH_CODE, *(WE_CLOSE_NORMALLY if _told == "recv" else ())),
        raised(_told, error("ConnectionClosed", rcvd_then_sent=False)).once(),
        source=doc(
            EXCEPTIONS, "ConnectionClosed.rcvd_then_sent", "which of the two frames came first"
        ),
    )
    promise(
        "no_close_frame_if_the_connection_is_lost",
        _pages,
        LOST,
        raised(_told, error("ConnectionClosedError", rcvd=None, sent=None)).once(),
        source=doc(
            FAQ,
            "ConnectionClosedError: no close frame received or sent",
            "means that TCP was lost: no close frame was received and none was sent",
        ),
    )
    stated(
        "protocol_errors_are_translated",
        _pages,
        BROKEN,
        raised(_told, error("ConnectionClosedError", rcvd=None)).once(),
        doc(
            EXCEPTIONS,
            "Sans-I/O exceptions",
            "ProtocolError and PayloadTooBig become ConnectionClosedError outside Sans-I/O",
        ),
        SINCE_13_1,
    )
    stated(
        "keepalive_closes_the_connection",
        _pages,
        failure.no_pong_comes,
        raised(
            _told,
            error(
                "ConnectionClosedError",
                rcvd=None,
                sent=thing("Close", code=1011, reason="keepalive ping timeout"),
            ),
        ).once(),
        doc(
            FAQ,
            "ConnectionClosedError: sent 1011 ... keepalive ping timeout; no close frame received",
            "a ping was not answered in time: 1011 is sent and ConnectionClosedError is raised",
        ),
        HAS_KEEPALIVE,
    )
    stated(
        "received_messages_stay_readable",
        _pages,
        (
            close.peer_closes_after_messages,
            close.application_closes_on_message_with_another_waiting,
        ),
        both(returned(_told, "one"), returned(_told, "two")),
        doc(CHANGELOG, "14.1", "messages that were buffered can be read after the close"),
        SINCE_14_1,
    )
    stated(
        "received_messages_stay_readable_before_the_peers_answer",
        _pages,
        close.peer_sends_data_before_it_answers,
        both(returned(_told, "hello"), returned(_told, "one more")),
        doc(CHANGELOG, "14.1", "messages that were buffered can be read after the close"),
        SINCE_14_1,
    )

promise(
    "keepalive_waits_twenty_and_twenty_seconds",
    (websockets_asyncio_client, websockets_asyncio_server, *DEFAULT),
    failure.no_pong_comes,
    ends("ping_interval + ping_timeout"),
    source=doc(
        KEEPALIVE,
        "Keepalive in websockets",
        "a ping every 20 seconds, and 20 seconds (together 4 x 10) for its pong",
    ),
)
stated(
    "invalid_utf8_is_answered_with_1007",
    CONNECTIONS,
    [s for s in BAD_FRAMES if s.name == "peer_breaks_the_protocol_text_not_utf8"],
    sends_close(1007),
    doc(CHANGELOG, "14.0, bug fixes", "a text frame with invalid UTF-8 closes with 1007"),
    SINCE_14_0,
)
