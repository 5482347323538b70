"""What hypercorn's changelog promises."""

from __future__ import annotations

from fixtures.drivers.hypercorn_surfaces import asgi_hypercorn

from ...judging.expectations import answers, sends_close
from ...judging.promise import promise
from ...scenarios import error as failing
from ...scenarios import open_time_close
from .hypercorn_documents import cite_changelog

promise(
    "an_error_sends_1011",
    asgi_hypercorn,
    (failing.application_raises_when_opened, failing.application_raises_on_message),
    sends_close(1011),
    source=cite_changelog("0.14.4", "an internal error closes with 1011"),
)
promise(
    "data_before_the_accept_is_answered_with_400",
    asgi_hypercorn,
    open_time_close.behind_the_request,
    answers(400),
    source=cite_changelog("0.17.0", "data that comes before the accept is answered with 400"),
    versions=">=0.17.0",
)
