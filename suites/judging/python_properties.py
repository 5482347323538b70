"""What a known issue or a promise may say of a Python: the properties, and which Python has them.

Those that a stored text names are of `fixtures.run.interpreter`. The others follow from the version
in it.
"""

from __future__ import annotations

import functools

from fixtures.model.text import suggest
from fixtures.run import interpreter

RAGGED_RAISES = "tls-ragged-eof-raises"
STAYS_OPEN = "stream-writer-stays-open"
PROPERTIES = {
    **interpreter.PROPERTIES,
    RAGGED_RAISES: "a TLS read can raise SSLEOFError when TCP ends without close_notify (since "
    "3.11.3), https://github.com/python/cpython/pull/95495",
    STAYS_OPEN: "an asyncio.StreamWriter that is dropped does not close its socket (before "
    "3.11.5), https://github.com/python/cpython/issues/106684",
}
"""What a known issue or a promise may name, in words."""


@functools.cache
def has_property(text: str, wanted: str) -> bool:
    """Whether the Python of a stored text has a property; the empty one is every Python's."""
    if wanted == RAGGED_RAISES:
        return _is_since(text, (3, 11, 3))
    if wanted == STAYS_OPEN:
        return not _is_since(text, (3, 11, 5))
    return interpreter.has_property(text, wanted)


def _is_since(text: str, first: tuple[int, ...]) -> bool:
    """Whether a Python is of this version or newer, as those of histories are, without a micro."""
    version = interpreter.decode_interpreter(text).version
    return len(version) < len(first) or tuple(map(_number, version)) >= first


def _number(part: str) -> int:
    """A part of a version; that of a pre-release, "0rc1", is before them all."""
    return int(part) if part.isdecimal() else -1


def explain_unknown_property(wanted: str) -> str:
    """What is wrong with the name of a property that there is not, in one line."""
    return f"python {wanted!r} is not one of {', '.join(PROPERTIES)}.{suggest(wanted, PROPERTIES)}"
