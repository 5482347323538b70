"""What the application does in a scenario, as code for each point that it comes to."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Set

from fixtures.drivers.surfaces import WEBSOCKET_CLIENT, Surface
from fixtures.model.actions import AFTER_THE_END, CONNECTING, Action, When
from fixtures.model.scenario import Scenario

from .idiom import Idiom
from .library_arguments import named
from .literals import NotWritten, expression, fit, quoted
from .transcript import event

FUNCTIONS = {"leave": "leave", "stop reading": "stop_reading", "run again": "run_forever"}
"""Actions that are functions of the script."""


class Application:
    """The application of one scenario, in the idiom of a surface. Raises `NotWritten`.

    `visits` are conditions, and the lines of what happens where they hold; `points` those where
    something happens; `while_connecting` are lines of what happens when the peer says so.
    """

    def __init__(
        self, idiom: Idiom, surface: Surface, scenario: Scenario, waits: Set[tuple[str, int]]
    ) -> None:
        """`waits` are the visits that the peer waits for."""
        self._idiom, self._surface = idiom, surface
        self._await = "await " if idiom.is_async else ""
        moments = [one for one in scenario.application if one.actions and one.point != CONNECTING]
        self.points = {one.point for one in moments} | {point for point, _ in waits}
        for strange in self.points - idiom.points:
            raise NotWritten(f"the application's coming to {strange!r} is new here")
        self.visits = [(_condition(*one), [f"{event(*one)}.set()"]) for one in sorted(waits)]
        self.visits += [(_condition(one.point, one.nth), self._lines(one)) for one in moments]
        early = [one.actions for one in scenario.application if one.point == CONNECTING]
        self.while_connecting = [self._early(one) for actions in early for one in actions]

    def at(self, point: str) -> str:
        """What an idiom says where it comes to a point; nothing if nothing happens there."""
        return f"{self._await}at({quoted(point)})" if point in self.points else ""

    def _lines(self, moment: When) -> list[str]:
        lines = [line for action in moment.actions for line in self._action(action)]
        if moment.point != AFTER_THE_END or self._idiom.template != "websocket_client_core":
            return lines
        apart = "with contextlib.suppress(Exception):"  # whatever the action before it raised
        return [part for line in lines for part in (apart, f"    {line}")]

    def _early(self, action: Action) -> str:
        if action.verb == "cancel":
            say = 'say("elsewhere: the application: cancel()")'
            return f"{say}\nloop.call_soon_threadsafe({self._idiom.cancel})"
        if self._idiom.has_tasks:
            raise NotWritten(f"{action.verb}() while a coroutine connects is new here")
        return f"act_elsewhere({', '.join(self._call(action))}).join(1)"

    def _action(self, action: Action) -> Iterator[str]:
        verb = action.verb
        if not action.by_name and verb in ("raise", "pause"):
            yield f"say({expression(f'the application: {_text(action)}')})"
            yield self._pause(action) if verb == "pause" else self._raise(action)
        elif verb in {"cancel", "leave", "stop reading"} - self._idiom.calls:
            yield f'say("the application: {verb}()")'
            yield f"{'await ' * (verb == 'stop reading')}{self._function(action)}()"
        elif not action.elsewhere:
            yield fit(f"{self._await}act", self._call(action), 8)
        else:
            after = ["after=released"] * action.once_released
            yield fit("act_elsewhere", [*self._call(action), *after], 8)
            if self._idiom.is_async:
                yield "await asyncio.sleep(0)"

    def _pause(self, action: Action) -> str:
        if action.elsewhere:
            raise NotWritten("a second thread or task pauses")
        wait = "await asyncio.to_thread(released.wait)"
        return wait if self._idiom.is_async else "released.wait()"

    def _raise(self, action: Action) -> str:
        if action.elsewhere:
            raise NotWritten("a second thread or task raises")
        if not action.args:
            return 'raise ApplicationError("raised by the application")'
        (name,) = action.args
        if self._idiom.template != "websocket_client_app":
            raise NotWritten(f"the application raises {name}")
        return f"raise {'' if hasattr(builtins, name) else 'websocket.'}{name}"

    def _call(self, action: Action) -> list[str]:
        """The action's text, and an expression of a function that does it."""
        return [expression(_text(action)), self._function(action)]

    def _function(self, action: Action) -> str:
        idiom, verb, args = self._idiom, action.verb, list(map(expression, action.args))
        if action.by_name and verb in idiom.attributes and not action.options:
            return f'lambda: setattr({idiom.connection}, "{verb}", {args[0]})'
        if action.by_name:
            if verb not in idiom.methods:
                raise NotWritten(f"{verb} of the library's own is new here")
            args += named({name: expression(value) for name, value in action.options})
        elif verb == "cancel":
            return idiom.cancel
        elif verb in FUNCTIONS and (verb != "run again" or idiom.attributes):
            return FUNCTIONS[verb]
        elif verb not in {"close", "send"}:
            raise NotWritten(f"the application's {verb}() is new here")
        elif verb == "close" and self._surface.library == WEBSOCKET_CLIENT:
            args = _status_and_reason(action, self._surface.timeouts.close)
        method = idiom.send if verb == "send" and not action.by_name else verb
        call = f"{idiom.connection}.{method}"
        return f"lambda: {call}({', '.join(args)})" if args else call


def _condition(point: str, nth: int) -> str:
    """An expression that holds when the application comes to a point, or the nth time (0: each)."""
    return f"point == {quoted(point)}" + f" and visits.count(point) == {nth}" * (nth > 0)


def _status_and_reason(action: Action, timeout: float) -> list[str]:
    """Arguments of websocket-client's `close()`: a reason in bytes, and a timeout, by name."""
    given = [expression(one.encode() if isinstance(one, str) else one) for one in action.args]
    return named({"timeout": timeout, **dict(zip(("status", "reason"), given, strict=False))})


def _text(action: Action) -> str:
    """What is said of the action, as a trace has it."""
    given = [*action.args, *(f"{name}={value!r}" for name, value in action.options)]
    return f"{action.verb}({', '.join(map(repr, given))})"
