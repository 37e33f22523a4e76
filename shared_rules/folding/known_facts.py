"""What came about one agent: each record once, the further lines that tell it, the changes to each call.

A union: any order of arrival and any number of repeats give the same. What follows from it for the figures `intake`
works out.
"""

from collections.abc import Collection, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from shared_rules.folding.facts import Fact, Key, Line, Slot, about_key, local_day, slot_of
from shared_rules.folding.locks import Lock

CALLS = frozenset(("call", "correction", "void"))
"""The kinds that are calls or changes to one. Of these every line is kept: a confirmation may have read that alone."""


class KnownFacts:
    """Days are those of `zone`."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.here: dict[Slot, Fact] = {}
        """Of the lines with one slot the lowest."""
        self.changes: dict[Key, dict[Slot, Fact]] = {}
        """By call the corrections and withdrawals of its author, also of a call that has not come."""
        # Where the facts are, but for calls, by key.
        self._slots: dict[Key, list[Slot]] = {}
        self._repeats: dict[Slot, dict[Line, Fact]] = {}
        # The days that other lines and corrections name, by call.
        self._days: dict[Key, set[date]] = {}

    # ---- taking in ----

    def put(self, fact: Fact, known: Fact | None) -> None:
        """Put a fact into its slot, in the place of a later line that tells it, if one is `known`."""
        slot = slot_of(fact)
        if known is not None:
            if known.kind in CALLS:
                self._repeats.setdefault(slot, {})[known.line] = known
                self.note_day(known)
        elif fact.kind != "call":
            self._slots.setdefault(fact.key, []).append(slot)
        self.here[slot] = fact

    def change(self, fact: Fact, *, put: bool) -> None:
        """Put a change to a call beside it, or take it away."""
        changes = self.changes.setdefault(about_key(fact), {})
        if put:
            changes[slot_of(fact)] = fact
        else:
            del changes[slot_of(fact)]
        self.note_day(fact)

    def repeat(self, fact: Fact) -> bool:
        """Keep a further line that tells what is here; whether it is one to keep, and new."""
        if fact.kind not in CALLS:
            return False
        others = self._repeats.setdefault(slot_of(fact), {})
        if fact.line in others:
            return False
        others[fact.line] = fact
        self.note_day(fact)
        return True

    def note_day(self, fact: Fact) -> None:
        """Keep the day on which a call may stand by a line of it, or by a correction."""
        if fact.kind != "void":
            call = fact.body if fact.kind == "call" else fact.body.call
            self._days.setdefault(call_of(fact), set()).add(local_day(call.started_at, self._zone))

    # ---- what is here ----

    def with_key(self, key: Key) -> Fact | None:
        """The fact with that key: of several the call, else the first."""
        others = (self.here[slot] for slot in self._slots.get(key, ()))
        return self.here.get(key) or min(others, key=lambda one: one.line, default=None)

    def others(self, slot: Slot) -> Collection[Fact]:
        """The further lines of what stands there."""
        return self._repeats[slot].values() if slot in self._repeats else ()

    def changes_of(self, key: Key) -> Collection[Fact]:
        """The changes to a call."""
        return self.changes[key].values() if key in self.changes else ()

    def touched(self) -> Iterable[Slot]:
        """The keys of the calls that have changes; and where there is more than one line."""
        return (*self.changes, *self._repeats)

    def days_named(self, key: Key) -> Collection[date]:
        """The days that other lines of a call, and corrections, name."""
        return self._days.get(key, ())

    def all_days_named(self) -> Iterable[set[date]]:
        """The same for all calls."""
        return self._days.values()

    def named_from(self, since: date) -> Iterable[Key]:
        """The calls that have changes, and that another line or a correction puts on that day or a later one."""
        return (key for key in self.changes if max(self._days.get(key, ()), default=date.min) >= since)

    # ---- lines that tell the same ----

    def read(self, lock: Lock, fact: Fact) -> Fact | None:
        """The first line that tells `fact` and that a confirmation read; where those are not here, the first that tells
        the same. None where there is none.
        """
        settled = [one for one in (fact, *self.others(slot_of(fact))) if lock.settles(one.told)]
        return min(settled, key=lambda one: (not lock.read(one.line), one.line), default=None)

    def alike(self, one: Fact, other: Fact) -> bool:
        """Whether two lines with one key tell the same. A row that two devices imported was entered at two times; it is
        late by both or by none.
        """
        if one.at == other.at or one.body != other.body or not getattr(one.body, "imported", False):
            return (one.at, one.body) == (other.at, other.body)
        day = local_day(one.body.started_at, self._zone)
        return (day < local_day(one.at, self._zone)) == (day < local_day(other.at, self._zone))


def call_of(fact: Fact) -> Key:
    """The key of the call that a call or a change to one speaks of."""
    return fact.key if fact.kind == "call" else about_key(fact)
