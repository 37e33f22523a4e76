"""What a derivation says where the figure is not the usual one."""

from datetime import date, timedelta

import pytest

from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy, builtin_text, parse_policy
from shared_rules.why.days import why_day
from shared_rules.why.derivation import Case, Term, Why
from tests.shared_rules.making import DAY, NEXT, POLICY, clock, fold_of

HIRED = DAY - timedelta(days=3)


def why(
    figure: str, day: date = DAY, *facts: Fact, policy: Policy = POLICY, hired: date = HIRED, since: date = HIRED
) -> Why:
    case = Case(
        fold=fold_of(*facts),
        policy_on=lambda _: policy,
        effective_of=lambda _: None,
        judged=lambda day: day >= since,
        gone=lambda _: False,
        hired_on=lambda _: hired,
        lifted=lambda _: (),
        now=clock(9, day=NEXT),
    )
    found = why_day(case, day, figure)
    assert found is not None
    return found


def test_a_day_before_the_hire_date_asks_what_the_first_day_asks() -> None:
    found = why("quota", HIRED - timedelta(days=1))
    assert (found.value, found.terms[0]) == ("80", Term("quota_new_hire", {"day": 1, "base": 80}))
    assert [rule.id for rule in found.rules] == ["quota.new_hire", "quota.new_hire_days"]


@pytest.mark.parametrize("figure", ["quota", "quota_leads", "shortfall"])
def test_the_first_day_that_is_judged_says_that_it_is_judged_whole(figure: str) -> None:
    assert Term("first_judged") in why(figure, since=DAY).terms
    assert Term("first_judged") not in why(figure).terms


@pytest.mark.parametrize("rule", ["quota.shortfall", "pay.fines"])
def test_a_shortfall_that_is_not_fined_is_not_priced(rule: str) -> None:
    text = builtin_text("handbook")
    start = text.index(f"[{rule}]")
    table, rest = text[start:].split("\n\n", 1)
    lines = [line for line in table.splitlines() if not line.startswith("status")]
    off = parse_policy("\n".join([text[:start].rstrip(), "", *lines, 'status = "disabled"', "", rest]), "off")
    found = why("shortfall", policy=off)
    assert found.value == "0.00"
    assert [term.code for term in found.terms] == ["missing_calls", "missing_leads", "shortfall_off", "unconfirmed"]
    assert {one.id: one.status for one in found.rules}[rule] == "disabled"
