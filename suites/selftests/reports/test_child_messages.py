"""What a child says is read whole, in linear time, past whatever else comes through its pipe."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

import pytest

from reports.running import child_messages
from reports.running.child_messages import ChildMessage, MessageReader


def encode(**fields: object) -> bytes:
    """A message as a child writes it."""
    text = json.dumps({"type": "cell"} | fields).encode()
    return b"\n%08x %b\n" % (zlib.crc32(text), text)


def read(parts: Sequence[bytes]) -> list[ChildMessage]:
    """The messages in what comes part by part."""
    reader = MessageReader()
    return [message for part in parts for message in reader.feed(part)]


ONE, OTHER = encode(reason="one"), encode(reason="other")


@pytest.mark.parametrize(
    ("parts", "reasons"),
    [
        ([ONE, OTHER], ["one", "other"]),
        ([ONE + OTHER], ["one", "other"]),
        ([bytes([one]) for one in ONE + OTHER], ["one", "other"]),
        ([b"a stray write", ONE], ["one"]),
        ([b"a\nstray\n\nwrite\n", ONE], ["one"]),
        ([ONE[:20], b"stray", ONE[20:], OTHER], ["other"]),
        ([ONE[:20], b"str\nay", ONE[20:], OTHER], ["other"]),
        ([ONE.replace(b"one", b"two"), OTHER], ["other"]),
        ([b'\n{"type": "cell"}\n', OTHER], ["other"]),
        ([b"\x00\xff\xfe", OTHER], ["other"]),
        ([ONE[:-1]], []),
        ([b""], []),
    ],
)
def test_a_damaged_message_is_lost_alone(parts: list[bytes], reasons: list[str]) -> None:
    """Each that is whole is read, wherever it is cut; what is none is passed over."""
    assert [message.reason for message in read(parts)] == reasons


def test_what_has_no_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that writes on and on takes no more memory than a message may."""
    monkeypatch.setattr(child_messages, "LONGEST", 1000)
    reader = MessageReader()
    for _ in range(100):
        assert list(reader.feed(b"x" * 100)) == []

    assert sum(map(len, reader._parts)) <= 1000
    assert [message.reason for message in reader.feed(ONE)] == ["one"]


def test_a_long_message_is_copied_once() -> None:
    """Its parts are kept as they came until the last is there: not put together part by part."""
    long = encode(traces=["x" * 1_000_000])
    reader = MessageReader()
    parts = [long[start : start + 1000] for start in range(0, len(long), 1000)]
    for part in parts[:-1]:
        assert list(reader.feed(part)) == []

    assert len(reader._parts) == len(parts) - 1
    assert [len(message.traces[0]) for message in reader.feed(parts[-1])] == [1_000_002]


def test_a_reason_is_text_and_not_too_long() -> None:
    """An exception of a library may say what UTF-8 cannot hold, and as much as it likes."""
    odd, long = read([encode(reason="half \ud800"), encode(reason="x" * 3_000_000)])

    assert odd.reason == r"half \ud800"
    assert long.reason == "x" * child_messages.LONGEST_REASON + "..."
