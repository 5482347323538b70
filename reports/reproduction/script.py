"""Put a script together: the far end, the application, and what it prints, above all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from types import ModuleType

from packaging.version import Version

from fixtures.drivers.surfaces import TORNADO, WEBSOCKET_CLIENT, WEBSOCKETS, Library, Surface
from fixtures.model.actions import AFTER_THE_END, BEFORE_CONNECTING, CONNECTING, ELSEWHERE
from fixtures.model.event import APPLICATION, OTHER, WIRE
from fixtures.model.scenario import Scenario, Settings
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates

from ..results.release import WrongInput
from . import far_end, parts, tornado, websocket_client, websockets
from .application import act_elsewhere, at, points
from .idiom import Idiom, Request, fitted
from .literals import NotWritten
from .telling import told
from .transcript import Transcript, event, transcribed

LIBRARIES: Mapping[str, ModuleType] = {
    WEBSOCKET_CLIENT.name: websocket_client,
    WEBSOCKETS.name: websockets,
    TORNADO.name: tornado,
}
MODULES = (
    "asyncio",
    "base64",
    "contextlib",
    "enum",
    "faulthandler",
    "functools",
    "hashlib",
    "http",
    "inspect",
    "re",
    "select",
    "socket",
    "ssl",
    "struct",
    "tempfile",
    "threading",
    "time",
    "warnings",
)
"""Modules of the standard library that a script may use."""
OWN_WORDS = ("options", "object_options", "callbacks", "proxied")
"""Settings in the words of one library."""
KNOWN = frozenset(
    {"keepalive", "max_size", "address", "tls", "open_timeout", "hook_refuses", "async_open"}
    | {"async_closed", "closed_starts_task", "connections", "url", "may_be_refused", *OWN_WORDS}
)
"""Settings that scripts have a place for."""
HANG_SECONDS = 10
"""How much longer than everything else a script waits before it says where it hangs."""


def script(
    surface: Surface, scenario: Scenario, trace: Trace, certificates: Certificates | None = None
) -> str:
    """A script that shows what the trace shows. Raises `WrongInput` where none can be written."""
    if surface.library.name not in LIBRARIES:
        raise WrongInput(f"reproduce knows no idiom for {surface.library}")
    try:
        return _script(surface, scenario, trace, certificates)
    except NotWritten as reason:
        cell = f"{surface}-{scenario}"
        raise WrongInput(f"{cell} cannot be written as a script yet: {reason}") from reason


def _script(
    surface: Surface, scenario: Scenario, trace: Trace, certificates: Certificates | None
) -> str:
    """The script. Raises `NotWritten`."""
    tls = scenario.settings.tls or ("valid" if surface.tls else None)
    scenario = replace(scenario, settings=replace(scenario.settings, tls=tls))
    _check(scenario.settings, surface.library)
    transcript = transcribed(surface, scenario)
    transcript.is_alone = not any(event.lane == WIRE for event in trace.events)
    version = Version(trace.loaded.version).release
    words = {*scenario.needs, *(point for point, _ in transcript.waits)}
    request = Request(scenario.settings, surface.timeouts, version, words)
    idiom: Idiom = LIBRARIES[surface.library.name].idiom_of(surface.name, request)
    needs = _needs(scenario, transcript, idiom, trace)
    values = {**idiom.options(request), "PATIENCE": _patience(trace)}
    here = points(scenario, transcript.waits)
    _check_points(here, idiom)
    body = [
        fitted(idiom.code, here, needs, values),
        at(idiom, scenario, transcript.waits),
        act_elsewhere(idiom, scenario),
        *_acting(idiom, scenario, needs, idiom.code + idiom.run),
        parts.SAY_OF_A_SECOND if {ELSEWHERE, CONNECTING} & {*scenario.needs} else parts.SAY,
        parts.SHOW,
        *far_end.code(transcript, scenario, certificates),
        fitted(_beginning(trace) + idiom.run, here, needs, values),
        fitted(_ending(surface, transcript, trace, needs), here, needs, values),
    ]
    text = "\n\n\n".join(part.strip("\n") for part in body if part.strip("\n"))
    head = f'"""{_docstring(surface, scenario, trace, idiom)}"""'
    return "\n\n".join([head, _imports(text), idiom.imports]) + f"\n\n\n{_tidy(text)}\n"


def _needs(scenario: Scenario, transcript: Transcript, idiom: Idiom, trace: Trace) -> set[str]:
    """The words of `#: word` that hold."""
    actions = [action for moment in scenario.application for action in moment.actions]
    verbs = {action.verb for action in actions if not action.by_name}
    names = {event.name for event in trace.events}
    settings = scenario.settings
    conditions = {
        "acts": bool(points(scenario, transcript.waits) - {CONNECTING}),
        "leaving": bool(verbs & {"leave", "stop reading"}),
        "leave": "leave" in verbs,
        "stop_reading": "stop reading" in verbs,
        "cancel": "cancel" in verbs,
        "raise": any(action.verb == "raise" and not action.args for action in actions),
        "interrupts": any(action.verb == "raise" and action.args for action in actions),
        "again": "run again" in verbs,
        "before": BEFORE_CONNECTING in points(scenario, transcript.waits),
        "after": AFTER_THE_END in points(scenario, transcript.waits),
        "over": far_end.listens_again(transcript),
        "refuse": settings.hook_refuses,
        "open_timeout": settings.open_timeout,
        "task": settings.closed_starts_task,
        "asyncio": idiom.is_async or idiom.second_task,
        "callback": "closed.wait()" in idiom.code,
        "second": ELSEWHERE in scenario.needs and (idiom.is_async or idiom.second_task),
        "at_message": "message" in points(scenario, transcript.waits),
        "peer": bool(transcript.lines),
    }
    found = {word for word, holds in conditions.items() if holds}
    return found | (names & {"on_ping", "on_pong", "on_reconnect"})


def _acting(idiom: Idiom, scenario: Scenario, needs: set[str], code: str) -> list[str]:
    """Functions that tell what the application does, and what the scenario needs besides."""
    acts = any(
        (action.by_name or action.verb not in {"raise", "pause"})
        and (action.verb != "cancel" or idiom.told_cancel)
        and (action.verb not in {"leave", "stop reading"} or idiom.told_leave)
        for moment in scenario.application
        for action in moment.actions
    )
    found = []
    if "raise" in needs:
        found.append("class ApplicationError(Exception):\n    pass")
    if "call(" in code or (acts and not idiom.is_async):
        found.append(parts.CALL)
    if acts:
        found.append(parts.ACT_ASYNC if idiom.is_async else parts.ACT)
    if "second" in needs:
        found += [parts.SECOND] * idiom.second_task
        found += [parts.AFTER_RELEASE] * any(
            action.once_released for m in scenario.application for action in m.actions
        )
        found.append("tasks = []")
    return found


def _beginning(trace: Trace) -> str:
    lines = []
    if trace.waited == "hang":
        seconds = int(trace.seconds) + HANG_SECONDS
        lines.append(f"faulthandler.dump_traceback_later({seconds}, exit=True)  # it hangs")
    if trace.facts.get("warnings"):
        lines.append('warnings.simplefilter("always")')
    return "\n".join(["", *lines])


def _patience(trace: Trace) -> str:
    """Seconds that the far end gets to come to its end, where it comes to one."""
    left_open = any(event.name == "TCP open" for event in trace.events)
    return "1" if left_open or trace.waited == "hang" else "30"


def _ending(surface: Surface, transcript: Transcript, trace: Trace, needs: set[str]) -> str:
    """Wait for the peer, which waits no longer for what the application did not come to."""
    kinds = [event.kind for event in trace.events if event.lane in (APPLICATION, OTHER)]
    missed = [one for one in sorted(transcript.waits) if kinds.count(one[0]) < one[1]]
    lines = [f"{event(*one)}.set()  # it never came to that" for one in missed]
    ending = far_end.LEFT_OPEN.strip("\n") if surface.role == "client" and "peer" in needs else ""
    return "\n".join([*lines, ending])


def _check(settings: Settings, library: Library) -> None:
    """Raise `NotWritten` for settings that no script has a place for."""
    default = Settings()
    new = [
        one.name
        for one in fields(Settings)
        if one.name not in KNOWN and getattr(settings, one.name) != getattr(default, one.name)
    ]
    own = [name for name in OWN_WORDS if getattr(settings, name) and library != WEBSOCKET_CLIENT]
    if new or own:
        raise NotWritten(f"the setting {', '.join(new + own)} is new here")


def _check_points(here: set[str], idiom: Idiom) -> None:
    """Raise `NotWritten` for a point that the idiom does not come to."""
    for point in here - {CONNECTING}:
        if f'"{point}"' not in idiom.code:
            raise NotWritten(f"the application's coming to {point!r} is new here")


def _docstring(surface: Surface, scenario: Scenario, trace: Trace, idiom: Idiom) -> str:
    loaded = trace.loaded
    name = loaded.library
    lines = [
        f"{name} {loaded.version}: {scenario.doc}",
        "",
        f"RFC 6455, {scenario.rfc}. To run it: pip install {name}=={loaded.version}",
        f"With {loaded.python} it prints (the peer's lines come in between):",
        "",
        *(f"    {line}" for line in told(trace, surface, idiom.silent)),
        "",
    ]
    return "\n".join(lines).replace("\\", "\\\\")


def _imports(text: str) -> str:
    used = [name for name in MODULES if re.search(rf"(?<![\w.]){name}\.", text)]
    return "\n".join(f"import {name}" for name in used)


def _tidy(text: str) -> str:
    """Two empty lines before each function and class, and nowhere more."""
    parted = re.sub(r"\n+(?=(async def|def|class) )", "\n\n\n", text)
    return re.sub(r"\n{4,}", "\n\n\n", parted)
