"""Weeks and months as the calendar has them."""

from calendar import monthrange
from datetime import date, timedelta

from shared_rules.records.parts import nameable


def week_of(day: date) -> str:
    """The ISO week of a day, such as 2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def days_of_week(week: str) -> tuple[date, ...]:
    """The days of an ISO week (2026-W48), Monday first; none for a week that does not exist or no record may name."""
    try:
        monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
        return tuple(nameable(monday + timedelta(days=number)) for number in range(7))
    except (ValueError, OverflowError):
        return ()


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_before(day: date) -> date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
