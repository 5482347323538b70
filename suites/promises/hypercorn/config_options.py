"""What hypercorn's pages on its configuration and on its API promise."""

from __future__ import annotations

from ...judging.expectations import ends, raised
from ...judging.promise import promise
from ...scenarios.asgi import graceful_exits as graceful
from ...scenarios.asgi import limits_of_config as limits
from ...scenarios.asgi import server_exits as exits
from .hypercorn_documents import DOCUMENTED, cite_site

OPTIONS = "how_to_guides/configuring"
TABLE = "Configuration options"

promise(
    "an_exit_waits_for_the_graceful_timeout",
    DOCUMENTED,
    (exits.server_exits_when_idle, exits.server_exits_and_no_answer_comes),
    ends("1 x close_timeout"),
    source=cite_site(
        OPTIONS, TABLE, "graceful_timeout: what is left has 3 s to complete, by default"
    ),
)
promise(
    "the_graceful_timeout_can_be_set",
    DOCUMENTED,
    graceful.server_exits_with_a_longer_graceful_timeout,
    ends("3 x close_timeout"),
    source=cite_site(
        OPTIONS, TABLE, "graceful_timeout: how long an exit waits for what is left to complete"
    ),
)
promise(
    "an_exit_is_over_once_all_has_completed",
    DOCUMENTED,
    graceful.application_closes_within_the_graceful_timeout,
    ends("at once"),
    source=cite_site(
        OPTIONS, TABLE, "graceful_timeout: how long an exit waits for what is left to complete"
    ),
)
promise(
    "a_lifespan_that_goes_on_is_a_timeout",
    DOCUMENTED,
    graceful.server_exits_and_the_lifespan_does_not,
    raised("serve", "Exception").once(),
    source=cite_site(
        OPTIONS, TABLE, "shutdown_timeout: the timeout for shutdowns of the lifespan, 60 s"
    ),
)
promise(
    "pings_are_an_interval_apart",
    DOCUMENTED,
    limits.client_ignores_three_pings,
    ends("40.0 s"),
    source=cite_site(
        OPTIONS, TABLE, "websocket_ping_interval: the seconds between pings that the client gets"
    ),
)
promise(
    "reading_times_out",
    DOCUMENTED,
    limits.client_is_silent_until_reading_times_out,
    ends("60.0 s"),
    source=cite_site(OPTIONS, TABLE, "read_timeout: the seconds after which a read times out"),
)
