"""What ASGI's specification of the lifespan says: what an application is told of its server."""

from __future__ import annotations

from ...judging.expectations import both, called, returned
from ...scenarios.asgi import commands, lifespans
from .sentence import Sentence

PAGE = "https://asgi.readthedocs.io/en/latest/specs/lifespan.html"
EXITING = (
    lifespans.server_is_terminated_and_nobody_receives,
    lifespans.server_is_terminated_after_the_last_client,
    commands.sigterm_comes_when_idle,
    commands.sigterm_comes_and_nobody_receives,
    commands.sigterm_comes_after_the_last_client,
    commands.sigterm_comes_before_the_accept,
)
FAILING = (
    lifespans.application_fails_when_the_server_starts,
    commands.application_fails_when_the_command_starts,
)
RAISING = (
    lifespans.application_raises_when_the_server_starts,
    commands.application_raises_when_the_command_starts,
)

LIVED = (
    Sentence(
        "startup_is_told",
        (*EXITING, *FAILING),
        called("lifespan.startup").once(),
        "Startup - receive event",
        "sent when the server is ready to start, before it has done so",
        page=PAGE,
    ),
    Sentence(
        "shutdown_is_told",
        EXITING,
        called("lifespan.shutdown").once(),
        "Shutdown - receive event",
        "sent when the server accepts no more connections, and has closed those that it had",
        page=PAGE,
    ),
    Sentence(
        "a_startup_that_fails_ends_the_server",
        FAILING,
        both(returned("the process", ...).once(), called("websocket.connect").never()),
        "Startup Failed - send event",
        "the server logs the message, and exits",
        page=PAGE,
    ),
    Sentence(
        "an_application_that_raises_has_no_lifespan",
        RAISING,
        called("websocket.connect").once(),
        "Scope",
        "if the application raises, the server goes on and sends no event of the lifespan",
        page=PAGE,
    ),
)
