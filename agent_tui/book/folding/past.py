"""The packs of past days' segments: taken from the shelf, or made and put there."""

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from agent_tui.book.folding.folds import Folds
from agent_tui.book.folding.plain import own_fact
from agent_tui.book.folding.shelf import Shelf
from agent_tui.book.folding.shelving import Shelved, shelve
from agent_tui.book.place.place import Place
from agent_tui.book.segments.segments import Held, Segments
from agent_tui.trust.people import Binding
from shared_rules.folding.facts import Fact
from shared_rules.folding.packs import Pack
from shared_rules.policies.policy import Counting

if TYPE_CHECKING:
    from agent_tui.book.folding.packers import Packers

# Bytes of segments. To start a process takes as long as to make the packs of some ten thousand records.
_WORTH = 16 * 1024 * 1024
_DAY = timedelta(days=1)


class Past:
    """The packs of one place."""

    def __init__(self, place: Place, segments: Segments) -> None:
        self._place, self._segments = place, segments
        self._shelf = Shelf(place)
        self._packers: Packers | None = None
        # The segments whose packs any fold of this place holds, by name.
        self._packed: dict[str, Held] = {}

    def of(self, held: Held, data: bytes, folds: Folds) -> Shelved | None:
        """The pack of a segment with those bytes; None where it cannot be packed."""
        binding = self._place.membership.binding(held.writer)
        if binding is None:
            return None
        digest = sha256(data).digest()
        countings = partial(_countings, folds, binding)
        zone = self._place.zone
        shelved = self._shelf.get(held.day, held.name, digest)
        if shelved is None or not shelved.fits(zone, countings):
            shelved = self._packers.made(held.name) if self._packers else None
            if shelved is None or shelved.digest != digest or not shelved.fits(zone, countings):
                shelved = shelve(held, data, digest, binding.person, zone, countings)
            if shelved is None:
                return None
            self._shelf.put(held.day, held.name, shelved)
        self._packed[held.name] = held
        return shelved

    def unpack(self, pack: Pack) -> list[Fact]:
        """The calls in a pack, and the changes to them, from the segment as it is now."""
        facts = (own_fact(stored.line, pack.agent) for stored in self._segments.read(self._packed[pack.source]))
        return [fact for fact in facts if fact is not None]

    def packing(self, wanted: Iterable[Held], folds: Folds) -> "closing[Packers] | nullcontext[None]":
        """While this is open, other processes make the packs that are not on the shelf, if they are many. `of` waits
        for each of them; to wait without holding the lock, ask what this yields first.
        """
        segments = list(wanted)
        bare = {day for day in {held.day for held in segments} if not self._shelf.has(day)}
        missing = [held for held in segments if held.day in bare]
        busy = self._packers is not None and self._packers.busy
        if busy or os.cpu_count() == 1 or sum(held.size for held in missing) < _WORTH:
            return nullcontext()
        # Imported here, so that short commands start without it.
        from agent_tui.book.folding.packers import Order, Packers  # noqa: PLC0415 - as said above

        zone = self._place.zone.key
        bound = [(held, one) for held in missing if (one := self._place.membership.binding(held.writer))]
        orders = [Order(held, one.person, zone, _around(held.day, folds, one)) for held, one in bound]
        self._packers = Packers(orders)
        return closing(self._packers)

    def save(self, lock: AbstractContextManager[object] | None = None) -> None:
        """Write what is new on the shelf; see `DayFiles.save`."""
        self._shelf.save(lock)


def _countings(folds: Folds, binding: Binding, day: date) -> set[Counting]:
    """The countings by which the calls of a person's day may be counted, as far as is known."""
    policy = folds.policies.on(day)
    return {policy.counting(), policy.counting(folds.is_new(binding.person, day, policy))}


def _around(day: date, folds: Folds, binding: Binding) -> dict[date, list[Counting]]:
    """The countings for a segment's calls by day: a call begins before it is written, and time zones differ."""
    return {near: list(_countings(folds, binding, near)) for near in (day - _DAY, day, day + _DAY)}
