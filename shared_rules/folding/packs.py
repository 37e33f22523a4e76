"""Calls put away: the sums of many past calls, and just enough to tell when those sums may no longer hold.

A year of calls is too much to keep folded. A pack takes the place of the calls, and the changes to them, that one
source (a segment) holds. Once another record has a say about them it is due, which means that its calls must be folded
again.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256

import msgspec

from shared_rules.figures import DayFigures
from shared_rules.folding.facts import Fact, Key, key_number
from shared_rules.policies.policy import Counting

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Sums(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The sums of a day's calls under one way of counting.

    `companies` has the tags of the distinct companies among the complete calls, 8 bytes each. `valid_at` and `leads_at`
    have the starts of valid calls and of leads, sorted, in microseconds since 1970 of 8 bytes each. `proposed_a` and
    `proposed_b` count the leads with that proposed grade; `cards` is as from `DayCalls.card_uses`.
    """

    figures: DayFigures
    companies: bytes
    valid_at: bytes
    leads_at: bytes
    proposed_a: int
    proposed_b: int
    cards: dict[str, tuple[int, int]]


class PackedDay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A day in a pack.

    `keys` and `told` have the `key_number` and the `told_number` of each record, 8 bytes each. `begin` and `end` are
    the starts of the first and the last call in microseconds since 1970. `tags` and `starts` have, for each call with a
    phone tag, the tag as a number of 8 bytes and the second since 1970 in which the call began, 4 bytes. `sums` are by
    `counting_name`.
    """

    keys: bytes
    told: bytes
    begin: int
    end: int
    tags: bytes
    starts: bytes
    sums: dict[str, Sums]

    def numbers(self) -> Sequence[int]:
        """The `key_number` of each record."""
        return memoryview(self.keys).cast("Q")

    def all_told(self) -> Sequence[int]:
        """The `told_number` of each record."""
        return memoryview(self.told).cast("Q")


class Pack(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The calls of `agent`, and the changes to them, in `source`, a segment of `writer`, a device of that agent. `last`
    is the highest of their seqs; `low` and `high` are the first and the last of their ids in sorted order.
    """

    source: str
    agent: str
    writer: str
    last: int
    low: str
    high: str
    days: dict[date, PackedDay]

    def has(self, key: Key) -> bool:
        """Whether it has the record with that key."""
        author, id = key
        if author != self.agent or not self.low <= id <= self.high:
            return False
        number = key_number(key)
        return any(number in day.numbers() for day in self.days.values())

    def numbers(self) -> set[int]:
        """The `key_number` of each record."""
        return {number for day in self.days.values() for number in day.numbers()}

    def tags(self) -> set[int]:
        """The tags of the numbers called, as numbers."""
        return {tag for day in self.days.values() for tag in memoryview(day.tags).cast("Q")}

    def called(self, since: Mapping[int, float]) -> bool:
        """Whether it may have a call to one of the numbers that began after the number's instant. `since` has
        timestamps by tag (as a number).
        """
        for day in self.days.values():
            tags = memoryview(day.tags).cast("Q")
            if not since.keys().isdisjoint(tags):
                for tag, start in zip(tags, memoryview(day.starts).cast("I"), strict=True):
                    if tag in since and start + 1 > since[tag]:
                        return True
        return False


Unpack = Callable[[Pack], list[Fact]]
"""Gives the facts that were put into a pack."""


class Packs:
    """The packs of one agent. All answers are about packs that are not due, if nothing else is said."""

    def __init__(self) -> None:
        self._here: dict[str, Pack] = {}
        self._on: dict[date, Pack] = {}
        # The lowest and the highest id in any pack so far. Ids are given in order of time: days that are put away one
        # after the other do not overlap, and what is saved now comes after them.
        self._low = self._high = ""
        self.due: list[Pack] = []
        """Those whose calls are to be folded again before anything is asked."""

    def __bool__(self) -> bool:
        return bool(self._here)

    def __iter__(self) -> Iterator[Pack]:
        return iter(list(self._here.values()))

    def here(self, source: str) -> bool:
        """Whether the pack of a source is here, and not due."""
        return source in self._here

    def put(self, pack: Pack) -> None:
        """Take in a pack. If it shares a day or a record with others, they all become due."""
        others = {one.source: one for day in pack.days if (one := self._on.get(day))}
        if self._low <= pack.high and pack.low <= self._high:
            others |= {one.source: one for one in self._here.values() if _overlap(one, pack)}
        for one in others.values():
            self.call(one)
        if others:
            self.due.append(pack)
            return
        self._here[pack.source] = pack
        self._low = min(self._low or pack.low, pack.low)
        self._high = max(self._high, pack.high)
        for day in pack.days:
            self._on[day] = pack

    def call(self, pack: Pack) -> None:
        """Make a pack due, if it is not yet."""
        if self._here.pop(pack.source, None) is None:
            return
        for day in pack.days:
            del self._on[day]
        self.due.append(pack)

    def on(self, day: date) -> Pack | None:
        """The pack with the calls of a day."""
        return self._on.get(day)

    def with_key(self, key: Key) -> list[Pack]:
        """The packs that have the record with that key."""
        if not self._low <= key[1] <= self._high:
            return []
        return [pack for pack in self._here.values() if pack.has(key)]

    def has(self, key: Key) -> bool:
        """Whether a pack, due or not, has the record with that key."""
        return any(pack.has(key) for pack in (*self._here.values(), *self.due))

    def days_with(self, key: Key) -> frozenset[date]:
        """The days of the packs that have the record with that key."""
        return frozenset(day for pack in self.with_key(key) for day in pack.days)

    def days(self) -> Collection[date]:
        """The days whose calls are put away."""
        return self._on.keys()


def _overlap(one: Pack, other: Pack) -> bool:
    if one.high < other.low or other.high < one.low:
        return False
    return not one.numbers().isdisjoint(other.numbers())


def tag_number(tag: str) -> int:
    """A tag as a number."""
    return int(tag, 16)


def to_tag(number: int) -> str:
    """The tag that `tag_number` made a number of."""
    return f"{number:016x}"


def to_numbers(kind: str, numbers: Iterable[int]) -> bytes:
    """Numbers as the bytes that a pack keeps. `kind` is an array type code: I (4 bytes), Q or q (8 bytes)."""
    return array(kind, numbers).tobytes()


def microseconds(instant: datetime) -> int:
    """An aware instant in microseconds since 1970, exactly."""
    return (instant - _EPOCH) // _MICROSECOND


def instants(data: bytes) -> list[datetime]:
    """The instants that `microseconds` made, in UTC."""
    return [instant_of(number) for number in memoryview(data).cast("q")]


def instant_of(number: int) -> datetime:
    """The instant that `microseconds` made a number of, in UTC."""
    return _EPOCH + number * _MICROSECOND


@cache
def counting_name(rules: Counting) -> str:
    """A name for a way of counting that is the same in every process: 16 hex digits."""
    text = "\n".join(",".join(sorted(part)) for part in rules)
    return sha256(text.encode()).hexdigest()[:16]
