"""What malformed inputs are made of: texts and values that are wrong, and the places for them.

Each is harmless to any other program: nothing here is larger than a few hundred kilobytes. What is
not to be printed is `SECRET`, and every text that may be holds `HOSTILE`.
"""

from __future__ import annotations

import json
from typing import Any

SECRET = "kept_to_itself"
HOSTILE = "\x1b[31m\u202e\u2028\x07\n::error::##vso[task.complete]"
DIGITS = "9" * 5_000
DEPTH = 5_000
GOOD_LOCK = '[[package]]\nname = "websockets"\nversion = "15.0"\n'
NAMES = {
    "a NUL": "a\0b{}",
    "a lone surrogate": "a\ud800{}",
    "half a character": "a\udcff{}",
    "too long": "a" * 5_000 + "{}",
    "escapes": HOSTILE + "{}",
}
"""Names of files that are not there; `{}` is for the ending."""
BYTES: dict[str, bytes] = {
    "no UTF-8": f"{SECRET}\xff\xfe".encode("latin-1"),
    "UTF-16": f"{SECRET} ".encode("utf-16"),
    "NULs": f"{SECRET}\0=\0".encode(),
    "brackets": b"[" * DEPTH,
    "braces": b"{" * DEPTH,
    "a deep list": b"a = " + b"[" * DEPTH + b"]" * DEPTH,
    "a deep table": b"a = " + b"{a = " * DEPTH + b"1" + b"}" * DEPTH,
    "a deep JSON list": b'{"a": ' + b"[" * DEPTH + b"]" * DEPTH + b"}",
    "a deep JSON object": b'{"a":' * DEPTH + b"1" + b"}" * DEPTH,
    "many dots": b"a." * 60_000 + b"a = 1",
    "many dots in a head": b"[" + b"a." * 60_000 + b"a]",
    "quoted dots": b'"a" . ' * 20_000 + b"a = 1",
    "5,000 digits": f"a = {DIGITS}\n".encode(),
    "5,000 digits in JSON": f'{{"a": {DIGITS}}}'.encode(),
    "a huge float": b'{"a": 1e999, "b": NaN}',
    "a JSON list": f'["{SECRET}", 1]'.encode(),
    "a JSON text": f'"{SECRET}"'.encode(),
    "a JSON null": b"null",
    "an open text": f'a = "{SECRET}'.encode(),
    "an open JSON text": f'{{"a": "{SECRET}'.encode(),
    "a key twice": f"{SECRET} = 1\n{SECRET} = 2\n".encode(),
    "an environment": f"PATH=/bin\0TOKEN={SECRET}\0".encode(),
    "a key file": f"-----BEGIN {SECRET}-----\nMII{SECRET}=\n-----END {SECRET}-----\n".encode(),
    "commands": f"{SECRET}\n::error::{SECRET}\n\x1b]0;{SECRET}\x07\u202e".encode(),
}
"""What no reader can make anything of."""
VALUES = {
    "a number": "5",
    "5,000 digits": DIGITS,
    "a float": "1.5",
    "true": "true",
    "a text": json.dumps("some text"),
    "a hostile text": json.dumps(HOSTILE),
    "a list": "[1]",
    "a list of lists": "[[]]",
    "a deep list": "[" * DEPTH + "]" * DEPTH,
}
"""Values, in TOML and in JSON alike, in the place of another one; `table` and `object` differ."""
TABLES = VALUES | {"a table": "{ a = { b = 1 } }", "a day": "2027-13-45"}
OBJECTS = VALUES | {"an object": '{"a": {"b": 1}}', "null": "null", "not a number": "NaN"}
REPLACEMENTS: dict[str, Any] = {
    "a number": 5,
    "a negative number": -1,
    "a long number": int("9" * 300),
    "a float": 1.5,
    "true": True,
    "null": None,
    "a text": "some text",
    "a hostile text": HOSTILE,
    "a list": [1],
    "a list of lists": [[]],
    "an object": {"a": {"b": 1}},
    "an empty list": [],
    "an empty object": {},
    "a deep list": json.loads("[" * 150 + "]" * 150),
}
"""The same as data."""
POLICIES = (
    "schema = {}",
    "use = {}",
    "accept = {}",
    "unknown = {}",
    "use.surfaces = {}",
    "use.scenarios = [{}]",
    "[[accept]]\nlibrary = {}\nreason = 'so'\ndate = 2027-01-02",
    "[[accept]]\nlibrary = 'websockets'\nreason = {}\ndate = 2027-01-02",
    "[[accept]]\nlibrary = 'websockets'\nreason = 'so'\ndate = {}",
    "[[accept]]\nlibrary = 'websockets'\nreason = 'so'\ndate = 2027-01-02\ncheck = {}",
    "[[accept]]\nlibrary = 'websockets'\nreason = 'so'\ndate = 2027-01-02\nbehaviour = {}",
    "[[accept]]\nlibrary = 'websockets'\nreason = 'so'\ndate = 2027-01-02\nchanges = [{}]",
    "[[accept]]\nlibrary = 'websockets'\nreason = 'so'\ndate = 2027-01-02\nfrom = {}",
    "levels = {}",
    "levels.wire = {}",
)
SHARED_POLICIES = (
    "tool.wslifecycle = {}",
    "tool.wslifecycle.accept = {}",
    "tool = {} # wslifecycle",
)
COUNTS = ("x", "", "-1", "1.5", "nan", "99999999999", DIGITS, HOSTILE, "\udcff")
"""What is no sensible number of anything."""
NARROW = ("sweep", "websockets", "--releases", "15.0", "-k", "peer_closes_first")
"""A sweep for which little has to be made ready before it finds out what is wrong."""
COMMAND_LINES = (
    (),
    ("",),
    (HOSTILE,),
    ("\udcff",),
    ("gate",),
    ("gate", ""),
    ("gate", HOSTILE),
    ("gate", "websockets", "--from", "", "--to", ""),
    ("gate", "websockets", "--from", "1", "--to", HOSTILE),
    ("gate", "websockets", "--from", DIGITS, "--to", DIGITS),
    ("gate", "websockets", "--lock", "one"),
    ("gate", "websockets", "--from", "1", "--to", "2", "--accept", HOSTILE, "--reason", "so"),
    ("gate", "websockets", "--from", "1", "--to", "2", "--accept", DIGITS, "--reason", "so"),
    ("gate", "websockets", "--from", "1", "--to", "2", "--accept", "1", "--reason", ""),
    ("compare", "websockets", "", ""),
    ("compare", "websockets", "a\0b", "c"),
    ("compare", "websockets", "\ud800/", "x"),
    ("compare", "websockets", "1.0", DIGITS),
    ("compare", "websockets", "x" * 5_000, "1.0"),
    ("compare", "websockets", "15.0", "16.0", "-k", "(" * DEPTH),
    ("compare", "websockets", "15.0", "16.0", "-k", "not " * DEPTH + "x"),
    ("compare", "websockets", "15.0", "16.0", "-k", "\0"),
    ("compare", "websockets", "15.0", "16.0", "--format", HOSTILE),
    ("compare", "websockets", "15.0", "16.0", "--output", "no/where"),
    ("compare", "websockets", "15.0", "16.0", "--output", "a\0b"),
    ("compare", "websockets", "15.0", "16.0", "--output", "\ud800"),
    ("compare", "websockets", "15.0", "16.0", "--output", "."),
    ("history", HOSTILE),
    ("history", "websockets", "-k", HOSTILE),
    ("history", "websockets", "--histories", "a\0b"),
    ("history", "websockets", "--histories", "\ud800"),
    ("since", "", ""),
    ("since", HOSTILE, HOSTILE),
    ("since", "websockets_asyncio_client", "\udcff"),
    ("since", "websockets_asyncio_client", "peer_closes_first", "--release", HOSTILE),
    ("explain", "websockets_asyncio_client", HOSTILE),
    ("advise", ""),
    ("advise", HOSTILE),
    ("advise", f"websockets=={DIGITS}"),
    ("advise", "websockets==" + "(" * DEPTH),
    ("advise", "websockets==1.*"),
    ("page", HOSTILE),
    ("page", "websockets", "--record", ""),
    ("page", "websockets", "--record", "a\0b"),
    ("page", "websockets", "--release", DIGITS),
    ("page", "websockets", "--output", "\0"),
    ("verdicts", "\0"),
    ("verdicts", "websockets", "--release", HOSTILE),
    ("reproduce", HOSTILE, ""),
    ("reproduce", "websockets_asyncio_client", "peer_closes_first", "--release", DIGITS),
    ("reproduce", "websockets_asyncio_client", "peer_closes", "--output", "a\0b"),
    ("new", HOSTILE),
    ("merge",),
    ("merge", ""),
    ("merge", "a\0b"),
    ("sweep", ""),
    ("sweep", "websockets", "--releases", DIGITS),
    ("sweep", "websockets", "--releases", f"{DIGITS}.."),
    ("sweep", "websockets", "--releases", HOSTILE),
    ("sweep", "websockets", "--releases", "15.0", "--shard", HOSTILE),
    ("sweep", "websockets", "--releases", "15.0", "--shard", f"{DIGITS}/{DIGITS}"),
    (*NARROW, "--engine", HOSTILE),
    (*NARROW, "--record", "a\0b"),
    (*NARROW, "--record", "."),
    ("sweep", "websockets", "-k", "peer and"),
    ("--drivers", "", "sweep", "nothing"),
    ("--drivers", HOSTILE, "sweep"),
    ("--drivers", ".", "sweep"),
    ("--drivers", "a\0b", "sweep"),
    ("--drivers", "\udcff", "sweep"),
    ("--drivers", "no.where", "sweep"),
    ("--drivers", "deep_drivers", "sweep"),
)
