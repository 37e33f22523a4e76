"""Reads the time that a person types for a follow-up, in Chinese or English: 下周二下午3点, 15号, tomorrow 10am."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from shared_rules.dates import month_end, months_later
from shared_rules.records.parts import nameable
from shared_rules.text import plain

MORNING = time(9)
"""Meant where a day is named and no time."""

_CHINESE = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
# None of these is compiled before it is asked for: most commands, and the desk's first frame, read no such time.
_NUMERAL = "[零一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九]"
_WORDS = {"an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(" + "|".join(_MONTHS) + r")[a-z]*\.?"
_PERIODS = {
    "凌晨": 3, "早上": 9, "早": 9, "上午": 10, "中午": 12, "下午": 14, "午后": 14, "傍晚": 18, "晚上": 19, "晚": 19,
    "morning": 9, "noon": 12, "afternoon": 14, "evening": 19,
}  # fmt: skip
_AHEAD = {
    "今": 0, "今天": 0, "今日": 0, "明": 1, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
    "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3,
    "today": 0, "tomorrow": 1, "day after tomorrow": 2, "yesterday": -1, "day before yesterday": -2,
}  # fmt: skip
_LATE = {"下午", "午后", "傍晚", "晚上", "晚", "afternoon", "evening", "pm"}
_FILLER = r"\b(?:at|on|in|the|of|around|about)\b|再打|再联系|联系|左右|[的再,,。.]"

_Reader = Callable[[re.Match[str], datetime], "date | datetime | None"]


def read_time(text: str, now: datetime) -> datetime | None:
    """The instant that `text` means, seen from `now` (aware); None when it cannot be read. It may lie in the past.

    A day without a time is meant at nine; `3天后` at the time of day it is now; a bare hour before eight is after noon,
    unless it is written as one of 24 (07:30).
    """
    rest = arabic(plain(text).lower()).replace("tonight", "today evening")
    if not rest:
        return None
    try:
        day, rest = _take_day(rest, now)
        clock, rest = _take_time(rest)
        if re.sub(_FILLER, "", rest).strip() or (day is None and clock is None):
            return None
        at = _at(day, clock, now)
        nameable(at)
    except (ValueError, OverflowError):
        return None
    return at


def named_day(text: str, today: date, *, over: bool = False) -> date | None:
    """The day that a word means: 昨天, 上周五, yesterday, last Friday. A weekday alone is the next one, or (`over`) the
    last, today too. None for what names no day so, or says more.
    """
    rest, now = arabic(plain(text).lower()), datetime.combine(today, MORNING)
    if found := re.fullmatch(_RELATIVE, rest):
        return _relative_day(found, now)
    for pattern, read in ((_WEEKDAY, _weekday), (_ENGLISH_WEEKDAY, _english_weekday)):
        if found := re.fullmatch(pattern, rest):
            return read(found, now) - timedelta(weeks=over and found[1] is None)
    return None


def _at(day: date | datetime | None, clock: time | None, now: datetime) -> datetime:
    if isinstance(day, datetime):
        return day.replace(hour=clock.hour, minute=clock.minute) if clock else day
    if day is not None:
        return datetime.combine(day, clock or MORNING, now.tzinfo)
    assert clock is not None
    at = datetime.combine(now.date(), clock, now.tzinfo)
    return at if at > now else at + timedelta(days=1)


def arabic(text: str) -> str:
    """Chinese numerals as digits; the rest as it is."""

    def value(found: re.Match[str]) -> str:
        tens, ten, ones = found[0].partition("十")
        if not ten:
            return str(_CHINESE[found[0]])
        return str((_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0))

    return re.sub(_NUMERAL, value, text)


def _take_day(text: str, now: datetime) -> tuple[date | datetime | None, str]:
    for pattern, read in _DAY_READERS:
        if found := re.search(pattern, text):
            return read(found, now), text[: found.start()] + " " + text[found.end() :]
    return None, text


def _take_time(text: str) -> tuple[time | None, str]:
    if found := re.search(_TIME, text):
        hour = int(found["hour"])
        minute = 30 if found["half"] else int(found["quarter"]) * 15 if found["quarter"] else int(found["minute"] or 0)
        period = found["period"] or found["after"] or found["alone"]
        bare = period is None and not found["hour"].startswith("0")
        if hour < 12 and (period in _LATE or (period == "中午" and hour < 10) or (bare and hour < 8)):
            hour += 12
        elif hour == 12 and period in ("am", "凌晨"):
            hour = 0
        return time(hour, minute), text[: found.start()] + " " + text[found.end() :]
    if found := re.search(_PERIOD, text):
        return time(_PERIODS[found[0]]), text[: found.start()] + " " + text[found.end() :]
    return None, text


def _after(found: re.Match[str], now: datetime) -> datetime:
    number = found["number"]
    count = 0 if number == "半" else _WORDS[number] if number in _WORDS else int(number)
    half = number == "半" or bool(found["half"])
    unit = found["unit"]
    if unit in ("分钟", "分") or unit.startswith("min"):
        return now + timedelta(minutes=count)
    if unit in ("小时", "钟头") or unit.startswith("h"):
        return now + timedelta(hours=count + half / 2)
    if unit in ("天", "日") or unit.startswith("d"):
        return now + timedelta(days=count, hours=12 * half)
    if unit in ("周", "星期", "礼拜") or unit.startswith("w"):
        return now + timedelta(weeks=count)
    later = months_later(now.date(), count) + timedelta(days=15 * half)
    return datetime.combine(later, now.timetz())


def _full_date(found: re.Match[str], _now: datetime) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))


def _month_day(month: int, day: int, now: datetime) -> date:
    """The next such day, this year or the next: one of them may have no February 29."""
    for year in (now.year, now.year + 1):
        with suppress(ValueError):
            if (found := date(year, month, day)) >= now.date():
                return found
    raise ValueError(day)


def _day_of_month(day: int, now: datetime) -> date:
    """The next such day; a month without it is passed over."""
    for ahead in range(3):
        first = months_later(now.date().replace(day=1), ahead)
        if day <= month_end(first).day and first.replace(day=day) >= now.date():
            return first.replace(day=day)
    raise ValueError(day)


def _weekday(found: re.Match[str], now: datetime) -> date:
    which = found["day"]
    index = {"日": 6, "天": 6, "末": 5}.get(which)
    index = int(which) - 1 if index is None else index
    weeks = {"下下": 2, "下": 1, "上": -1, "上上": -2}.get(found["which"] or "", 0)
    return _in_week(now, index, weeks, bare=not found["which"])


def _english_weekday(found: re.Match[str], now: datetime) -> date:
    weeks = {"next": 1, "last": -1}.get(found[1] or "", 0)
    return _in_week(now, _DAYS.index(found[2]), weeks, bare=not found[1])


def _in_week(now: datetime, index: int, weeks: int, *, bare: bool) -> date:
    monday = now.date() - timedelta(days=now.weekday())
    day = monday + timedelta(days=index, weeks=weeks)
    return day + timedelta(weeks=1) if bare and day <= now.date() else day


def _relative_day(found: re.Match[str], now: datetime) -> date:
    return now.date() + timedelta(days=_AHEAD[found[0]])


def _next_month(found: re.Match[str], now: datetime) -> date:
    later = months_later(now.date(), 1)
    return later.replace(day=int(found[1])) if found[1] else later


def _month_end(_found: re.Match[str], now: datetime) -> date:
    return month_end(now.date())


_WEEKDAY = r"(?P<which>下下|下|上上|上|这|本)?个?(?:周|星期|礼拜)(?P<day>[1-6日天末])"
_ENGLISH_WEEKDAY = r"\b(?:(next|this|last) )?(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs)?\b"
_RELATIVE = (
    r"大后天|后天|大前天|前天|昨[天日]|明[天日]|明(?=[早晚上下中])|今[天日]|今(?=[早晚上下中])"
    r"|(?:day after )?tomorrow|(?:day before )?yesterday|today"
)
_DAY_READERS: tuple[tuple[str, _Reader], ...] = (
    (r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?", _full_date),
    (r"(?P<number>\d{1,3}|半)个?(?P<half>半)?(?P<unit>分钟|小时|钟头|天|周|星期|礼拜|月)(?:之|以)?后", _after),
    (r"(?P<number>\d{1,3})(?P<half>)(?P<unit>日)(?:之|以)?后", _after),
    (r"(?P<number>\d{1,3}|半)个?(?P<half>半)?(?P<unit>小时|钟头|天)", _after),
    (
        r"\b(?:in )?(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven)(?P<half>) ?"
        r"(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|months?)\b(?: later| from now)?",
        _after,
    ),
    (r"(?:下个?月)(?:(\d{1,2})[号日])?", _next_month),
    (r"月底", _month_end),
    (r"(\d{1,2})月(\d{1,2})[日号]?", lambda found, now: _month_day(int(found[1]), int(found[2]), now)),
    (r"\b(\d{1,2})[/-](\d{1,2})\b", lambda found, now: _month_day(int(found[1]), int(found[2]), now)),
    (
        rf"\b{_MONTH} ?(\d{{1,2}})(?:st|nd|rd|th)?\b",
        lambda found, now: _month_day(_MONTHS.index(found[1]) + 1, int(found[2]), now),
    ),
    (
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}",
        lambda found, now: _month_day(_MONTHS.index(found[2]) + 1, int(found[1]), now),
    ),
    (r"(\d{1,2})[号日]|\b(?:the )?(\d{1,2})(?:st|nd|rd|th)\b",
     lambda found, now: _day_of_month(int(found[1] or found[2]), now)),
    (_WEEKDAY, _weekday),
    (_ENGLISH_WEEKDAY, _english_weekday),
    (r"下个?(?:周|星期|礼拜)|next week", lambda _found, now: now.date() + timedelta(weeks=1)),
    (r"next month", lambda _found, now: months_later(now.date(), 1)),
    (_RELATIVE, _relative_day),
)  # fmt: skip

_PERIOD = "|".join(sorted(_PERIODS, key=len, reverse=True))
_TIME = (
    r"(?P<period>凌晨|早上|早|上午|中午|下午|午后|傍晚|晚上|晚)? ?"
    r"(?P<hour>\d{1,2})(?:(?:[点时:])(?:(?P<half>半)|(?P<quarter>[13])刻|(?P<minute>\d{1,2})分?)?(?:整|钟)?"
    r" ?(?P<after>am|pm)?|(?: ?(?P<alone>am|pm)))"
)
