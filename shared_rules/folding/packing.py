"""Making a pack of the calls in one source, a segment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact, about_key, key_number, local_day
from shared_rules.folding.packs import Pack, PackedDay, counting_name, microseconds, tag_number, to_numbers
from shared_rules.policies.policy import Counting

# The years that the numbers in a pack can hold. A call outside them was dated by a broken clock.
_FIRST, _LAST = 1970, 2100
_SECOND = 1_000_000


def pack_of(
    source: str, agent: str, facts: Sequence[Fact], zone: ZoneInfo, countings: Callable[[date], Iterable[Counting]]
) -> Pack | None:
    """The pack of all calls, corrections and withdrawals in one source; None if other sources may have a say in them.

    `facts` are all of one writer, and about the agent who wrote them. Each day is counted by all that `countings` gives
    for it.
    """
    ids = [fact.id for fact in facts]
    if len(set(ids)) != len(ids) or any(fact.author != agent for fact in facts):
        return None
    fold = AgentFold(agent, zone)
    fold.add_calls(fact for fact in facts if fact.kind == "call")
    # The changes by the day of the call that they are about.
    changed: dict[date, list[Fact]] = defaultdict(list)
    changes = [fact for fact in facts if fact.kind != "call"]
    for change in changes:
        day = fold.day_of(*about_key(change))
        moved = change.kind == "correction" and local_day(change.body.call.started_at, zone) != day
        if day is None or moved:
            return None
        changed[day].append(change)
    for change in changes:
        fold.add(change)
    days = {day: _day(fold, day, changed[day], countings(day)) for day in fold.call_days()}
    whole = {day: packed for day, packed in days.items() if packed is not None}
    if not whole or len(whole) != len(days):
        return None
    last = max(fact.seq for fact in facts)
    return Pack(source, agent, facts[0].writer, last, low=min(ids), high=max(ids), days=whole)


def _day(fold: AgentFold, day: date, changed: list[Fact], countings: Iterable[Counting]) -> PackedDay | None:
    calls = fold.standings(day)
    starts = [one.call.started_at for one in calls]
    if not all(_FIRST < year < _LAST for year in {start.year for start in starts}):
        return None
    begun = list(map(microseconds, starts))
    facts = [one.fact for one in calls] + changed
    tagged = [(tag, start) for one, start in zip(calls, begun, strict=True) if (tag := one.call.phone_tag) is not None]
    return PackedDay(
        keys=to_numbers("Q", [key_number(fact.key) for fact in facts]),
        told=to_numbers("Q", [fact.told for fact in facts]),
        begin=min(begun),
        end=max(begun),
        tags=to_numbers("Q", [tag_number(tag) for tag, _ in tagged]),
        starts=to_numbers("I", [start // _SECOND for _, start in tagged]),
        sums={counting_name(rules): fold.sums(day, rules) for rules in countings},
    )
