"""The pytest fixtures in a user's run: as documented, with asyncio, and made to fail."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

import pytest

from fixtures import plugin

from .user_run import run

pytest_plugins = ["fixtures.plugin", "pytester"]

PUBLIC = (
    "certificates",
    "echo_server",
    "echo_server_over_tls",
    "closing_server",
    "scripted_server",
    "scripted_client",
)
MODES = pytest.mark.parametrize("mode", ["strict", "auto"])

# As the documentation says


@pytest.mark.parametrize("name", PUBLIC)
def test_the_example_of_each_fixture_works(pytester: pytest.Pytester, name: str) -> None:
    """The example in a fixture's docstring is a test that passes as it stands."""
    doc = inspect.getdoc(getattr(plugin, name)) or ""
    example = doc.partition("Example:\n")[2]

    run(pytester, example).assert_outcomes(passed=1)


def test_every_public_fixture_is_listed_here() -> None:
    """A new fixture needs an example, and a place in this list."""
    marker = type(plugin.echo_server)
    found = {name for name, value in vars(plugin).items() if isinstance(value, marker)}

    assert {name for name in found if not name.startswith("_")} == set(PUBLIC)


@MODES
def test_asyncio_tests_can_use_every_fixture(pytester: pytest.Pytester, mode: str) -> None:
    """In `async def` tests the far ends run beside the loop, in either mode of pytest-asyncio."""
    source = """
        @pytest.mark.asyncio
        async def test_closing(closing_server):
            server = closing_server(1001, "later", when="after a message")
            async with websockets.connect(server.url) as connection:
                await connection.send("hello")
                with pytest.raises(websockets.ConnectionClosedOK):
                    await connection.recv()
            await asyncio.to_thread(server.join)

        @pytest.mark.asyncio
        async def test_echo(echo_server):
            async with websockets.connect(echo_server.url) as connection:
                await connection.send("hello")
                assert await connection.recv() == "hello"
    """

    run(pytester, source, mode).assert_outcomes(passed=2)


@MODES
def test_a_failing_script_fails_an_asyncio_test(pytester: pytest.Pytester, mode: str) -> None:
    """What a script missed is told in either mode."""
    source = """
        @pytest.mark.asyncio
        async def test_it(scripted_server):
            def script(server):
                server.open()
                server.receive_text()

            async with websockets.connect(scripted_server(script).url):
                pass
    """
    result = run(pytester, source, mode)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["*scripted_server: script: expected a text frame, received a close frame*"]
    )


# What a run does not keep


def test_proxies_are_not_honoured(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxy variables are gone during the test, and back afterwards."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    source = """
        import os

        def test_it(echo_server):
            assert not [name for name in os.environ if name.lower().endswith("_proxy")]
            websocket.create_connection(echo_server.url).close()
    """

    run(pytester, source).assert_outcomes(passed=1)
    assert os.environ["https_proxy"] == "http://127.0.0.1:1"


def test_nothing_is_left_over(pytester: pytest.Pytester) -> None:
    """When a test is over, no thread and no socket of a far end is left, however it was used."""
    source = """
        import threading

        def test_it(echo_server, closing_server, scripted_client):
            globals()["client"] = scripted_client(echo_server.port, lambda c: c.open())
            closing_server(1000, tls=True)
            websocket.create_connection(closing_server(1000).url).shutdown()

        def test_afterwards():
            names = {thread.name for thread in threading.enumerate()}
            assert "peer" not in names
    """
    before = len(list(Path("/proc/self/fd").iterdir()))
    run(pytester, source).assert_outcomes(passed=2)

    assert len(list(Path("/proc/self/fd").iterdir())) <= before
