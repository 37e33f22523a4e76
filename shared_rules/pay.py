"""A month's pay, line by line, and what of it may be withheld (handbook 3 and 6). All amounts are fen."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from shared_rules.figures import Limits, Statement, StatementLine
from shared_rules.points import worth
from shared_rules.policies.policy import Policy
from shared_rules.rounding import to_fen


class Fine(msgspec.Struct, frozen=True):
    """An amount to be withheld: `quantity` times `rate` (positive, in fen). `cause` is its rule, `on` the day, `entry`
    the id of the ledger's entry, if it comes from one.

    `part` is `calls` or `leads` for the two halves of the shortfall; `disputed` marks a half that is disputed by
    itself.
    """

    cause: str
    on: date
    quantity: int
    rate: int
    entry: str = ""
    unconfirmed: bool = False
    disputed: bool = False
    part: str = ""


class Earned(msgspec.Struct, frozen=True):
    """What was earned at another rate than the month's, on days with another version of the policy. `rate` is in fen
    for each or, for payments, a percentage; `raised`: for raising B to A.
    """

    rule: str
    quantity: int
    rate: Decimal
    raised: bool = False


class MonthFacts(msgspec.Struct, frozen=True):
    """What a month's statement is computed from.

    `raised` counts B customers that became A this month; `payments` is what customers paid less refunds, in fen;
    `balance` the points, None under a policy without points. `fines` are those by the policies of their days,
    `otherwise` is what was earned at other rates than those of the month's policy.
    """

    valid_calls: int = 0
    grades_a: int = 0
    grades_b: int = 0
    raised: int = 0
    payments: int = 0
    balance: int | None = None
    fines: tuple[Fine, ...] = ()
    otherwise: tuple[Earned, ...] = ()


def rate_of(policy: Policy, rule: str, *, raised: bool = False) -> Decimal:
    """What a policy pays for each under `rule`, in fen (for payments a percentage); 0 if it pays nothing."""
    pay = policy.pay
    if pay is None or not policy.rules[rule].on:
        return Decimal(0)
    match rule:
        case "pay.valid_calls":
            return pay.valid_calls.rate
        case "pay.payments":
            return pay.payments.percent
        case "pay.grade_b":
            return Decimal(pay.grade_b.amount)
    return Decimal(pay.grade_a.amount - pay.grade_b.amount if raised else pay.grade_a.amount)


def statement(policy: Policy, facts: MonthFacts) -> Statement | None:
    """The statement of a month; None under a policy without pay. A disabled rule has no line."""
    pay = policy.pay
    if pay is None:
        return None
    lines: list[StatementLine] = []

    def line(rule: str, quantity: int, rate: int | Decimal, part: str = "", each: Decimal | None = None) -> None:
        found = policy.rules[rule]
        # A disabled rule has no line, but what was earned at another rate, under an earlier version, stays earned.
        if found.on or part not in ("", "raised"):
            amount = to_fen(quantity * Decimal(rate) if each is None else quantity * each)
            lines.append(StatementLine(rule, quantity, Decimal(rate), amount, found.status == "disputed", part=part))

    def otherwise(rule: str) -> None:
        for one in facts.otherwise:
            if one.rule == rule:
                share = one.rate / 100 if rule == "pay.payments" else None
                rate = f"{one.rate.normalize():f}"
                line(rule, one.quantity, one.rate, f"raised:{rate}" if one.raised else rate, share)

    line("pay.base", 1, pay.base.amount)
    line("pay.item2", 1, pay.item2.amount)
    line("pay.item3", 1, pay.item3.amount)
    line("pay.valid_calls", facts.valid_calls, pay.valid_calls.rate)
    otherwise("pay.valid_calls")
    line("pay.grade_a", facts.grades_a, pay.grade_a.amount)
    if facts.raised:
        line("pay.grade_a", facts.raised, pay.grade_a.amount - pay.grade_b.amount, "raised")
    otherwise("pay.grade_a")
    line("pay.grade_b", facts.grades_b, pay.grade_b.amount)
    otherwise("pay.grade_b")
    line("pay.payments", facts.payments, pay.payments.percent, each=pay.payments.percent / 100)
    otherwise("pay.payments")
    if facts.balance is not None and pay.points.on:
        line("pay.points", 1, worth(policy, facts.balance))
    # The policies of their days decided on them, whatever the month's policy says of fines.
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
        fine.part,
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
