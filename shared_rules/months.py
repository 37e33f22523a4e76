"""An agent's month so far: from the fold to the facts from which a statement is computed."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from shared_rules.calendar import is_workday
from shared_rules.dates import month_end
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.grades import Signature, month_signatures
from shared_rules.leave import away, excused
from shared_rules.ledger import Entry, entries
from shared_rules.pay import Earned, Fine, MonthFacts, rate_of
from shared_rules.points import balance
from shared_rules.policies.policy import Policy
from shared_rules.quota import quota, shortfall


def month_facts(
    fold: AgentFold,
    policy_on: Callable[[date], Policy],
    month: str,
    today: date,
    *,
    hired_on: Callable[[date], date | None] = lambda _: None,
    judged: Callable[[date], bool] = lambda _: True,
    gone: Callable[[date], bool] = lambda _: False,
    ledger: list[Entry] | None = None,
) -> MonthFacts:
    """The facts of `month` (YYYY-MM) up to `today`, whose calls count and whose shortfall does not.

    `policy_on` and `hired_on` give the policy and the hire date by which a day is judged, `judged` whether anything is
    asked of the agent on a day. `ledger` is given if other entries are to be taken than those of the fold.

    A day is closed when it is confirmed or over; its shortfall is marked as unconfirmed until it is confirmed. Calls of
    a day by which the agent had left, as `gone` says, are not paid for.
    """
    found = entries(fold.dossier, month, policy_on) if ledger is None else ledger
    ledger = [entry for entry in found if entry.on <= today]
    fines = [
        Fine(entry.rule, entry.on, 1, entry.fen, entry.fact.id)
        for entry in ledger
        if entry.counted_fen and policy_on(entry.on).withholds_fines
    ]
    earned = _Earnings(month_policy(policy_on, month, today))
    for day in month_days(month, today):
        policy = policy_on(day)
        if not gone(day):
            earned.calls(policy, paid_calls(fold, policy, day, hired_on(day)))
        if judged(day) and (day < today or fold.lock(day)):
            fines += day_fines(fold, policy, day, ledger, hired_on(day))
    for signature in month_signatures(fold.dossier, month):
        if signature.fact.body.on <= today:
            earned.grade(policy_on(signature.fact.body.on), signature)
    for payment in fold.dossier.of("payment", month):
        if payment.body.on <= today:
            earned.payment(policy_on(payment.body.on), payment.body.fen)
    points = balance(earned.policy, (entry.counted_points for entry in ledger))
    fines.sort(key=lambda fine: fine.on)
    return earned.facts(points.balance if points else None, tuple(fines))


def paid_calls(fold: AgentFold, policy: Policy, day: date, hired: date | None) -> int:
    """The valid calls of a day that are paid for: none before the agent was hired."""
    if hired is not None and day < hired:
        return 0
    return fold.figures(day, policy, new_hire=policy.new_hire_day(hired, day) is not None).valid


def day_fines(fold: AgentFold, policy: Policy, day: date, ledger: list[Entry], hired: date | None) -> list[Fine]:
    """The fines of a day's shortfall; none on a day off. The day must be closed, and the agent judged on it."""
    if policy.quota is None or not is_workday(policy, day):
        return []
    gone = away(fold.dossier, day)
    lacks = shortfall(
        policy,
        quota(policy, hired, day, gone.minutes, gone.leads),
        fold.figures(day, policy, new_hire=policy.new_hire_day(hired, day) is not None),
        excused=excused(fold.dossier, day),
        rules_of_day=(entry.rule for entry in ledger if entry.on == day and entry.counts),
    )
    if not lacks.fen:
        return []
    rule, open_ = policy.quota.shortfall, fold.lock(day) is None
    fines = []
    if lacks.calls:
        fines.append(Fine("quota.shortfall", day, lacks.calls, rule.call, unconfirmed=open_, part="calls"))
    if lacks.leads and rule.leads_status != "disabled":
        disputed = rule.leads_status == "disputed"
        fines.append(
            Fine("quota.shortfall", day, lacks.leads, rule.lead, unconfirmed=open_, disputed=disputed, part="leads")
        )
    return fines


def month_policy(policy_on: Callable[[date], Policy], month: str, today: date) -> Policy:
    """The policy for what a month has as a whole (base pay, points): of its last day or, while it runs, of today."""
    first = date.fromisoformat(f"{month}-01")
    return policy_on(max(first, min(month_end(first), today)))


def month_days(month: str, today: date) -> Iterator[date]:
    """The days of a month up to today."""
    first = date.fromisoformat(f"{month}-01")
    for number in range((min(month_end(first), today) - first).days + 1):
        yield first + timedelta(days=number)


class _Earnings(msgspec.Struct):
    """What is earned in a month: at the rates of the month's policy or, kept apart, at other rates of single days."""

    policy: Policy
    _valid: int = 0
    _a: int = 0
    _b: int = 0
    _raised: int = 0
    _payments: int = 0
    _otherwise: dict[tuple[str, Decimal, bool], int] = msgspec.field(default_factory=lambda: defaultdict(int))

    def calls(self, policy: Policy, number: int) -> None:
        if not self._elsewhere(policy, "pay.valid_calls", number):
            self._valid += number

    def grade(self, policy: Policy, one: Signature) -> None:
        if one.pays is None:
            return
        rule = "pay.grade_a" if one.pays == "A" else "pay.grade_b"
        if self._elsewhere(policy, rule, 1, raised=one.raised):
            return
        if one.raised:
            self._raised += 1
        elif one.pays == "A":
            self._a += 1
        else:
            self._b += 1

    def payment(self, policy: Policy, fen: int) -> None:
        if not self._elsewhere(policy, "pay.payments", fen):
            self._payments += fen

    def _elsewhere(self, policy: Policy, rule: str, quantity: int, *, raised: bool = False) -> bool:
        """Whether that day's rate is not the month's own; if so, what it earns is kept apart."""
        rate = rate_of(policy, rule, raised=raised)
        if rate == rate_of(self.policy, rule, raised=raised):
            return False
        if rate and quantity:
            self._otherwise[rule, rate, raised] += quantity
        return True

    def facts(self, points: int | None, fines: tuple[Fine, ...]) -> MonthFacts:
        others = sorted((*key, quantity) for key, quantity in self._otherwise.items())
        return MonthFacts(
            valid_calls=self._valid,
            grades_a=self._a,
            grades_b=self._b,
            raised=self._raised,
            payments=self._payments,
            balance=points,
            fines=fines,
            otherwise=tuple(Earned(rule, quantity, rate, raised) for rule, rate, raised, quantity in others),
        )
