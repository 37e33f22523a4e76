"""Times and durations as they stand in people's tables."""

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from agent_tui.when import MORNING, read_time
from shared_rules.records.parts import nameable
from shared_rules.text import plain

# 2026-11-23 14:30, 2026/11/23 下午 2:30:05, 2026年11月23日 14时30分: as spreadsheets and telephones write it.
_INSTANT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]+(?:(上午|下午|AM|PM) ?)?(\d{1,2})[:时点](\d{2})(?::(\d{2})(?:\.\d+)?|分(?:(\d{1,2})秒)?)? ?(AM|PM)? ?"
    r"(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_SECONDS = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,6})(?:\.\d+)?(?:s|秒)?", re.ASCII | re.IGNORECASE)
_MINUTES = re.compile(r"(?:(\d{1,2})小时)?(?:(\d{1,3})分钟?)?(?:(\d{1,2})秒)?", re.ASCII)


def read_instant(text: str, zone: ZoneInfo, hour: time | None = None) -> datetime | None:
    """The instant a cell names, in `zone` where it has no offset; None when it is none.

    A day alone is an instant only where `hour` is given.
    """
    found = _INSTANT.fullmatch(plain(text))
    if found is None:
        return None
    year, month, day, before, hours, minutes, seconds, spelt, after, offset = found.groups()
    if hours is None and hour is None:
        return None
    try:
        if hours is None and hour is not None:
            of_day = hour
        else:
            of_day = time(_hour(int(hours), before, after), int(minutes), int(seconds or spelt or 0))
        moment = datetime(int(year), int(month), int(day), of_day.hour, of_day.minute, of_day.second, tzinfo=zone)
        if offset:
            moment = datetime.fromisoformat(moment.replace(tzinfo=None).isoformat() + offset).astimezone(zone)
        moment.astimezone(UTC)
        nameable(moment)
    except (ValueError, OverflowError):
        return None
    return moment


def _hour(hour: int, before: str | None, after: str | None) -> int:
    """The hour of a day of 24, of one that may be of a half. Raises ValueError for one that is not of its half."""
    half = before or after
    if half is None:
        return hour
    late = half.upper() in ("下午", "PM")
    if (before and after) or (hour > 12 and not late):
        raise ValueError(half)
    return hour % 12 + 12 * late if hour <= 12 else hour


def read_follow_up(text: str, start: datetime, zone: ZoneInfo) -> datetime | None:
    """When to call again: an instant, a day alone (at nine), or as a person says it, seen from the call's start."""
    return read_instant(text, zone, MORNING) or read_time(text, start.astimezone(zone))


def read_seconds(text: str) -> int | None:
    """Seconds from 87, 1:27, 0:01:27, 87秒 or 1分27秒; None when it is none of these."""
    folded = plain(text)
    found = _SECONDS.fullmatch(folded) or (_MINUTES.fullmatch(folded) if folded else None)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= 86_400 else None
