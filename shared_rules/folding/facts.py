"""A fact: one record that was verified, whose author may write it, opened. And which of several facts holds."""

from collections.abc import Collection
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

Key = tuple[str, str]
"""Author and id: what a record is known by."""
Slot = tuple[str, ...]
"""Where a record stands among those about an agent: a call by its key, which begins all others. See `slot_of`."""
Line = tuple[str, int]
"""Writer and seq: the line that a record comes in."""


class Fact(msgspec.Struct, frozen=True, gc=False):
    """`author` is the person the writer is bound to, `agent` whom the record is about, `at` an aware instant.

    `body` is the clear body (a `kinds.Call` …) or, for kinds that are sealed whole, the opened secret (an
    `entries.PointsSecret` …), `told` the number of what it tells (see `told_number`). `tag` is the clear phone tag of
    the customer the record speaks of.
    """

    kind: str
    author: str
    id: str
    writer: str
    seq: int
    at: datetime
    agent: str
    body: Any
    told: int
    tag: str | None = None

    @property
    def key(self) -> Key:
        """Author and id."""
        return self.author, self.id

    @property
    def line(self) -> Line:
        """The line it came in: writer and seq. Of two lines with one key the lower stands."""
        return self.writer, self.seq

    @property
    def order(self) -> tuple[float, str, int, str]:
        """Of two that did not see each other the greater holds: instant, writer, seq."""
        return self.at.timestamp(), self.writer, self.seq, self.id


def standing(candidates: Collection[Fact]) -> Fact:
    """Of facts of one kind about one thing, those that none replaces, and of these the latest (instant, writer, seq).

    Where each is replaced by another (only a forger's or a broken program's records are), the latest of all.
    """
    replaced = {old for fact in candidates for old in fact.body.replaces if old != fact.id}
    free = [fact for fact in candidates if fact.id not in replaced] or candidates
    return max(free, key=written)


def written(fact: Fact) -> tuple[float, str, int, str]:
    """The order of writing, to sort by."""
    return fact.order


def about_key(fact: Fact) -> Key:
    """The key of the record that a fact names as the one it is about."""
    return fact.body.about.author, fact.body.about.id


def slot_of(fact: Fact) -> Slot:
    """Where a fact stands: of two lines with one slot the lower is it, and the other tells it again.

    An agent may give one id to several records. None takes the place of a call then, nor of what was changed in one:
    those stand by what they are about too.
    """
    match fact.kind:
        case "call":
            return fact.key
        case "correction" | "void":
            return *fact.key, fact.kind, *about_key(fact)
    return *fact.key, ""


def retells(one: Fact, other: Fact) -> bool:
    """Whether two facts in one slot tell the same: brought over under another key, a record says what it said."""
    return (one.kind, one.at, one.tag, one.body) == (other.kind, other.at, other.tag, other.body)


def key_number(key: Key) -> int:
    """A key as a number of 8 bytes."""
    return _number("\n".join(key).encode())


def told_number(author: str, kind: str, id: str, at: str, body: bytes) -> int:
    """What a record tells in clear, as a number of 8 bytes: the same in whatever line and under whichever key it comes.

    `at` and `body` as they stand in the line. It takes some 2**32 tries to make two records with one number, and 2**64
    to make one with the number of a given one.
    """
    return _number("\n".join((author, kind, id, at, "")).encode() + body)


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The date of an aware instant in `zone`."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:  # the first or last day of the calendar, from a hostile or broken clock
        return instant.date()
