"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562)."""

from datetime import datetime
from os import urandom


def uuid7(at: datetime) -> str:
    """A new UUID of version 7 for the instant `at`, as text."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    chance = int.from_bytes(urandom(10))
    value = milliseconds << 80 | 0x7 << 76 | (chance >> 68) << 64 | 0b10 << 62 | chance & ((1 << 62) - 1)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
