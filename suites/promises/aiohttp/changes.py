"""What the changelog promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_client, aiohttp_server

from ...judging.expectations import PEER_CODE, error, fact, returned, sends_close, warned
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.aiohttp import calls_that_fail
from .aiohttp_documents import cite_changes

promise(
    "close_code_is_set_when_another_task_closes",
    aiohttp_client,
    close.application_closes_from_elsewhere_when_idle,
    fact("close_code", PEER_CODE),
    source=cite_changes("3.9.0", "close_code is not None if one task receives and another closes"),
    versions=">=3.9",
)
promise(
    "a_missing_pong_ends_receive",
    aiohttp_client,
    failing.no_pong_comes,
    returned("receive", "ERROR", error("ServerTimeoutError"), None).once(),
    source=cite_changes("3.10.1", "without a pong, receive returns an error: ServerTimeoutError"),
    versions=">=3.10.1",
)
promise(
    "the_code_of_another_task_reaches_the_client",
    aiohttp_server,
    close.application_closes_from_elsewhere_with_code,
    sends_close(4000, "enough"),
    source=cite_changes("3.10.4", "the close code reaches the client, whoever is first"),
    versions=">=3.10.4",
)
promise(
    "close_discards_messages",
    aiohttp_server,
    (
        close.peer_sends_data_before_it_answers,
        close.application_closes_on_message_with_another_waiting,
    ),
    fact("close_code", PEER_CODE),
    source=cite_changes("3.10.11", "after a close, messages are discarded until the answer comes"),
    versions=">=3.10.11",
)
promise(
    "receive_timeout_is_deprecated",
    aiohttp_client,
    calls_that_fail.peer_is_silent_for_the_receive_timeout,
    warned("DeprecationWarning"),
    source=cite_changes("3.11.0", "the parameter receive_timeout of ws_connect is deprecated"),
    versions=">=3.11",
)
