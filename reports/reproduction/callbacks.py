"""The callbacks of websocket-client's app as code, each in the form that a scenario asks for."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from fixtures.model.actions import CLOSED, CONTINUED, DATA, FAILED, MESSAGE, OPENED, PING, PONG

from .literals import NotWritten

POINTS = {
    "on_open": (OPENED, ""),
    "on_message": (MESSAGE, ", message"),
    "on_error": (FAILED, ", error"),
    "on_close": (CLOSED, ", code, reason"),
    "on_ping": (PING, ", data"),
    "on_pong": (PONG, ", data"),
    "on_data": (DATA, ", data, kind, fin"),
    "on_cont_message": (CONTINUED, ", data, fin"),
    "on_reconnect": (OPENED, ""),
}
"""The point that each of them is, and its parameters besides the app."""
OVERRIDDEN, METHOD = "overridden in a subclass", "a method"
HEARD = 'heard("{point}", "{name}", '
FORMS = {
    "a function": f"lambda app{{parameters}}: {HEARD}app{{parameters}})",
    METHOD: "client.{name}",
    OVERRIDDEN: "",
    "a partial": 'functools.partial(heard, "{point}", "{name}")',
    "takes the app alone": f"lambda app: {HEARD}app)",
    "*args": f"lambda *args: {HEARD}*args)",
    "none": "",
}
METHODS = {
    METHOD: f"{{name}}(self, app{{parameters}}):\n        {HEARD}app{{parameters}})",
    OVERRIDDEN: f"{{name}}(self{{parameters}}):\n        {HEARD}self{{parameters}})",
}


@dataclass(frozen=True, slots=True)
class Callback:
    """One callback and its form: what the app is given, and the method that it may be."""

    name: str
    form: str

    def write(self, forms: Mapping[str, str]) -> str:
        """The code of this form, or nothing."""
        point, parameters = POINTS[self.name]
        return forms.get(self.form, "").format(name=self.name, point=point, parameters=parameters)


def find_callbacks(asked: Mapping[str, str], points: Set[str], called: Set[str]) -> list[Callback]:
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
