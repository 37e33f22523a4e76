"""What a segment of a journal is: its name, its lines, and what may be wrong with them. Pure."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from shared_rules.records import lines

SUFFIX = ".jsonl"
MAX_SEGMENT = 4 * 1024 * 1024
_SIGNED = b'"kind":"%s"' % lines.SIGNATURE.encode()


class Stored(msgspec.Struct, frozen=True, gc=False):
    """One line as it lies in `segment` at byte `offset`; `raw` is all of it, newline included."""

    segment: str
    offset: int
    raw: bytes
    line: lines.Line


class Damage(msgspec.Struct, frozen=True):
    """Bytes of a segment that are no line of its writer.

    `reason` is a LineError code, `writer` (another's line), `torn` (no end), or `unreadable` (no good line at all).
    """

    segment: str
    offset: int
    size: int
    reason: str


class Segment(msgspec.Struct, frozen=True):
    """A segment. `size` is in bytes; `day` is the date of its first record's `at` in the team's zone."""

    name: str
    number: int
    size: int
    day: date


def segment_name(writer: str, number: int) -> str:
    """`<writer>-<nnnnnn>.jsonl`."""
    return f"{writer}-{number:06d}{SUFFIX}"


def segment_number(writer: str, name: str) -> int | None:
    """The number in a segment's name; None for any other name."""
    if not name.startswith(f"{writer}-") or not name.endswith(SUFFIX):
        return None
    number = name[len(writer) + 1 : -len(SUFFIX)]
    return int(number) if len(number) == 6 and number.isascii() and number.isdecimal() else None


def whole(data: bytes) -> int:
    """How many bytes of a segment are whole lines; what follows was torn by a crash.

    A power cut may leave zeros where bytes were not yet on the disk. No line has a zero in it, so last lines that do
    belong to what was torn, but for a good one that ends behind the zeros.
    """
    end = data.rfind(b"\n") + 1
    while end:
        start = data.rfind(b"\n", 0, end - 1) + 1
        text = data[start : end - 1]
        if b"\0" not in text or _behind_zeros(text):
            break
        end = start
    return end


def scan(segment: str, writer: str, data: bytes, offset: int = 0) -> Iterator[Stored | Damage]:
    """The lines in `data`, which begins at byte `offset` of `segment`, in order; damaged ones as Damage."""
    *whole_lines, torn = data.split(b"\n")
    for text in whole_lines:
        size = len(text) + 1
        try:
            line = lines.decode(text)
        except lines.LineError as error:
            behind = _behind_zeros(text)
            hole = size - len(behind) - 1 if behind else size
            yield Damage(segment, offset, hole, error.code)
            if behind:
                yield from scan(segment, writer, behind + b"\n", offset + hole)
        else:
            if line.writer == writer:
                yield Stored(segment, offset, text + b"\n", line)
            else:
                yield Damage(segment, offset, size, "writer")
        offset += size
    if torn:
        yield Damage(segment, offset, len(torn), "torn")


def last_good(segment: str, writer: str, data: bytes) -> tuple[Stored | None, int]:
    """The last readable line of a segment's whole lines, and how many damaged ones that may be records follow it.

    Each of those may have used up a seq, and no seq may be used twice.
    """
    damaged = 0
    end = len(data)
    while end:
        start = data.rfind(b"\n", 0, end - 1) + 1
        raw = data[start:end]
        # A good line may follow a hole.
        for found in reversed(list(scan(segment, writer, raw, start))):
            if isinstance(found, Stored):
                return found, damaged
            damaged += _SIGNED not in raw
        end = start
    return None, damaged


def _behind_zeros(text: bytes) -> bytes:
    """The good line that `text` ends with, after zeros; empty if there is none.

    A process whose flush failed may be killed before it writes its line anew, and the system then calls the lost pages
    clean: whoever goes on behind them is told nothing, and its own line, which is certain, follows a hole.
    """
    _, zeros, line = text.rpartition(b"\0")
    if zeros:
        with suppress(lines.LineError):
            lines.decode(line)
            return line
    return b""


def day_of(at: str, zone: ZoneInfo) -> date:
    """The local day of an instant written as ISO 8601 with offset. Raises ValueError."""
    return datetime.fromisoformat(at).astimezone(zone).date()
