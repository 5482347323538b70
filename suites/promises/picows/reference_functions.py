"""What the reference promises of `ws_connect` and `ws_create_server`."""

from __future__ import annotations

from fixtures.drivers.surfaces import picows_client, picows_server

from ...judging.expectations import answers, called, ends, fact, raised, thing
from ...judging.promise import promise
from ...scenarios import error as failing
from ...scenarios import open_time_close
from ...scenarios.picows import deciding_on_a_request as deciding
from .picows_documents import BOTH, OPENING, TOLD, cite_reference

CONNECT, SERVER = "ws_connect", "ws_create_server"

promise(
    "ws_connect_returns_the_listener",
    picows_client,
    TOLD,
    fact("listener", thing("RecordingListener")),
    source=cite_reference(CONNECT, "the user handler that the factory returned is returned"),
)
promise(
    "too_big_a_frame_is_disconnected",
    BOTH,
    failing.message_is_too_big,
    called("on_ws_disconnected").once(),
    source=cite_reference(f"{CONNECT}, max_frame_size", "a frame that is bigger is disconnected"),
)
promise(
    "redirects_are_followed",
    picows_client,
    failing.server_redirects_to_nowhere,
    raised("ws_connect", "OSError").once(),
    source=cite_reference(f"{CONNECT}, max_redirects", "HTTP redirects are followed"),
    versions=">=1.12",
)
promise(
    "a_listener_means_a_101_response",
    picows_server,
    (*OPENING, deciding.client_has_two_connection_options),
    answers(101),
    source=cite_reference(SERVER, "for a user handler object a standard 101 response is sent"),
)
promise(
    "a_factory_may_answer_otherwise",
    picows_server,
    open_time_close.request_hook_refuses,
    answers(403),
    source=cite_reference(SERVER, "a WSUpgradeResponseWithListener is a custom response"),
)
promise(
    "none_means_404",
    picows_server,
    deciding.factory_has_no_listener,
    answers(404),
    source=cite_reference(SERVER, "for None 404 Not Found is sent"),
)
promise(
    "a_silent_client_is_aborted",
    picows_server,
    failing.client_is_silent_in_the_handshake,
    ends("1 x open_timeout"),
    source=cite_reference(
        f"{SERVER}, websocket_handshake_timeout", "the connection is aborted after this time"
    ),
)
