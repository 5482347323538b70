"""Put a script together: the surface's template, filled with what a scenario and its trace say."""

from __future__ import annotations

import textwrap
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jinja2
from packaging.version import Version

from fixtures.drivers.surfaces import WEBSOCKET_CLIENT, Surface
from fixtures.model import actions as points
from fixtures.model.event import APPLICATION, OTHER
from fixtures.model.scenario import Scenario, Settings
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.net.loopback import BEHIND_A_PROXY, UNRESOLVED

from ..results.release import WrongInput
from .application import Application
from .callbacks import POINTS, callbacks_of
from .idiom import IDIOMS, Idiom
from .layout import lay_out
from .library_arguments import Request, library_arguments
from .literals import WIDTH, NotWritten, fit, quoted
from .printout import expected_lines
from .transcript import Transcript, event, transcribe

OWN_WORDS = {"options", "object_options", "callbacks", "proxied"}
"""Settings in the words of one library."""
KNOWN = (
    {"keepalive", "max_size", "address", "tls", "open_timeout", "hook_refuses", "async_open"}
    | {"async_closed", "closed_starts_task", "connections", "url", "may_be_refused"}
    | OWN_WORDS
)
"""Settings that scripts have a place for."""
HANG_SECONDS = 10
"""How much longer than everything else a script waits before it says where it hangs."""
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def script(
    surface: Surface, scenario: Scenario, trace: Trace, certificates: Certificates | None = None
) -> str:
    """A script that shows what the trace shows. Raises `WrongInput` where none can be written."""
    tls = scenario.settings.tls or ("valid" if surface.tls else None)
    scenario = replace(scenario, settings=replace(scenario.settings, tls=tls))
    try:
        return _render(surface, scenario, trace, certificates)
    except NotWritten as reason:
        cell = f"{surface}-{scenario}"
        raise WrongInput(f"{cell} cannot be written as a script yet: {reason}") from reason


def _render(
    surface: Surface, scenario: Scenario, trace: Trace, certificates: Certificates | None
) -> str:
    """The script. Raises `NotWritten`."""
    settings = scenario.settings
    _check(surface, settings)
    transcript = transcribe(surface, scenario)
    names = {one.name for one in trace.events}
    needs = {*scenario.needs, *(point for point, _ in transcript.waits)}
    version = Version(trace.loaded.version).release
    idiom, values = _idiom(Request(surface, version, settings, needs), names)
    application = Application(idiom, surface, scenario, transcript.waits)
    template = TEMPLATES.get_template(f"{idiom.template}.py.jinja")
    text = template.render(
        values,
        **_of_scenario(scenario),
        **_of_trace(trace, transcript),
        docstring=_docstring(scenario, trace, expected_lines(trace, surface, idiom.silent)),
        idiom=idiom,
        application=application,
        at=application.at,
        names=names,
        needs=needs,
        timeouts=surface.timeouts,
        version=version,
        transcript=transcript,
        events=[*(event(*one) for one in sorted(transcript.waits)), "released"],
        certificates=certificates and settings.tls and certificates.shown(settings.tls),
        trusted=certificates and certificates.trusted,
        contents=lambda path: Path(path).read_text().strip(),
        fit=fit,
        **{"async": "async " * idiom.is_async, "await": "await " * idiom.is_async},
    )
    return lay_out(text)


def _idiom(request: Request, names: set[str]) -> tuple[Idiom, dict[str, Any]]:
    """The idiom of a surface in a scenario, and values of its own for the template."""
    settings, needs = request.settings, request.needs
    if request.surface.name not in IDIOMS:
        raise NotWritten(f"the idiom of {request.surface} is new here")
    idiom, values = IDIOMS[request.surface.name], library_arguments(request)
    if idiom.template == "websocket_client_app":
        values["callbacks"] = found = callbacks_of(settings.callbacks, needs, names)
        here = {POINTS[one.name][0] for one in found}
        here |= {points.BEFORE_CONNECTING, points.AFTER_THE_END}
        idiom = replace(idiom, points=here, silent={points.DATA} - here)
    if idiom.template == "tornado_handler":
        waiting = {f"pause when {points.MESSAGE}": "on_message", points.ASYNC_OPEN: "open"}
        coroutines = {} if settings.async_closed else {waiting[one] for one in needs & {*waiting}}
        values["coroutines"] = coroutines
        idiom = replace(idiom, is_async=bool(coroutines))
    return idiom, values


def _of_scenario(scenario: Scenario) -> dict[str, Any]:
    """What a template asks about the scenario."""
    settings, actions = scenario.settings, [a for m in scenario.application for a in m.actions]
    verbs = {action.verb for action in actions if not action.by_name}
    raised = [action.args for action in actions if action.verb == "raise"]
    host = UNRESOLVED if settings.address == "unresolved" else "127.0.0.1"
    place = BEHIND_A_PROXY if settings.proxied else f"{host}:{{port}}"
    url = settings.url.replace("{host}", host) or f"{'wss' if settings.tls else 'ws'}://{place}/"
    return {
        "settings": settings,
        "url": "f" * ("{port}" in url) + quoted(url),
        "leaves": bool(verbs & {"leave", "stop reading"}),
        "cancels": "cancel" in verbs,
        "raises": () in raised,
        "interrupts": any(raised),
    }


def _of_trace(trace: Trace, transcript: Transcript) -> dict[str, Any]:
    """What a template asks about the trace: how long to wait, and what never came."""
    left_open = any(one.name == "TCP open" for one in trace.events)
    hangs = trace.waited == "hang"
    kinds = [one.kind for one in trace.events if one.lane in (APPLICATION, OTHER)]
    return {
        "hangs": int(trace.seconds) + HANG_SECONDS if hangs else None,
        "warns": bool(trace.facts.get("warnings")),
        "patience": 1 if left_open or hangs else 30,
        "missed": [event(*one) for one in sorted(transcript.waits) if kinds.count(one[0]) < one[1]],
    }


def _check(surface: Surface, settings: Settings) -> None:
    """Raise `NotWritten` for settings that no script has a place for."""
    known = KNOWN if surface.library == WEBSOCKET_CLIENT else KNOWN - OWN_WORDS
    names = [one.name for one in fields(Settings) if one.name not in known]
    strange = [name for name in names if getattr(settings, name) != getattr(Settings(), name)]
    if strange:
        raise NotWritten(f"the setting {', '.join(strange)} is new here")


def _docstring(scenario: Scenario, trace: Trace, printed: list[str]) -> str:
    """The version, what happens, how to run the script, and what it then prints."""
    loaded = trace.loaded
    name, version = loaded.library, loaded.version
    lines = [
        f"{name} {version}: {scenario.doc}",
        "",
        f"RFC 6455, {scenario.rfc}. To run it: pip install {name}=={version}",
        f"With {loaded.python} it prints (the peer's lines come in between):",
        "",
        *(f"    {line}" for line in printed),
        "",
    ]
    escaped = [line.replace("\\", "\\\\") for line in lines]
    wrapped = [textwrap.wrap(one, WIDTH - 3, subsequent_indent=" " * 8) or [""] for one in escaped]
    return "\n".join(line for part in wrapped for line in part)
