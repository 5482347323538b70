"""What uvicorn's pages on WebSockets and on the behaviour of the server promise."""

from __future__ import annotations

from fixtures.drivers.surfaces import asgi_uvicorn_sansio
from fixtures.drivers.uvicorn_surfaces import uvicorn_command

from ...judging.expectations import answers, logged, raised, reached
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.asgi import before_the_accept as before
from ..asgi.asgi_lifespan import EXITING
from ..asgi.asgi_situations import UNSEEMLY
from .uvicorn_documents import cite_site

BEHAVIOR = "server-behavior"
RAISING = (
    before.application_raises_before_the_accept,
    failing.application_raises_when_opened,
    failing.application_raises_on_message,
    failing.application_raises_at_the_end,
)

promise(
    "an_exception_before_the_response_is_500",
    asgi_uvicorn_sansio,
    (
        before.application_raises_before_the_accept,
        before.application_sends_before_the_accept,
    ),
    answers(500),
    source=cite_site(
        BEHAVIOR,
        "Server Errors, Exceptions",
        "the response is 500 if the application raises and no response has been sent",
    ),
)
promise(
    "an_exception_is_logged",
    asgi_uvicorn_sansio,
    RAISING,
    logged("ERROR"),
    source=cite_site(BEHAVIOR, "Server Errors", "they are logged at the level error"),
)
promise(
    "a_wrong_sequence_of_messages_raises",
    asgi_uvicorn_sansio,
    UNSEEMLY,
    raised("send", "Exception").once(),
    source=cite_site(
        BEHAVIOR,
        "Server Errors, Invalid responses",
        "an application that sends messages in a wrong sequence gets an error",
    ),
)
promise(
    "a_second_close_raises",
    asgi_uvicorn_sansio,
    (close.application_closes_twice, open_time_close.application_closes_twice_when_opened),
    raised("close", "Exception"),
    source=cite_site(
        BEHAVIOR,
        "Server Errors, Invalid responses",
        "an application that sends messages in a wrong sequence gets an error",
    ),
)
promise(
    "no_response_is_an_error",
    asgi_uvicorn_sansio,
    before.application_returns_before_the_accept,
    logged("ERROR"),
    source=cite_site(
        BEHAVIOR,
        "Server Errors, Invalid responses",
        "that the application has sent no response is checked, and is an error",
    ),
)
promise(
    "a_shutdown_lets_every_task_complete",
    uvicorn_command,
    EXITING,
    reached("applications at work", 0).once(),
    source=cite_site(
        BEHAVIOR,
        "Graceful Process Shutdown",
        "connections are finalized, and every task has run to completion",
    ),
)
