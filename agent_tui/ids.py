"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562)."""

from datetime import datetime
from secrets import randbits
from uuid import UUID


def uuid7(at: datetime) -> str:
    """A new UUID of version 7 for the instant `at`, as text."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | randbits(12) << 64 | 0b10 << 62 | randbits(62)
    return str(UUID(int=value))
