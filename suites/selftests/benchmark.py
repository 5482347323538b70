"""What a cell costs beside the bare library: `python -m suites.selftests.benchmark`.

Runs a cell, and the same exchange written by hand with the bare library against the same scripted
peer, in turns, and prints medians in milliseconds. Nothing here is a test, and no test is timed.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import statistics
import time
from collections.abc import Callable

import tornado.websocket  # noqa: TID251 -- the bare library is what a cell is compared with
import websocket  # noqa: TID251 -- likewise
import websockets.asyncio.client  # noqa: TID251 -- likewise
import websockets.sync.client  # noqa: TID251 -- likewise

from fixtures.drivers import surfaces
from fixtures.drivers.surfaces import Surface
from fixtures.net.loopback import listen
from fixtures.peer.peer_thread import PeerThread
from fixtures.run.cell import run_cell
from fixtures.run.clock import RealClock
from suites.scenarios import close

SCENARIO = close.peer_closes_after_messages


class Bench:
    """The least a peer needs: one listening socket."""

    def __init__(self) -> None:
        """It listens."""
        self.socket = listen()
        self.url = f"ws://127.0.0.1:{self.socket.getsockname()[1]}/"

    def connect(self, peer: PeerThread) -> socket.socket:
        """Accept."""
        return self.socket.accept()[0]

    def wait_for(self, point: str, nth: int) -> None:
        """Nothing to wait for."""

    def act(self, point: str) -> None:
        """Nobody to act."""

    def release(self) -> None:
        """Nothing to release."""

    interrupt = release

    def listen(self, *, accepting: bool) -> None:
        """It listens already."""


def with_websocket_client_app(url: str) -> None:
    """The callback client."""
    websocket.WebSocketApp(
        url,
        on_open=lambda app: None,
        on_message=lambda app, message: None,
        on_error=lambda app, error: None,
        on_close=lambda app, code, reason: None,
    ).run_forever()


def with_websocket_client_core(url: str) -> None:
    """The blocking socket."""
    connection = websocket.create_connection(url)
    while connection.recv_data()[0] != websocket.ABNF.OPCODE_CLOSE:
        pass
    connection.close()


def with_websockets_threading_client(url: str) -> None:
    """The threading client."""
    with websockets.sync.client.connect(url, proxy=None) as connection:
        for _ in connection:
            pass


def with_websockets_asyncio_client(url: str) -> None:
    """The asyncio client, in a loop of its own."""

    async def main() -> None:
        async with websockets.asyncio.client.connect(url, proxy=None) as connection:
            async for _ in connection:
                pass

    asyncio.run(main())


def with_tornado_client(url: str) -> None:
    """The tornado client, in a loop of its own."""

    async def main() -> None:
        connection = await tornado.websocket.websocket_connect(url)
        while await connection.read_message() is not None:
            pass
        connection.close()

    asyncio.run(main())


BARE: dict[Surface, Callable[[str], None]] = {
    surfaces.websocket_client_app: with_websocket_client_app,
    surfaces.websocket_client_core: with_websocket_client_core,
    surfaces.websockets_threading_client: with_websockets_threading_client,
    surfaces.websockets_asyncio_client: with_websockets_asyncio_client,
    surfaces.tornado_client: with_tornado_client,
}


def bare(surface: Surface) -> None:
    """The exchange by hand, with a fresh peer as in a cell."""
    bench = Bench()
    peer = PeerThread("server", SCENARIO.script, bench, RealClock(), lambda event: None)
    peer.start()
    BARE[surface](bench.url)
    peer.waiter.application_is_over(may_have_sockets=True)
    peer.join()
    bench.socket.close()
    peer.waiter.close()


def seconds(function: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def main() -> None:
    """Print, for each surface, the medians of both ways and their difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    print(f"{'median of ' + str(rounds):34}{'cell':>9}{'bare':>9}{'more':>9}  (ms)")
    for surface in BARE:
        cell_times, bare_times = [], []
        for _ in range(rounds):
            cell_times.append(seconds(lambda: run_cell(surface, SCENARIO)))  # noqa: B023 -- called at once
            bare_times.append(seconds(lambda: bare(surface)))  # noqa: B023 -- called at once
        cell, hand = (statistics.median(times) * 1000 for times in (cell_times, bare_times))
        print(f"{surface.name:34}{cell:9.2f}{hand:9.2f}{cell - hand:9.2f}")


if __name__ == "__main__":
    main()
