"""What is known of segments without reading them again, as it is kept on the disk."""

from datetime import date
from typing import Literal, get_args

import msgspec

Looked = Literal["lead", "handover", "refusal", "withdrawal"]
"""Kinds that are rare, or in few segments, and are looked for in all of them."""
LOOKED: tuple[Looked, ...] = get_args(Looked)


class Entry(msgspec.Struct, array_like=True, gc=False):
    """What is known of the first `size` bytes of a segment: first and last seq, lines of standing kinds by offset, and
    which kinds that are looked for it `has`.

    `reaches` is the latest day that its lines are about, where that is a later one than its own: its writer's clock, or
    another's, was wrong. It is known of the first `read` bytes; on which days they were written is known of all.
    """

    day: date
    size: int
    first_seq: int
    standing: list[tuple[int, str]]
    last_seq: int = 0
    reaches: date | None = None
    read: int = 0
    has: list[Looked] = []


class Cache(msgspec.Struct, array_like=True):
    """What is kept of all segments. `kinds` are the standing kinds, and those looked for, that it was built for;
    `replaced` is that of the place when it was.
    """

    kinds: list[str]
    entries: dict[str, Entry]
    replaced: int = 0
