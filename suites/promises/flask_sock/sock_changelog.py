"""What the changelog promises."""

from __future__ import annotations

from ...judging.expectations import sends_close
from ...judging.promise import promise
from .sock_documents import HANDLER, RETURNING, cite_changes

promise(
    "a_function_that_returns_closes",
    HANDLER,
    RETURNING,
    sends_close(1000),
    source=cite_changes("0.5.0", "the connection is closed cleanly when that is possible"),
)
