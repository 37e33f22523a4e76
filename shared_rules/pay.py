"""A month's pay, line by line, and what of it may be withheld (handbook 3 and 6). All amounts are fen."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from shared_rules.figures import Limits, Statement, StatementLine
from shared_rules.points import worth
from shared_rules.policy import Policy
from shared_rules.rounding import to_fen


class Fine(msgspec.Struct, frozen=True):
    """A positive amount to be withheld, and its cause: the rule, the day, the entry's id. `rate` is fen for each.

    `disputed` marks a disputed half of a rule that is not disputed as a whole.
    """

    cause: str
    on: date
    quantity: int
    rate: int
    entry: str = ""
    unconfirmed: bool = False
    disputed: bool = False


class MonthFacts(msgspec.Struct, frozen=True):
    """What a month's statement is computed from.

    `raised` are B customers that became A this month, `payments` what customers paid less refunds, in fen, `balance`
    the points, None under a policy without points.
    """

    valid_calls: int = 0
    grades_a: int = 0
    grades_b: int = 0
    raised: int = 0
    payments: int = 0
    balance: int | None = None
    fines: tuple[Fine, ...] = ()


def statement(policy: Policy, facts: MonthFacts) -> Statement | None:
    """The statement of a month; None under a policy without pay. A disabled rule has no line."""
    pay = policy.pay
    if pay is None:
        return None
    lines: list[StatementLine] = []

    def line(rule: str, quantity: int, rate: Decimal, amount: Decimal) -> None:
        found = policy.rules[rule]
        if found.on:
            lines.append(StatementLine(rule, quantity, rate, to_fen(amount), found.status == "disputed"))

    def each(rule: str, quantity: int, rate: int | Decimal) -> None:
        line(rule, quantity, Decimal(rate), quantity * Decimal(rate))

    each("pay.base", 1, pay.base.amount)
    each("pay.item2", 1, pay.item2.amount)
    each("pay.item3", 1, pay.item3.amount)
    each("pay.valid_calls", facts.valid_calls, pay.valid_calls.rate)
    each("pay.grade_a", facts.grades_a, pay.grade_a.amount)
    if facts.raised:
        each("pay.grade_a", facts.raised, pay.grade_a.amount - pay.grade_b.amount)
    each("pay.grade_b", facts.grades_b, pay.grade_b.amount)
    line("pay.payments", facts.payments, pay.payments.percent, facts.payments * pay.payments.percent / 100)
    if facts.balance is not None and pay.points.on:
        each("pay.points", 1, worth(policy, facts.balance))
    if pay.fines.on:
        lines.extend(_fine(policy, fine) for fine in facts.fines)
    return Statement(tuple(lines), sum(each_line.fen for each_line in lines), _limits(policy, lines))


def _fine(policy: Policy, fine: Fine) -> StatementLine:
    found = policy.rules.get(fine.cause)
    return StatementLine(
        "pay.fines",
        fine.quantity,
        Decimal(-fine.rate),
        -fine.quantity * fine.rate,
        fine.disputed or (found is not None and found.status == "disputed"),
        fine.cause,
        fine.on,
        fine.entry,
        fine.unconfirmed,
    )


def _limits(policy: Policy, lines: Iterable[StatementLine]) -> Limits:
    assert policy.pay is not None
    rule = policy.pay.limits
    gross = sum(line.fen for line in lines if not _withheld(line))
    deductions = -sum(line.fen for line in lines if _withheld(line))
    share = max(0, int(gross * rule.percent // 100))
    allowed = [deductions, share]
    if rule.minimum_wage is not None:
        allowed.append(gross - rule.minimum_wage)
    deductible = max(0, min(allowed)) if rule.on else deductions
    return Limits(
        gross=gross,
        deductions=deductions,
        twenty_percent=share,
        minimum_wage=rule.minimum_wage,
        deductible=deductible,
        not_deductible=deductions - deductible,
        payable=gross - deductible,
    )


def _withheld(line: StatementLine) -> bool:
    return line.rule == "pay.fines" or (line.rule == "pay.points" and line.fen < 0)
