"""What the application does in a scenario, as code for each hook point that it reaches."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence

from fixtures.drivers.surfaces import AIOHTTP, WEBSOCKET_CLIENT, Surface
from fixtures.model.actions import AFTER_THE_END, CONNECTING, Action, When
from fixtures.model.scenario import Scenario

from .idiom import RAISED, Idiom
from .library_arguments import to_keywords
from .literals import NotWritten, express, fit, quote
from .transcript import name_event

FUNCTIONS = {"leave": "leave", "stop reading": "stop_reading", "run again": "run_forever"}
"""Actions that are functions of the script."""


class Application:
    """The application of one scenario, in the idiom of a surface. Raises `NotWritten`.

    `visits` are conditions, and the lines of what happens where they hold; `hook_points` those
    where something happens; `while_connecting` are lines of what happens when the peer says so.
    """

    def __init__(
        self, idiom: Idiom, surface: Surface, scenario: Scenario, waits: Sequence[tuple[str, int]]
    ) -> None:
        """`waits` are the visits that the peer waits for."""
        self._idiom, self._surface = idiom, surface
        self._await = "await " * idiom.is_async
        moments = [one for one in scenario.application if one.actions and one.point != CONNECTING]
        self.hook_points = {one.point for one in moments} | {point for point, _ in waits}
        for strange in self.hook_points - idiom.hook_points:
            raise NotWritten(f"the hook point {strange!r} is not supported")
        self.visits = [(_condition(*one), [f"{name_event(*one)}.set()"]) for one in waits]
        self.visits += [(_condition(one.point, one.nth), [*self._lines(one)]) for one in moments]
        early = [one.actions for one in scenario.application if one.point == CONNECTING]
        self.while_connecting = [self._early(one) for actions in early for one in actions]

    def at(self, point: str) -> str:
        """What an idiom says at a hook point; nothing if nothing happens there."""
        return f"{self._await}at({quote(point)})" if point in self.hook_points else ""

    def _lines(self, moment: When) -> Iterator[str]:
        apart = moment.point == AFTER_THE_END and self._idiom.template == "websocket_client_core"
        for line in (line for action in moment.actions for line in self._action(action)):
            # there, what an action raises does not keep the next one from being done
            yield f"with contextlib.suppress(Exception):\n    {line}" if apart else line

    def _early(self, action: Action) -> str:
        if action.verb == "cancel":
            say = 'say("elsewhere: the application: cancel()")'
            return f"{say}\nloop.call_soon_threadsafe({self._idiom.cancel})"
        if self._idiom.has_tasks:
            raise NotWritten(f"{action.verb}() while a coroutine connects is not supported")
        return f"act_elsewhere({', '.join(self._call(action))}).join(1)"

    def _action(self, action: Action) -> Iterator[str]:
        verb = action.verb
        cancels_handler = verb == "cancel" and self._surface.role == "server"
        if self._surface.on_trio and (action.elsewhere or cancels_handler):
            raise NotWritten("a second task or a cancelled handler on trio is not supported")
        said = f"say({quote(f'the application: {action.call}')})"
        if not action.by_name and verb in ("raise", "pause"):
            if action.elsewhere:
                raise NotWritten(f"a second thread or task that {verb}s is not supported")
            pause = f"await {self._idiom.in_thread}(released.wait)"
            pause = pause if self._idiom.is_async else "released.wait()"
            yield from (said, pause if verb == "pause" else f"raise {self._exception(action)}")
        elif verb in {"cancel", "leave", "stop reading"} - self._idiom.calls:
            yield said
            yield f"{'await ' * (verb == 'stop reading')}{self._function(action)}()"
        elif not action.elsewhere:
            yield fit(f"{self._await}act", self._call(action), 8)
        else:
            after = ["after=released"] * action.once_released
            yield fit("act_elsewhere", [*self._call(action), *after], 8)
            yield from ["await asyncio.sleep(0)"] * self._idiom.is_async

    def _exception(self, action: Action) -> str:
        if not action.args:
            return 'ApplicationError("raised by the application")'
        (name,) = action.args
        if self._idiom.template.startswith("tornado") and name in RAISED:
            return RAISED[name]
        if self._idiom.template != "websocket_client_app":
            raise NotWritten(f"raising {name} is not supported")
        return f"{'' if hasattr(builtins, name) else 'websocket.'}{name}"

    def _call(self, action: Action) -> list[str]:
        """What a script is to show of the action, and an expression of a function that does it."""
        return [quote(action.verb), express(action.arguments), self._function(action)]

    def _function(self, action: Action) -> str:
        idiom, verb, args = self._idiom, action.verb, [*map(express, action.args)]
        if action.by_name and verb in idiom.attributes and not action.options:
            return f'lambda: setattr({idiom.connection}, "{verb}", {args[0]})'
        if action.by_name:
            if verb not in idiom.methods:
                raise NotWritten(f"{verb} of the library's own is not supported")
            args += to_keywords({name: express(value) for name, value in action.options})
        elif verb == "cancel":
            return idiom.cancel
        elif verb in FUNCTIONS and (verb != "run again" or idiom.attributes):
            return FUNCTIONS[verb]
        elif verb not in {"close", "send"}:
            raise NotWritten(f"the application's {verb}() is not supported")
        elif verb == "close" and self._surface.library == WEBSOCKET_CLIENT:
            given = [express(x.encode() if isinstance(x, str) else x) for x in action.args]
            args = to_keywords(dict(zip(("status", "reason"), given, strict=False)))
        elif verb == "close" and self._surface.library == AIOHTTP:
            args = to_keywords(dict(zip(("code", "message"), args, strict=False)))
        own = {} if action.by_name else {"send": idiom.send, "close": idiom.close}
        method = own.get(verb, verb)
        owner = (verb == "abort" and idiom.dispatcher) or idiom.connection
        call = f"{owner}.{method}"
        return f"lambda: {call}({', '.join(args)})" if args else call


def _condition(point: str, nth: int) -> str:
    """An expression that holds at a hook point, or the nth time that it is reached (0: each)."""
    return f"point == {quote(point)}" + f" and visits.count(point) == {nth}" * (nth > 0)
