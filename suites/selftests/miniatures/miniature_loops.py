"""Miniature drivers on an asyncio loop: clients and servers that test the limits of a cell."""

from __future__ import annotations

import asyncio
from typing import Any

from fixtures.drivers.async_driver import AsyncDriver
from fixtures.model.actions import AFTER_THE_END, CLOSED, OPENED
from fixtures.net.loopback import LOOPBACK
from fixtures.peer import wire

from ..duet import REQUEST
from .miniature_drivers import Miniature


class Loop(AsyncDriver, Miniature):
    """An asyncio client that reads to the end."""

    async def main(self) -> None:
        """Connect, open, read."""
        self.reader, self.writer = await asyncio.open_connection(LOOPBACK, self.context.port)
        self.writer.write(REQUEST)
        await self.reader.readuntil(b"\r\n\r\n")
        await self.handle_callback_async("on_open", kind=OPENED)
        await self.read()
        self.writer.close()
        await self.handle_callback_async("on_close", kind=CLOSED)

    async def read(self) -> None:
        """Read to the end."""
        while await self.reader.read(65536):
            pass

    def close(self) -> None:
        """End the connection."""
        self.writer.close()


class LoopCallsBack(Loop):
    """Its `close` has the loop call the application back later."""

    def close(self) -> None:
        """End the connection; report it in the next turn of the loop."""
        self.loop.call_soon(lambda: self.handle_callback("on_close_soon", kind=CLOSED))
        super().close()


class LoopNamed(Loop):
    """A scenario can call the methods of its stream by name."""

    def look_up(self, name: str) -> Any:
        """A method of the stream."""
        return getattr(self.writer, name)


class LoopOutlives(Loop):
    """It still has something to do after its run."""

    async def main(self) -> None:
        """Run, and go on."""
        await super().main()
        await self.try_acting_at_async(AFTER_THE_END)


class LoopDeaf(Loop):
    """It waits for something that a reset of its socket does not cause."""

    async def read(self) -> None:
        """Wait for nobody."""
        await asyncio.get_running_loop().create_future()


class LoopStubborn(Loop):
    """It does not even end when its task is cancelled."""

    async def read(self) -> None:
        """Wait for nobody, whatever happens."""
        while True:
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                continue


def fail_with(argument: str) -> None:
    """A callback of asyncio's loop that raises."""
    raise LookupError(argument)


class LoopLeavesThings(Loop):
    """It leaves behind a task, an exception that is never retrieved, and a callback that fails."""

    async def read(self) -> None:
        """Start two tasks and drop one."""
        await super().read()
        asyncio.get_running_loop().call_soon(fail_with, "an argument")
        self.keeper = asyncio.create_task(asyncio.sleep(1e6))
        asyncio.create_task(self.fail())  # noqa: RUF006 -- to be dropped is its part

    async def fail(self) -> None:
        """Raise, in a task."""
        raise LookupError("in a task")


class Serves(AsyncDriver, Miniature):
    """An asyncio server that reads one connection to its end."""

    role = "server"

    async def main(self) -> None:
        """Listen, serve the peer, and stop."""
        server = await asyncio.start_server(self.handle, LOOPBACK, 0)
        self.context.report_port(server.sockets[0].getsockname()[1])
        await self.context.wait_for_peer_async(self.loop)
        server.close()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Tell of the connection and of its end."""
        await self.handle_callback_async("on_open", kind=OPENED)
        writer.write(wire.encode_head("HTTP/1.1 101 Yes", {}))
        while await reader.read(65536):
            pass
        writer.close()
        await self.handle_callback_async("on_close", kind=CLOSED)


class ServesUntilTheEnd(Serves):
    """It waits for its connection first, and then for the peer, in a thread and in its loop."""

    async def main(self) -> None:
        """Listen, serve the peer, see that its script is over, and stop."""
        self.served = asyncio.Event()
        server = await asyncio.start_server(self.handle, LOOPBACK, 0)
        self.context.report_port(server.sockets[0].getsockname()[1])
        await self.served.wait()
        await self.loop.run_in_executor(None, self.context.wait_for_peer)
        await self.context.wait_for_peer_async(self.loop)
        server.close()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve, and say so."""
        await super().handle(reader, writer)
        self.served.set()


class CannotListen(Serves):
    """Its server cannot start."""

    async def main(self) -> None:
        """Say so."""
        self.context.report_no_port()


class LoopWaitsTwice(Loop):
    """Two of its tasks wait until the peer's script releases the application."""

    async def read(self) -> None:
        """Wait in both, then read to the end."""
        await asyncio.gather(*(self.context.wait_for_release_async(self.loop) for _ in range(2)))
        await super().read()
