"""The steps of proxies, and of redirects to the peer itself, as code of a script."""

from __future__ import annotations

from fixtures.peer import wire
from fixtures.peer.proxy import CONNECT_ESTABLISHED

from .literals import head_lines, literal
from .written import Written


class Detours(Written):
    """What comes before the opening handshake with the server that is meant.

    A client speaks to its proxy in the clear; TLS begins where the script says so.
    """

    def read_connect(self) -> None:
        """Read the CONNECT request to its empty line."""
        self._in_the_clear()
        self._has_request = True
        self._call("peer.read_head()", "read_head")

    def grant_connect(self) -> None:
        """Say that it is granted."""
        self._send([literal(CONNECT_ESTABLISHED)])

    def read_socks_greeting(self) -> None:
        """Read which methods of authentication are on offer."""
        self._in_the_clear()
        self._call("peer.read_socks_greeting()", "read_socks_greeting")

    def answer_socks_greeting(self, method: int = 0) -> None:
        """Choose one."""
        self._send([f"bytes([5, {method}])"])

    def read_socks_request(self) -> None:
        """Read to whom a connection is asked for."""
        self._in_the_clear()
        self._call("peer.read_socks_request()", "read_socks_request")

    def answer_socks_request(self, reply: int = 0) -> None:
        """Grant the connection, or refuse it."""
        self._send([f"bytes([5, {reply}, 0, 1, 0, 0, 0, 0, 0, 0])"])

    def read_socks4_request(self) -> None:
        """Read to whom a connection is asked for with SOCKS 4, or 4a."""
        self._in_the_clear()
        self._call("peer.read_socks4_request()", "read_socks4_request")

    def answer_socks4_request(self, reply: int = 90) -> None:
        """Grant the connection, or reject it."""
        self._send([f"bytes([0, {reply}, 0, 0, 0, 0, 0, 0])"])

    def redirect_here(self, path: str, status: int = 302, scheme: str = "ws") -> None:
        """A redirect to the port of this very server."""
        there = f'f"Location: {scheme}://127.0.0.1:{{port}}{path}\\r\\n".encode()'
        fields = {"Content-Length": "0", "Connection": "close"}
        *lines, last = head_lines(wire.head(f"HTTP/1.1 {status} Redirect", fields))
        self._send([*lines, f"+ {there}", f"+ {last}"])

    def _in_the_clear(self) -> None:
        self.connect(tls=False)
