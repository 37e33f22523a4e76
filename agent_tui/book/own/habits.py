"""What one's own past days tell the desk: the streak of quota days, this month's overtime, which notes are in use.

Each looks at days that may not be folded yet, so call them off the event loop only. They hold the book's lock for one
day at a time, and pause after each.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from time import sleep

import msgspec

from agent_tui.book.book import Book
from agent_tui.views import DayView

LONGEST_STREAK = 60
"""No streak is counted further back than so many workdays."""

_DAY = timedelta(days=1)
# Without a pause, the thread that has just released the lock would get it again at once.
_BREATH_S = 0.001
_NOTES_DAYS = 14


class Overtime(msgspec.Struct, frozen=True):
    """Minutes of overtime (see `shared_rules.overtime`): today's and this month's."""

    today: int
    month: int


def streak(book: Book) -> int:
    """How many workdays in a row made both quotas, up to yesterday.

    A day that asked for nothing (whole leave) neither breaks nor lengthens it.
    """
    count, day = 0, book.today() - _DAY
    while count < LONGEST_STREAK and day >= book.identity.hired:
        book.load_month(day)
        done = made(book.day(book.identity.agent, day, money=False))
        if done is False:
            break
        count += done is True
        day -= _DAY
        sleep(_BREATH_S)
    return count


def made(day: DayView) -> bool | None:
    """Whether both quotas of a day are made; None for one that asks for nothing."""
    if day.quota is None or not day.judged or not day.workday or not (day.quota.calls or day.quota.leads):
        return None
    return day.figures.valid >= day.quota.calls and day.figures.leads >= day.quota.leads


def overtime(book: Book, known: dict[date, int]) -> Overtime:
    """Own overtime; while one must stay, today's goes on.

    `known` holds the minutes of earlier days from one time to the next.
    """
    now = book.now()
    today = now.date()
    days = (today.replace(day=number) for number in range(1, today.day))
    for day in _unhurried(day for day in days if day not in known):
        known[day] = book.own.overtime(day)
    staying = book.day(book.identity.agent, today, money=False).must_stay
    minutes = book.own.overtime(today, until=now if staying else None)
    earlier = sum(minutes for day, minutes in known.items() if (day.year, day.month) == (today.year, today.month))
    return Overtime(minutes, earlier + minutes)


def notes_in_use(book: Book) -> Mapping[str, Counter[str]]:
    """How often each note was written for an outcome in the last two weeks before today, by the outcome's id."""
    used: dict[str, Counter[str]] = {}
    today = book.today()
    book.load_month(today - _NOTES_DAYS * _DAY)
    for day in _unhurried(today - back * _DAY for back in range(1, _NOTES_DAYS + 1)):
        for outcome, note in book.own.notes(day):
            used.setdefault(outcome, Counter())[note] += 1
    return used


def _unhurried(days: Iterable[date]) -> Iterator[date]:
    """The days, with a pause after each, in which a key or a save that waits for the book gets its turn."""
    for day in days:
        yield day
        sleep(_BREATH_S)
