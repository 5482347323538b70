"""What the help of daphne's command line promises; its options are arguments of `Server` as well.

The documentation of Channels speaks of one of them.
"""

from __future__ import annotations

from fixtures.drivers.daphne_surfaces import asgi_daphne

from ...judging.expectations import both, called, ends, logged, reached
from ...judging.promise import doc, promise
from ...scenarios import error as failing
from ...scenarios.asgi import killed_applications as killed
from ...scenarios.asgi import sending_and_closing as acting
from ...scenarios.asgi import server_gives_up as limits
from .daphne_documents import CONSUMERS, cite_help

TOLD = called("websocket.disconnect", ...).once()
NOT_RECEIVED = both(called("websocket.receive", ...).never(), TOLD)

promise(
    "a_missing_pong_ends_the_connection",
    asgi_daphne,
    failing.no_pong_comes,
    both(TOLD, ends("ping_interval + ping_timeout")),
    source=cite_help(
        "--ping-interval, --ping-timeout",
        "the idle time before a ping, and the time after which a WebSocket without an answer to "
        "it is closed",
    ),
)
promise(
    "an_opening_takes_no_longer_than_websocket_connect_timeout",
    asgi_daphne,
    limits.application_does_not_decide.member("by_default"),
    ends("1 x open_timeout"),
    source=cite_help("--websocket_connect_timeout", "the most time for a handshake: 5 seconds"),
)
promise(
    "a_connection_lasts_no_longer_than_websocket_timeout",
    asgi_daphne,
    limits.connection_lasts_too_long,
    TOLD,
    source=cite_help("--websocket_timeout", "the most time for which a WebSocket is connected"),
)
promise(
    "too_big_a_message_is_not_received",
    asgi_daphne,
    failing.message_is_too_big,
    NOT_RECEIVED,
    source=cite_help("--websocket-max-message-size", "the most bytes of a message that comes in"),
    versions=">=4.2.2",
)
promise(
    "too_big_a_frame_is_not_received",
    asgi_daphne,
    (limits.frame_is_too_big, limits.frame_of_two_mebibytes_begins),
    NOT_RECEIVED,
    source=cite_help(
        "--websocket-max-frame-size", "the most bytes of a frame that comes in, by default 1 MiB"
    ),
    versions=">=4.2.2",
)
promise(
    "an_application_that_takes_too_long_is_killed",
    asgi_daphne,
    (*killed.application_works_after_the_close, acting.application_receives_after_the_close),
    reached("cancellation").once(),
    source=cite_help(
        "--application-close-timeout",
        "the seconds that an application has to exit before it is killed, 10 by default, once the "
        "client has disconnected",
    ),
)
promise(
    "a_killed_application_is_warned_of",
    asgi_daphne,
    (*killed.application_works_after_the_close, acting.application_receives_after_the_close),
    logged("WARNING"),
    source=doc(
        CONSUMERS, "Closing Consumers", "daphne kills the application, and raises a warning"
    ),
)
