"""What stands of one agent: calls and their counts, as read from the records that were taken in."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shared_rules.figures import DayFigures
from shared_rules.folding.call_states import CallState, call_state
from shared_rules.folding.contents import ended_at
from shared_rules.folding.facts import Fact, Key, slot_of, standing, written
from shared_rules.folding.intake import Intake
from shared_rules.folding.known_facts import CALLS
from shared_rules.folding.locks import Lock
from shared_rules.folding.packs import Sums, counting_name, instants, microseconds, tag_number, to_numbers, to_tag
from shared_rules.folding.tallies import DayCalls, Standing, proposed
from shared_rules.policies.policy import Counting, Policy


class AgentFold(Intake):
    """All that is known of one agent. Days are those of `zone`. Not safe for several threads at once."""

    def __init__(self, agent: str, zone: ZoneInfo) -> None:
        super().__init__(agent, zone)
        # By day: the revision at which it was counted, and the count.
        self._beside: dict[date, tuple[int, int]] = {}
        # The revision and the day for which `astray` was last worked out, and its answer.
        self._astray: tuple[int, date, Set[Key]] = (-1, date.min, frozenset())

    def fact(self, author: str, id: str) -> Fact | None:
        """A fact by author and id, whether it counts or not: of several with one id the call, else the lowest line."""
        self._open_id(author, id)
        return self._known.with_key((author, id))

    def facts(self, *kinds: str) -> list[Fact]:
        """All facts of those kinds in the order of writing, whether they count or not."""
        if not CALLS.isdisjoint(kinds):
            self._open(*self._packs.days())
        return sorted((fact for fact in self._known.here.values() if fact.kind in kinds), key=written)

    # ---- calls and figures ----

    def figures(self, day: date, policy: Policy, *, new_hire: bool = False) -> DayFigures:
        """The figures of a day. Constant time once the day was asked for under a policy that counts in the same way."""
        rules = policy.counting(new_hire)
        if sums := self._sums(day, rules):
            return sums.figures
        calls = self._days.get(day)
        return calls.tally(rules).figures() if calls else DayFigures()

    def proposed(self, day: date, policy: Policy, *, new_hire: bool = False) -> tuple[int, int]:
        """How many of the day's leads have the proposed grade A, and how many B."""
        rules = policy.counting(new_hire)
        if sums := self._sums(day, rules):
            return sums.proposed_a, sums.proposed_b
        calls = self._days.get(day)
        return proposed(calls.firsts(rules)[1]) if calls else (0, 0)

    def card_uses(self, day: date, policy: Policy, *, new_hire: bool = False) -> Mapping[str, tuple[int, int]]:
        """By talk card ("" for none), how many of a day's conversations stand, and how many of those are leads."""
        rules = policy.counting(new_hire)
        if sums := self._sums(day, rules):
            return sums.cards
        calls = self._days.get(day)
        return calls.card_uses(rules) if calls else {}

    def companies(self, days: Iterable[tuple[date, Policy]]) -> int:
        """The distinct companies among the complete calls of several days (家数 of a week or a month)."""
        seen: set[str] = set()
        for day, policy in days:
            if sums := self._sums(day, policy.counting()):
                seen.update(map(to_tag, memoryview(sums.companies).cast("Q")))
            elif calls := self._days.get(day):
                seen.update(calls.tally(policy.counting()).companies)
        return len(seen)

    def has_valid(self, day: date, policy: Policy, phone_tag: str) -> bool:
        """Whether the number with that tag has a valid call that day already. Constant time."""
        calls = self._opened(day)
        return calls is not None and phone_tag in calls.tally(policy.counting()).valid

    def repeats(self, author: str, id: str, policy: Policy, phone_tag: str) -> bool:
        """Whether a call would come after a valid one of its day if it were to that number."""
        day = self.day_of(author, id)
        if day is None:
            return False
        calls = self._days[day]
        own, rules = calls.calls[author, id], policy.counting()
        return any(one.eligible(rules) and one.order < own.order for one in calls.with_number(phone_tag).values())

    def made_at(self, day: date, policy: Policy, number: int) -> datetime | None:
        """When the `number`-th valid call of the day (from 1) began, in `zone`; None while there are fewer."""
        return self._nth(self._made(day, policy.counting())[0], number)

    def lead_made_at(self, day: date, policy: Policy, number: int, *, new_hire: bool = False) -> datetime | None:
        """The same for leads."""
        return self._nth(self._made(day, policy.counting(new_hire))[1], number)

    def _made(self, day: date, rules: Counting) -> tuple[list[datetime], list[datetime]]:
        if sums := self._sums(day, rules):
            return instants(sums.valid_at), instants(sums.leads_at)
        calls = self._days.get(day)
        return calls.made(rules) if calls else ([], [])

    def _nth(self, starts: list[datetime], number: int) -> datetime | None:
        return starts[number - 1].astimezone(self.zone) if 1 <= number <= len(starts) else None

    def last_call_ended(self, day: date) -> datetime | None:
        """When the last dial of a day ended; None on a day without one."""
        calls = self._opened(day)
        dials = [one.call for one in calls.calls.values() if one.counted] if calls else []
        return max((ended_at(one) for one in dials), default=None)

    def call_days(self) -> list[date]:
        """The days that have calls, in order."""
        self._arrive()
        return sorted({day for day, calls in self._days.items() if calls.calls} | set(self._packs.days()))

    def calls(self, day: date, policy: Policy, *, new_hire: bool = False) -> list[CallState]:
        """The calls of a day in the order of their start, also those that were withdrawn."""
        calls = self._opened(day)
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
        """One call as it stands; None if there is none. It costs as much as the calls to its number that day."""
        day = self.day_of(author, id)
        if day is None:
            return None
        calls = self._days[day]
        one = calls.calls[author, id]
        valid, lead = calls.counts(one, policy.counting(new_hire))
        return self._state(one, policy, valid=valid, lead=lead, new_hire=new_hire)

    def day_of(self, author: str, id: str) -> date | None:
        """The day on which a call stands; None if there is no such call."""
        self._open_id(author, id)
        return self._where.get((author, id))

    def amendments(self, author: str, id: str) -> tuple[Fact, ...]:
        """The corrections and withdrawals of a call in the order of writing, also if the call has not come yet."""
        self._open_id(author, id)
        return self._changes((author, id))

    def may_change(self, author: str, id: str, writer: str, at: datetime) -> bool:
        """Whether a change to a call that the device `writer` says it wrote at `at` can hold.

        It cannot if that is weeks before another device wrote the call.
        """
        self._open_id(author, id)
        call = self._known.here.get((author, id))
        return call is None or self._may_change(call, writer, at)

    def contradicted(self, author: str, id: str) -> bool:
        """Whether another line with a call's id says something else. Lines made honestly say the same."""
        self._open_id(author, id)
        known, key = self._known, (author, id)
        first = known.here.get(key)
        return first is not None and not all(known.alike(first, one) for one in known.others(key))

    def again(self, fact: Fact) -> tuple[Fact, ...]:
        """The other lines with the same content as a call or change: it was brought over under another key."""
        self._open_id(*fact.key)
        slot = slot_of(fact)
        others = (self._known.here.get(slot), *self._known.others(slot))
        return tuple(
            one for one in others if one and one.line != fact.line and (one.at, one.body) == (fact.at, fact.body)
        )

    def astray(self, since: date) -> Set[Key]:
        """The calls that a correction moved to that day or a later one, and that have not come themselves."""
        if self._astray[:2] != (self.revision, since):
            late = self._known.named_from(since)
            found = {key for key in late if key not in self._known.here and not self._packs.has(key)}
            self._astray = self.revision, since, found
        return self._astray[2]

    def verdicts(self, author: str, id: str) -> tuple[Fact, ...]:
        """The verdicts about a call in the order of writing."""
        return tuple(self.dossier.all("verdict", (author, id)))

    def lock(self, day: date) -> Lock | None:
        """The lock of a day; None while it is not confirmed. Constant time."""
        return self._locks.get(day)

    def beside(self, day: date) -> int:
        """How many of the agent's records about calls of a confirmed day the confirmation did not read: they wait for
        the next one.
        """
        self._arrive()
        lock = self._locks.get(day)
        if lock is None or self._packs.on(day):
            return 0
        revision, count = self._beside.get(day, (-1, 0))
        if revision != self.revision:
            records = list(self.records(day))
            read = {fact.told for fact in records if lock.settles(fact.told)}
            rows = {slot_of(fact): fact for fact in records if fact.told in read}
            apart = ((slot_of(fact), fact) for fact in records if fact.told not in read)
            count = len({slot for slot, one in apart if slot not in rows or not self._known.alike(rows[slot], one)})
            self._beside[day] = self.revision, count
        return count

    def gone(self, day: date) -> Set[int]:
        """The records (by `told_number`) that the confirmation of a day read and that are missing here or no longer
        count.
        """
        lock = self._locks.get(day)
        apart = lock.apart(self.sources(day).values()) if lock else set()
        if apart:
            # A call that stands on another day now is not missing.
            apart -= {one.told for fact in self.facts(*CALLS) for one in self._lines_of(fact)}
        return apart

    def records(self, day: date) -> Iterator[Fact]:
        """The calls that stand on a day and all changes to them, in every line they came in, as a confirmation reads
        them.
        """
        calls = self._opened(day)
        for key in calls.calls if calls else ():
            for fact in (self._known.here[key], *self._known.changes_of(key)):
                yield from self._lines_of(fact)

    def with_calls_of(self, day: date) -> "AgentFold":
        """A separate fold with the calls of one day and everything that is no call, in which a change can be tried. It
        costs as much as what it copies.
        """
        twin = AgentFold(self.agent, self.zone)
        twin.set_listed(self._listed)
        for fact in (*self.records(day), *(one for one in self._known.here.values() if one.kind not in CALLS)):
            twin.add(fact)
        return twin

    def _lines_of(self, fact: Fact) -> tuple[Fact, ...]:
        """A call, or a change to one, in every line it came in."""
        return fact, *self._known.others(slot_of(fact))

    def sources(self, day: date) -> dict[tuple[str, int], int]:
        """The records behind the figures of a day, which a confirmation must have read: their `told_number` by line
        (writer and seq).
        """
        calls = self._opened(day)
        tags = {one.call.phone_tag for one in calls.calls.values()} if calls else set()
        listings = {one.line: one.told for tag in tags for one in self._listed.get(tag, ())}
        return {fact.line: fact.told for fact in self.records(day)} | listings

    def _changes(self, key: Key) -> tuple[Fact, ...]:
        return tuple(sorted(self._known.changes_of(key), key=written))

    def _state(self, one: Standing, policy: Policy, *, valid: bool, lead: bool, new_hire: bool) -> CallState:
        key = one.fact.key
        # No pack has a record of a call that stands here: what comes about one opens the packs that have it.
        history = self._changes(key)
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
            pending=[
                fact
                for fact in history
                if lock and self._may_hold(fact, one.fact) and self._known.read(lock, fact) is None
            ],
            verdict=standing(verdicts) if verdicts else None,
        )

    # ---- calls put away ----

    def _opened(self, day: date) -> DayCalls | None:
        """The calls of a day, with its pack opened; None if there are none."""
        self._open(day)
        return self._days.get(day)

    def _open(self, *days: date) -> None:
        for day in days:
            if (pack := self._packs.on(day)) is not None:
                self._packs.call(pack)
        self._arrive()

    def _open_id(self, author: str, id: str) -> None:
        for pack in self._packs.with_key((author, id)):
            self._packs.call(pack)
        self._arrive()

    def standings(self, day: date) -> Iterable[Standing]:
        """The calls of a day as they stand, in no order."""
        calls = self._opened(day)
        return calls.calls.values() if calls else ()

    def _sums(self, day: date, rules: Counting) -> Sums | None:
        """The sums of a day from its pack; None if no pack has the day. For a new counting the pack is counted once."""
        self._arrive()
        pack = self._packs.on(day)
        if pack is None:
            return None
        name = counting_name(rules)
        if name not in pack.days[day].sums:
            alone = AgentFold(self.agent, self.zone)
            for fact in self._unpack(pack):
                alone.add(fact)
            for each, packed in pack.days.items():
                packed.sums[name] = alone.sums(each, rules)
        return pack.days[day].sums[name]

    def sums(self, day: date, rules: Counting) -> Sums:
        """The sums of a day's calls, to be kept in a pack."""
        calls = self._opened(day) or DayCalls()
        tally, (valid, leads) = calls.tally(rules), calls.firsts(rules)
        return Sums(
            tally.figures(),
            to_numbers("Q", sorted(map(tag_number, tally.companies))),
            to_numbers("q", sorted(microseconds(one.call.started_at) for one in valid.values())),
            to_numbers("q", sorted(microseconds(one.call.started_at) for one in leads.values())),
            *proposed(leads),
            calls.card_uses(rules),
        )
