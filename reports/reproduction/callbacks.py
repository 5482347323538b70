"""The callbacks of websocket-client's app as code, each in the form that a scenario asks for."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from fixtures.model.actions import CLOSED, CONTINUED, DATA, FAILED, MESSAGE, OPENED, PING, PONG

from .literals import NotWritten

POINTS = {
    "on_open": (OPENED, ()),
    "on_message": (MESSAGE, ("message",)),
    "on_error": (FAILED, ("error",)),
    "on_close": (CLOSED, ("code", "reason")),
    "on_ping": (PING, ("data",)),
    "on_pong": (PONG, ("data",)),
    "on_data": (DATA, ("data", "kind", "fin")),
    "on_cont_message": (CONTINUED, ("data", "fin")),
    "on_reconnect": (OPENED, ()),
}
"""The point that each of them is, and its arguments besides the app."""
FORMS = {
    "a function": "lambda {parameters}: {body}",
    "a method": "client.{name}",
    "overridden in a subclass": "",
    "a partial": 'functools.partial(heard, "{point}", "{name}")',
    "takes the app alone": 'lambda app: heard("{point}", "{name}", app)',
    "*args": 'lambda *args: heard("{point}", "{name}", *args)',
    "none": "",
}


@dataclass(frozen=True, slots=True)
class Callback:
    """One callback: the form in which it is given, the expression of that, if it is given."""

    name: str
    form: str

    @property
    def expression(self) -> str:
        """What the app is given; nothing if a subclass has it."""
        point, arguments = POINTS[self.name]
        parameters = ", ".join(("app", *arguments))
        return FORMS[self.form].format(
            name=self.name, point=point, parameters=parameters, body=self.body("app")
        )

    def signature(self, *before: str) -> str:
        """The head of a method whose first parameters are these."""
        return f"{self.name}({', '.join((*before, *POINTS[self.name][1]))})"

    def body(self, app: str) -> str:
        """What it does; `app` is an expression of the app."""
        point, arguments = POINTS[self.name]
        return f'heard("{point}", "{self.name}", {", ".join((app, *arguments))})'


def callbacks_of(asked: Mapping[str, str], points: Set[str], called: Set[str]) -> list[Callback]:
    """Those of a script, in the forms that are `asked` for, and else functions.

    Rare ones are given only if they are called or anything is asked for, `on_data` if something
    happens in it. Raises `NotWritten` for a name or a form that is unknown here.
    """
    unknown = {*asked, *asked.values()} - {*POINTS, "*", *FORMS}
    if unknown:
        raise NotWritten(f"{', '.join(sorted(unknown))} of the callbacks is new here")
    rare = {one for one in ("on_ping", "on_pong") if POINTS[one][0] not in points}
    left_out = set() if asked else (rare | {"on_reconnect"}) - called
    left_out |= {"on_data"} if DATA not in points and "*" not in asked else set()
    left_out = (left_out | {"on_cont_message"}) - {*asked}
    forms = {one: asked.get(one, asked.get("*", "a function")) for one in POINTS}
    return [Callback(*one) for one in forms.items() if one[0] not in left_out and one[1] != "none"]
