"""Where a workday stands against its quota, and when the quota will be made (handbook 1, "Pace")."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared_rules.calendar import after_working, elapsed, is_workday, working_time
from shared_rules.figures import DayFigures, Pace, Quota
from shared_rules.policies.policy import Policy
from shared_rules.rounding import half_up


def pace(
    policy: Policy,
    quota: Quota | None,
    figures: DayFigures,
    day: date,
    now: datetime,
    zone: ZoneInfo,
    *,
    calls_made_at: datetime | None = None,
    leads_made_at: datetime | None = None,
) -> Pace | None:
    """The pace of `day` at `now`; None without a quota and on a day on which nothing is due.

    `calls_made_at` and `leads_made_at` are when the call that made the quota began, once it is made.
    """
    if quota is None or not is_workday(policy, day):
        return None
    gone, whole = elapsed(policy, day, now, zone), working_time(policy)

    def due(asked: int) -> int:
        return half_up(asked * (gone // timedelta.resolution), whole // timedelta.resolution)

    def forecast(count: int, asked: int, made_at: datetime | None) -> datetime | None:
        if count >= asked:
            return made_at
        if not count or not gone:
            return None
        return after_working(policy, day, now, zone, gone * (asked - count) / count)

    due_calls, due_leads = due(quota.calls), due(quota.leads)
    return Pace(
        due_calls=due_calls,
        gap_calls=figures.valid - due_calls,
        due_leads=due_leads,
        gap_leads=figures.leads - due_leads,
        forecast_calls=forecast(figures.valid, quota.calls, calls_made_at),
        forecast_leads=forecast(figures.leads, quota.leads, leads_made_at),
    )
