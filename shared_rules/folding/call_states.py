"""One call as it stands after corrections, withdrawals, verdicts and the lock of its day, to be shown."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from shared_rules.folding.facts import Fact, local_day
from shared_rules.folding.tallies import Standing, WhyNot
from shared_rules.policies.policy import Policy
from shared_rules.records.parts import Grade, Interest


class CallState(msgspec.Struct, frozen=True):
    """One call as it stands. Times are in the team's zone; `at` is when the call was first written.

    `fact` is the call's own record, `source` the record with its content (the call or a correction), whose sealed part
    has the customer. `missing` is in the policy's order, and empty if there was no conversation. `why_not` is None for
    a valid call. `history` has all its corrections and withdrawals in the order of writing; `pending` those that came
    after the day was confirmed, and change nothing until it is confirmed again; `verdict` is the one that holds.
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
    pending: tuple[Fact, ...]
    verdict: Fact | None


def call_state(
    one: Standing,
    policy: Policy,
    zone: ZoneInfo,
    *,
    valid: bool,
    lead: bool,
    new_hire: bool,
    history: tuple[Fact, ...],
    pending: Sequence[Fact],
    verdict: Fact | None,
) -> CallState:
    """The state of a call under the policy of its day. `valid`, `lead`: of the calls to its number it is the one that
    counts as such.
    """
    fact, call = one.fact, one.call
    rules = policy.counting(new_hire)
    spoken = call.outcome in rules.spoken
    missing = one.missing(rules) if spoken else frozenset[str]()
    return CallState(
        id=fact.id,
        author=fact.author,
        agent=fact.agent,
        day=one.day,
        started_at=_in_zone(call.started_at, zone),
        at=_in_zone(fact.at, zone),
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
        late=local_day(fact.at, zone) > one.day,
        corrected=one.source is not fact,
        imported=call.imported,
        source=one.source,
        fact=fact,
        history=history,
        pending=tuple(pending),
        verdict=verdict,
    )


def _why_not(one: Standing, spoken: bool, incomplete: bool) -> WhyNot:
    if one.void:
        return "void"
    if one.clock:
        return "clock"
    if one.locked:
        return "locked"
    if not spoken:
        return "not_spoken"
    if incomplete:
        return "incomplete"
    if one.false:
        return "false"
    return "do_not_call" if one.listed else "repeat"


def _in_zone(instant: datetime, zone: ZoneInfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant
