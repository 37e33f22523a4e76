"""Overtime: how long somebody stayed after the hours of a day, and in a month (handbook 6).

The page only has the stay-late list, and no measure of overtime; this one is ours. It goes from the end of a workday's
hours to the end of the last call, or to the release; for somebody on the list, to now. It ends at midnight.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from shared_rules.calendar import elapsed, is_workday
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import local_day
from shared_rules.months import month_days
from shared_rules.policies.policy import Policy
from shared_rules.rounding import half_up


class Meter(msgspec.Struct, frozen=True):
    """Whole minutes of overtime on a day, and in its month so far. `since` is the end of the day's hours."""

    since: datetime
    day: int
    month: int


def overtime(fold: AgentFold, policy_on: Callable[[date], Policy], day: date, now: datetime, *, staying: bool) -> Meter:
    """The meters of `day` at `now` (aware); `staying`: the agent is on the stay-late list of that day."""
    since = _end(policy_on(day), day, fold.zone)
    earlier = sum(minutes(fold, policy_on(one), one) for one in month_days(f"{day:%Y-%m}", day) if one < day)
    own = minutes(fold, policy_on(day), day, until=now if staying else None)
    return Meter(since, own, earlier + own)


def minutes(fold: AgentFold, policy: Policy, day: date, until: datetime | None = None) -> int:
    """Whole minutes of overtime on a day, 0 on a day off. With `until` it goes to that instant at least."""
    if not is_workday(policy, day):
        return 0
    end = _end(policy, day, fold.zone)
    ends = [until] if until else []
    if (last := fold.last_call_ended(day)) is not None:
        ends.append(last)
    ends += [one.at for one in fold.dossier.of("release", day) if local_day(one.at, fold.zone) == day]
    most = 24 * 60 - end.hour * 60 - end.minute
    return min(most, max(0, *(int((one - end).total_seconds() // 60) for one in ends))) if ends else 0


def needed_minutes(policy: Policy, valid: int, missing: int, day: date, now: datetime, zone: ZoneInfo) -> int | None:
    """How many minutes the missing calls take at the day's own rate; None before the first call."""
    gone = elapsed(policy, day, now, zone)
    if not valid or not gone:
        return None
    return half_up(missing * (gone // timedelta(seconds=1)), valid * 60)


def _end(policy: Policy, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, policy.day.hours.end, zone)
