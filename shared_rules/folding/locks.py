"""A confirmed day is locked: what the confirmation read is settled, what came later stands beside it (handbook 1)."""

import sys
from array import array
from base64 import b64decode, b64encode
from binascii import Error
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import field
from datetime import date
from typing import Literal

import msgspec

from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact, standing

DayState = Literal["open", "handed_in", "confirmed"]
_WRITER = 16


class Lock(msgspec.Struct, frozen=True):
    """A confirmation that holds, and the records that it settles.

    Those are known by their content, not by their line: if a key lives twice, two records may come in one line, and one
    record may come again under another key.
    """

    confirm: Fact
    _read: dict[str, list[tuple[int, int]]] = field(compare=False)
    _named: "array[int]" = field(compare=False)

    def settles(self, told: int) -> bool:
        """Whether a record with this content (see `told_number`) was read when the day was confirmed."""
        at = bisect_left(self._named, told)
        return at < len(self._named) and self._named[at] == told

    def settles_all(self, told: Iterable[int]) -> bool:
        """The same for several records: whether all of them were read."""
        return frozenset(self._named).issuperset(told)

    def apart(self, told: Iterable[int]) -> set[int]:
        """The records that were read when the day was confirmed and are not among these."""
        return set(self._named).difference(told)

    def read(self, line: tuple[str, int]) -> bool:
        """Whether a line (writer and seq) lies in the segments that were read. It picks out, of several lines with one
        record, the one that was read.
        """
        writer, seq = line
        return any(first <= seq <= last for first, last in self._read.get(writer, ()))

    def before(self, fact: Fact) -> bool:
        """Whether a supervisor's record is later than the lock. It counts all the same, and is shown as later."""
        return self.confirm.order < fact.order

    @property
    def policy(self) -> str:
        """The digest of the policy under which the day was confirmed; empty if none was named."""
        digest: str = self.confirm.body.policy
        return digest

    @property
    def hired(self) -> date | None:
        """The hire date under which the day was confirmed; None if none was named."""
        named: date | None = self.confirm.body.hired
        return named


def lock_of(dossier: Dossier, day: date) -> Lock | None:
    """The lock of a day, None while it is not confirmed."""
    confirms = dossier.of("confirm", day)
    if not confirms:
        return None
    holds = standing(confirms)
    read: dict[str, list[tuple[int, int]]] = {}
    for segment in holds.body.segments:
        read.setdefault(segment.name[:_WRITER], []).append((segment.first, segment.last))
    return Lock(holds, read, numbers_of(holds.body.records))


def named(told: Iterable[int]) -> str:
    """How a confirmation names the records that it settles: their numbers (see `told_number`) of 8 bytes each, sorted,
    little-endian, in Base64.
    """
    numbers = array("Q", sorted(set(told)))
    if sys.byteorder == "big":
        numbers.byteswap()
    return b64encode(numbers.tobytes()).decode()


def numbers_of(text: str) -> "array[int]":
    """The numbers in a text that `named` made. Any other text gives none, or some that name no record."""
    numbers = array("Q")
    try:
        data = b64decode(text, validate=True)
    except (Error, ValueError):
        return numbers
    numbers.frombytes(data[: len(data) // 8 * 8])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def day_state(dossier: Dossier, day: date) -> DayState:
    """How far a day has got: handed in by the agent, confirmed by a supervisor."""
    if dossier.of("confirm", day):
        return "confirmed"
    return "handed_in" if dossier.of("hand_in", day) else "open"
