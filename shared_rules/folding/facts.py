"""A fact is a verified and opened record whose author may write it. Also: which of several facts holds."""

from collections.abc import Collection
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

Key = tuple[str, str]
"""Author and id, by which a record is known."""
Slot = tuple[str, ...]
"""The place of a record among those about an agent (see `slot_of`): for a call its key, for others its key and more."""
Line = tuple[str, int]
"""Writer and seq: the line that a record came in."""


class Fact(msgspec.Struct, frozen=True, gc=False):
    """`author` is the person the writer is bound to, `agent` whom the record is about, `at` an aware instant.

    `body` is the clear body (such as a `kinds.Call`) or, for kinds that are sealed whole, the opened secret (such as an
    `entries.PointsSecret`). `told` is the number of its content (see `told_number`). `tag` is the clear phone tag of
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
        """The line it came in: writer and seq. Of two lines with one key the lower one counts."""
        return self.writer, self.seq

    @property
    def order(self) -> tuple[float, str, int, str]:
        """Instant, writer, seq, id. Of two facts that did not see each other the one with the greater order holds."""
        return self.at.timestamp(), self.writer, self.seq, self.id


def standing(candidates: Collection[Fact]) -> Fact:
    """The fact that holds among facts of one kind about one thing: the latest (instant, writer, seq) that none
    replaces.

    If each of them is replaced by another, as only a forger or a broken program can do, the latest of all.
    """
    return max(unreplaced(candidates) or candidates, key=written)


def unreplaced(candidates: Collection[Fact]) -> list[Fact]:
    """Those that no other replaces: several where their authors did not know of each other's."""
    replaced = {old for fact in candidates for old in fact.body.replaces if old != fact.id}
    return [fact for fact in candidates if fact.id not in replaced]


def written(fact: Fact) -> tuple[float, str, int, str]:
    """`Fact.order` as a sort key: the order of writing."""
    return fact.order


def about_key(fact: Fact) -> Key:
    """The key of the record that a fact is about."""
    return fact.body.about.author, fact.body.about.id


def slot_of(fact: Fact) -> Slot:
    """The slot of a fact. Of two lines with one slot the lower is the record, and the other only repeats it.

    An agent may give several records one id. None of them must displace a call or a change to one, so the slot of a
    change also has the call that it is about.
    """
    match fact.kind:
        case "call":
            return fact.key
        case "correction" | "void":
            return *fact.key, fact.kind, *about_key(fact)
    return *fact.key, ""


def retells(one: Fact, other: Fact) -> bool:
    """Whether two facts in one slot say the same, as when a record was brought over under another key."""
    return (one.kind, one.at, one.tag, one.body) == (other.kind, other.at, other.tag, other.body)


def key_number(key: Key) -> int:
    """A key as a number of 8 bytes."""
    return _number("\n".join(key).encode())


def told_number(author: str, kind: str, id: str, at: str, body: bytes) -> int:
    """A number of 8 bytes for a record's clear content, the same in every line and under every key it comes in.

    `at` and `body` are as they stand in the line. It takes some 2**32 tries to make two records with one number, and
    2**64 to make one with the number of a given record.
    """
    return _number("\n".join((author, kind, id, at, "")).encode() + body)


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The date of an aware instant in `zone`."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:  # an instant at the very end of the calendar, from a hostile or broken clock
        return instant.date()
