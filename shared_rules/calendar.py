"""Workdays, and working time within a day (handbook 1). Breaks and the meeting add no working time.

Hours are wall-clock times in the team's zone. Every `now` is aware, in any zone.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared_rules.policies.policy import Policy

_DAY = timedelta(days=1)


def is_workday(policy: Policy, day: date) -> bool:
    """Whether anything is due on `day`: a day of the week's list, unless off, or an extra workday."""
    workdays = policy.day.workdays
    if day in workdays.extra:
        return True
    return day.isoweekday() in workdays.week and day not in workdays.off


def working_time(policy: Policy) -> timedelta:
    """The working time of a whole day: 420 minutes in the shipped policies."""
    return sum((_length(start, end) for start, end in policy.day.hours.spans), timedelta())


def elapsed(policy: Policy, day: date, now: datetime, zone: ZoneInfo) -> timedelta:
    """The working time of `day` that has gone by at `now`: nothing before it, all of it after it."""
    wall = _wall(now, zone)
    gone = timedelta()
    for start, end in policy.day.hours.spans:
        begin = datetime.combine(day, start)
        gone += min(max(wall - begin, timedelta()), _length(start, end))
    return gone


def worked_since(
    policy: Policy, day: date, since: datetime, now: datetime, zone: ZoneInfo, *, overtime: bool = False
) -> timedelta:
    """The working time of `day` between two instants, plus overtime if `overtime`; zero if they are not in order."""
    gone = elapsed(policy, day, now, zone) - elapsed(policy, day, since, zone)
    if overtime:
        end = datetime.combine(day, policy.day.hours.end)
        midnight = datetime.combine(day, time()) + _DAY
        gone += max(min(_wall(now, zone), midnight) - max(_wall(since, zone), end), timedelta())
    return max(gone, timedelta())


def after_working(policy: Policy, day: date, now: datetime, zone: ZoneInfo, needed: timedelta) -> datetime | None:
    """When `needed` more time will have been worked on `day`, in its hours and then in overtime; None if that is after
    midnight.
    """
    wall = _wall(now, zone)
    midnight = datetime.combine(day, time()) + _DAY
    spans = [(datetime.combine(day, start), datetime.combine(day, end)) for start, end in policy.day.hours.spans]
    for start, end in [*spans, (datetime.combine(day, policy.day.hours.end), midnight)]:
        begin = max(start, wall)
        if begin >= end:
            continue
        if needed <= end - begin:
            return (begin + needed).replace(tzinfo=zone)
        needed -= end - begin
    return None


def is_overtime(policy: Policy, day: date, now: datetime, zone: ZoneInfo) -> bool:
    """Whether `now` is in the evening of `day`, from the end of its hours to midnight."""
    wall = _wall(now, zone)
    return wall.date() == day and wall.time() >= policy.day.hours.end


def _wall(now: datetime, zone: ZoneInfo) -> datetime:
    return now.astimezone(zone).replace(tzinfo=None)


def _length(start: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)
