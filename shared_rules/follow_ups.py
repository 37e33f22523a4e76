"""When a follow-up chosen by digit is due."""

from datetime import datetime, timedelta

from shared_rules.dates import months_later
from shared_rules.policies.tables import FollowUpChoice


def follow_up_at(choice: FollowUpChoice, now: datetime) -> datetime | None:
    """The time that `choice` means at `now`, aware and in the zone of `now`; None for no follow-up.

    Days and months count on the calendar and keep the time of day where the choice names none; a day that the month
    lacks becomes its last.
    """
    if choice.none:
        return None
    due = datetime.combine(months_later(now.date(), choice.months), now.timetz()) + timedelta(days=choice.days)
    if choice.at is not None:
        due = datetime.combine(due.date(), choice.at, now.tzinfo)
    # An hour later is an instant, not a place on the clock's face.
    return datetime.fromtimestamp(due.timestamp() + choice.hours * 3600, due.tzinfo) if choice.hours else due
