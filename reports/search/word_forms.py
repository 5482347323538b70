"""The words of a question, and what else they may be in the suite's texts.

How this works. A word matches the words that begin with its stem, so that `closing` finds `closes`;
one that everyday speech has in place of ours (`heartbeat`) finds ours (`ping`) as well. An
identifier (`on_close`, `ConnectionClosedOK`) and a number (`401`) are taken as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)*")
SHORTEST = 3
"""Letters that a stem has at least."""
_GLUE = """
a d ll m re s t ve
about after again all also always an and any are as at be been before being but by can cannot
could def did do does doing don during each else even ever every for from get gets getting got
had has have how i if in instead into is isn it its itself just like me much my no not of on one
only onto or our out over should since so some still such than that the their them then there
these they thing this those to too up use used using via was we were what when where whether
which while who why will with without won would you your
"""
_TALK = """
auto behavior behaviour bug call called calling calls case cases cause causes correct correctly
debug debugging didn dispatch dispatching doesn due example feature fire fired fires fix handling
happen happens intended invoke invoked issue know knows library method possible prevent problem
program proper properly python question release result seem seems self something tell tells told
trigger triggered unexpected upon version websocket work working works wrong
"""
STOPWORDS = frozenset((_GLUE + _TALK).split())
"""Words of a question that select nothing."""
SUFFIXES = ("ing", "ed", "es", "s", "e")
"""What a stem is without, of the first that fits."""

MEANINGS: tuple[tuple[str, str], ...] = (
    ("abnormal abnormally unclean", "1006 lost"),
    ("abort kill killed drop dropped", "reset"),
    ("async asynchronous await awaited awaitable coroutine", "coroutine async"),
    ("auth authentication authorization unauthorized", "401 credentials"),
    ("away", "1001"),
    ("big huge large size", "too_big limit long 1009"),
    ("block blocked blocking freeze freezes frozen deadlock", "hang never"),
    ("broken corrupt corrupted invalid malformed", "protocol malformed illegal"),
    ("cancel cancelled cancellation", "cancelled"),
    ("cert certificate ssl", "tls certificate"),
    ("concurrent thread threads threading parallel", "elsewhere thread"),
    ("crash crashed crashes", "raises reset"),
    ("ctrl interrupt interrupted keyboardinterrupt sigint", "sigint interrupt"),
    ("dead died dies die gone leave left", "ends"),
    ("disconnect disconnected disconnection disconnects", "lost closes ends reset"),
    ("unhandled uncaught", "raises"),
    ("error errors exception exceptions", "raises raised error"),
    ("exit exits quit", "leaves sigint"),
    ("fail fails failed failure", "raised refuses"),
    ("forbidden", "403"),
    ("forever infinite infinitely", "never hang"),
    ("graceful gracefully clean cleanly normal normally", "1000"),
    ("handshake", "opening"),
    ("hang hanging hangs stuck", "hang never"),
    ("heartbeat keepalive idle", "ping pong no_pong"),
    ("hostname mismatch", "name"),
    ("interruption loss lost", "lost ends reset 1006"),
    ("leak leaks leaked leaking unclosed", "leftover"),
    ("missing", "no_ lacks"),
    ("network wifi cable unplugged", "lost reset ends no_pong"),
    ("policy", "1008"),
    ("receive received receiving read reading", "recv read_message receive"),
    ("reconnect reconnecting reconnection retry retries reopen", "reconnect opens_again"),
    ("refuse refused reject rejected", "refuse"),
    ("restart shutdown", "stops going"),
    ("terminate terminated termination abruptly suddenly", "lost reset ends"),
    ("silent silently swallow swallowed", "lost nothing"),
    ("slow delay delayed late", "late never"),
    ("status", "code"),
    ("stop stopped", "closes ends"),
    ("timeout timed timeouts", "never timeout no_pong"),
    ("twice duplicate double", "twice two"),
    ("wss https secure", "tls"),
    ("utf utf8", "utf8 not_utf8 1007"),
)
"""What people call it, and what it is called here."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question: the stem that matches it, and those of what may be meant by it."""

    word: str
    stem: str
    meant: tuple[str, ...] = ()


def find_terms(question: str) -> list[Term]:
    """The words of a question that select something, each once; all of them if none does."""
    words = list(dict.fromkeys(WORD.findall(question)))
    telling = [word for word in words if word.lower() not in STOPWORDS]
    return [_make_term(word) for word in telling or words]


def stem(word: str) -> str:
    """The beginning that the forms of a word have in common, in lower case."""
    lower = word.lower()
    if not lower.isalpha() or not (word.islower() or word.istitle()):
        return lower
    for suffix in SUFFIXES:
        short = lower.removesuffix(suffix)
        if short != lower and len(short) >= SHORTEST and not lower.endswith("ss"):
            doubled = suffix in ("ing", "ed") and short[-1] == short[-2] and short[-1] not in "ls"
            return short[:-1] if doubled and len(short) > SHORTEST else short
    return lower


def find_word(stem: str, text: str, start: int = 0) -> int:
    """Where in a text in lower case a word begins so, from a place on; -1 if none does.

    A number is there as a whole.
    """
    at = text.find(stem, start)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(stem) : at + len(stem) + 1]
        inside = before.isalnum() and stem[0].isalnum()
        if not inside and not (stem.isdigit() and after.isalnum()):
            return at
        at = text.find(stem, at + 1)
    return -1


def _make_term(word: str) -> Term:
    own = stem(word)
    return Term(word, own, tuple(sorted({one for one in _meanings(word) if one != own})))


def _meanings(word: str) -> Iterator[str]:
    for said, meant in MEANINGS:
        if word.lower() in said.split():
            yield from map(stem, meant.split())
