"""Days and times as people read them."""

import re
from datetime import date, datetime, timedelta

from agent_tui.i18n import t
from agent_tui.when import named_day
from shared_rules.text import plain


def weekday(day: date) -> str:
    """周一, Mon."""
    return t("ui.weekdays").split()[day.weekday()]


_BETWEEN = re.compile(r"\s*(?:至|到|~|～|\.\.+|…+)\s*|\s+to\s+")
"""What stands between the first day and the last."""


def day_text(day: date) -> str:
    """周一 11-23."""
    return f"{weekday(day)} {day:%m-%d}"


def moment(at: datetime) -> str:
    """周一 11-23 14:32."""
    return f"{day_text(at.date())} {at:%H:%M}"


def time_text(at: datetime, now: datetime) -> str:
    """14:32; of another day than that of `now` 周一 11-23 14:32."""
    return f"{at:%H:%M}" if at.date() == now.date() else moment(at)


def parse_day(text: str, today: date) -> date | None:
    """A day as people write it: 2026-11-23, 11-23, 23, 昨天, last Friday; what leaves open which is not after `today`.

    None if unreadable.
    """
    return named_day(text, today, over=True) or _written(text, today)


def parse_near_day(text: str, today: date) -> date | None:
    """A day as people write it, over or to come: one without a year is of this year. None if unreadable."""
    day = today if plain(text).isdecimal() else date(today.year, 12, 31)
    return named_day(text, today) or _written(text, day)


def parse_coming_day(text: str, today: date) -> date | None:
    """A day as people write it; one without a year or a month is the next such day. None if unreadable."""
    if named := named_day(text, today):
        return named
    found = _written(text, today)
    if found is None or found >= today or len(re.findall(r"\d+", plain(text))) == 3:
        return found
    if len(re.findall(r"\d+", plain(text))) == 2:
        return _written(text, today + timedelta(days=365))
    following = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    return _written(text, following)


def parse_coming_days(text: str, today: date) -> tuple[date, date] | None:
    """A day as `parse_coming_day` reads it, or from one to another (11-24 至 11-28, tomorrow to Friday): the first and
    the last. None if unreadable.
    """
    first, *rest = _BETWEEN.split(text, maxsplit=1)
    begin = parse_coming_day(first, today)
    end = parse_coming_day(rest[0], begin) if begin and rest else begin
    return (begin, end) if begin and end else None


def _written(text: str, today: date) -> date | None:
    """A day in numbers; one without a year is not after `today`."""
    parts = [part for part in re.split(r"[-/.年月日号\s]", plain(text)) if part]
    if not parts or not all(part.isdecimal() for part in parts):
        return None
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return date(*numbers)
        if len(numbers) == 2:
            found = date(today.year, *numbers)
            return found if found <= today else date(today.year - 1, *numbers)
        if len(numbers) == 1:
            return today.replace(day=numbers[0])
    except (ValueError, OverflowError):
        pass
    return None
