"""A month's statement and its limits. Amounts are fen."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.figures import Statement
from shared_rules.pay import Fine, MonthFacts, statement
from shared_rules.policies.policy import Policy, builtin, builtin_text, parse_policy
from tests.shared_rules.making import DAY

POLICY = builtin()


def _statement(facts: MonthFacts, policy: Policy = POLICY) -> Statement:
    found = statement(policy, facts)
    assert found is not None
    return found


def _amounts(found: Statement) -> list[tuple[str, int]]:
    return [(line.rule, line.fen) for line in found.lines if line.fen]


def _late(id: str) -> Fine:
    return Fine("att.late", DAY, 1, 1000, id)


def test_the_golden_month() -> None:
    fines = (_late("e1"), _late("e2"), Fine("quota.shortfall", DAY, 12, 500))
    found = _statement(MonthFacts(2640, 3, 5, payments=8_000_000, balance=96, fines=fines))
    assert _amounts(found) == [
        ("pay.base", 100000),
        ("pay.valid_calls", 132000),
        ("pay.grade_a", 30000),
        ("pay.grade_b", 25000),
        ("pay.payments", 80000),
        ("pay.fines", -1000),
        ("pay.fines", -1000),
        ("pay.fines", -6000),
    ]
    assert found.total == 359000
    assert (found.calls, found.fines) == (132000, 8000)


def test_every_line_is_there_with_quantity_and_rate() -> None:
    told = [(line.rule, line.quantity, line.rate) for line in _statement(MonthFacts(10, balance=100)).lines]
    assert told == [
        ("pay.base", 1, Decimal(100000)),
        ("pay.item2", 1, Decimal(0)),
        ("pay.item3", 1, Decimal(0)),
        ("pay.valid_calls", 10, Decimal(50)),
        ("pay.grade_a", 0, Decimal(10000)),
        ("pay.grade_b", 0, Decimal(5000)),
        ("pay.payments", 0, Decimal(1)),
        ("pay.points", 1, Decimal(0)),
    ]


def test_b_raised_to_a_pays_the_difference() -> None:
    october = _statement(MonthFacts(grades_b=1))
    november = _statement(MonthFacts(raised=1))
    assert ("pay.grade_b", 5000) in _amounts(october)
    assert ("pay.grade_a", 5000) in _amounts(november)


@pytest.mark.parametrize(("balance", "fen"), [(121, 20000), (120, 0), (80, 0), (79, -20000)])
def test_points_at_the_end_of_the_month(balance: int, fen: int) -> None:
    assert _statement(MonthFacts(balance=balance)).total == 100000 + fen


def test_a_policy_shows_only_the_parts_it_has() -> None:
    assert statement(builtin("quota"), MonthFacts()) is None
    assert "pay.points" not in [line.rule for line in _statement(MonthFacts(), builtin("pay")).lines]


def test_a_line_is_rounded_once_half_away_from_zero() -> None:
    text = builtin_text("handbook").replace('rate = "0.5"', 'rate = "0.005"')
    policy = parse_policy(text, "x")
    # Half a fen a call: three are 1.5 fen.
    assert _statement(MonthFacts(3), policy).calls == 2
    assert _statement(MonthFacts(1), policy).calls == 1
    assert ("pay.payments", 1) in _amounts(_statement(MonthFacts(payments=50)))
    assert ("pay.payments", -1) in _amounts(_statement(MonthFacts(payments=-50)))
    assert _amounts(_statement(MonthFacts(payments=49))) == [("pay.base", 100000)]


def test_what_may_be_withheld() -> None:
    # 22 days, each 40 calls short: ¥4,400 of fines against ¥1,880 of pay.
    fines = tuple(Fine("quota.shortfall", DAY + timedelta(days=day), 40, 500) for day in range(22))
    found = _statement(MonthFacts(80 * 22, balance=100, fines=fines))
    assert found.total == 188000 - 440000
    limits = found.limits
    assert (limits.gross, limits.deductions, limits.twenty_percent) == (188000, 440000, 37600)
    assert (limits.deductible, limits.not_deductible, limits.payable) == (37600, 402400, 150400)


def test_a_minimum_wage_narrows_it_further() -> None:
    text = builtin_text("handbook").replace('percent = "20"', 'percent = "20"\nminimum_wage = "1800"')
    fines = (Fine("quota.shortfall", DAY, 100, 500),)
    found = _statement(MonthFacts(1760, fines=fines), parse_policy(text, "x")).limits
    assert (found.minimum_wage, found.deductible, found.payable) == (180000, 8000, 180000)
    poor = _statement(MonthFacts(0, fines=fines), parse_policy(text, "x")).limits
    assert (poor.deductible, poor.not_deductible, poor.payable) == (0, 50000, 100000)


def test_a_policy_without_the_limits_withholds_all() -> None:
    text = builtin_text("handbook").replace('percent = "20"', 'percent = "20"\nstatus = "disabled"')
    found = _statement(MonthFacts(fines=(Fine("quota.shortfall", DAY, 100, 500),)), parse_policy(text, "x")).limits
    assert (found.deductible, found.not_deductible, found.payable) == (50000, 0, 50000)


def test_a_bonus_is_gross_and_a_penalty_a_deduction() -> None:
    assert _statement(MonthFacts(balance=121)).limits.gross == 120000
    assert _statement(MonthFacts(balance=79)).limits.gross == 100000
    assert _statement(MonthFacts(balance=79)).limits.deductions == 20000


def test_a_fine_names_its_cause_and_whether_it_is_disputed() -> None:
    fines = (
        Fine("att.late", DAY, 1, 1000, "e1", unconfirmed=True),
        Fine("quota.shortfall", DAY, 2, 500, disputed=True),
    )
    late, leads = _statement(MonthFacts(fines=fines)).lines[-2:]
    assert (late.cause, late.on, late.entry, late.unconfirmed, late.disputed) == ("att.late", DAY, "e1", True, False)
    assert (leads.quantity, leads.rate, leads.fen, leads.disputed) == (2, Decimal(-500), -1000, True)


@given(
    st.builds(
        MonthFacts,
        valid_calls=st.integers(0, 5000),
        grades_a=st.integers(0, 20),
        grades_b=st.integers(0, 20),
        raised=st.integers(0, 5),
        payments=st.integers(-10_000_000, 100_000_000),
        balance=st.none() | st.integers(-100, 200),
        fines=st.lists(
            st.builds(Fine, st.just("att.late"), st.just(DAY), st.integers(0, 150), st.integers(0, 10000))
        ).map(tuple),
    )
)
def test_the_sums_hold_together(facts: MonthFacts) -> None:
    found = _statement(facts)
    limits = found.limits
    assert found.total == sum(line.fen for line in found.lines) == limits.gross - limits.deductions
    assert limits.deductible + limits.not_deductible == limits.deductions
    assert 0 <= limits.deductible <= max(0, limits.deductions)
    assert limits.deductible <= limits.twenty_percent
    assert limits.payable == limits.gross - limits.deductible
