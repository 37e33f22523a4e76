"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562)."""

import re
from datetime import UTC, datetime, timedelta
from os import urandom

_UUID7 = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_EPOCH = datetime.fromtimestamp(0, UTC)


def uuid7(at: datetime) -> str:
    """A new UUID of version 7 for the instant `at`, as text."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    chance = int.from_bytes(urandom(10))
    value = milliseconds << 80 | 0x7 << 76 | (chance >> 68) << 64 | 0b10 << 62 | chance & ((1 << 62) - 1)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def made_at(id: str) -> datetime | None:
    """The instant for which an id says it was made; None for one of another form, or of no time that there is."""
    match = _UUID7.fullmatch(id)
    try:
        return _EPOCH + timedelta(milliseconds=int(match[1] + match[2], 16)) if match else None
    except OverflowError:
        return None
