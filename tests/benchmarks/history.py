"""A team on one folder, and a desk in it with a history: workdays of calls, written and published by the product."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui.book import Book, CallEntry
from tests.company import NOW, Company

CALLS_A_DAY = 400
_EVERY = timedelta(seconds=60)
_OUTCOMES = ("no_answer", "no_answer", "no_answer", "busy", "refused", "talked")


class Turned:
    """A clock that is put to another time by hand."""

    time = NOW

    def now(self, zone: ZoneInfo) -> datetime:
        return self.time.astimezone(zone)


def workdays(count: int) -> list[datetime]:
    """The evenings of so many workdays up to yesterday, the oldest first."""
    back = (datetime.combine(NOW - timedelta(days=days), time(19), NOW.tzinfo) for days in range(1, 2 * count + 7))
    return list(islice((day for day in back if day.weekday() < 5), count))[::-1]


def calls(evening: datetime, first: int, count: int, customers: int = 10**8) -> Iterator[CallEntry]:
    """A day's calls: most get nobody, every sixth is a conversation; one customer in three was called before."""
    for number in range(first, first + count):
        outcome = _OUTCOMES[number % len(_OUTCOMES)]
        spoken = outcome == "talked"
        yield CallEntry(
            phone=f"138{number * 2 // 3 % customers:08}",
            outcome=outcome,
            company=f"宁波宏达{number}科技有限公司" if spoken else "",
            contact="王" if spoken else "",
            title="采购经理" if spoken else "",
            department="采购部" if spoken else "",
            headcount="51-200" if spoken else "",
            it_status="有系统" if spoken else "",
            note="要报价" if spoken else "",
            started_at=evening - _EVERY * (count - (number - first)),
            duration_s=40 if spoken else 0,
        )


def desk_with(folder: Path, records: int, customers: int = 10**8) -> tuple[Path, Path]:
    """The homes of a desk with so many earlier records, all of them on the share, and of its supervisor.

    The calls were with at most so many `customers`.
    """
    folder.mkdir()
    a_day = min(records, CALLS_A_DAY)
    days = workdays(records // a_day if a_day else 0)
    company = Company(folder, days[0] if days else NOW)
    company.join("A017", "张敏", hired=company.boss.today())
    company.close()
    clock = Turned()
    desk = Book.open(folder / "A017", clock)
    for number, evening in enumerate(days):
        clock.time = evening
        desk.own.log_many(list(calls(evening, number * a_day, a_day, customers)))
    clock.time = NOW
    desk.sync_once()
    desk.close()
    return folder / "A017", company.boss_home
