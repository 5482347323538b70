"""What the topic "Graceful websocket shutdown" of the guides promises."""

from __future__ import annotations

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    both,
    called,
    ends,
    fact,
    raised,
    sends_close,
)
from ...judging.promise import promise, untestable
from ...scenarios import close, open_time_close
from ...scenarios.picows import calls_of_a_transport as calling
from .picows_documents import BOTH, OWN_1000, OWN_4000, WITH_REASON, cite_guide

TOPIC = "Graceful websocket shutdown"

promise(
    "a_close_frame_is_delivered_to_on_ws_frame",
    BOTH,
    WITH_REASON,
    called("on_ws_frame", "CLOSE", PEER_CODE, ANYTHING),
    source=cite_guide(TOPIC, "incoming CLOSE frames are delivered to on_ws_frame"),
)
promise(
    "a_close_frame_is_echoed",
    BOTH,
    WITH_REASON,
    sends_close(PEER_CODE),
    source=cite_guide(TOPIC, "the listener echoes CLOSE with the code and the message"),
)
untestable(
    BOTH,
    source=cite_guide(TOPIC, "picows does not automatically send a CLOSE reply"),
    because="the listener of the guide answers each CLOSE frame itself, at once",
)
promise(
    "send_close_sends_what_it_is_given",
    BOTH,
    OWN_4000,
    sends_close(4000, "enough"),
    source=cite_guide(TOPIC, "send_close() with a code and a message sends a CLOSE frame"),
)
promise(
    "send_close_with_ok_sends_1000",
    BOTH,
    OWN_1000,
    sends_close(1000),
    source=cite_guide(TOPIC, "send_close(WSCloseCode.OK) sends a CLOSE frame"),
)
promise(
    "disconnect_does_not_wait_for_an_answer",
    BOTH,
    (
        close.peer_never_answers,
        open_time_close.application_closes_when_opened_and_no_answer_comes,
    ),
    both(called("on_ws_disconnected").once(), ends("at once")),
    source=cite_guide(TOPIC, "no full CLOSE handshake is done; disconnect() closes the transport"),
)
promise(
    "disconnect_sends_no_close_frame",
    BOTH,
    calling.application_ends_tcp_alone,
    fact("close_handshake.sent", None),
    source=cite_guide(TOPIC, "disconnect() does not call send_close()"),
    versions=">=1.20",
)
promise(
    "disconnect_flushes_what_was_sent",
    BOTH,
    (*OWN_1000, *OWN_4000),
    sends_close(),
    source=cite_guide(TOPIC, "what is enqueued is flushed before the socket is closed"),
)
promise(
    "calls_after_send_close_do_nothing",
    BOTH,
    calling.application_calls_send_close_and_then,
    both(
        sends_close(4000, "enough"),
        *(raised(name, "Exception").never() for name in ("send", "send_ping", "send_pong")),
        raised("send_close", "Exception").never(),
    ),
    source=cite_guide(TOPIC, "after the first send_close() all calls that send are no-ops"),
)
promise(
    "disconnect_may_be_called_again",
    BOTH,
    (
        close.application_closes_twice,
        close.application_closes_when_told_of_the_close,
        close.application_closes_after_the_end,
        open_time_close.application_closes_twice_when_opened,
    ),
    raised("close", "Exception").never(),
    source=cite_guide(TOPIC, "disconnect() is safe to call multiple times"),
)
promise(
    "disconnect_may_be_immediate",
    BOTH,
    calling.application_ends_tcp_at_once,
    both(called("on_ws_disconnected").once(), ends("at once")),
    source=cite_guide(TOPIC, "graceful=False closes without waiting for outgoing data"),
)
