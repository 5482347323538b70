"""What the pytest fixtures do, used in this very run."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from typing import Any

import pytest

from fixtures.peer.frames import Outgoing, close_frame, text
from fixtures.peer.steps import Peer
from fixtures.peer.wire import PING
from fixtures.servers.connection import ScriptFailed
from fixtures.servers.server import Server

from .duet import LIMIT, REQUEST, reading, steps

Make = Callable[..., Any]


# What they do


@pytest.mark.parametrize("when", ["in the same write", "after the handshake"])
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_the_closing_server_closes(
    closing_server: Make, scripted_client: Make, when: str, tls: bool
) -> None:
    """The close frame carries any code and reason, behind the handshake or in its write."""
    server = closing_server(1005, b"\xff", when=when, tls=tls)
    client = scripted_client(server.port, steps(Peer.open, Peer.receive_close), tls=tls)
    client.join()
    server.join()

    assert server.url == f"{'wss' if tls else 'ws'}://127.0.0.1:{server.port}/"
    assert "close frame received: 1005, b'\\xff'" in map(str, client.trace)


def test_the_closing_server_waits_for_a_message(
    closing_server: Make, scripted_client: Make
) -> None:
    """Control frames and fragments are no message; after the whole message it closes."""

    def script(client: Peer) -> None:
        client.open()
        client.send(Outgoing(PING), text("hel", fin=False), text("lo").changed(opcode=0))
        client.receive_close()

    client = scripted_client(closing_server(when="after a message").port, script)

    client.join()


def test_the_echo_server_answers_like_a_library(echo_server: Server, scripted_client: Make) -> None:
    """Messages come back frame by frame, pings are answered, the close code is echoed."""

    def script(client: Peer) -> None:
        client.open()
        client.send(text("a", fin=False), Outgoing(PING, b"p"), Outgoing(0, b"b"))
        client.send(Outgoing(0xA), close_frame(4000, "enough"))
        client.be_quiet()

    client = scripted_client(echo_server.port, script)
    client.join()

    assert [str(event) for event in client.trace if event.how == "received"][1:] == [
        "text frame received: 'a', 'not final'",
        "pong frame received: b'p'",
        "continuation frame received: b'b'",
        "close frame received: 4000, ''",
        "end of TCP received",
    ]


def test_the_echo_server_does_not_mind_visitors(echo_server: Server) -> None:
    """A connection that never asks for anything, and one that just leaves, are no failures."""
    for request in (b"", REQUEST):
        with socket.create_connection((echo_server.host, echo_server.port)) as bare:
            bare.sendall(request)
    echo_server.join()

    assert echo_server.problem == ""


def test_a_server_can_be_closed_in_a_test(echo_server: Server) -> None:
    """A server that is gone refuses connections; closing it again does no harm."""
    echo_server.close()
    echo_server._await_next()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((echo_server.host, echo_server.port))
    assert echo_server.connections == []


def test_connections_are_served_at_the_same_time(
    echo_server: Server, scripted_client: Make
) -> None:
    """Each connection has a thread of its own; none waits for another."""
    meeting = threading.Barrier(3, timeout=LIMIT)

    def script(client: Peer) -> None:
        client.open()
        client.send_text("hello")
        client.receive_text()
        meeting.wait()
        client.send_close()
        client.receive_close()

    clients = [scripted_client(echo_server.port, script) for _ in range(3)]
    for client in clients:
        client.join()

    assert len(echo_server.connections) == 3
    assert sum(str(event) == "text frame sent: 'hello'" for event in echo_server.trace) == 3


def test_each_connection_can_play_a_script_of_its_own(
    scripted_server: Make, scripted_client: Make
) -> None:
    """The first script serves the first connection; the last serves all that are left."""
    drop, greet = steps(Peer.open, Peer.reset), steps(Peer.open, lambda s: s.send_text("again"))
    server = scripted_server(drop, greet)
    ends = []
    for _ in range(3):
        client = scripted_client(server.port, reading)
        client.join()
        ends.append(str(client.trace[2]))
    server.join()

    assert ends == ["end of TCP received", *["text frame received: 'again'"] * 2]


def test_a_script_of_a_server_has_one_connection(
    scripted_server: Make, scripted_client: Make
) -> None:
    """`next_connection` would race with the next script, so it is refused."""
    server = scripted_server(steps(Peer.open, Peer.next_connection), check=False)
    scripted_client(server.port, reading)

    with pytest.raises(ScriptFailed, match="pass several scripts"):
        server.join()


def test_a_client_can_connect_again(echo_server: Server, scripted_client: Make) -> None:
    """A client's script may go on with another connection."""
    again = steps(Peer.open, Peer.next_connection, Peer.open, Peer.send_close, Peer.receive_close)
    scripted_client(echo_server.port, again).join()

    assert len(echo_server.connections) == 2


@pytest.mark.parametrize("kind", ["untrusted", "expired", "wrong name"])
def test_a_bad_certificate_may_be_refused(closing_server: Make, kind: str) -> None:
    """A client that refuses a bad certificate is what such a test is about, not a failure."""
    server = closing_server(1000, tls=kind)
    with socket.create_connection((server.host, server.port)) as bare:
        with pytest.raises(ssl.SSLCertVerificationError):
            server.client_tls.wrap_socket(bare, server_hostname=server.host)
        server.join()

    assert server.problem == ""


def test_a_good_certificate_must_not_be_refused(closing_server: Make) -> None:
    """With a valid certificate a failed TLS handshake is told."""
    server = closing_server(1000, tls=True, check=False)
    with socket.create_connection((server.host, server.port)) as bare:
        bare.sendall(b"this is not TLS\r\n")
        with pytest.raises(ScriptFailed, match="expected the TLS handshake, but the client ended"):
            server.join()


def test_the_trusted_file_makes_clients_trust(echo_server_over_tls: Server) -> None:
    """A client that knows the PEM file of the authority accepts the certificate."""
    server = echo_server_over_tls
    context = ssl.create_default_context(cafile=server.trusted_file)
    bare = socket.create_connection((server.host, server.port))
    with context.wrap_socket(bare, server_hostname="localhost") as secured:
        secured.sendall(REQUEST)

        assert secured.recv(12) == b"HTTP/1.1 101"


def test_points_of_an_application_are_refused(scripted_client: Make, echo_server: Server) -> None:
    """Steps that speak of a scenario's application do not work in a test, and say so."""
    for step in (lambda c: c.application_acts("message"), Peer.release_application):
        client = scripted_client(echo_server.port, steps(Peer.open, step), check=False)
        with pytest.raises(ScriptFailed, match="set a threading"):
            client.join()


# The plugin


def test_the_plugin_imports_nothing_but_pytest() -> None:
    """It loads in every pytest run of an environment, so it must not cost anything there."""
    code = """
        import pytest, sys
        before = set(sys.modules)
        import fixtures.plugin
        print(sorted(set(sys.modules) - before))
    """
    out = subprocess.check_output([sys.executable, "-c", textwrap.dedent(code)], text=True)

    assert out.strip() == "['fixtures', 'fixtures.plugin']"
