"""A user's own test file, run by pytest with the plugin; for self-tests only."""

from __future__ import annotations

import textwrap

import pytest

PRELUDE = """
import asyncio, socket, ssl, struct, threading
import pytest, websocket, websockets
from websockets.asyncio.server import serve

async def handler(connection):
    try:
        async for message in connection:
            await connection.send(message)
    except websockets.ConnectionClosed:
        pass
"""
PLUGINS = ("fixtures.plugin", "pytest_asyncio.plugin", "no:cacheprovider")


def run(pytester: pytest.Pytester, source: str, mode: str = "auto") -> pytest.RunResult:
    """Run a user's test file with the plugins it needs; warnings are errors."""
    pytester.makepyfile(PRELUDE + textwrap.dedent(source))
    pytester.makeini(
        f"[pytest]\nasyncio_mode={mode}\nasyncio_default_fixture_loop_scope=function\n"
        "filterwarnings=error"
    )
    plugins = [f"-p{name}" for name in PLUGINS]
    return pytester.runpytest_inprocess("--disable-plugin-autoload", *plugins)
