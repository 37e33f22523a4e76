"""The points of a month (handbook 2): its balance, what the balance is worth, and what an entry costs."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from shared_rules.calendar import is_workday
from shared_rules.dates import month_end
from shared_rules.figures import PointsBalance
from shared_rules.policies.points import PointsPart, PointsRule
from shared_rules.policies.policy import Policy
from shared_rules.rounding import half_up

EntryFault = Literal["no_points", "unknown_rule", "not_entered", "by_verdict", "no_workday", "fixed", "range"]


class EntryError(ValueError):
    """An entry that the rules do not allow. With the codes `fixed` and `range`, `least` and `most` bound the points."""

    def __init__(self, code: EntryFault, rule: str, least: int = 0, most: int = 0) -> None:
        super().__init__(f"{rule}: {code}")
        self.code = code
        self.rule = rule
        self.least = least
        self.most = most


def balance(policy: Policy, points: Iterable[int]) -> PointsBalance | None:
    """The balance of a month from the points of its standing entries; None under a policy without points."""
    part = policy.points
    if part is None:
        return None
    now = (part.base.points if part.base.on else 0) + sum(points)
    return PointsBalance(
        balance=now,
        to_bonus=max(0, part.bonus.over + 1 - now) if part.bonus.on else 0,
        to_penalty=max(0, now - (part.malus.under - 1)) if part.malus.on else 0,
    )


def worth(policy: Policy, balance: int) -> int:
    """What a month's final balance is worth, in fen: the bonus, minus the penalty, or nothing."""
    part = policy.points
    if part is None:
        return 0
    if part.bonus.on and balance > part.bonus.over:
        return part.bonus.amount
    if part.malus.on and balance < part.malus.under:
        return -part.malus.amount
    return 0


class DayPay(msgspec.Struct, frozen=True):
    """A fine in multiples of a day's base pay: `times` x `base` (fen) / `workdays`, rounded once.

    A day's base pay is that of the month divided by its workdays (ours: the page does not say).
    """

    times: int
    base: int
    workdays: int

    @property
    def fen(self) -> int:
        """The amount."""
        return half_up(self.times * self.base, self.workdays)


def day_pay(policy: Policy, rule: PointsRule, on: date) -> DayPay | None:
    """What an entry on that day takes of base pay; None if the rule takes nothing, and under a policy without pay."""
    if not rule.day_pay_multiple or rule.day_pay_status == "disabled" or policy.pay is None:
        return None
    workdays = sum(is_workday(policy, on.replace(day=day)) for day in range(1, month_end(on).day + 1))
    return DayPay(rule.day_pay_multiple, policy.pay.base.amount, max(1, workdays))


def fine_of(policy: Policy, rule: PointsRule, on: date) -> int:
    """The fine in fen of an entry on that day, including what the rule takes of base pay."""
    taken = day_pay(policy, rule, on)
    return rule.fine + (taken.fen if taken else 0)


def entry_values(policy: Policy, rule: str, on: date, points: int | None = None) -> tuple[int, int]:
    """The points and the fine (fen) of an entry on a day under `rule`; `points` is needed if the rule leaves them open.

    Raises EntryError.
    """
    if policy.points is None:
        raise EntryError("no_points", rule)
    found = policy.points.rules.get(rule)
    if found is None:
        raise EntryError("unknown_rule", rule)
    if not (found.on and found.computed):
        raise EntryError("not_entered", rule)
    if found.by_verdict:
        raise EntryError("by_verdict", rule)
    if found.absence and not is_workday(policy, on):
        raise EntryError("no_workday", rule)
    if found.least is None or found.most is None:
        if points not in (None, found.points):
            raise EntryError("fixed", rule, found.points, found.points)
        return found.points, fine_of(policy, found, on)
    if points is None or not found.least <= points <= found.most:
        raise EntryError("range", rule, found.least, found.most)
    return points, fine_of(policy, found, on)


def rule_for_minutes(points: PointsPart, rule: str, minutes: int) -> str:
    """The rule for being so many minutes late or early: `rule`, or the one for more minutes than that allows."""
    found = points.rules[rule]
    if found.minutes is None or minutes <= found.minutes or not found.beyond or not points.rules[found.beyond].on:
        return rule
    return found.beyond
