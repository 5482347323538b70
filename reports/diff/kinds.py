"""The kinds of changes, in the order in which an application meets them."""

from __future__ import annotations

OPENING, RECONNECTS, HANGS = "opening", "reconnects", "hangs"
CALLBACK, ARGUMENTS = "callback", "arguments"
EXCEPTION, RESULT, TIME, WIRE, LEAK, OTHER = "exception", "result", "time", "wire", "leak", "other"
KINDS = {
    OPENING: "a server accepts an opening handshake that it refused, or refuses one",
    RECONNECTS: "it connects again by itself, or no longer",
    HANGS: "the application never ends, or no longer hangs",
    CALLBACK: "a callback is called, or no longer, or another number of times",
    ARGUMENTS: "a callback gets something else",
    EXCEPTION: "a call raises, or no longer, or raises something else",
    RESULT: "a call returns something else, or the application gets to another point",
    TIME: "the end comes sooner or later",
    WIRE: "something else goes over the wire",
    LEAK: "something is left over at the end, or no longer",
    OTHER: "an order, a warning, what nobody could catch",
}
"""Every kind of change, the weightiest first, and what it says."""


def of_events(before: str | None, after: str | None) -> str:
    """The kind of a change from how one event came to how another does; None: there is none."""
    hows = {before, after}
    if hows == {"called"}:
        return ARGUMENTS
    if "called" in hows:
        return CALLBACK
    if "raised" in hows:
        return EXCEPTION
    return OTHER if "acted" in hows else RESULT
