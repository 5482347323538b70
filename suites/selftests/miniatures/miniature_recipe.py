"""The result of the recipes of CONTRIBUTING, for a library of a dozen lines."""

from __future__ import annotations

LIBRARY = r'''
"""A blocking client: `recv()` returns a message or raises `Closed` with the server's code."""

import socket

__version__ = "1.0"
REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n\r\n"


class Closed(Exception):
    """The server has closed; `code` is None if it did not say why, which is a bug."""

    def __init__(self, code):
        self.code = code


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(REQUEST)
        self.file = self.socket.makefile("rb")
        while self.file.readline() != b"\r\n":
            pass

    def recv(self):
        first, length = self.file.read(2)
        payload = self.file.read(length)
        if first == 0x81:
            return payload.decode()
        self.socket.sendall(b"\x88\x80\0\0\0\0")
        self.file.close()
        self.socket.close()
        raise Closed(int.from_bytes(payload[:2], "big") if len(payload) > 2 else None)
'''

ROW = """
from ..model import actions as s
from ..model.surface import Library, Timeouts, declare
from .surface_lacks import CLIENT, NO_ASYNC, NO_PING

RECIPE = Library("recipe", "recipe", ("recipe",))
recipe_client = declare(
    "recipe_client",
    RECIPE,
    "client",
    "`connection = Connection(port)`, then `connection.recv()` until it raises",
    "recipe:Client",
    Timeouts(open=10, close=3, ping_interval=30, ping_timeout=10),
    CLIENT | NO_PING | NO_ASYNC | {s.MAX_SIZE: "no limit can be set"},
    on_asyncio=False,
)
"""

LISTED = """
from .recipe_surfaces import RECIPE, recipe_client

LIBRARIES["recipe"] = RECIPE
"""

DRIVER = '''
"""Driver for recipe: the blocking connection."""

from __future__ import annotations

import recipe

from ..model.actions import CLOSED, MESSAGE, OPENED
from .base import Driver


class Client(Driver):
    """`Connection(port)`, then `recv()` until it raises."""

    attributes = ("code",)

    def run(self) -> None:
        """Receive until the end."""
        connection = recipe.Connection(self.context.port)
        self.record.returned("Connection", connection, kind=OPENED)
        self.act_at(OPENED)
        try:
            while True:
                self.record.returned("recv", connection.recv(), kind=MESSAGE)
                self.act_at(MESSAGE)
        except recipe.Closed as error:
            self.record.raised("recv", error, kind=CLOSED, code=error.code)
        self.act_at(CLOSED)
        self.context.mark_application_end()
'''

PROMISE = '''
"""What the page of recipe promises."""

from fixtures.drivers.surfaces import recipe_client
from suites.judging.expectations import PEER_CODE, error, raised
from suites.judging.promise import doc, promise
from suites.scenarios import close

promise(
    "recv_raises_with_the_code",
    recipe_client,
    [close.peer_closes_first, close.peer_closes_without_reason],
    raised("recv", error("Closed", code=PEER_CODE)).once(),
    source=doc("https://example.org/recipe", "Closed", "It has the code of the server."),
)
'''

DEVIATIONS = """
schema = 2
library = "recipe"

[[issue]]
id = "no_code_without_a_reason"
reason = "bug"
why = "Without a reason the code is lost."
link = "https://example.org/recipe/issues/1"
versions = ">=1.0"
review = 2027-05-20

[[issue.deviation]]
checks = ["recv_raises_with_the_code"]
surfaces = ["recipe_client"]
scenarios = ["peer_closes_without_reason"]
signatures = ["recv raised Closed(code=None)"]
"""
