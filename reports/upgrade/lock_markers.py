"""For which Python and platform a pin counts, and which of several pins does."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from packaging.markers import Marker
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from .lock_pins import RANGE, RULED_OUT, SEVERAL, UNREADABLE, Pin

Environment = Mapping[str, str]
"""What markers are about, where it differs from the Python that runs."""
LAST_PATCH = 99
"""A Python that is named without its third number is the newest of its series."""
MOST = 5
"""How many of several releases are named."""
EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]*)['\"]")
NAMED = re.compile(r"['\"]([^'\"]*)['\"]\s+in\s+(?:extras|dependency_groups)")
"""What a marker says of an extra, and of those of PEP 751."""
SUBDIRS = {
    "linux-64": "sys_platform == 'linux' and platform_machine == 'x86_64'",
    "linux-aarch64": "sys_platform == 'linux' and platform_machine == 'aarch64'",
    "linux-ppc64le": "sys_platform == 'linux' and platform_machine == 'ppc64le'",
    "osx-64": "sys_platform == 'darwin' and platform_machine == 'x86_64'",
    "osx-arm64": "sys_platform == 'darwin' and platform_machine == 'arm64'",
    "win-64": "sys_platform == 'win32'",
}
"""The platforms of conda as markers."""


def choose_python(version: str | None) -> Environment:
    """The environment of this Python, such as 3.12 or 3.12.4; of the one that runs for None."""
    series = platform.python_version_tuple()[:2]
    if not version or tuple(version.split(".")) == series:
        return {}
    parts = [*version.split("."), str(LAST_PATCH)][:3]
    full = ".".join(parts)
    return {
        "python_version": ".".join(parts[:2]),
        "python_full_version": full,
        "implementation_version": full,
    }


def describe_environment(environment: Environment) -> str:
    """The Python and the platform in words."""
    running = ".".join(platform.python_version_tuple()[:2])
    return f"Python {environment.get('python_version', running)} on {sys.platform}"


def prefer_python(specifier: str) -> str:
    """The Pythons of a `requires-python` as a marker; nothing for what is none."""
    try:
        found = SpecifierSet(specifier)
    except InvalidSpecifier:
        return ""
    return " and ".join(f"python_full_version {one.operator} '{one.version}'" for one in found)


def holds(marker: str, environment: Environment) -> bool:
    """Whether a marker holds, with some extra or group or without. Raises `ValueError`."""
    try:
        parsed = Marker(marker)
        return any(parsed.evaluate(one, "lock_file") for one in _list_choices(marker, environment))
    except (ValueError, KeyError, RecursionError) as error:
        raise ValueError("a marker in it is none (PEP 508)") from error


def choose_pin(pins: Sequence[Pin], environment: Environment) -> Pin:
    """The one of the pins of a library that counts; or that none does, or that several do."""
    try:
        left = [pin for pin in pins if _counts(pin, environment)]
        if not left:
            return Pin(RULED_OUT, f"only for others than {describe_environment(environment)}")
        left = [pin for pin in left if pin.kind != RANGE] or left
        left = _narrow(list(dict.fromkeys(left)), environment)
    except ValueError as error:
        return Pin(UNREADABLE, str(error))
    if len(left) == 1:
        return left[0]
    if all(pin.kind == RANGE for pin in left):
        return left[0]
    listed = sorted({pin.what for pin in left})
    more = f" and {len(listed) - MOST} more" if len(listed) > MOST else ""
    named = ", ".join(listed[:MOST]) + more
    return Pin(SEVERAL, f"several releases: {named}", advice="choose one")


def _counts(pin: Pin, environment: Environment) -> bool:
    return not pin.markers or any(holds(marker, environment) for marker in pin.markers)


def _narrow(pins: list[Pin], environment: Environment) -> list[Pin]:
    """The pins that are preferred, each once."""
    for number in range(max((len(pin.prefers) for pin in pins), default=0)):
        if not _differ(pins):
            break
        pins = [pin for pin in pins if _is_preferred(pin, number, environment)] or pins
    if _differ(pins):
        pins = [pin for pin in pins if pin.main] or pins
    return pins if _differ(pins) else pins[:1]


def _differ(pins: Sequence[Pin]) -> bool:
    return not all(pin.same(pins[0]) for pin in pins)


def _is_preferred(pin: Pin, number: int, environment: Environment) -> bool:
    marker = pin.prefers[number] if number < len(pin.prefers) else ""
    return not marker or holds(marker, environment)


def _list_choices(
    marker: str, environment: Environment
) -> Iterator[Mapping[str, str | AbstractSet[str]]]:
    """The environment without extras and groups, and with those that the marker speaks of."""
    yield {**environment, "extra": ""}
    for extra in EXTRA.findall(marker):
        yield {**environment, "extra": extra}
    named = frozenset(NAMED.findall(marker))
    if named:
        yield {**environment, "extra": "", "extras": named, "dependency_groups": named}
