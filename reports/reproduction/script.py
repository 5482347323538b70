"""Put a script together: the surface's template, filled with what a scenario and its trace say."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jinja2
from packaging.version import Version

import suites.promises  # noqa: F401 -- declares the promises
from fixtures.drivers.surfaces import Surface
from fixtures.model.event import APPLICATION, OTHER
from fixtures.model.scenario import Scenario, Settings
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.net.loopback import BEHIND_A_PROXY, UNRESOLVED
from suites.judging.judge import KEPT, judge
from suites.judging.promise import PROMISES

from ..results.release import WrongInput
from .application import Application
from .idiom import IDIOMS, adapt
from .layout import lay_out
from .library_arguments import Request, library_arguments
from .literals import WIDTH, NotWritten, fit, quoted
from .printout import expected_lines
from .transcript import name_event, transcribe

KNOWN = {"keepalive", "max_size", "address", "tls", "open_timeout", "hook_refuses", "async_open"}
KNOWN |= {"async_closed", "closed_starts_task", "connections", "url", "may_be_refused"}
"""Settings that every script has a place for."""
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
    secured = replace(scenario, settings=replace(scenario.settings, tls=tls))
    try:
        values = _find_values(surface, secured, trace)
    except NotWritten as reason:
        cell = f"{surface}-{scenario}"
        raise WrongInput(f"{cell} cannot be written as a script yet: {reason}") from reason
    idiom = values["idiom"]
    template = TEMPLATES.get_template(f"{idiom.template}.py.jinja")
    printed = expected_lines(trace, surface, idiom.silent)
    text = template.render(
        values,
        docstring=_docstring(surface, scenario, trace, printed),
        certificates=certificates and tls and certificates.locate(tls),
        trusted=certificates and certificates.trusted,
        contents=lambda path: Path(path).read_text().strip(),
        fit=fit,
    )
    return lay_out(text)


def _find_values(surface: Surface, scenario: Scenario, trace: Trace) -> dict[str, Any]:
    """What a template asks about a cell. Raises `NotWritten`."""
    if surface.name not in IDIOMS:
        raise NotWritten(f"the idiom of {surface} is new here")
    settings, names = scenario.settings, {one.name for one in trace.events}
    known = KNOWN | IDIOMS[surface.name].settings
    strange = [one.name for one in fields(Settings) if one.name not in known]
    strange = [name for name in strange if getattr(settings, name) != getattr(Settings(), name)]
    if strange:
        raise NotWritten(f"the setting {', '.join(strange)} is new here")
    transcript = transcribe(surface, scenario)
    waits = sorted(transcript.waits)
    needs = {*scenario.needs, *(point for point, _ in waits)}
    request = Request(surface, Version(trace.loaded.version).release, settings, needs)
    idiom, values = adapt(IDIOMS[surface.name], settings, needs, names)
    application = Application(idiom, surface, scenario, waits)
    hangs = trace.waited == "hang"
    left_open = "TCP open" in names
    kinds = [one.kind for one in trace.events if one.lane in (APPLICATION, OTHER)]
    return (
        values
        | library_arguments(request)
        | {
            "idiom": idiom,
            "application": application,
            "at": application.at,
            "settings": settings,
            "names": names,
            "needs": needs,
            "leaves": bool(needs & {"leave", "stop reading"}),
            "timeouts": surface.timeouts,
            "version": request.version,
            "trace": trace,
            "transcript": transcript,
            "events": [*(name_event(*one) for one in waits), "released"],
            "missed": [name_event(*one) for one in waits if kinds.count(one[0]) < one[1]],
            "url": _url(settings),
            "hangs": int(trace.seconds) + HANG_SECONDS if hangs else None,
            "patience": 1 if left_open or hangs else 30,
            "async": "async " * idiom.is_async,
            "await": "await " * idiom.is_async,
        }
    )


def _url(settings: Settings) -> str:
    """The expression of the address."""
    host = UNRESOLVED if settings.address == "unresolved" else "127.0.0.1"
    place = BEHIND_A_PROXY if settings.proxied else f"{host}:{{port}}"
    url = settings.url.replace("{host}", host) or f"{'wss' if settings.tls else 'ws'}://{place}/"
    return "f" * ("{port}" in url) + quoted(url)


def _docstring(surface: Surface, scenario: Scenario, trace: Trace, printed: list[str]) -> str:
    """The version, what happens, what the documents say of it, and what the script prints."""
    loaded = trace.loaded
    release = f"{loaded.library}=={loaded.version}"
    verdicts = judge(surface, scenario, [trace]).ordered
    promises = [
        f"- {'not so here: ' * (one.word != KEPT)}{one.says}\n  {one.source}"
        for one in verdicts
        if one.check in PROMISES
    ]
    lines = [
        f"{loaded.library} {loaded.version}: {scenario.doc}",
        "",
        f"RFC 6455, {scenario.rfc}. To run it: pip install {release}",
        *(["The documents say:", *"\n".join(promises).splitlines(), ""] * bool(promises)),
        f"With {loaded.python} it prints (the peer's lines come in between):",
        "",
        *(f"    {line}" for line in printed),
        "",
    ]
    return "\n".join(line for one in lines for line in _wrap(one.replace("\\", "\\\\")))


def _wrap(line: str) -> Iterator[str]:
    """The line, on several if it is long."""
    indent = " " * (2 if line.startswith("-") else 8)
    yield from textwrap.wrap(line, WIDTH - 3, subsequent_indent=indent, break_on_hyphens=False) or [
        ""
    ]
