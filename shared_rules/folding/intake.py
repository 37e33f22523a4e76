"""Taking in the records about one agent: calls one by one or put away in packs, and all that changes them.

Folding is a union. Facts may come in any order and any number of times and give the same figures; a correction or a
verdict may come before its call. Adding a call, or a change to one, costs the same whatever is there already: how a
call stands is only worked out when somebody asks. Calls in a pack are treated as facts that have not come yet: the pack
has their sums until something touches one of them, and then they are unpacked and taken in.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

from shared_rules.folding.contents import Content, Listing, content_of, was_listed
from shared_rules.folding.dossier import KINDS, Dossier
from shared_rules.folding.facts import Fact, Key, about_key, key_number, local_day, slot_of
from shared_rules.folding.known_facts import CALLS, KnownFacts, call_of
from shared_rules.folding.locks import Lock, lock_of
from shared_rules.folding.packs import Pack, Packs, Unpack, tag_number, to_tag
from shared_rules.folding.tallies import DayCalls, Standing
from shared_rules.ledger import found_false

# A call that began this much later than it was written does not count: one of the two clocks was wrong.
_AHEAD = timedelta(hours=24)
# A change that another device says it wrote so long before the call need not have been read by who reads the days since
# the call. What the call's own device wrote after it has been, whatever its clock said.
_LONG_BEFORE = timedelta(days=30)
_NONE: frozenset[date] = frozenset()


class Intake:
    """The facts about one agent, as they come. Not safe for several threads at once."""

    def __init__(self, agent: str, zone: ZoneInfo) -> None:
        self.agent = agent
        self.zone = zone
        self.dossier = Dossier(agent, zone)
        self.revision = 0
        """Grows with each change, so that a reader can tell whether to look again."""
        self._known = KnownFacts(zone)
        self._days: dict[date, DayCalls] = {}
        self._where: dict[Key, date] = {}
        # Calls that must be worked out anew before the next answer, as something about them came.
        self._unsettled: dict[Key, None] = {}
        # The days on which those stood and may stand.
        self._open_days: frozenset[date] = _NONE
        self._locks: dict[date, Lock] = {}
        self._listed: dict[str, tuple[Listing, ...]] = {}
        self._packs = Packs()
        self._unpack: Unpack = _nothing
        # The days that were reported as changed since packs became due.
        self._told: set[date] = set()
        # The numbers of all keys that a record has or is about, kept from the first pack on: a pack with one of them
        # must be opened.
        self._ids: set[int] | None = None

    # ---- taking in ----

    def add(self, fact: Fact) -> frozenset[date]:
        """Take in a fact; the days of which the figures, or the records of what a person did, may have changed.

        Kinds that are not about one agent are ignored. Raises ValueError for a fact about another agent.
        """
        if fact.agent != self.agent:
            raise ValueError(f"a fact about {fact.agent} for the fold of {self.agent}")
        known = self._known.here.get(slot_of(fact))
        if known is None or fact.line < known.line:
            changed = self._place(fact, known)
        elif known.line < fact.line:
            changed = self._repeat(fact)
        else:
            return _NONE
        if self._packs.due and (changed or fact.kind in CALLS):
            changed |= self._awaited()
        if changed:
            self.revision += 1
        return changed

    def _place(self, fact: Fact, known: Fact | None) -> frozenset[date]:
        """Put a fact into its slot, in place of `known`, a later line in it, if any; the days that changed."""
        changed = _NONE if known is None else self._link(known, put=False)
        self._known.put(fact, known)
        self._say(fact.key)
        return changed | self._link(fact, put=True)

    def in_slot_of(self, fact: Fact) -> Fact | None:
        """The fact that is in a fact's slot now; it may be that very fact."""
        return self._known.here.get(slot_of(fact))

    def add_calls(self, calls: Iterable[Fact]) -> None:
        """`add` many calls of this agent, in a third of the time."""
        facts, changes = self._known.here, self._known.changes
        where, days, zone = self._where, self._days, self.zone
        judged = self.dossier.any("verdict", None) or self._locks or self._ids is not None
        for fact in calls:
            key = fact.author, fact.id
            if judged or key in facts or key in changes:
                self.add(fact)
                continue
            call = fact.body
            started = call.started_at
            day = local_day(started, zone)
            listings = self._listed.get(call.phone_tag) if self._listed else None
            listed = listings is not None and was_listed(listings, started, None)
            facts[key] = fact
            where[key] = day
            on_day = days.get(day)
            if on_day is None:
                on_day = days[day] = DayCalls()
            on_day.put(key, Standing(fact, fact, call, day, False, False, listed, started - fact.at > _AHEAD, False))
        self.revision += 1

    def add_pack(self, pack: Pack, unpack: Unpack) -> None:
        """`add` all facts in a pack of this agent's calls, without having them: `unpack` gives them when needed."""
        self._unpack = unpack
        if self._ids is None:
            judged = {about_key(fact) for fact in self.dossier.all("verdict")}
            slots = self._known.here
            said = {*((slot[0], slot[1]) for slot in slots), *self._known.changes, *filter(self._false, judged)}
            self._ids = set(map(key_number, said))
        self._packs.put(pack)
        if (
            not self._days.keys().isdisjoint(pack.days)
            or not self._ids.isdisjoint(pack.numbers())
            or not all(self._covers(pack, day) for day in pack.days)
            or (self._listed and pack.called(self._listed_in(pack)))
        ):
            self._packs.call(pack)
        if self._packs.due:
            self._awaited()
        self.revision += 1

    def set_listed(self, listed: Mapping[str, tuple[Listing, ...]]) -> frozenset[date]:
        """Take in the do-not-call list, or changes to it: by phone tag the listings since the number was last lifted,
        empty for one that is not on it. The days that may have changed.

        A call that begins after a listing does not count.
        """
        old = {tag: self._listed.get(tag, ()) for tag, listings in listed.items()}
        touched = {tag: (*old[tag], *listings) for tag, listings in listed.items() if old[tag] != tuple(listings)}
        if not touched:
            return _NONE
        for tag in touched:
            if listings := listed[tag]:
                self._listed[tag] = listings
            else:
                del self._listed[tag]
        # Calls before the earliest listing cannot change. New listings are of today, so few days are looked at.
        first = local_day(min(one.at for listings in touched.values() for one in listings), self.zone)
        keys = [
            key
            for day, calls in self._days.items()
            if day >= first
            for tag in touched
            for key in calls.with_number(tag)
        ]
        changed = self._open_days.union(*(self._unsettle(key) for key in keys))
        if self._packs:
            self._call(_numbered(touched))
        if self._packs.due:
            changed |= self._awaited()
        if changed:
            self.revision += 1
        return changed

    def _link(self, fact: Fact, *, put: bool) -> frozenset[date]:
        """Put a fact where it belongs, or take it out of there; the days that may have changed."""
        match fact.kind:
            case "call":
                if not put:
                    self._known.here.pop(fact.key)
                return self._unsettle(fact.key)
            case "correction" | "void":
                # Only a call's author corrects it.
                if fact.body.about.author != fact.author:
                    return _NONE
                self._known.change(fact, put=put)
                # If the call has not come yet, nothing else tells its day.
                return self._unsettle(about_key(fact)) | {fact.body.about.day}
        if fact.kind not in KINDS:
            return _NONE
        days = self.dossier.put(fact) if put else self.dossier.take(fact)
        return days | self._follow(fact)

    def _follow(self, fact: Fact) -> frozenset[date]:
        """The days whose calls change with a record about a person, such as a verdict or a confirmation."""
        match fact.kind:
            case "verdict":
                return self._unsettle(about_key(fact))
            case "ruling":
                finding = self.dossier.get(about_key(fact))
                about = about_key(finding) if finding is not None and finding.kind == "verdict" else None
                return self._unsettle(about) if about else _NONE
            case "confirm":
                return self._relock(fact.body.day)
            case "withdrawal":
                target = self.dossier.get(about_key(fact))
                return self._relock(target.body.day) if target is not None and target.kind == "confirm" else _NONE
        return _NONE

    def _repeat(self, fact: Fact) -> frozenset[date]:
        """Keep a further line in a slot. It changes something only if a confirmation read just that line, or if it says
        something else about the call.
        """
        if not self._known.repeat(fact):
            return _NONE
        told = self._locks or not self._known.alike(self._known.here[slot_of(fact)], fact)
        return self._unsettle(call_of(fact)) if told else _NONE

    def _relock(self, day: date) -> frozenset[date]:
        """Work out the lock of a day anew, and all calls that it may hold: its confirmation came or was taken back."""
        lock = lock_of(self.dossier, day)
        if lock is None and day not in self._locks:
            return _NONE
        if lock is None:
            del self._locks[day]
        else:
            self._locks[day] = lock
        pack = self._packs.on(day)
        if pack is not None and not self._covers(pack, day):
            self._packs.call(pack)
        calls = self._days.get(day)
        there = list(calls.calls) if calls else []
        # Calls with changes may be moved to this day or away from it.
        known = self._where.keys() | self._unsettled.keys()
        moved = [key for key in self._known.touched() if key in known]
        return frozenset((day, *(each for key in dict.fromkeys((*there, *moved)) for each in self._unsettle(key))))

    def _unsettle(self, key: Key) -> frozenset[date]:
        """Have a call worked out anew before the next answer; the days on which it stood and may stand.

        It is not done at once: for a call that is changed thousands of times each change would cost all earlier ones.
        """
        self._unsettled[key] = None
        if self._ids is not None and (key in self._known.changes or self._false(key)):
            self._say(key)
        was, fact = self._where.get(key), self._known.here.get(key)
        stood = frozenset((was,)) if was is not None else _NONE
        if fact is None:
            # For a call in a pack only what is shown beside it changes. Of one that has not come, changes may name
            # days.
            days = stood or self._packs.days_with(key) or frozenset(self._known.days_named(key))
        else:
            days = stood | {local_day(fact.body.started_at, self.zone), *self._known.days_named(key)}
        self._open_days |= days
        return days

    def _settle(self, key: Key) -> None:
        """Work out anew how a call stands, and move it between the days."""
        if (was := self._where.pop(key, None)) is not None:
            self._days[was].take(key)
        fact = self._known.here.get(key)
        if fact is None:
            return
        one = self._standing(key, fact)
        self._where[key] = one.day
        calls = self._days.get(one.day)
        if calls is None:
            calls = self._days[one.day] = DayCalls()
            if (pack := self._packs.on(one.day)) is not None:
                self._packs.call(pack)
        calls.put(key, one)

    def _standing(self, key: Key, fact: Fact) -> Standing:
        changes = [one for one in self._known.changes_of(key) if self._may_hold(one, fact)]
        lock, settled = self._settled(key, fact, changes) if self._locks else (None, None)
        content = settled or content_of(fact, changes)
        started = content.call.started_at
        day = local_day(started, self.zone)
        listings = self._listed.get(content.call.phone_tag) if self._listed else None
        return Standing(
            content.fact,
            content.source,
            content.call,
            day,
            content.void,
            self._false(key),
            listings is not None and was_listed(listings, started, lock),
            started - content.source.at > _AHEAD,
            settled is None and day in self._locks,
        )

    def _settled(self, key: Key, fact: Fact, changes: Collection[Fact]) -> "tuple[Lock, Content] | tuple[None, None]":
        """The lock that holds a call to its day, and the call as that confirmation read it; None if no lock read it.

        A call stands on one day only: the day that was confirmed first keeps it until that day is confirmed again.
        """
        versions = [fact, *self._known.others(key)]
        starts = [one.body for one in versions] + [one.body.call for one in changes if one.kind == "correction"]
        found: tuple[Lock, Content] | None = None
        for day in {local_day(call.started_at, self.zone) for call in starts}:
            lock = self._locks.get(day)
            read = self._known.read(lock, fact) if lock is not None else None
            if lock is None or read is None:
                continue
            content = content_of(read, [each for one in changes if (each := self._known.read(lock, one))])
            if local_day(content.call.started_at, self.zone) == day and (
                found is None or lock.confirm.order < found[0].confirm.order
            ):
                found = lock, content
        return found or (None, None)

    def _may_hold(self, change: Fact, call: Fact) -> bool:
        return self._may_change(call, change.writer, change.at)

    def _may_change(self, call: Fact, writer: str, at: datetime) -> bool:
        if at > call.at - _LONG_BEFORE:
            return True
        return any(one.writer == writer for one in (call, *self._known.others(call.key)))

    def _false(self, key: Key) -> bool:
        return self.dossier.any("verdict", key) and found_false(self.dossier, self.dossier.all("verdict", key))

    # ---- calls put away ----

    def is_put_away(self, source: str) -> bool:
        """Whether the calls of a source (a segment) are in a pack that was not opened."""
        return self._packs.here(source)

    def _say(self, key: Key) -> None:
        """Note that a record has this key or is about it: a pack with that record must be opened."""
        if self._ids is not None and key[0] == self.agent:
            self._ids.add(key_number(key))
            for pack in self._packs.with_key(key):
                self._packs.call(pack)

    def _listed_in(self, pack: Pack) -> dict[int, float]:
        """Since when the numbers that occur in a pack are listed. The whole list may be much longer."""
        tags = map(to_tag, pack.tags())
        return _numbered({tag: self._listed[tag] for tag in tags if tag in self._listed})

    def _call(self, since: Mapping[int, float]) -> None:
        for pack in self._packs:
            if pack.called(since):
                self._packs.call(pack)

    def _covers(self, pack: Pack, day: date) -> bool:
        """Whether the confirmation of a day, if there is one, read all records of that day in a pack."""
        lock = self._locks.get(day)
        return lock is None or lock.settles_all(pack.days[day].all_told())

    def _awaited(self) -> frozenset[date]:
        """The days that may change when the due packs are opened. Those reported before are among them until somebody
        asks.
        """
        # A call in a pack may also be here in another line, on any day.
        self._told.update(self._days, *(pack.days for pack in self._packs.due), *self._known.all_days_named())
        return frozenset(self._told)

    def _arrive(self) -> None:
        """Open the packs that are due, and work out all unsettled calls. If unpacking raises, the packs stay due."""
        while True:
            while self._unsettled:
                # To look for the last key of a dict passes by all that were deleted after it; this does not.
                key, _ = self._unsettled.popitem()
                try:
                    self._settle(key)
                except BaseException:
                    self._unsettled[key] = None
                    raise
            self._open_days = _NONE
            due = list(self._packs.due)
            if not due:
                return
            facts = [fact for pack in due for fact in self._unpack(pack)]
            del self._packs.due[: len(due)]
            self._told.clear()
            revision = self.revision
            for fact in facts:
                self.add(fact)
            # Unpacking changes no answer, so the revision must not show it.
            self.revision = revision


def _numbered(listed: Mapping[str, Iterable[Listing]]) -> dict[int, float]:
    """By tag (as a number) the timestamp of its earliest listing."""
    return {tag_number(tag): min((one.at.timestamp() for one in found), default=inf) for tag, found in listed.items()}


def _nothing(_: Pack) -> list[Fact]:
    return []
