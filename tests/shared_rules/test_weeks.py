"""The week: plan against what happened, the summary, the phase."""

from datetime import date, timedelta
from typing import Any

import pytest

from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy, builtin, builtin_text, parse_policy
from shared_rules.proposals import Agent
from shared_rules.records import entries
from shared_rules.weeks import WeekFigures, phase, plan_due, plan_of, summary_of, week_figures
from tests.shared_rules.making import AGENT, CHIEF, DAY, call, clock, fact, fold_of, make, step

WEEK, NEXT_WEEK = "2026-W48", "2026-W49"
SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)
POLICY = parse_policy(
    builtin_text("handbook").replace("calls = 120\nleads = 25", "calls = 2\nleads = 1"), "x"
)  # a quota that a test makes


def agent(*facts: Fact, policy: Policy = POLICY) -> Agent:
    return Agent(fold_of(*facts), lambda _: policy, lambda _: True)


def plan(id: str, *, author: str = AGENT, approved: bool = False, at: Any = None, **members: Any) -> Fact:
    replaces = members.pop("replaces", ())
    body = make(entries.PlanSecret, week=NEXT_WEEK, companies=60, approved=approved, replaces=replaces)
    return fact("plan", body, id, author=author, at=at or clock(12, day=SATURDAY), **members)


def test_a_plan_is_the_agents_until_a_supervisor_approves() -> None:
    sent = plan("p1")
    found = plan_of(agent(sent), NEXT_WEEK)
    assert found is not None
    assert (found.fact, found.approved, found.sent, found.late) == (sent, False, sent, False)
    approved = plan("p2", author=CHIEF, approved=True, replaces=("p1",), seq=2)
    later = plan("p3", at=clock(20, day=SUNDAY), replaces=("p2",), seq=3)
    found = plan_of(agent(later, approved, sent), NEXT_WEEK)
    assert found is not None
    assert (found.fact, found.approved, found.sent) == (approved, True, sent)
    # Nobody approves one's own plan.
    found = plan_of(agent(plan("p1", approved=True)), NEXT_WEEK)
    assert found is not None
    assert not found.approved
    alone = plan_of(agent(plan("p1", approved=True)), NEXT_WEEK, alone=True)
    assert alone is not None
    assert alone.approved


def test_a_plan_is_due_on_saturday_at_six() -> None:
    assert plan_due(lambda _: POLICY, NEXT_WEEK) == clock(18, day=SATURDAY).replace(tzinfo=None)
    for minute, late in ((0, False), (1, True)):
        found = plan_of(agent(plan("p", at=clock(18, minute, day=SATURDAY))), NEXT_WEEK)
        assert found is not None
        assert found.late is late


def test_the_figures_of_a_week_are_those_of_its_days_up_to_today() -> None:
    tuesday = DAY + timedelta(days=1)
    facts = [
        call("1", "1", company="x", interest="intent", start=clock(9)),
        call("2", "2", company="y", start=clock(10), seq=2),
        call("3", "3", company="x", start=clock(9, day=tuesday), seq=3),
        step("v", "visited", seq=4),
        step("f", "file", seq=5),
        step("s", "signed", "B", seq=6),
    ]
    found = week_figures(agent(*facts), WEEK, lambda _: date(2020, 1, 1), tuesday)
    assert found == WeekFigures(3, 3, 1, 2, 0, 1, quota_days=1, workdays=2)


def test_a_day_that_leave_takes_whole_is_no_workday_whose_quota_is_made() -> None:
    gone = make(entries.TimeAwaySecret, type="leave", on=DAY, minutes=420)
    found = week_figures(agent(fact("time_away", gone, "a", author=CHIEF)), WEEK, lambda _: date(2020, 1, 1), DAY)
    assert (found.quota_days, found.workdays) == (0, 0)


@pytest.mark.parametrize(("weekday", "last"), [(7, SUNDAY), (5, SUNDAY - timedelta(days=2))])
def test_where_the_summary_stands(weekday: int, last: date) -> None:
    text = builtin_text("handbook").replace("due_weekday = 7", f"due_weekday = {weekday}")

    def state(today: date, *facts: Fact) -> str:
        return summary_of(agent(*facts, policy=parse_policy(text, "x")), WEEK, today)[0]

    after = last + timedelta(days=1)
    assert state(last) == "due"
    assert state(after) == "missing"
    assert state(after, summary(last)) == "handed_in"
    assert state(after, summary(after)) == "late"


def test_a_summary_that_no_rule_asks_for_is_never_late() -> None:
    text = builtin_text("handbook")
    start = text.index('[points.rules."week.summary"]')
    policy = parse_policy(text[:start] + text[text.index("[points.rules", start + 1) :], "x")
    after = SUNDAY + timedelta(days=1)
    assert summary_of(agent(policy=policy), WEEK, after)[0] == "not_asked"
    assert summary_of(agent(summary(after), policy=policy), WEEK, after)[0] == "handed_in"


def summary(day: date) -> Fact:
    return fact("summary", make(entries.SummarySecret, week=WEEK, text="…"), "s", at=clock(12, day=day))


@pytest.mark.parametrize(
    ("hired", "last_of_first"),
    [(date(2026, 11, 9), date(2026, 12, 8)), (date(2028, 1, 31), date(2028, 2, 28)), (DAY, date(2026, 12, 22))],
)
def test_the_first_month_asks_for_volume(hired: date, last_of_first: date) -> None:
    assert phase(POLICY, hired, hired) == phase(POLICY, hired, last_of_first) == "volume"
    assert phase(POLICY, hired, last_of_first + timedelta(days=1)) == "quality"
    assert phase(builtin("pay"), hired, hired) is None
