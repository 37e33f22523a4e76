"""From records to what stands of one agent: the calls and their counts; all else that was written, in the dossier.

Folding is a union. Facts may come in any order and any number of times and give the same figures; a correction or a
verdict may come before its call. Adding a call costs the same whatever is there already.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared_rules.call_states import CallState, call_state
from shared_rules.contents import Content, Listing, content_of, ended_at, was_listed
from shared_rules.dossier import KINDS, Dossier
from shared_rules.facts import Fact, Key, about_key, local_day, standing, written
from shared_rules.figures import DayFigures
from shared_rules.ledger import found_false
from shared_rules.locks import Lock, lock_of
from shared_rules.policy import Policy
from shared_rules.tallies import DayCalls, Standing

__all__ = ["AgentFold", "CallState", "Fact", "Listing"]

# A call that began this much later than it was written did not happen: one of the two clocks was wrong.
_AHEAD = timedelta(hours=24)
_NONE: frozenset[date] = frozenset()
_CALLS = ("call", "correction", "void")


class AgentFold:
    """What stands of one agent. Not safe for several threads at once."""

    def __init__(self, agent: str, zone: ZoneInfo) -> None:
        self.agent = agent
        self.zone = zone
        self.dossier = Dossier(agent, zone)
        self.revision = 0
        """Grows with each change, so that a reader can tell whether to look again."""
        self._facts: dict[Key, Fact] = {}
        # Further lines with the key of a call or of a change to one: a confirmation may have read those alone.
        self._repeats: dict[Key, list[Fact]] = {}
        self._days: dict[date, DayCalls] = {}
        self._where: dict[Key, date] = {}
        self._amendments: dict[Key, dict[Key, Fact]] = {}
        self._locks: dict[date, Lock] = {}
        self._listed: dict[str, tuple[Listing, ...]] = {}
        # By day: the revision at which it was counted, and the count.
        self._beside: dict[date, tuple[int, int]] = {}

    # ---- taking in ----

    def add(self, fact: Fact) -> frozenset[date]:
        """Take in a fact. The days whose figures, or whose records of what a person did, may have changed.

        Kinds without a say about one agent are passed over. Raises ValueError for a fact about another agent.
        """
        if fact.agent != self.agent:
            raise ValueError(f"a fact about {fact.agent} for the fold of {self.agent}")
        key = fact.key
        known = self._facts.get(key)
        if known is not None and known.line <= fact.line:
            return self._repeat(fact) if known.line < fact.line else _NONE
        changed = _NONE
        if known is not None:
            changed = self._link(known, put=False)
            if known.kind in _CALLS:
                self._repeats.setdefault(key, []).append(known)
        self._facts[key] = fact
        changed |= self._link(fact, put=True)
        if changed:
            self.revision += 1
        return changed

    def add_calls(self, calls: Iterable[Fact]) -> None:
        """`add` for each of many calls of this agent, in a third of the time."""
        facts, where, days, zone = self._facts, self._where, self._days, self.zone
        for fact in calls:
            key = fact.author, fact.id
            if key in facts or key in self._amendments or self._locks or self.dossier.any("verdict", key):
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

    def set_listed(self, listed: Mapping[str, tuple[Listing, ...]]) -> frozenset[date]:
        """Give the do-not-call list: phone tag to its listings since it was last lifted. The days that changed.

        A call that begins after a listing does not count. The list replaces the one given before.
        """
        old, self._listed = self._listed, dict(listed)
        touched = {tag for tag in old.keys() | listed.keys() if old.get(tag) != listed.get(tag)}
        if not touched:
            return _NONE
        # No call before the earliest instant can change, and a new listing is of today: few days are looked at.
        since = min(one.at for tag in touched for one in (*old.get(tag, ()), *listed.get(tag, ())))
        first = local_day(since, self.zone)
        keys = [
            key
            for day, calls in self._days.items()
            if day >= first
            for key, one in calls.calls.items()
            if one.call.phone_tag in touched
        ]
        changed = self._settle_all(keys)
        if changed:
            self.revision += 1
        return changed

    def _link(self, fact: Fact, *, put: bool) -> frozenset[date]:
        """Put a fact where it belongs, or take it out; the days that changed."""
        match fact.kind:
            case "call":
                if not put:
                    self._facts.pop(fact.key)
                return self._settle(fact.key)
            case "correction" | "void":
                # Authors correct their own calls alone.
                if fact.body.about.author != fact.author:
                    return _NONE
                changes = self._amendments.setdefault(about_key(fact), {})
                if put:
                    changes[fact.key] = fact
                else:
                    del changes[fact.key]
                return self._settle(about_key(fact))
        if fact.kind not in KINDS:
            return _NONE
        days = self.dossier.put(fact) if put else self.dossier.take(fact)
        return days | self._follow(fact)

    def _follow(self, fact: Fact) -> frozenset[date]:
        """What a record about a person changes in the calls."""
        match fact.kind:
            case "verdict":
                return self._settle(about_key(fact))
            case "ruling":
                finding = self.dossier.get(about_key(fact))
                return self._settle(about_key(finding)) if finding is not None and finding.kind == "verdict" else _NONE
            case "confirm":
                return self._relock(fact.body.day)
            case "withdrawal":
                target = self.dossier.get(about_key(fact))
                return self._relock(target.body.day) if target is not None and target.kind == "confirm" else _NONE
        return _NONE

    def _repeat(self, fact: Fact) -> frozenset[date]:
        """Keep a further line with a known key. It changes something only where a confirmation read it alone."""
        if fact.kind not in _CALLS:
            return _NONE
        others = self._repeats.setdefault(fact.key, [])
        if any(one.line == fact.line for one in others):
            return _NONE
        others.append(fact)
        return self._settle(fact.key if fact.kind == "call" else about_key(fact)) if self._locks else _NONE

    def _relock(self, day: date) -> frozenset[date]:
        """Judge a day anew whose confirmation came, changed or was taken back."""
        lock = lock_of(self.dossier, day)
        if lock is None and day not in self._locks:
            return _NONE
        if lock is None:
            del self._locks[day]
        else:
            self._locks[day] = lock
        calls = self._days.get(day)
        there = list(calls.calls) if calls else []
        # What was changed may come from another day, or go to one.
        moved = [key for key in (*self._amendments, *self._repeats) if key in self._where]
        return self._settle_all(dict.fromkeys((*there, *moved))) | {day}

    def _settle_all(self, keys: Iterable[Key]) -> frozenset[date]:
        return frozenset(day for key in keys for day in self._settle(key))

    def _settle(self, key: Key) -> frozenset[date]:
        """Work out anew how a call stands, and move it between the days; the days that changed."""
        was = self._where.pop(key, None)
        if was is not None:
            self._days[was].take(key)
        fact = self._facts.get(key)
        if fact is None or fact.kind != "call":
            return frozenset((was,)) if was is not None else _NONE
        one = self._standing(key, fact)
        self._where[key] = one.day
        calls = self._days.get(one.day)
        if calls is None:
            calls = self._days[one.day] = DayCalls()
        calls.put(key, one)
        return frozenset((one.day,)) if was is None else frozenset((was, one.day))

    def _standing(self, key: Key, fact: Fact) -> Standing:
        changes: Collection[Fact] = self._amendments[key].values() if key in self._amendments else ()
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
            self.dossier.any("verdict", key) and found_false(self.dossier, self.dossier.all("verdict", key)),
            listings is not None and was_listed(listings, started, lock),
            started - content.source.at > _AHEAD,
            settled is None and day in self._locks,
        )

    def _settled(self, key: Key, fact: Fact, changes: Collection[Fact]) -> "tuple[Lock, Content] | tuple[None, None]":
        """The lock that holds a call to its day, and the call as it was read then; none where no lock read it.

        A call stands once: the day that was confirmed first keeps it until that day is confirmed again.
        """
        versions = [fact, *self._repeats.get(key, ())] if self._repeats else [fact]
        starts = [one.body for one in versions] + [one.body.call for one in changes if one.kind == "correction"]
        found: tuple[Lock, Content] | None = None
        for day in {local_day(call.started_at, self.zone) for call in starts}:
            lock = self._locks.get(day)
            read = self._read(lock, fact) if lock is not None else None
            if lock is None or read is None:
                continue
            content = content_of(read, [each for one in changes if (each := self._read(lock, one))])
            if local_day(content.call.started_at, self.zone) == day and (
                found is None or lock.confirm.order < found[0].confirm.order
            ):
                found = lock, content
        return found or (None, None)

    def _read(self, lock: Lock, fact: Fact) -> Fact | None:
        """The first line with the key of `fact` that a confirmation read."""
        if lock.settles(fact.line):
            return fact
        repeats = (one for one in self._repeats.get(fact.key, ()) if one.kind == fact.kind and lock.settles(one.line))
        return min(repeats, key=lambda one: one.line, default=None)

    def fact(self, author: str, id: str) -> Fact | None:
        """A fact by what it is known by, whatever became of it."""
        return self._facts.get((author, id))

    def facts(self, *kinds: str) -> list[Fact]:
        """All facts of those kinds, the earliest first, whatever became of them."""
        return sorted((fact for fact in self._facts.values() if fact.kind in kinds), key=written)

    # ---- calls and figures ----

    def figures(self, day: date, policy: Policy, *, new_hire: bool = False) -> DayFigures:
        """The day's figures. Constant time once a day was asked for under a policy that counts the same way."""
        calls = self._days.get(day)
        return calls.tally(policy.counting(new_hire)).figures() if calls else DayFigures()

    def companies(self, days: Iterable[tuple[date, Policy]]) -> int:
        """The distinct companies among the complete calls of several days (家数 of a week or a month)."""
        seen: set[str] = set()
        for day, policy in days:
            if calls := self._days.get(day):
                seen.update(calls.tally(policy.counting()).companies)
        return len(seen)

    def has_valid(self, day: date, policy: Policy, phone_tag: str) -> bool:
        """Whether the number already has a valid call that day. Constant time."""
        calls = self._days.get(day)
        return calls is not None and phone_tag in calls.tally(policy.counting()).valid

    def made_at(self, day: date, policy: Policy, number: int) -> datetime | None:
        """When the valid call with that number of the day (from 1) began; None while there are fewer."""
        return self._made(day, policy, 0, number, new_hire=False)

    def lead_made_at(self, day: date, policy: Policy, number: int, *, new_hire: bool = False) -> datetime | None:
        """The same for leads."""
        return self._made(day, policy, 1, number, new_hire=new_hire)

    def _made(self, day: date, policy: Policy, which: int, number: int, *, new_hire: bool) -> datetime | None:
        calls = self._days.get(day)
        if calls is None or number < 1:
            return None
        starts = calls.made(policy.counting(new_hire))[which]
        return starts[number - 1].astimezone(self.zone) if number <= len(starts) else None

    def last_call_ended(self, day: date) -> datetime | None:
        """When the last dial of a day was over; None on a day without one."""
        calls = self._days.get(day)
        dials = [one.call for one in calls.calls.values() if one.counted] if calls else []
        return max((ended_at(one) for one in dials), default=None)

    def call_days(self) -> list[date]:
        """The days that have calls, in order."""
        return sorted(day for day, calls in self._days.items() if calls.calls)

    def calls(self, day: date, policy: Policy, *, new_hire: bool = False) -> list[CallState]:
        """That day's calls in the order of their start, the withdrawn ones too."""
        calls = self._days.get(day)
        if calls is None:
            return []
        valid, leads = calls.firsts(policy.counting(new_hire))
        return [
            self._state(
                one, policy, valid=valid.get(one.number) is one, lead=leads.get(one.number) is one, new_hire=new_hire
            )
            for one in calls
        ]

    def call(self, author: str, id: str, policy: Policy, *, new_hire: bool = False) -> CallState | None:
        """One call as it stands, None when there is none. Costs what the calls with its number cost."""
        day = self._where.get((author, id))
        if day is None:
            return None
        calls = self._days[day]
        one = calls.calls[author, id]
        valid, lead = calls.counts(one, policy.counting(new_hire))
        return self._state(one, policy, valid=valid, lead=lead, new_hire=new_hire)

    def day_of(self, author: str, id: str) -> date | None:
        """The day on which a call stands, None when there is no such call."""
        return self._where.get((author, id))

    def amendments(self, author: str, id: str) -> tuple[Fact, ...]:
        """Corrections and withdrawals of a call, the earliest first; also those whose call has not come yet."""
        return tuple(sorted(self._amendments.get((author, id), {}).values(), key=written))

    def verdicts(self, author: str, id: str) -> tuple[Fact, ...]:
        """Verdicts about a call, the earliest first."""
        return tuple(self.dossier.all("verdict", (author, id)))

    def lock(self, day: date) -> Lock | None:
        """The lock of a confirmed day, None while it is not confirmed. Constant time."""
        return self._locks.get(day)

    def beside(self, day: date) -> int:
        """How many of the agent's records about the calls of a confirmed day wait for its next confirmation."""
        lock = self._locks.get(day)
        if lock is None:
            return 0
        revision, count = self._beside.get(day, (-1, 0))
        if revision != self.revision:
            count = len({fact.key for fact in self.records(day) if self._read(lock, fact) is None})
            self._beside[day] = self.revision, count
        return count

    def records(self, day: date) -> Iterator[Fact]:
        """The calls that stand on a day and all changes to them, every line of each: what a confirmation reads."""
        calls = self._days.get(day)
        for key in calls.calls if calls else ():
            for fact in (self._facts[key], *self._amendments.get(key, {}).values()):
                yield from (fact, *self._repeats.get(fact.key, ()))

    def lines(self, day: date) -> set[tuple[str, int]]:
        """The lines (writer and seq) that a confirmation of the day has to have read: what its figures come from."""
        calls = self._days.get(day)
        tags = {one.call.phone_tag for one in calls.calls.values()} if calls else set()
        listings = {one.line for tag in tags for one in self._listed.get(tag, ())}
        return {fact.line for fact in self.records(day)} | listings

    def _state(self, one: Standing, policy: Policy, *, valid: bool, lead: bool, new_hire: bool) -> CallState:
        key = one.fact.key
        history = self.amendments(*key)
        lock = self._locks.get(one.day) if history and not one.locked else None
        verdicts = self.dossier.all("verdict", key)
        return call_state(
            one,
            policy,
            self.zone,
            valid=valid,
            lead=lead,
            new_hire=new_hire,
            history=history,
            pending=[fact for fact in history if self._read(lock, fact) is None] if lock else (),
            verdict=standing(verdicts) if verdicts else None,
        )
