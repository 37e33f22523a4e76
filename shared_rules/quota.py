"""What a day asks of an agent, and what it costs to miss it (handbook 1)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared_rules.calendar import is_overtime, is_workday, working_time
from shared_rules.figures import DayFigures, Quota, Shortfall
from shared_rules.policies.policy import Policy
from shared_rules.rounding import half_up


def quota(
    policy: Policy, hired: date | None, day: date, away_minutes: int = 0, leads_override: int | None = None
) -> Quota | None:
    """The quota of `day` for an agent hired on `hired`; None under a policy without one.

    `away_minutes` are all approved minutes of leave and visits together, `leads_override` is the lead quota to which a
    supervisor lowered it. On days before the hire date it is that of the first day.
    """
    part = policy.quota
    if part is None or not part.standard.on:
        return None
    amount = part.new_hire if policy.new_hire_day(hired, max(day, hired or day)) else part.standard
    calls, leads, reduced = amount.calls, amount.leads, 0
    if part.visit.on and away_minutes > 0:
        whole = working_time(policy)
        away = min(timedelta(minutes=away_minutes), whole)
        left = whole - away
        calls = half_up(calls * (left // timedelta.resolution), whole // timedelta.resolution)
        if leads_override is not None:
            leads = min(leads, leads_override)
        if not left:
            leads = 0
        reduced = away // timedelta(minutes=1)
    return Quota(calls, leads, reduced, policy.new_hire_day(hired, day))


def shortfall(
    policy: Policy,
    quota: Quota | None,
    figures: DayFigures,
    *,
    excused: bool = False,
    rules_of_day: Iterable[str] = (),
) -> Shortfall:
    """What a workday lacked, and its fine in fen. The fine is 0 if the day is excused, if it has one of the entries
    that clear the shortfall, and under a policy that withholds no fines.

    `rules_of_day` are the rules of that day's entries that count. The caller must know that the day is a closed workday
    on which the agent is judged.
    """
    if policy.quota is None or quota is None:
        return Shortfall(0, 0, 0)
    rule = policy.quota.shortfall
    calls, leads = max(0, quota.calls - figures.valid), max(0, quota.leads - figures.leads)
    cleared = (excused and policy.quota.excuse.on) or _absent(policy, rules_of_day)
    if cleared or not rule.on or not policy.withholds_fines:
        return Shortfall(calls, leads, 0)
    fined_leads = leads if rule.leads_status != "disabled" else 0
    return Shortfall(calls, leads, calls * rule.call + fined_leads * rule.lead)


def must_stay(
    policy: Policy,
    quota: Quota | None,
    figures: DayFigures,
    day: date,
    now: datetime,
    zone: ZoneInfo,
    *,
    rules_of_day: Iterable[str] = (),
) -> bool:
    """Whether the agent is on the stay-late list at `now`: after hours, on a workday, while valid calls are missing.

    `rules_of_day` are the rules of that day's entries that count: nobody stays late on a day of absence.
    """
    return (
        quota is not None
        and policy.day.stay_late.on
        and figures.valid < quota.calls
        and is_workday(policy, day)
        and is_overtime(policy, day, now, zone)
        and not _absent(policy, rules_of_day)
    )


def _absent(policy: Policy, rules_of_day: Iterable[str]) -> bool:
    """Whether an entry of the day takes the place of what a missed quota brings: one default, one sanction."""
    return policy.quota is not None and not set(rules_of_day).isdisjoint(policy.quota.shortfall.cleared_by)
