"""The facts that came about one agent: each record once, the further lines that repeat it, the changes to each call.

It is a union: any order of arrival and any number of repeats give the same result. What follows for the figures is
worked out by `intake`.
"""

from collections.abc import Collection, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from shared_rules.folding.facts import Fact, Key, Line, Slot, about_key, local_day, slot_of
from shared_rules.folding.locks import Lock

CALLS = frozenset(("call", "correction", "void"))
"""The kinds that are calls or changes to one. All lines of these are kept: a confirmation may have read just one."""


class KnownFacts:
    """The known facts about one agent. Days are those of `zone`."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.here: dict[Slot, Fact] = {}
        """By slot the lowest of its lines."""
        self.changes: dict[Key, dict[Slot, Fact]] = {}
        """By call the corrections and withdrawals by its author, also for calls that have not come."""
        # The slots of all facts but calls, by key.
        self._slots: dict[Key, list[Slot]] = {}
        self._repeats: dict[Slot, dict[Line, Fact]] = {}
        # By call the days that its further lines and its corrections name.
        self._days: dict[Key, set[date]] = {}

    # ---- taking in ----

    def put(self, fact: Fact, known: Fact | None) -> None:
        """Put a fact into its slot, in place of `known`, the later line that is there, if any."""
        slot = slot_of(fact)
        if known is not None:
            if known.kind in CALLS:
                self._repeats.setdefault(slot, {})[known.line] = known
                self.note_day(known)
        elif fact.kind != "call":
            self._slots.setdefault(fact.key, []).append(slot)
        self.here[slot] = fact

    def change(self, fact: Fact, *, put: bool) -> None:
        """Add a change to its call, or take it away."""
        changes = self.changes.setdefault(about_key(fact), {})
        if put:
            changes[slot_of(fact)] = fact
        else:
            del changes[slot_of(fact)]
        self.note_day(fact)

    def repeat(self, fact: Fact) -> bool:
        """Keep a further line of a record that is here. False if it is of no kind to be kept, or known already."""
        if fact.kind not in CALLS:
            return False
        others = self._repeats.setdefault(slot_of(fact), {})
        if fact.line in others:
            return False
        others[fact.line] = fact
        self.note_day(fact)
        return True

    def note_day(self, fact: Fact) -> None:
        """Note the day on which a line, or a correction, says that its call stands."""
        if fact.kind != "void":
            call = fact.body if fact.kind == "call" else fact.body.call
            self._days.setdefault(call_of(fact), set()).add(local_day(call.started_at, self._zone))

    # ---- what is here ----

    def with_key(self, key: Key) -> Fact | None:
        """The fact with that key: of several the call, else the lowest line."""
        others = (self.here[slot] for slot in self._slots.get(key, ()))
        return self.here.get(key) or min(others, key=lambda one: one.line, default=None)

    def others(self, slot: Slot) -> Collection[Fact]:
        """The further lines of the record in a slot."""
        return self._repeats[slot].values() if slot in self._repeats else ()

    def changes_of(self, key: Key) -> Collection[Fact]:
        """The changes to a call."""
        return self.changes[key].values() if key in self.changes else ()

    def touched(self) -> Iterable[Slot]:
        """The keys of calls that have changes, and the slots of which there are several lines."""
        return (*self.changes, *self._repeats)

    def days_named(self, key: Key) -> Collection[date]:
        """The days that a call's further lines and corrections name."""
        return self._days.get(key, ())

    def all_days_named(self) -> Iterable[set[date]]:
        """`days_named` for all calls."""
        return self._days.values()

    def named_from(self, since: date) -> Iterable[Key]:
        """The calls with changes that a further line or a correction puts on that day or a later one."""
        return (key for key in self.changes if max(self._days.get(key, ()), default=date.min) >= since)

    # ---- several lines of one record ----

    def read(self, lock: Lock, fact: Fact) -> Fact | None:
        """The lowest line of the record `fact` that a confirmation read. If that line is not here, the lowest with the
        same content; None if the confirmation did not read the record.
        """
        settled = [one for one in (fact, *self.others(slot_of(fact))) if lock.settles(one.told)]
        return min(settled, key=lambda one: (not lock.read(one.line), one.line), default=None)

    def alike(self, one: Fact, other: Fact) -> bool:
        """Whether two lines with one key say the same. A row that two devices imported has two times of writing: these
        only matter if by one of them the call is late and by the other not.
        """
        if one.at == other.at or one.body != other.body or not getattr(one.body, "imported", False):
            return (one.at, one.body) == (other.at, other.body)
        day = local_day(one.body.started_at, self._zone)
        return (day < local_day(one.at, self._zone)) == (day < local_day(other.at, self._zone))


def call_of(fact: Fact) -> Key:
    """The key of the call that a fact is, or is a change to."""
    return fact.key if fact.kind == "call" else about_key(fact)
