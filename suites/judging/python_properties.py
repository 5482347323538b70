"""What a known issue or a promise may say of a Python: the properties, and which Python has them.

Those that stand in a stored text by their names are of `fixtures.run.interpreter`. One more follows
from the version in it: every Python of a version has it, whoever built that.
"""

from __future__ import annotations

import functools

from fixtures.model.text import suggest
from fixtures.run import interpreter

STAYS_OPEN = "stream-writer-stays-open"
CLOSES_SINCE = (3, 11, 5)
"""Where `StreamWriter.__del__` came; of 3.12 every release has it."""
PROPERTIES = {
    **interpreter.PROPERTIES,
    STAYS_OPEN: "an asyncio.StreamWriter that is dropped does not close its socket, "
    "https://github.com/python/cpython/issues/106684",
}
"""What a known issue or a promise may name, in words."""


@functools.cache
def has_property(text: str, wanted: str) -> bool:
    """Whether the Python of a stored text has a property; the empty one is every Python's.

    A text without a micro version is that of a history, whose Pythons are newer than the property.
    """
    if wanted != STAYS_OPEN:
        return interpreter.has_property(text, wanted)
    version = interpreter.decode_interpreter(text).version
    return len(version) == len(CLOSES_SINCE) and tuple(map(_number, version)) < CLOSES_SINCE


def _number(part: str) -> int:
    """A part of a version; that of a pre-release, "0rc1", is before them all."""
    return int(part) if part.isdecimal() else -1


def explain_unknown_property(wanted: str) -> str:
    """What is wrong with the name of a property that there is not, in one line."""
    return f"python {wanted!r} is not one of {', '.join(PROPERTIES)}.{suggest(wanted, PROPERTIES)}"
