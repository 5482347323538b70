"""What the pytest fixtures fail a user's test for, and with which words."""

from __future__ import annotations

import socket
import threading

import pytest

from fixtures.peer.steps import Peer
from fixtures.servers.connection import ScriptFailed
from fixtures.servers.server import Server

from .duet import LIMIT, REQUEST, steps
from .user_run import run

pytest_plugins = ["pytester"]

FAILURES = {
    "scripted_server: script: expected a close frame, but the application ended first": """
        def test_it(scripted_server, scripted_client):
            def script(server):
                server.open()
                server.receive_close()

            def wait(client):
                client.open()
                opened.set()
                client.be_quiet()

            opened = threading.Event()
            scripted_client(scripted_server(script).port, wait)
            opened.wait()
    """,
    "scripted_server: script: expected a close frame, but the client ended the connection": """
        def test_it(scripted_server):
            def script(server):
                server.open()
                server.receive_close()

            websocket.create_connection(scripted_server(script).url).shutdown()
    """,
    "script: expected the opening request, but the client ended the connection": """
        def test_it(scripted_server):
            def script(server):
                server.open()

            server = scripted_server(script)
            socket.create_connection((server.host, server.port)).close()
    """,
    "scripted_server: 0 of 1 expected connections came": """
        def test_it(scripted_server):
            scripted_server(lambda server: server.open())
    """,
    "scripted_server: 1 of 2 expected connections came": """
        def test_it(scripted_server):
            def script(server):
                server.open()

            websocket.create_connection(scripted_server(script, script).url).shutdown()
    """,
    "scripted_server: <lambda>: the script failed: ZeroDivisionError: division by zero": """
        def test_it(scripted_server):
            server = scripted_server(lambda server: (server.connect(), 1 / 0))
            socket.create_connection((server.host, server.port)).close()
    """,
    "scripted_server: <lambda>: nobody comes to 'opened' in a test: wait for a threading.Event": """
        def test_it(scripted_server):
            server = scripted_server(lambda server: server.wait_for("opened"))
            socket.create_connection((server.host, server.port)).close()
    """,
    "<lambda>: a test's server cannot stop listening: close() it instead": """
        def test_it(scripted_server):
            server = scripted_server(lambda server: (server.connect(), server.stop_listening()))
            socket.create_connection((server.host, server.port)).close()
    """,
    "<lambda>: a test's server listens already, for as long as it is open": """
        def test_it(scripted_server):
            server = scripted_server(lambda server: (server.connect(), server.start_listening()))
            socket.create_connection((server.host, server.port)).close()
    """,
    "closing_server: closing_server: expected a message, received a close frame": """
        def test_it(closing_server):
            server = closing_server(1000, when="after a message")
            websocket.create_connection(server.url).close()
    """,
    "closing_server: closing_server: expected a message, but the client ended the connection": """
        def test_it(closing_server):
            server = closing_server(1000, when="after a message")
            websocket.create_connection(server.url).shutdown()
    """,
    "scripted_client: script: expected a 101 response, received 'HTTP/1.1 404 Not here'": """
        def test_it(scripted_server, scripted_client):
            def refuse(server):
                server.read_request()
                server.refuse(404, "Not here")

            def script(client):
                client.open()

            client = scripted_client(scripted_server(refuse).port, script)
            with pytest.raises(Exception):
                client.join()
    """,
    "scripted_client: script: the script failed: ConnectionRefusedError: ": """
        def test_it(scripted_client):
            def script(client):
                client.open()

            with socket.socket() as nobody:
                nobody.bind(("127.0.0.1", 0))
                client = scripted_client(nobody.getsockname()[1], script)
                with pytest.raises(Exception):
                    client.join()
    """,
}


@pytest.mark.parametrize("reason", FAILURES)
def test_a_far_end_that_fails_fails_the_test(pytester: pytest.Pytester, reason: str) -> None:
    """Whatever a script could not do is told when the test is torn down, and never silent."""
    result = run(pytester, FAILURES[reason])

    result.assert_outcomes(passed=1, errors=1)
    assert reason in result.stdout.str()


def test_a_script_that_does_not_end_fails_the_test(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A script that is stuck in its own code is told, with the last step it took."""
    monkeypatch.setattr("fixtures.servers.connection.LIMIT_SECONDS", 0.05)
    release = threading.Event()
    server = Server(steps(Peer.read_request, lambda _: release.wait(LIMIT)))
    with socket.create_connection((server.host, server.port)) as bare:
        bare.sendall(REQUEST)
        with pytest.raises(ScriptFailed, match="script: still waits for the opening request"):
            server.join(0.05)
        server.close()
        release.set()

    assert server.problem == "script: did not end; the last step waited for the opening request"


def test_a_script_may_fail_if_the_test_says_so(pytester: pytest.Pytester) -> None:
    """With `check=False` the problem is kept, and the test passes."""
    source = """
        def test_it(scripted_server, scripted_client, closing_server):
            def server_script(server):
                server.open()
                server.receive("ping")

            def client_script(client):
                client.open()
                client.send_text("hello")
                client.receive_close()

            server = scripted_server(server_script, check=False)
            client = scripted_client(server.port, client_script, check=False)
            closing_server(1000, when="after a message", check=False)
            with pytest.raises(Exception, match="expected a ping frame, received a text frame"):
                server.join()
            with pytest.raises(Exception, match="expected a close frame, but the server ended"):
                client.join()
            assert "expected a ping frame" in server.problem
    """

    run(pytester, source).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("closing_server(1000, when='later')", "ValueError: no moment 'later'; the moments are:"),
        ("closing_server(1000, tls='green')", "ValueError: no certificate is 'green'; tls= takes"),
        ("scripted_server()", "TypeError: scripted_server() needs a script"),
    ],
)
def test_wrong_arguments_are_refused(pytester: pytest.Pytester, call: str, reason: str) -> None:
    """A fixture that is asked for something it does not know says what it knows."""
    source = f"""
        def test_it(scripted_server, closing_server):
            {call}
    """
    result = run(pytester, source)

    result.assert_outcomes(failed=1)
    assert reason in result.stdout.str()
