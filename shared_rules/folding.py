"""From records to what stands: one agent's calls, ledger, leave and excuses.

Folding is a union. Facts may come in any order and any number of times and give the same figures; a correction or a
verdict may come before its call. Adding a call costs the same whatever is there already.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared_rules.facts import Fact, Key, local_day, standing
from shared_rules.figures import DayFigures
from shared_rules.policy import Policy
from shared_rules.record_parts import Grade, Interest
from shared_rules.tallies import DayCalls, Standing, WhyNot

__all__ = ["AgentFold", "Away", "CallState", "Entry", "Fact"]

# A call that began this much later than it was written did not happen: one of the two clocks was wrong.
_AHEAD = timedelta(hours=24)
_NONE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class CallState:
    """One call as it stands. Times are in the agent's zone; `at` is when the call was first written.

    `source` is the record that holds its content (the call or a correction), where the sealed customer is to be found.
    `missing` is in the policy's order and empty without a conversation. `why_not` is None when it is a valid call.
    `history` are all corrections and withdrawals of it, the earliest first; `verdict` the verdict that holds.
    """

    id: str
    author: str
    agent: str
    day: date
    started_at: datetime
    at: datetime
    outcome: str
    interest: Interest | None
    grade: Grade | None
    duration_s: int | None
    phone_tag: str | None
    company_tag: str | None
    filled: tuple[str, ...]
    missing: tuple[str, ...]
    valid: bool
    lead: bool
    why_not: WhyNot | None
    late: bool
    corrected: bool
    imported: bool
    source: Fact
    fact: Fact
    history: tuple[Fact, ...]
    verdict: Fact | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger. `points` is signed, `fen` the fine as a positive amount."""

    fact: Fact
    rule: str
    on: date
    points: int
    fen: int
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Away:
    """The approved minutes of a day, added up, and the lowest lead quota that an approval gave (None: none did)."""

    leave: int = 0
    visit: int = 0
    leads: int | None = None

    @property
    def minutes(self) -> int:
        """Leave and visits together."""
        return self.leave + self.visit


_NOT_AWAY = Away()


class AgentFold:
    """What stands of one agent. Not safe for several threads at once."""

    def __init__(self, agent: str, zone: ZoneInfo) -> None:
        self.agent = agent
        self.zone = zone
        self.revision = 0
        """Grows with each change, so that a reader can tell whether to look again."""
        self._facts: dict[Key, Fact] = {}
        self._days: dict[date, DayCalls] = {}
        self._where: dict[Key, date] = {}
        self._amendments: dict[Key, dict[Key, Fact]] = {}
        self._verdicts: dict[Key, dict[Key, Fact]] = {}
        self._entries: dict[str, dict[Key, Fact]] = {}
        self._excuses: dict[date, dict[Key, Fact]] = {}
        self._away: dict[date, dict[Key, Fact]] = {}
        self._listed: dict[str, datetime] = {}

    # ---- taking in ----

    def add(self, fact: Fact) -> frozenset[date]:
        """Take in a fact. The days whose figures may have changed; of a ledger entry, its date.

        Kinds without a say in one agent's figures are passed over. Raises ValueError for a fact about another agent.
        """
        if fact.agent != self.agent:
            raise ValueError(f"a fact about {fact.agent} for the fold of {self.agent}")
        key = fact.key
        known = self._facts.get(key)
        if known is not None and known.line <= fact.line:
            return _NONE
        changed = self._link(known, put=False) if known is not None else _NONE
        self._facts[key] = fact
        changed |= self._link(fact, put=True)
        if changed:
            self.revision += 1
        return changed

    def set_listed(self, listed: Mapping[str, datetime]) -> frozenset[date]:
        """Give the do-not-call list: phone tag to the instant since which it is listed. The days that changed.

        A call that begins after that instant does not count. The list replaces the one given before.
        """
        old, self._listed = self._listed, dict(listed)
        touched = {tag for tag in old.keys() | listed.keys() if old.get(tag) != listed.get(tag)}
        if not touched:
            return _NONE
        # No call before the earliest instant can change, and a new listing is of today: few days are looked at.
        since = min(instant for tag in touched for instant in (old.get(tag), listed.get(tag)) if instant is not None)
        first = local_day(since, self.zone)
        keys = [
            key
            for day, calls in self._days.items()
            if day >= first
            for key, one in calls.calls.items()
            if one.call.phone_tag in touched
        ]
        changed = frozenset(day for key in keys for day in self._settle(key))
        if changed:
            self.revision += 1
        return changed

    def _link(self, fact: Fact, *, put: bool) -> frozenset[date]:
        """Put a fact where it belongs, or take it out; the days that changed."""
        body = fact.body
        match fact.kind:
            case "call":
                if not put:
                    self._facts.pop(fact.key)
                return self._settle(fact.key)
            case "correction" | "void":
                # Authors correct their own calls alone.
                if body.about.author != fact.author:
                    return _NONE
                return self._relate(self._amendments, fact, put)
            case "verdict":
                return self._relate(self._verdicts, fact, put)
            case "points":
                return _file(self._entries, f"{body.on:%Y-%m}", body.on, fact, put)
            case "excuse":
                return _file(self._excuses, body.day, body.day, fact, put)
            case "time_away":
                return _file(self._away, body.on, body.on, fact, put)
        return _NONE

    def _relate(self, index: dict[Key, dict[Key, Fact]], fact: Fact, put: bool) -> frozenset[date]:
        call = fact.body.about.author, fact.body.about.id
        _file(index, call, None, fact, put)
        return self._settle(call)

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
        source, call, void = fact, fact.body, False
        if amendments := self._amendments.get(key):
            holds = standing(amendments.values())
            void = holds.kind == "void"
            corrections = [each for each in amendments.values() if each.kind == "correction"]
            # A withdrawn call is shown as it was last corrected.
            if corrections:
                source = standing(corrections) if void else holds
                call = source.body.call
        false = False
        if verdicts := self._verdicts.get(key):
            false = standing(verdicts.values()).body.false
        started = call.started_at
        since = self._listed.get(call.phone_tag) if self._listed else None
        return Standing(
            fact,
            source,
            call,
            local_day(started, self.zone),
            void,
            false,
            since is not None and started > since,
            started - source.at > _AHEAD,
        )

    def fact(self, author: str, id: str) -> Fact | None:
        """A fact by what it is known by, whatever became of it."""
        return self._facts.get((author, id))

    def facts(self, *kinds: str) -> list[Fact]:
        """All facts of those kinds, the earliest first, whatever became of them."""
        return sorted((fact for fact in self._facts.values() if fact.kind in kinds), key=_written)

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

    def call_days(self) -> list[date]:
        """The days that have calls, in order."""
        return sorted(day for day, calls in self._days.items() if calls.calls)

    def calls(self, day: date, policy: Policy, *, new_hire: bool = False) -> list[CallState]:
        """That day's calls in the order of their start, the withdrawn ones too."""
        calls = self._days.get(day)
        if calls is None:
            return []
        rules = policy.counting(new_hire)
        valid, leads = calls.firsts(rules)
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
        return _in_order(self._amendments.get((author, id), {}))

    def verdicts(self, author: str, id: str) -> tuple[Fact, ...]:
        """Verdicts about a call, the earliest first."""
        return _in_order(self._verdicts.get((author, id), {}))

    def _state(self, one: Standing, policy: Policy, *, valid: bool, lead: bool, new_hire: bool) -> CallState:
        fact, call = one.fact, one.call
        rules = policy.counting(new_hire)
        spoken = call.outcome in rules.spoken
        missing = one.missing(rules) if spoken else frozenset[str]()
        verdicts = self._verdicts.get(fact.key)
        at = _in_zone(fact.at, self.zone)
        return CallState(
            id=fact.id,
            author=fact.author,
            agent=fact.agent,
            day=one.day,
            started_at=_in_zone(call.started_at, self.zone),
            at=at,
            outcome=call.outcome,
            interest=call.interest,
            grade=call.grade,
            duration_s=call.duration_s,
            phone_tag=call.phone_tag,
            company_tag=call.company_tag,
            filled=call.filled,
            missing=tuple(field for field in policy.validity.required if field in missing),
            valid=valid,
            lead=lead,
            why_not=None if valid else _why_not(one, spoken, bool(missing)),
            late=local_day(fact.at, self.zone) > one.day,
            corrected=one.source is not fact,
            imported=call.imported,
            source=one.source,
            fact=fact,
            history=self.amendments(*fact.key),
            verdict=standing(verdicts.values()) if verdicts else None,
        )

    # ---- the ledger, leave, excuses ----

    def entries(self, month: str) -> list[Entry]:
        """The ledger of a month (YYYY-MM), by date and then in the order of writing."""
        facts = sorted(self._entries.get(month, {}).values(), key=lambda fact: (fact.body.on, *_written(fact)))
        bodies = ((fact, fact.body) for fact in facts)
        return [Entry(fact, b.rule, b.on, b.points, b.fen, b.note, b.evidence) for fact, b in bodies]

    def away(self, day: date) -> Away:
        """The approved leave and visits of a day."""
        facts = self._away.get(day)
        if not facts:
            return _NOT_AWAY
        bodies = [fact.body for fact in facts.values()]
        lowered = [body.leads for body in bodies if body.leads is not None]
        return Away(
            sum(body.minutes for body in bodies if body.type == "leave"),
            sum(body.minutes for body in bodies if body.type == "visit"),
            min(lowered, default=None),
        )

    def excused(self, day: date) -> bool:
        """Whether a supervisor excused the shortfall of that day."""
        return bool(self._excuses.get(day))


def _file(index: dict[Any, dict[Key, Fact]], place: Any, day: date | None, fact: Fact, put: bool) -> frozenset[date]:
    if put:
        index.setdefault(place, {})[fact.key] = fact
    else:
        del index[place][fact.key]
    return frozenset((day,)) if day is not None else _NONE


def _why_not(one: Standing, spoken: bool, incomplete: bool) -> WhyNot:
    if one.void:
        return "void"
    if one.clock:
        return "clock"
    if not spoken:
        return "not_spoken"
    if incomplete:
        return "incomplete"
    if one.false:
        return "false"
    return "do_not_call" if one.listed else "repeat"


def _written(fact: Fact) -> tuple[float, str, int]:
    return fact.at.timestamp(), fact.writer, fact.seq


def _in_order(facts: Mapping[Key, Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts.values(), key=_written))


def _in_zone(instant: datetime, zone: ZoneInfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant
