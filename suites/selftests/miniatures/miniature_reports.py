"""Miniatures whose reports to the application are wrong, each in exactly one way."""

from __future__ import annotations

import dataclasses
import logging

from fixtures.model.actions import CLOSED, FAILED, MESSAGE, ApplicationError
from fixtures.peer import wire

from .miniature_client import KEY, REQUEST, Closed, Good


class ConnectsTwice(Good):
    """Right: it connects once more after the close, and reports everything once for each."""

    async def main(self) -> None:
        """Have two connections, one after the other."""
        await super().main()
        self.sent = self.received = None
        await super().main()


class ReportsTheApplicationsError(Good):
    """Right: what the application raises in its close callback comes back as an error."""

    async def tell_close(self) -> None:
        """Tell the close, then what became of it."""
        try:
            await super().tell_close()
        except ApplicationError as error:
            await self.handle_callback_async("on_error", error, kind=FAILED)


class SendsAnOrigin(Good):
    """It sends an Origin header that nobody gave it."""

    request = REQUEST.replace(b"Host:", b"Origin: http://here\r\nHost:")


class ClosesTwice(Good):
    """It reports the close twice."""

    async def tell_close(self) -> None:
        """Tell the close, and tell it again."""
        await super().tell_close()
        await super().tell_close()


class FailsAfterTheClose(Good):
    """It reports an error after the close."""

    async def tell_close(self) -> None:
        """Tell the close, then an error."""
        await super().tell_close()
        await self.handle_callback_async("on_error", Closed(self.code, self.reason), kind=FAILED)


class FailsAfterTheSecondClose(ConnectsTwice):
    """It reports an error after the close of its second connection."""

    closes = 0

    async def tell_close(self) -> None:
        """Tell the close; the second time, an error as well."""
        await super().tell_close()
        self.closes += 1
        if self.closes == 2:
            await self.handle_callback_async(
                "on_error", Closed(self.code, self.reason), kind=FAILED
            )


class OpensTwice(Good):
    """It reports the opening twice."""

    async def opened(self) -> None:
        """Tell the opening, and tell it again."""
        await super().opened()
        await super().opened()


class NeverOpens(Good):
    """It never reports the opening."""

    async def opened(self) -> None:
        """Tell nothing."""


class OpensLate(Good):
    """It reports the opening only once the first frame has come, after that frame."""

    is_open = False

    async def opened(self) -> None:
        """Tell nothing yet."""

    async def handle(self, frame: wire.ReceivedFrame) -> bool:
        """Tell the frame, then the opening."""
        over = await super().handle(frame)
        if not self.is_open:
            self.is_open = True
            await super().opened()
        return over


class OpensElsewhere(Good):
    """It reports the opening from another task than the messages, and after them."""

    async def opened(self) -> None:
        """Tell nothing yet."""

    async def end(self) -> None:
        """Tell the opening from somewhere else, then the end."""
        with self.record.separate_lane():
            await super().opened()
        await super().end()


class OpensWhenRefused(Good):
    """It reports the opening although the server answered 404."""

    async def refused(self, error: Exception) -> None:
        """Tell the opening, then the end."""
        await self.opened()
        await super().refused(error)


class AcceptsAnyAnswer(Good):
    """It takes a 101 response for another key as its own."""

    def check(self, status: str, headers: dict[str, str]) -> None:
        """Look at the status alone."""
        super().check(status, headers | {"sec-websocket-accept": wire.compute_accept(KEY)})


class SaysNothingAtTheEnd(Good):
    """It never reports the close."""

    async def tell_close(self) -> None:
        """Tell nothing."""


class ReportsItsOwnCode(Good):
    """It reports 1000 whatever the server's close frame says."""

    @property
    def code(self) -> int:
        """Always normal closure."""
        return 1000


class ReportsTheLastCode(Good):
    """It takes the code from the second close frame, where there are two."""

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Look whether one more close frame stands behind this one."""
        await super().answer(frame)
        async for another in self.frames():
            self.received = another


class ReportsAbnormalClosure(Good):
    """It reports 1006 where a close frame without a code was received."""

    @property
    def code(self) -> int:
        """Abnormal closure in place of no status received."""
        return 1006 if super().code == 1005 else super().code


class ForgetsTheReason(Good):
    """It reports the close with an empty reason."""

    @property
    def reason(self) -> str:
        """Always empty."""
        return ""


class ReportsNoCode(Good):
    """It reports the close with nothing but None."""

    async def tell_close(self) -> None:
        """Tell the close, without code and reason."""
        await self.handle_callback_async("on_close", None, None, kind=CLOSED)


class SwapsMessages(Good):
    """It delivers the second message before the first."""

    kept: wire.ReceivedFrame | None = None

    async def fragment(self, frame: wire.ReceivedFrame) -> None:
        """Keep the first message until the second is delivered."""
        if self.kept is None:
            self.kept = frame
        else:
            await super().fragment(frame)
            await super().fragment(self.kept)


class DeliversTwice(Good):
    """It delivers each message twice."""

    async def fragment(self, frame: wire.ReceivedFrame) -> None:
        """Deliver, and deliver again."""
        await super().fragment(frame)
        await super().fragment(frame)


class AltersMessages(Good):
    """It delivers each message in capitals."""

    async def fragment(self, frame: wire.ReceivedFrame) -> None:
        """Deliver something else."""
        await super().fragment(dataclasses.replace(frame, payload=frame.payload.upper()))


class InventsAPingsPayload(Good):
    """It reports a ping without its payload."""

    async def handle(self, frame: wire.ReceivedFrame) -> bool:
        """Answer and report a ping as if it were empty."""
        if frame.opcode == wire.PING:
            frame = dataclasses.replace(frame, payload=b"")
        return await super().handle(frame)


class InventsAReason(Good):
    """It reports a reason although no close frame came."""

    @property
    def reason(self) -> str:
        """Something, in any case."""
        return super().reason or "no reason"


class FailsTwice(Good):
    """It reports that the connection did not open twice."""

    async def refused(self, error: Exception) -> None:
        """Tell of it, and tell again."""
        await self.handle_callback_async("on_error", error, kind=FAILED)
        await super().refused(error)


class FailsBeforeTheOpening(Good):
    """It reports an error of an open connection before the opening."""

    async def opened(self) -> None:
        """Tell of an error first."""
        await self.handle_callback_async("on_error", Closed(1006, ""), kind=FAILED)
        await super().opened()


class ClosesAfterTheRun(Good):
    """It reports the close after `run` has returned."""

    async def end(self) -> None:
        """Tell nothing of the close until the end."""
        await super().end()
        await super().tell_close()

    async def tell_close(self) -> None:
        """Tell nothing yet."""


class AsksWithPost(Good):
    """Its opening request is a POST."""

    request = REQUEST.replace(b"GET", b"POST", 1)


class DeliversLateData(Good):
    """It delivers what the server sends after its close frame."""

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Answer, and go on receiving."""
        await super().answer(frame)
        async for late in self.frames():
            await self.handle_callback_async("on_message", late.payload.decode(), kind=MESSAGE)


class DropsMessages(Good):
    """It never delivers a message."""

    async def handle(self, frame: wire.ReceivedFrame) -> bool:
        """Leave text frames out."""
        return frame.opcode != wire.TEXT and await super().handle(frame)


class ReturnsTheWrongThing(Good):
    """`run` says that the end was not clean when it was."""

    @property
    def is_clean(self) -> bool:
        """Always wrong."""
        return not super().is_clean


class RaisesTheBaseClass(Good):
    """`send` raises an error without the server's code after the close."""

    def send(self, text: str) -> None:
        """Raise something else."""
        raise OSError("closed")


class LeavesNoTrail(Good):
    """It ends without passing the end of the application's block."""

    async def end(self) -> None:
        """Go no further than the close."""
        self.end_tcp()
        await self.tell_close()


class ForgetsItsCode(Good):
    """Its `close_code` is None after the close."""

    async def end(self) -> None:
        """Overwrite the attribute."""
        await super().end()
        self.record.fact("close_code", None)


class LogsNothing(Good):
    """It logs nothing about the end."""

    async def end(self) -> None:
        """End with the logger switched off."""
        logger = logging.getLogger("miniature")
        logger.disabled = True
        await super().end()
        logger.disabled = False


class WarnsNothing(Good):
    """It does not warn that `close()` wants a code."""

    def close(self, code: int | None = None, reason: str = "") -> None:
        """Close with 1000."""
        super().close(1000 if code is None else code, reason)


class LogsAWarning(Good):
    """It logs a warning about the end as well."""

    async def end(self) -> None:
        """End, and warn."""
        logging.getLogger("miniature").warning("the connection is about to be closed")
        await super().end()
