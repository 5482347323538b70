"""The documents of daphne, and the situations that its promises share."""

from __future__ import annotations

from ...judging.promise import Source, doc
from ...scenarios.asgi import killed_applications as killed
from ...scenarios.asgi import server_exits as exits

REPOSITORY = "https://github.com/django/daphne/blob/main/"
CONSUMERS = "https://channels.readthedocs.io/en/latest/topics/consumers.html"

EXITS = (
    exits.server_exits_when_idle,
    exits.server_exits_and_no_answer_comes,
    exits.server_exits_and_nobody_receives,
    exits.server_exits_once_the_application_has_closed,
    exits.server_exits_before_the_accept,
    killed.server_exits_after_a_while,
)
"""The server is told to exit, and an application runs."""


def cite_help(option: str, says: str) -> Source:
    """What the help of the command line says of an option."""
    return doc(f"{REPOSITORY}daphne/cli.py", option, says)


def cite_source(file: str, place: str, says: str) -> Source:
    """What a docstring, or a comment, in the source says."""
    return doc(f"{REPOSITORY}daphne/{file}", place, says)


def cite_changelog(release: str, says: str) -> Source:
    """What the changelog says of a release."""
    return doc(f"{REPOSITORY}CHANGELOG.txt", release, says)
