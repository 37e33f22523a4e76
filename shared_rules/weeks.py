"""An agent's week: what was planned, what happened, the summary and the review (handbook 4)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from shared_rules.calendar import is_workday
from shared_rules.dates import days_of_week, months_later
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact, local_day, standing
from shared_rules.grades import month_signatures
from shared_rules.leave import away
from shared_rules.policies.policy import Policy
from shared_rules.proposals import Agent, summary_asked
from shared_rules.quota import quota

SummaryState = Literal["not_asked", "due", "handed_in", "late", "missing"]
Phase = Literal["volume", "quality"]


class WeekFigures(msgspec.Struct, frozen=True):
    """The figures of a week. `companies` counts the distinct ones of the week, `grades_a` and `grades_b` signatures
    that pay.

    `quota_days` counts those of the `workdays` so far on which both calls and leads made the quota. A day whose quota
    is zero, wholly on leave, is counted in neither.
    """

    dials: int
    valid: int
    leads: int
    companies: int
    grades_a: int
    grades_b: int
    quota_days: int
    workdays: int


class Plan(msgspec.Struct, frozen=True):
    """The plan of a week that holds, `fact`. `sent` is the first that the agent sent; `late`: it came after it was due.

    `changed_from` is the last that the agent sent, if a supervisor approved something else.
    """

    fact: Fact
    approved: bool
    sent: Fact | None
    late: bool
    changed_from: Fact | None


def week_figures(agent: Agent, week: str, hired_on: Callable[[date], date | None], today: date) -> WeekFigures:
    """The figures of a week (YYYY-Www) up to today. `hired_on` gives the hire date by which a day is judged."""
    fold = agent.fold
    days = [day for day in days_of_week(week) if day <= today]
    dials = valid = leads = made = work = 0
    for day in days:
        policy, hired = agent.policy_on(day), hired_on(day)
        figures = fold.figures(day, policy, new_hire=policy.new_hire_day(hired, day) is not None)
        dials, valid, leads = dials + figures.dials, valid + figures.valid, leads + figures.leads
        if is_workday(policy, day) and agent.judged(day):
            gone = away(fold.dossier, day)
            asked = quota(policy, hired, day, gone.minutes, gone.leads)
            if asked is None or asked.calls or asked.leads:
                work += 1
                made += asked is not None and figures.valid >= asked.calls and figures.leads >= asked.leads
    paid = [
        one.pays
        for month in sorted({f"{day:%Y-%m}" for day in days})
        for one in month_signatures(fold.dossier, month)
        if one.fact.body.on in days
    ]
    companies = fold.companies([(day, agent.policy_on(day)) for day in days])
    return WeekFigures(dials, valid, leads, companies, paid.count("A"), paid.count("B"), made, work)


def plan_of(agent: Agent, week: str, *, alone: bool = False) -> Plan | None:
    """The plan of a week; None if there is none. A version approved by a supervisor holds, and none by the agent
    replaces it. `alone`: in a team of one, the agent may approve.
    """
    fold = agent.fold
    approved, own = plans_of(fold, week, alone=alone)
    if not approved and not own:
        return None
    sent = own[0] if own else None
    due = plan_due(agent.policy_on, week)
    late = sent is not None and due is not None and sent.at.astimezone(fold.zone).replace(tzinfo=None) > due
    holds = standing(approved or own)
    return Plan(holds, bool(approved), sent, late, changed_from(holds, own))


def plans_of(fold: AgentFold, week: str, *, alone: bool = False) -> tuple[list[Fact], list[Fact]]:
    """The plans of a week that a supervisor approved, and those that the agent sent, both in the order of writing."""
    plans = fold.dossier.of("plan", week)
    approved = [fact for fact in plans if fact.body.approved and (alone or fact.author != fold.agent)]
    return approved, [fact for fact in plans if fact not in approved and fact.author == fold.agent]


def changed_from(holds: Fact, own: Sequence[Fact]) -> Fact | None:
    """The plan that the agent sent last, if it says something else than the one that holds."""
    last = own[-1] if own else None
    return last if last is not None and _planned(last) != _planned(holds) else None


def _planned(fact: Fact) -> tuple[int, int, str, str]:
    body = fact.body
    return body.companies, body.grades, body.trades, body.text


def plan_due(policy_on: Callable[[date], Policy], week: str) -> datetime | None:
    """When the plan of a week is due, as wall-clock time in the team's zone; None if no rule in force asks for one."""
    days = days_of_week(week)
    if not days:
        return None
    rule = policy_on(days[0])
    if rule.week is None or not rule.week.plan.on:
        return None
    day = days[0] - timedelta(days=8 - rule.week.plan.weekday)
    return datetime.combine(day, rule.week.plan.at)


def summary_of(agent: Agent, week: str, today: date) -> tuple[SummaryState, Fact | None]:
    """The state of a week's summary, and the latest one, if any."""
    summaries = agent.fold.dossier.of("summary", week)
    days = days_of_week(week)
    last = summaries[-1] if summaries else None
    due = days[-1] if days else today
    points = agent.policy_on(due).points
    rule = points.proposing("summary") if points else None
    if points is not None and rule is not None and days:
        due = days[(points.rules[rule].due_weekday or 7) - 1]
    if summaries:
        in_time = min(local_day(fact.at, agent.fold.zone) for fact in summaries) <= due
        return ("handed_in" if in_time or rule is None else "late"), last
    if rule is None or not summary_asked(agent, week, due):
        return "not_asked", None
    return ("missing" if due < today else "due"), None


def phase(policy: Policy, hired: date | None, day: date) -> Phase | None:
    """Whether an agent is in the phase of volume or of quality on a day; None under a policy without phases."""
    if policy.phase is None or not policy.phase.first_month.on or hired is None:
        return None
    return "volume" if day < months_later(hired, policy.phase.first_month.months) else "quality"
