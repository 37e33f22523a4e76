"""Segments of past days by what they come to: taken from the shelf, or made and put there."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import partial
from hashlib import sha256

from agent_tui.book.folding.folds import Folds
from agent_tui.book.folding.packers import Order, Packers
from agent_tui.book.folding.plain import own_fact
from agent_tui.book.folding.shelf import Shelf
from agent_tui.book.folding.shelving import Shelved, shelve
from agent_tui.book.place.place import Place
from agent_tui.book.segments.segments import Held, Segments
from agent_tui.trust.people import Binding
from shared_rules.folding.facts import Fact
from shared_rules.folding.packs import Pack
from shared_rules.policies.policy import Counting

_DAY = timedelta(days=1)


class Past:
    """Those of one place."""

    def __init__(self, place: Place, segments: Segments) -> None:
        self._place, self._segments = place, segments
        self._shelf = Shelf(place)
        self._packers = Packers(())
        # Where the packs are from that any fold of this place has.
        self._packed: dict[str, Held] = {}

    def of(self, held: Held, data: bytes, folds: Folds) -> Shelved | None:
        """What a segment with those bytes comes to; None where it cannot be put away."""
        binding = self._place.membership.binding(held.writer)
        if binding is None:
            return None
        digest = sha256(data).digest()
        countings = partial(_countings, folds, binding)
        zone = self._place.zone
        shelved = self._shelf.get(held.day, held.name, digest)
        if shelved is None or not shelved.fits(zone, countings):
            shelved = self._packers.made(held.name)
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

    def prepare(self, wanted: Iterable[Held], folds: Folds) -> Packers:
        """Have those that are not on the shelf made by other processes, if they are many, until the result is closed.
        `of` waits for each; to wait for it before, ask the result for it.
        """
        if self._packers.busy:
            return Packers(())
        orders = [order for held in wanted if (order := self._order(held, folds))]
        self._packers = Packers(orders)
        return self._packers

    def save(self, lock: AbstractContextManager[object] | None = None) -> None:
        """Write what is new on the shelf; see `DayFiles.save`."""
        self._shelf.save(lock)

    def _order(self, held: Held, folds: Folds) -> Order | None:
        binding = self._place.membership.binding(held.writer)
        if binding is None or self._shelf.has(held.day, held.name):
            return None
        # Calls begin before they are written, and the writer's zone may be another.
        days = (held.day - _DAY, held.day, held.day + _DAY)
        countings = {day: list(_countings(folds, binding, day)) for day in days}
        return Order(held, binding.person, self._place.zone.key, countings)


def _countings(folds: Folds, binding: Binding, day: date) -> set[Counting]:
    """How the calls of a person's day are counted, as far as is known."""
    policy = folds.policies.on(day)
    return {policy.counting(), policy.counting(folds.is_new(binding.person, day, policy))}
