"""Put a script together: the surface's template, filled with what a scenario and its trace say."""

from __future__ import annotations

import contextlib
import inspect
import textwrap
from collections.abc import Iterator, Set
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
from packaging.version import Version

import suites.promises  # noqa: F401 -- declares the promises
from fixtures.drivers.minimal_loop import MinimalLoop
from fixtures.drivers.surfaces import Surface
from fixtures.drivers.websockets_common import SEED
from fixtures.model.actions import AFTER_THE_END
from fixtures.model.event import APPLICATION, AT, OTHER
from fixtures.model.scenario import USUAL, Scenario, Settings
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.net.loopback import BEHIND_A_PROXY, UNRESOLVED
from fixtures.peer.shutdown import TIMEOUTS
from suites.judging.judge import judge
from suites.judging.promise import PROMISES

from ..results.release import WrongInput
from .application import Application
from .idiom import IDIOMS, adapt
from .idiom_source import find_idiom
from .layout import lay_out
from .library_arguments import find_arguments
from .literals import WIDTH, NotWritten, fit, quote
from .printout import list_printed_lines
from .transcript import Transcript, name_event, transcribe

KNOWN = {"keepalive", "max_size", "address", "tls", "open_timeout", "hook_refuses", "async_open"}
KNOWN |= {"async_closed", "closed_starts_task", "connections", "url", "may_be_refused"}
KNOWN |= {"peer_is_instant"}  # on loopback it is, often enough
"""Settings that every script has a place for."""
QUIET_SECONDS = 2
"""How much longer than any pause before a loop's end a script waits before it ends the loop."""
HANG_SECONDS = 10
"""How much longer than everything else a script waits before it says where it hangs."""
ENDLESS_SECONDS = 120
"""How long a script shows what goes on for ever, such as pings."""


def wrap(text: str) -> str:
    """The lines of a docstring, those that are too long on several, backslashes escaped."""
    lines: list[str] = []
    for line in text.replace("\\", "\\\\").split("\n"):
        indent = " " * (2 if line.startswith("-") else 8)
        lines += textwrap.wrap(
            line, WIDTH - 3, subsequent_indent=indent, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines)


TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["wrap"] = wrap
TEMPLATES.globals["fit"] = fit
TEMPLATES.globals["seed"] = SEED
TEMPLATES.globals["minimal_loop"] = inspect.getsource(MinimalLoop)
TEMPLATES.globals["contents"] = lambda path: Path(path).read_text().strip()


def write_script(
    surface: Surface, scenario: Scenario, trace: Trace, certificates: Certificates | None = None
) -> str:
    """A script that shows what the trace shows. Raises `WrongInput` where none can be written."""
    tls = scenario.settings.tls or ("valid" if surface.tls else None)
    secured = replace(scenario, settings=replace(scenario.settings, tls=tls))
    with _refusing(surface, scenario):
        values = _find_values(surface, secured, trace)
    idiom = values["idiom"]
    verdicts = judge(surface, scenario, [trace]).ordered
    text = TEMPLATES.get_template(f"{idiom.template}.py.jinja").render(
        values,
        promises=[one for one in verdicts if one.check in PROMISES],
        printed=list_printed_lines(trace, surface, idiom.silent),
        certificates=certificates and tls and certificates.locate(tls),
        trusted=certificates and certificates.trusted,
    )
    return lay_out(text)


def require_writable(surface: Surface, scenario: Scenario) -> None:
    """Raise `WrongInput` for a cell of which no script can be written, whatever it shows."""
    with _refusing(surface, scenario):
        _transcribe(surface, scenario)


@contextlib.contextmanager
def _refusing(surface: Surface, scenario: Scenario) -> Iterator[None]:
    """What cannot be written is an error of the command line."""
    try:
        yield
    except NotWritten as reason:
        cell = f"{surface}-{scenario}"
        raise WrongInput(f"{cell} cannot be written as a script yet: {reason}") from reason


def _transcribe(surface: Surface, scenario: Scenario) -> Transcript:
    """What the far end does. Raises `NotWritten` for what nobody writes, whatever is shown."""
    if surface.name not in IDIOMS:
        raise NotWritten(f"the idiom of {surface} is not supported")
    idiom = IDIOMS[surface.name]
    _check_settings(scenario.settings, KNOWN | idiom.settings)
    found = transcribe(surface, scenario)
    if idiom.is_apart and (found.waits or AFTER_THE_END in scenario.needs):
        raise NotWritten(
            "a far end that waits for an application in another process is not supported"
        )
    return found


def _find_values(surface: Surface, scenario: Scenario, trace: Trace) -> dict[str, Any]:
    """What a template asks about a cell. Raises `NotWritten`."""
    settings, names = scenario.settings, {one.name for one in trace.events}
    transcript = _transcribe(surface, scenario)
    waits = sorted(transcript.waits)
    needs = {*scenario.needs, *(point for point, _ in waits)}
    idiom, values = adapt(IDIOMS[surface.name], settings, needs, names)
    application = Application(idiom, surface, scenario, waits)
    version = Version(trace.loaded.version).release
    hangs = min(int(trace.seconds), ENDLESS_SECONDS) + HANG_SECONDS if trace.hangs else None
    kinds = [one.kind for one in trace.events if one.lane in (APPLICATION, OTHER)]
    return {
        **values,
        **find_arguments(surface, version, settings, needs),
        "unusual": find_idiom(surface, settings),
        "surface": surface,
        "scenario": scenario,
        "settings": settings,
        "loaded": trace.loaded,
        "facts": trace.facts,
        "idiom": idiom,
        "application": application,
        "at": application.at,
        "names": names,
        "needs": needs,
        "leaves": bool(needs & {"leave", "stop reading"}),
        "version": version,
        "transcript": transcript,
        "events": [*(name_event(*one) for one in waits), "released"],
        "missed": [name_event(*one) for one in waits if kinds.count(one[0]) < one[1]],
        "url": _url(settings),
        "takes": 0 if hangs else round(trace.seconds),
        "hangs": hangs,
        "quiet": hangs or _find_longest_pause(trace) + QUIET_SECONDS,
        "patience": _find_patience(trace, transcript),
        "async": "async " * idiom.is_async,
        "await": "await " * idiom.is_async,
    }


def _find_longest_pause(trace: Trace) -> int:
    """For how many seconds, at most, nothing happens to the application."""
    times = [one.details[AT] for one in trace.events if one.lane in (APPLICATION, OTHER)]
    return round(max((after - before for before, after in pairwise(times)), default=0))


def _find_patience(trace: Trace, transcript: Transcript) -> float:
    """For how many seconds, at most, a script waits for the end of its far end."""
    waits_for_us = transcript.keeps_open and transcript.role == "server"
    if trace.hangs or waits_for_us or "TCP open" in [one.name for one in trace.events]:
        return 1
    return 30 + TIMEOUTS * transcript.close_timeout * transcript.keeps_open


def _check_settings(settings: Settings, known: Set[str]) -> None:
    """Raise `NotWritten` for settings that are not known, and not what they are by default."""
    strange = [one.name for one in fields(Settings) if one.name not in known]
    strange = [name for name in strange if getattr(settings, name) != getattr(USUAL, name)]
    if strange:
        raise NotWritten(f"the setting {', '.join(strange)} is not supported")


def _url(settings: Settings) -> str:
    """The expression of the address."""
    host = UNRESOLVED if settings.address == "unresolved" else "127.0.0.1"
    place = BEHIND_A_PROXY if settings.proxied else f"{host}:{{port}}"
    url = settings.url.replace("{host}", host) or f"{'wss' if settings.tls else 'ws'}://{place}/"
    return "f" * ("{port}" in url) + quote(url)
