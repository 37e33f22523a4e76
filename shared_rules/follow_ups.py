"""When a follow-up chosen by digit is due."""

from datetime import datetime, timedelta

from shared_rules.dates import months_later
from shared_rules.policies.tables import FollowUpChoice


def follow_up_at(choice: FollowUpChoice, now: datetime) -> datetime | None:
    """The time that `choice` means at `now`, aware and in the zone of `now`; None for no follow-up.

    Days and months are added on the calendar; in a shorter month it is the last day. The time of day stays, unless the
    choice names one.
    """
    if choice.none:
        return None
    due = datetime.combine(months_later(now.date(), choice.months), now.timetz()) + timedelta(days=choice.days)
    if choice.at is not None:
        due = datetime.combine(due.date(), choice.at, now.tzinfo)
    # Hours are added to the instant, not to the wall clock, which may be put forward or back.
    return datetime.fromtimestamp(due.timestamp() + choice.hours * 3600, due.tzinfo) if choice.hours else due
