"""What a derivation says where the figure is not the usual one."""

from datetime import date, timedelta

import pytest

from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy, builtin_text, parse_policy
from shared_rules.why.days import why_day
from shared_rules.why.derivation import Case, Term, Why
from shared_rules.why.pay import why_points
from shared_rules.why.records import why_call, why_entry
from tests.shared_rules.making import AGENT, CHIEF, DAY, NEXT, POLICY, call, clock, fold_of, points

HIRED = DAY - timedelta(days=3)


def case_of(*facts: Fact, policy: Policy = POLICY, since: date = HIRED) -> Case:
    return Case(
        fold=fold_of(*facts),
        policy_on=lambda _: policy,
        effective_of=lambda _: None,
        judged=lambda day: day >= since,
        gone=lambda _: False,
        hired_on=lambda _: HIRED,
        lifted=lambda _: (),
        now=clock(9, day=NEXT),
    )


def why(figure: str, day: date = DAY, *facts: Fact, policy: Policy = POLICY, since: date = HIRED) -> Why:
    found = why_day(case_of(*facts, policy=policy, since=since), day, figure)
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


@pytest.mark.parametrize(
    ("outcome", "value", "codes"),
    [
        ("talked", "valid", ["outcome_spoke", "all_filled", "counts_valid", "no_lead"]),
        ("no_answer", "not_spoken", ["outcome_silent", "no_lead"]),
        ("of a later policy", "not_spoken", ["outcome_silent", "no_lead"]),
    ],
)
def test_a_call_says_whether_it_was_a_conversation(outcome: str, value: str, codes: list[str]) -> None:
    case = case_of(call("1", outcome=outcome))
    state = case.fold.call(AGENT, "1", POLICY)
    assert state is not None
    found = why_call(case, state)
    assert (found.value, [term.code for term in found.terms]) == (value, codes)


def test_an_entry_that_repeats_another_says_which() -> None:
    case = case_of(points("p1", "att.late", -2, seq=2), points("p2", "att.late", -2, at=clock(13), writer="t" * 16))
    told = [[term.ref for term in why_of(case, id).terms if term.code == "entry_repeats"] for id in ("p1", "p2")]
    assert told == [[], ["p1"]]


def why_of(case: Case, id: str) -> Why:
    entry = case.fold.fact(CHIEF, id)
    assert entry is not None
    found = why_entry(case, entry)
    assert found is not None
    return found


def test_a_quota_of_which_nothing_is_due_says_so() -> None:
    told = [[term.code for term in why("quota", since=since).terms] for since in (HIRED, NEXT)]
    assert ["not_judged" in codes for codes in told] == [False, True]


@pytest.mark.parametrize(
    ("points_of_month", "told"),
    [
        (21, Term("worth_bonus", {"amount": "200.00"})),
        (20, Term("worth_nothing", {"bonus": 1, "penalty": 41})),
        (-20, Term("worth_nothing", {"bonus": 41, "penalty": 1})),
        (-21, Term("worth_penalty", {"amount": "-200.00"})),
    ],
)
def test_what_a_month_of_points_is_worth_is_said(points_of_month: int, told: Term) -> None:
    found = why_points(case_of(points("p", "award.excellent", points_of_month)), "2026-11")
    assert found is not None
    assert (found.value, found.terms[-1]) == (str(100 + points_of_month), told)


def test_what_completes_a_record_is_a_rule_of_the_figures_that_rest_on_it() -> None:
    figures = ("dials", "connected", "complete", "incomplete")
    assert [[rule.id for rule in why(figure).rules] for figure in figures] == [[], [], ["validity"], ["validity"]]
