"""Miniatures that are wrong on the wire or at the end, or not testable, each in one way."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from collections.abc import Mapping
from typing import ClassVar

from fixtures.model.actions import CLOSED, MESSAGE
from fixtures.peer import wire

from .miniature_client import Good

# On the wire


class SendsTwoCloseFrames(Good):
    """It answers a close frame twice."""

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Answer, and answer again."""
        self.write(wire.CLOSE, frame.payload[:2])
        self.write(wire.CLOSE, frame.payload[:2])


class SendsAfterItsClose(Good):
    """It sends a message after its close frame."""

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Answer, then send."""
        await super().answer(frame)
        self.write(wire.TEXT, b"one more thing")


class SendsAnIllegalCode(Good):
    """It answers with 1006, which must not be sent."""

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Answer with abnormal closure."""
        self.write(wire.CLOSE, wire.encode_close(1006))


class LeavesWithAnError(Good):
    """It closes with 1011, an internal error, for an application that leaves."""

    def leave(self) -> None:
        """Close as if something had failed."""
        self.close(1011)


class SendsAnotherCode(Good):
    """It answers with 1001 whatever the server's close frame says."""

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Answer with going away."""
        self.write(wire.CLOSE, wire.encode_close(1001))


class NeverAnswers(Good):
    """It sends no close frame in response to one."""

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Do nothing."""


class EndsInsteadOfClosing(Good):
    """Right, though impolite: the application's close ends the connection without a close frame."""

    def close(self, code: int | None = None, reason: str = "") -> None:
        """Close the socket."""
        self.end_tcp()


class AcceptsEverything(Good):
    """It accepts frames that must fail the connection, and carries on."""

    def is_broken(self, frame: wire.ReceivedFrame) -> bool:
        """Never."""
        return False

    async def handle(self, frame: wire.ReceivedFrame) -> bool:
        """Close at a close frame; hand over everything else that can be read."""
        if frame.opcode == wire.CLOSE:
            return await super().handle(frame)
        await self.handle_callback_async("on_message", repr(frame.payload), kind=MESSAGE)
        return False


# At the end


class WaitsForEver(Good):
    """It reports the close and then waits for something that never happens."""

    async def end(self) -> None:
        """Wait for nobody."""
        await super().end()
        await asyncio.get_running_loop().create_future()


class WaitsTooLong(Good):
    """It waits for the server's end for one close timeout, even if the server has ended."""

    async def end(self) -> None:
        """Let virtual time pass."""
        await asyncio.sleep(self.context.timeouts.close)
        await super().end()


class LeavesATask(Good):
    """It starts a task and does not end it."""

    async def end(self) -> None:
        """Keep something running beyond any settling time."""
        self.keeper = asyncio.create_task(asyncio.sleep(1e6))
        await super().end()


class LosesAnException(Good):
    """It starts a task that raises, and never looks at it."""

    async def end(self) -> None:
        """Start the task and drop it."""
        asyncio.create_task(self.stumble())  # noqa: RUF006 -- to be dropped is its part
        await super().end()

    async def stumble(self) -> None:
        """Raise."""
        raise LookupError("nobody sees this")


# Beyond judging


class Crashes(Good):
    """Its driver has a bug: an exception that is not the behaviour of a library."""

    async def end(self) -> None:
        """Raise."""
        raise RuntimeError("a bug of the driver")


class EndsTheProcess(Good):
    """It ends the process, with the status of success."""

    async def end(self) -> None:
        """End it."""
        os._exit(0)


class EndsTheProcessEarly(Good):
    """It ends the process before it is run: when a part of it is imported."""

    @classmethod
    def find_missing(cls) -> Mapping[str, str]:
        """End it."""
        os._exit(0)


class Exits(Good):
    """It raises what ends a program."""

    async def end(self) -> None:
        """Raise."""
        raise SystemExit


class StandsStill(Good):
    """It stops its process in the first of its runs, until somebody lets that go on."""

    runs: ClassVar[int] = 0
    stops: ClassVar[int] = 1

    async def end(self) -> None:
        """Stop."""
        StandsStill.runs += 1
        if self.runs <= self.stops:
            os.kill(os.getpid(), signal.SIGSTOP)


class Wavers(Good):
    """It reports the reason in every second run only."""

    runs: ClassVar = itertools.cycle((True, False))

    async def tell_close(self) -> None:
        """Tell the close with the reason, or without."""
        reason = self.reason if next(self.runs) else ""
        await self.handle_callback_async("on_close", self.code, reason, kind=CLOSED, code=self.code)
