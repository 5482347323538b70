"""The callbacks of websocket-client's app as code, each in the form that a scenario asks for."""

from __future__ import annotations

from collections.abc import Mapping, Set

from fixtures.model.actions import CLOSED, CONTINUED, DATA, FAILED, MESSAGE, OPENED, PING, PONG

from .literals import NotWritten

CALLBACKS = {
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
"""What each of them tells, and its arguments besides the app."""
RARE = frozenset({"on_ping", "on_pong", "on_reconnect"})
"""Those that a script does without if they are not called."""
ASSIGNED = ("on_reconnect",)
"""Assigned to the app, as echoapp_client.py does: old releases have no such argument."""
FUNCTION, METHOD, PARTIAL, NONE = "a function", "a method", "a partial", "none"
OVERRIDDEN, APP_ALONE, ANY_ARGUMENTS = "overridden in a subclass", "takes the app alone", "*args"
FORMS = frozenset({FUNCTION, METHOD, PARTIAL, NONE, OVERRIDDEN, APP_ALONE, ANY_ARGUMENTS})
INSIDE = {METHOD: "class Client:", OVERRIDDEN: "class App(websocket.WebSocketApp):"}
PARTIALS = """
def heard(point, name, app, *args):
    told(point, name, *args)
"""


class Callbacks:
    """The callbacks of one script.

    What a scenario asks for nothing of is given as functions, and rare ones only if they are
    called; `on_data` only if something happens in it, or if its form is asked for.
    """

    def __init__(self, asked: Mapping[str, str], points: Set[str]) -> None:
        """In the forms that are `asked` for. Raises `NotWritten` for one that is unknown here."""
        unknown = {*asked, *asked.values()} - {*CALLBACKS, "*", *FORMS}
        if unknown:
            raise NotWritten(f"{', '.join(sorted(unknown))} of the callbacks is new here")
        left_out = {"on_cont_message"} - {*asked}
        left_out |= {"on_data"} - {*asked} if DATA not in points and "*" not in asked else set()
        every = asked.get("*", FUNCTION)
        forms = {name: asked.get(name, every) for name in CALLBACKS if name not in left_out}
        self._forms = {name: form for name, form in forms.items() if form != NONE}
        self._rare = RARE if not asked else frozenset()
        self.silent = frozenset({DATA}) - {CALLBACKS[name][0] for name in self._forms}

    def definitions(self) -> str:
        """The functions and classes that the callbacks need."""
        found = [PARTIALS] if PARTIAL in self._forms.values() else []
        for form, head in INSIDE.items():
            methods = [_method(name, form) for name, one in self._forms.items() if one == form]
            found += ["\n".join([head, "\n\n".join(methods)])] if methods else []
        found += ["client = Client()"] if METHOD in self._forms.values() else []
        return "\n\n\n".join(part.strip("\n") for part in found)

    @property
    def kind(self) -> str:
        """The class of the app."""
        return "App" if OVERRIDDEN in self._forms.values() else "websocket.WebSocketApp"

    def arguments(self) -> str:
        """The arguments of the app, a line for each."""
        given = [name for name in self._forms if name not in ASSIGNED]
        return "\n".join(
            self._line(name, "        {}={},") for name in given if self._is_given(name)
        )

    def assigned(self) -> str:
        """What is assigned to the app."""
        given = [name for name in self._forms if name in ASSIGNED and self._is_given(name)]
        return "\n".join(self._line(name, "    app.{} = {}") for name in given)

    def _is_given(self, name: str) -> bool:
        return self._forms[name] != OVERRIDDEN

    def _line(self, name: str, line: str) -> str:
        text = line.format(name, _expression(name, self._forms[name]))
        return text + (f"  #: {name}" if name in self._rare else "")


def _told(name: str, *args: str) -> str:
    point = CALLBACKS[name][0]
    return f"told({', '.join([_quoted(point), _quoted(name), *args])})"


def _expression(name: str, form: str) -> str:
    args = CALLBACKS[name][1]
    return {
        FUNCTION: f"lambda {', '.join(['app', *args])}: {_told(name, *args)}",
        METHOD: f"client.{name}",
        PARTIAL: f"functools.partial(heard, {_quoted(CALLBACKS[name][0])}, {_quoted(name)})",
        APP_ALONE: f"lambda app: {_told(name)}",
        ANY_ARGUMENTS: f"lambda *args: {_told(name, '*args[1:]')}",
    }[form]


def _method(name: str, form: str) -> str:
    args = CALLBACKS[name][1]
    app = ["app"] if form == METHOD else []
    return f"    def {name}({', '.join(['self', *app, *args])}):\n        {_told(name, *args)}"


def _quoted(word: str) -> str:
    """A word in double quotes."""
    return f'"{word}"'
