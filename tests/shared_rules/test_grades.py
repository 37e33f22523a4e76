"""A and B customers: three steps, paid once, in the month of the signature; B raised to A pays the difference."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.grades import signatures
from shared_rules.months import month_facts
from shared_rules.pay import Earned, MonthFacts, statement
from shared_rules.policies.policy import Policy, builtin, builtin_text, parse_policy
from tests.shared_rules.making import DAY, fold_of, in_both_orders, payment, step, withdrawal

POLICY = builtin()
OCTOBER, NOVEMBER = date(2026, 10, 20), DAY
LATE = parse_policy(
    builtin_text("handbook").replace('amount = "100"', 'amount = "120"').replace('percent = "1"', 'percent = "2"'), "x"
)


def month(month: str, *facts: Fact, policy: Policy = POLICY) -> MonthFacts:
    def policy_on(day: date) -> Policy:
        return policy if day >= NOVEMBER else POLICY

    def ask(fold: AgentFold) -> MonthFacts:
        return month_facts(fold, policy_on, month, date(2026, 12, 31), judged=lambda _: False)

    return in_both_orders(facts, ask)


def grades(facts: MonthFacts) -> tuple[int, int, int]:
    return facts.grades_a, facts.grades_b, facts.raised


VISITED, FILE = step("v", "visited", on=OCTOBER), step("f", "file", on=OCTOBER, seq=2)
B = step("b", "signed", "B", on=OCTOBER, seq=3)
A = step("a", "signed", "A", on=NOVEMBER, seq=4)


def test_b_in_october_raised_to_a_in_november_pays_50_and_50() -> None:
    story = VISITED, FILE, B, A
    assert grades(month("2026-10", *story)) == (0, 1, 0)
    assert grades(month("2026-11", *story)) == (0, 0, 1)
    for name, fen in (("2026-10", 5000), ("2026-11", 5000)):
        found = statement(POLICY, month(name, *story))
        assert found is not None
        assert sum(line.fen for line in found.lines if line.rule.startswith("pay.grade")) == fen


@pytest.mark.parametrize("missing", [VISITED, FILE, B])
def test_a_grade_needs_all_three_steps(missing: Fact) -> None:
    story = [one for one in (VISITED, FILE, B) if one != missing]
    assert grades(month("2026-10", *story)) == (0, 0, 0)


def test_a_signature_without_a_step_says_which() -> None:
    (one,) = signatures(fold_of(FILE, B).dossier, "1".zfill(16))
    assert (one.pays, one.missing) == (None, ("visited",))


def test_it_pays_once_and_the_better_grade_alone() -> None:
    again = step("a2", "signed", "A", on=NOVEMBER + timedelta(days=1), seq=5)
    lower = step("b2", "signed", "B", on=NOVEMBER + timedelta(days=2), seq=6)
    assert grades(month("2026-11", VISITED, FILE, A, again, lower)) == (1, 0, 0)


def test_a_step_taken_back_takes_the_grade_with_it() -> None:
    assert grades(month("2026-10", VISITED, FILE, B, withdrawal("w", "v", "grade_step", seq=9))) == (0, 0, 0)
    # Without the B of October the signature of November is a whole A.
    undone = withdrawal("w", "b", "grade_step", seq=9)
    assert grades(month("2026-11", VISITED, FILE, B, A, undone)) == (1, 0, 0)


def test_what_a_customer_brings_from_another_agent() -> None:
    brought = step("a", "signed", "A", brought=("visited", "file"), raises="B")
    assert grades(month("2026-11", brought)) == (0, 0, 1)
    assert grades(month("2026-11", step("a", "signed", "A", brought=("visited",)), FILE)) == (1, 0, 0)


def test_payments_and_refunds_are_summed_first() -> None:
    facts = month("2026-11", payment("p1", 8_000_033), payment("p2", -50, seq=2), payment("p3", 1, on=OCTOBER, seq=3))
    assert facts.payments == 7_999_983
    found = statement(POLICY, facts)
    assert found is not None
    assert next(line.fen for line in found.lines if line.rule == "pay.payments") == 80_000


def test_each_is_paid_at_the_rate_of_its_own_day() -> None:
    early, late = date(2026, 11, 2), NOVEMBER
    story = (
        VISITED,
        FILE,
        step("a", "signed", "A", on=early, seq=4),
        step("v2", "visited", number="2", seq=5),
        step("f2", "file", number="2", seq=6),
        step("a2", "signed", "A", number="2", on=late, seq=7),
        payment("p1", 10_000, on=early, seq=8),
        payment("p2", 10_000, on=late, seq=9),
    )
    facts = month("2026-11", *story, policy=LATE)
    assert (facts.grades_a, facts.payments) == (1, 10_000)
    assert facts.otherwise == (
        Earned("pay.grade_a", 1, Decimal(10_000)),
        Earned("pay.payments", 10_000, Decimal(1)),
    )
    found = statement(LATE, facts)
    assert found is not None
    assert [(line.rule, line.fen, line.name) for line in found.lines if line.fen and line.rule != "pay.base"] == [
        ("pay.grade_a", 12_000, "pay.grade_a"),
        ("pay.grade_a", 10_000, "pay.grade_a:10000"),
        ("pay.payments", 200, "pay.payments"),
        ("pay.payments", 100, "pay.payments:1"),
    ]
