"""What the documents promise of a server that ends, and of what it waits for."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    Surface,
    websockets_asyncio_server,
    websockets_legacy_server,
    websockets_threading_server,
    websockets_trio_server,
)

from ...judging.expectations import (
    PEER_REASON,
    answers,
    both,
    called,
    ends,
    error,
    raised,
    reached,
    returned,
    sends_close,
    thing,
)
from ...judging.promise import doc
from ...scenarios.websockets import on_trio
from ...scenarios.websockets import server_ends as ending
from ...scenarios.websockets import server_handlers as handlers
from ...scenarios.websockets import server_programs as programs
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    CHANGELOG,
    NEVER,
    SERVERS,
    promise_on_own_page,
    promise_since,
)

ASYNCIO = {websockets_asyncio_server: SERVERS[websockets_asyncio_server]}
THREADING = {websockets_threading_server: SERVERS[websockets_threading_server]}
LEGACY = {websockets_legacy_server: SERVERS[websockets_legacy_server]}
BOTH = ASYNCIO | THREADING
EVERY = BOTH | LEGACY
TRIO = {websockets_trio_server: SERVERS[websockets_trio_server]}
WITH_TRIO = BOTH | TRIO
CLOSES: dict[Surface, str] = {websockets_threading_server: ">=17.0"}
"""Up to 16.1 the documents of the threading server say nothing of its connections."""
KEEPS = CLOSES | {websockets_legacy_server: ">=11.0"}
TAKES_A_CODE = CLOSES | {websockets_asyncio_server: ">=16.0", websockets_legacy_server: NEVER}
MANY = CLOSES | {websockets_legacy_server: ">=13.0"}
"""The releases in which these scenarios can be played."""
_METHOD = {
    websockets_asyncio_server: "Server.close",
    websockets_threading_server: "Server.shutdown",
    websockets_legacy_server: "WebSocketServer.close",
    websockets_trio_server: "Server.aclose",
}
_CALL = {
    websockets_asyncio_server: "server.close",
    websockets_threading_server: "server.shutdown",
    websockets_legacy_server: "server.close",
    websockets_trio_server: "server.aclose",
}
ENDS_ON_ASYNCIO = (
    ending.server_closes_when_idle,
    ending.handler_closes_its_server,
    *programs.server_program_ends,
    programs.server_closes_while_it_serves_for_ever,
)
ENDS_OF_ITS_OWN = {
    websockets_asyncio_server: ENDS_ON_ASYNCIO,
    websockets_legacy_server: ENDS_ON_ASYNCIO,
    websockets_threading_server: (
        ending.server_shuts_down_when_idle,
        programs.server_program_leaves_its_block,
    ),
    websockets_trio_server: (
        on_trio.server_acloses_when_idle,
        programs.server_program_leaves_its_block,
    ),
}
"""A server ends, with its default code, while a handler iterates, and the client answers."""
ENDS_TWICE = {
    websockets_asyncio_server: ending.server_closes_twice,
    websockets_legacy_server: ending.server_closes_twice,
    websockets_threading_server: ending.server_shuts_down_twice,
    websockets_trio_server: ending.server_acloses_twice,
}
ENDS_ANYHOW = (
    programs.server_ends_and_no_answer_comes,
    programs.server_ends_while_a_handler_sleeps,
    handlers.server_ends_and_nobody_catches,
)

# The server ends
for _surface, _page in (EVERY | TRIO).items():
    promise_since(
        "server_closes_with_1001_by_default",
        [_surface],
        (*ENDS_OF_ITS_OWN[_surface], ENDS_TWICE[_surface], *ENDS_ANYHOW),
        sends_close(1001, ""),
        doc(_page, _METHOD[_surface], "open connections are closed, with 1001 by default"),
        CLOSES,
    )
    promise_since(
        "iteration_ends_silently_when_the_server_ends",
        [_surface],
        (
            *ENDS_OF_ITS_OWN[_surface],
            ENDS_TWICE[_surface],
            programs.server_ends_while_a_handler_sleeps,
        ),
        both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
        doc(
            _page,
            f"{_METHOD[_surface]}; ServerConnection",
            "connections are closed with 1001, after which the iterator ends normally",
        ),
        CLOSES,
    )
    promise_since(
        "server_closes_with_code_and_reason",
        [_surface],
        (*ending.server_ends_with_code_by, ending.server_acloses_with_code),
        both(
            sends_close(1012, "back soon"),
            raised(
                "iteration",
                error("ConnectionClosedError", sent=thing("Close", code=1012, reason="back soon")),
            ).once(),
        ),
        doc(_page, _METHOD[_surface], "the code and the reason can be chosen, such as 1012"),
        TAKES_A_CODE,
    )
    promise_since(
        "server_keeps_connections_if_asked_to",
        [_surface],
        (*ending.server_keeps_connections_after, on_trio.server_acloses_and_keeps_connections),
        sends_close(1000, PEER_REASON),
        doc(_page, _METHOD[_surface], "connections are closed only if close_connections is true"),
        KEEPS,
    )
    promise_since(
        "server_that_ends_answers_503",
        [_surface],
        programs.server_ends_in_half_a_request,
        both(answers(503), called("handler", ...).never()),
        doc(_page, _METHOD[_surface], "connections that are opening are answered with 503"),
        CLOSES,
    )
    promise_since(
        "server_may_end_twice",
        [_surface],
        ENDS_TWICE[_surface],
        returned(_CALL[_surface], None).times(2),
        doc(_page, _METHOD[_surface], "is idempotent"),
        CLOSES,
    )
    _block = "with serve block" if _surface.api == "sync" else "async with serve block"
    promise_since(
        "server_waits_for_its_handlers",
        [_surface],
        (
            *[one for one in ENDS_OF_ITS_OWN[_surface] if one.settings.serving == programs.LEAVES],
            *ENDS_ANYHOW,
        ),
        reached("finally").before(_block),
        doc(_page, _METHOD[_surface], "the server waits until every handler has returned"),
        CLOSES,
    )
    promise_since(
        "server_waits_for_a_handler_that_never_ends",
        [_surface],
        programs.server_ends_and_a_handler_does_not,
        both(sends_close(1001, ""), reached(_block).never()),
        doc(_page, _METHOD[_surface], "the server waits until every handler has returned"),
        CLOSES,
    )
promise_on_own_page(
    "wait_closed_waits_for_the_handlers",
    ASYNCIO | LEGACY,
    programs.server_program_ends.member("a_server_it_waits_for"),
    both(
        returned("server.wait_closed", None).once(),
        reached("finally").before("server.wait_closed"),
    ),
    "Server.wait_closed",
    "all connections are closed, and all handlers have returned, when it returns",
)
promise_since(
    "cancelling_serve_forever_closes_connections",
    ASYNCIO,
    programs.server_is_cancelled_while_it_serves_for_ever,
    both(sends_close(1001, ""), reached("end of iteration").once()),
    doc(
        f"{CHANGELOG}, and {ASYNCIO[websockets_asyncio_server]}",
        "17.0, bug fixes; Server.close",
        "connections are closed, with 1001, if serve_forever() is cancelled",
    ),
    {websockets_asyncio_server: ">=17.0"},
)
promise_on_own_page(
    "cancelling_serve_forever_stops_the_server",
    LEGACY,
    programs.server_is_cancelled_while_it_serves_for_ever,
    sends_close(1001, ""),
    "WebSocketServer.serve_forever; WebSocketServer.close",
    "to cancel serve_forever() shuts the server down, which closes connections with 1001",
    dict.fromkeys(LEGACY, ">=10.4"),
)
promise_on_own_page(
    "close_timeout_limits_the_end_of_a_connection",
    WITH_TRIO,
    (handlers.handler_returns_and_no_answer_comes, handlers.handler_raises_and_no_answer_comes),
    ends(*AFTER_ONE_CLOSE_TIMEOUT),
    "serve, close_timeout",
    "the timeout for closing connections, 10 seconds by default",
)
promise_on_own_page(
    "close_timeout_limits_the_end_of_a_server",
    WITH_TRIO,
    programs.server_ends_and_no_answer_comes,
    ends(*AFTER_ONE_CLOSE_TIMEOUT),
    "serve, close_timeout",
    "the timeout for closing connections, 10 seconds by default",
    CLOSES,
)
promise_on_own_page(
    "connections_are_those_that_are_open",
    WITH_TRIO,
    programs.server_lists_its_connections,
    both(
        returned("len(server.connections)", 1).once(),
        returned("len(server.connections) after the end", 0).once(),
    ),
    "Server.connections",
    "those that have opened, and have not begun to close",
    CLOSES,
)
