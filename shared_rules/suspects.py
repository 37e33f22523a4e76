"""Which calls look as if they never happened, and why; how many to verify (screens, "Suspects"; handbook 7).

A suspicion never costs anything; only a verified false report does. What needs the texts of calls is only found where
they can be read, at the supervisors' machines.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import msgspec

from shared_rules.folding.call_states import CallState
from shared_rules.policies.policy import Policy
from shared_rules.policies.verify import SuspectsRule
from shared_rules.records.parts import Customer
from shared_rules.text import plain

Code = Literal["unlike", "sequential", "cadence", "identical", "repeat", "clock", "exact_quota"]
# The order in which reasons are shown: what cannot have happened comes before what only looks odd.
_RANK: dict[Code, int] = {
    "unlike": 0, "cadence": 1, "sequential": 2, "clock": 3, "identical": 4, "repeat": 5, "exact_quota": 6,
}  # fmt: skip

Opened = Callable[[CallState], Customer | None]
Before = Callable[[CallState], datetime | None]
Unlike = Callable[[CallState], bool]


class Reason(msgspec.Struct, frozen=True):
    """Why a call is a suspect. `n` is the number of calls that share the reason, for exact_quota the number of days.

    `value` is, for cadence, the shortest gap in seconds; for clock, by how many minutes it is off; for exact_quota, the
    number of days looked at.
    """

    code: Code
    n: int
    value: int = 0


class Suspect(msgspec.Struct, frozen=True):
    """A call that counts, has no verdict yet and looks odd; the gravest reason comes first."""

    call: CallState
    reasons: tuple[Reason, ...]


class ToVerify(msgspec.Struct, frozen=True):
    """How many of a day's `valid` calls to verify (handbook 7): the `share` of them, rounded up, but not above 1.

    `share` is what a false record earns over its `fine`, both in fen: `rate` as a paid call plus `spared` as a fine of
    the shortfall. `rule` is the rule of the fine.
    """

    calls: int
    valid: int
    share: Fraction
    rate: Decimal
    spared: int
    fine: int
    rule: str


def suspects(
    policy: Policy,
    calls: Sequence[CallState],
    now: datetime,
    *,
    opened: Opened | None = None,
    exact: Reason | None = None,
    before: Before | None = None,
    unlike: Unlike | None = None,
) -> list[Suspect]:
    """The suspects among the calls of one agent's day, the likeliest first.

    `now` is aware. `opened` gives a call's customer, if this machine may read it; `exact` is what `exact_quota` found.
    `before` gives an instant before which a call cannot have been written, by what its writer had written before it.
    `unlike` says whether a call contradicts itself.
    """
    rule = policy.verify.suspects if policy.verify else None
    if rule is None or not rule.on:
        return []
    reasons: dict[str, list[Reason]] = defaultdict(list)

    def found(code: Code, them: Iterable[CallState], n: int, value: int = 0) -> None:
        for call in them:
            reasons[call.id].append(Reason(code, n, value))

    dials = sorted((call for call in calls if call.why_not not in ("void", "clock", "locked")), key=_started)
    spoken = [call for call in dials if _spoke(policy, call)]
    _cadence(rule, dials, spoken, found)
    if opened is not None:
        texts = {call.id: opened(call) for call in spoken}
        _sequential(rule, spoken, texts, found)
        _identical(policy, rule, spoken, texts, found)
    if unlike is not None and (odd := [call for call in spoken if unlike(call)]):
        found("unlike", odd, len(odd))
    _repeats(rule, spoken, found)
    _clock(rule, dials, now, before, found)
    valid = [call for call in spoken if call.valid]
    if exact is not None and valid:
        found("exact_quota", valid[-1:], exact.n, exact.value)
    shown = [
        Suspect(call, tuple(sorted(reasons[call.id], key=lambda one: _RANK[one.code])))
        for call in spoken
        if call.id in reasons and call.verdict is None and (call.valid or call.why_not == "repeat")
    ]
    return sorted(shown, key=lambda one: (-len(one.reasons), _RANK[one.reasons[0].code], _started(one.call)))


def exact_quota(policy: Policy, days: Sequence[tuple[date, int, int]]) -> Reason | None:
    """The reason if an agent makes exactly the quota again and again. `days` has workday, valid calls and quota."""
    rule = policy.verify.suspects if policy.verify else None
    if rule is None or not rule.on or not rule.exact_days:
        return None
    looked_at = days[-rule.of_days :]
    n = sum(valid == asked > 0 for _, valid, asked in looked_at)
    return Reason("exact_quota", n, len(looked_at)) if n >= rule.exact_days else None


def to_verify(policy: Policy, valid: int) -> ToVerify | None:
    """How many calls to verify of a day with so many valid ones; None if a false record costs nothing."""
    rule = policy.points.finding if policy.points else None
    if policy.points is None or rule is None or policy.verify is None or not policy.verify.number.on:
        return None
    fine = policy.points.rules[rule].fine
    if not fine:
        return None
    rate = policy.pay.valid_calls.rate if policy.pay and policy.pay.valid_calls.on else Decimal(0)
    spared = policy.quota.shortfall.call if policy.quota and policy.quota.shortfall.on else 0
    share = min(Fraction(1), (Fraction(rate) + spared) / fine)
    return ToVerify(-(-valid * share.numerator // share.denominator), valid, share, rate, spared, fine, rule)


_Found = Callable[..., None]


def _cadence(rule: SuspectsRule, dials: list[CallState], spoken: list[CallState], found: _Found) -> None:
    talked = {call.id for call in spoken}
    hasty = []
    for one, following in pairwise(dials):
        gap = int((following.started_at - one.started_at).total_seconds())
        if one.id in talked and gap < rule.cadence:
            hasty.append((one, gap))
    if hasty:
        found("cadence", (call for call, _ in hasty), len(hasty), min(gap for _, gap in hasty))


def _repeats(rule: SuspectsRule, spoken: list[CallState], found: _Found) -> None:
    by_number: dict[str, list[CallState]] = defaultdict(list)
    for call in spoken:
        if call.phone_tag:
            by_number[call.phone_tag].append(call)
    for same in by_number.values():
        if rule.repeat and len(same) >= rule.repeat:
            found("repeat", same, len(same))


def _sequential(rule: SuspectsRule, spoken: list[CallState], texts: dict[str, Customer | None], found: _Found) -> None:
    by_number: dict[int, list[CallState]] = defaultdict(list)
    for call in spoken:
        customer = texts[call.id]
        if call.phone_tag and customer and customer.phone.removeprefix("+").isdecimal():
            by_number[int(customer.phone.removeprefix("+"))].append(call)
    run: list[int] = []
    for number in [*sorted(by_number), -1]:
        if run and number == run[-1] + 1:
            run.append(number)
            continue
        if rule.sequential and len(run) >= rule.sequential:
            found("sequential", (call for each in run for call in by_number[each]), len(run))
        run = [number]


def _identical(
    policy: Policy, rule: SuspectsRule, spoken: list[CallState], texts: dict[str, Customer | None], found: _Found
) -> None:
    # A note chosen by its digit is the same for everybody, so that two alike say nothing.
    canned = {plain(text) for titles in policy.form.choices.get("note", {}).values() for text in (titles.zh, titles.en)}
    by_text: dict[str, list[CallState]] = defaultdict(list)
    for call in spoken:
        customer = texts[call.id]
        text = plain(customer.note) if customer else ""
        if len(text) >= rule.text_length and text not in canned:
            by_text[text].append(call)
    for same in by_text.values():
        if rule.identical and len(same) >= rule.identical:
            found("identical", same, len(same))


def _clock(rule: SuspectsRule, dials: list[CallState], now: datetime, before: Before | None, found: _Found) -> None:
    """Find calls whose time contradicts the order of writing or this machine's clock."""
    allowed = timedelta(minutes=rule.clock)
    odd: dict[str, tuple[CallState, int]] = {}
    newest: dict[str, datetime] = {}
    for call in sorted(dials, key=lambda one: one.fact.line):
        writer = call.fact.writer
        known = (newest.get(writer), before(call) if before else None)
        back = max((one for one in known if one), default=call.at) - call.at
        off = max(back, call.at - now)
        if off > allowed:
            odd[call.id] = call, int(off.total_seconds() // 60)
        newest[writer] = max(newest.get(writer, call.at), call.at)
    if odd:
        found("clock", (call for call, _ in odd.values()), len(odd), max(minutes for _, minutes in odd.values()))


def _spoke(policy: Policy, call: CallState) -> bool:
    outcome = policy.outcome(call.outcome)
    return outcome is not None and outcome.spoke


def _started(call: CallState) -> tuple[datetime, str]:
    return call.started_at, call.id
