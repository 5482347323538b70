"""The test suite of a user who has installed the wheel beside a library of their own.

Each is a few files: a client, an `async def` test, a package and fixtures whose names are ours in a
checkout. The README's examples come on top, with `our_client` for the client that they are about.
"""

from __future__ import annotations

from pathlib import Path

WEBSOCKETS = '''
"""Our client, on the threading API of websockets."""
from types import SimpleNamespace

from websockets.exceptions import ConnectionClosed, ConnectionClosedOK
from websockets.sync.client import connect


def our_client(url):
    try:
        with connect(url) as connection:
            for message in connection:
                pass
    except ConnectionClosed as error:
        refused = error.rcvd is not None and error.rcvd.code == 1008
        return SimpleNamespace(state="refused" if refused else "lost")
    return SimpleNamespace(state="closed")


async def echo(url, message):
    from websockets.asyncio.client import connect

    async with connect(url) as connection:
        await connection.send(message)
        return await connection.recv()
'''
"""For websockets, whose asyncio API says it back."""

WEBSOCKET_CLIENT = '''
"""Our client, on the WebSocketApp of websocket-client."""
from types import SimpleNamespace

import websocket
from tornado.websocket import websocket_connect


def our_client(url):
    ends = []
    app = websocket.WebSocketApp(url, on_close=lambda app, code, reason: ends.append(code))
    app.run_forever()
    return SimpleNamespace(state="refused" if ends == [1008] else "lost")


async def echo(url, message):
    connection = await websocket_connect(url)
    await connection.write_message(message)
    answer = await connection.read_message()
    connection.close()
    await connection.read_message()
    return answer
'''
"""For websocket-client; tornado says it back."""

CONFTEST = '''
"""Fixtures of our own: one has the name of a fixture of the plugin, one has a name we use."""
import pytest


@pytest.fixture
def certificates():
    return "our certificates"


@pytest.fixture
def echo_server():
    return "our echo server"
'''

TESTS = '''
"""Our tests."""
import fixtures
import pytest
from our_client import echo, our_client


def test_our_fixtures_and_our_package_stay_ours(certificates, echo_server):
    assert certificates == "our certificates"
    assert echo_server == "our echo server"
    assert fixtures.__doc__ == "Our own."


ASYNCIO_MARK
async def test_a_server_says_it_back(scripted_server):
    def say_it_back(server):
        server.open()
        server.send_text(server.receive_text())
        server.receive_close()
        server.echo_close()

    server = scripted_server(say_it_back)
    assert await echo(server.url, "hello") == "hello"
'''

OVER_TLS = """
import websocket

def test_a_server_over_tls_says_it_back(echo_server_over_tls):
    server = echo_server_over_tls
    connection = websocket.create_connection(server.url, sslopt={"ca_certs": server.trusted_file})
    connection.send("hello")
    assert connection.recv() == "hello"
    connection.close()
"""

SETTINGS = """
[pytest]
addopts = --strict-markers --strict-config
asyncio_mode = {mode}
asyncio_default_fixture_loop_scope = function
filterwarnings =
  error
  ignore::ResourceWarning
"""
"""websocket-client 1.8.0 leaves the socket of a lost connection open: that is not for us."""


def write(folder: Path, client: str, examples: list[str], mode: str) -> Path:
    """Write the suite of a user whose client is `client`, for a mode of pytest-asyncio."""
    (folder / "fixtures").mkdir(parents=True)
    (folder / "fixtures" / "__init__.py").write_text('"""Our own."""')
    (folder / "our_client.py").write_text(client)
    (folder / "conftest.py").write_text(CONFTEST)
    mark = "" if mode == "auto" else "@pytest.mark.asyncio"
    (folder / "test_ours.py").write_text(TESTS.replace("ASYNCIO_MARK", mark))
    (folder / "test_readme.py").write_text(
        "\n".join(["from our_client import our_client", *examples])
    )
    (folder / "pytest.ini").write_text(SETTINGS.format(mode=mode))
    return folder
