"""What is due at the start, what is left at the end, the streak, overtime, and the notes in use."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.own import habits
from agent_tui.book.own.habits import Overtime
from agent_tui.clock import SetClock
from agent_tui.i18n import set_language
from agent_tui.readings import Owed
from agent_tui.ui.desk.brief import Brief, brief_lines
from agent_tui.ui.desk.panel_lines import Moment
from agent_tui.ui.kit.text import width
from agent_tui.views import DayView
from shared_rules.figures import DayFigures, Quota
from shared_rules.policies.policy import builtin
from tests.ui.desk.test_panel_lines import DAY, texts
from tests.ui.desk.world import START

QUIET = DayFigures()


@pytest.fixture(autouse=True, params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def said(day: DayView, now: datetime = START, **values: object) -> list[str]:
    given = {"due": 0, "later": 0, "incomplete": 0, "begun": bool(day.figures.dials), **values}
    brief = Brief(day, **given)  # type: ignore[arg-type]
    rows = texts(brief_lines(brief, Moment(now, builtin("handbook"), "zh")))
    assert all(width(row) <= 46 for row in rows)
    return rows


def test_before_the_first_call_it_tells_what_is_due(spoken: str) -> None:
    rows = said(replace(DAY, figures=QUIET), due=1, later=2, listed=61, streak=6)
    if spoken == "zh":
        assert rows[:2] == ["今天要做:有效电话 80,意向客户 15", "回访:到期 1,今天还有 2"]
        assert rows[2:] == ["名单剩 61", "已连续 6 个工作日达标"]
    else:
        assert rows[0] == "Today: 80 valid calls, 15 leads"


def test_a_day_off_says_so_and_asks_nothing(spoken: str) -> None:
    rows = said(replace(DAY, figures=QUIET, workday=False, pace=None))
    assert len(rows) == 1
    assert ("休息" if spoken == "zh" else "day off") in rows[0]


def test_a_day_that_leave_takes_whole_asks_nothing(spoken: str) -> None:
    (row,) = said(replace(DAY, figures=QUIET, quota=Quota(0, 0, 420)))
    assert row == ("今天没有定额;打了照样计入" if spoken == "zh" else "Nothing is due today; calls still count")


def test_in_the_middle_of_the_day_it_is_silent() -> None:
    assert said(DAY) == []


def test_when_the_calling_ends_it_tells_what_is_left(spoken: str) -> None:
    rows = said(DAY, START.replace(hour=17, minute=5), incomplete=3, due=1, later=1, streak=6)
    if spoken == "zh":
        assert rows == ["还差电话 25、意向 6", "没补全 3 通(^L)  回访还有 2  未交记录(F8)"]


def test_from_the_end_of_hours_minutes_and_hour_meters_are_told(spoken: str) -> None:
    late = START.replace(hour=18, minute=10)
    assert DAY.pace
    pace = replace(
        DAY.pace, forecast_calls=late + timedelta(minutes=37, seconds=2), forecast_leads=late + timedelta(minutes=20)
    )
    rows = said(replace(DAY, must_stay=True, pace=pace), late, overtime=Overtime(10, 135))
    if spoken == "zh":
        assert rows == [
            "还差电话 25、意向 6,按今天速度约 38 分钟",
            "未交记录(F8)",
            "加班 10 分(日限 1-3 小时)本月 2.2/36 小时",
        ]
    else:
        assert rows[2] == "Overtime 10 min (law 1-3 h); month 2.2/36 h"


def test_no_minutes_are_told_for_what_midnight_cuts_off(spoken: str) -> None:
    """The leads alone could still be made, the calls not: their minutes are not those of both."""
    late = START.replace(hour=18, minute=10)
    assert DAY.pace
    pace = replace(DAY.pace, forecast_calls=None, forecast_leads=late + timedelta(minutes=37))
    rows = said(replace(DAY, pace=pace), late)
    assert rows[0] == {
        "zh": "还差电话 25、意向 6,按今天速度今晚补不完",
        "en": "25 calls, 6 leads short: not by midnight",
    }.get(spoken)
    quiet = said(replace(DAY, figures=QUIET, pace=replace(pace, forecast_leads=None)), late, begun=True)
    assert quiet[0] == {"zh": "还差电话 80、意向 15", "en": "80 calls, 15 leads short"}.get(spoken)


def test_a_made_day_says_so_with_the_streak(spoken: str) -> None:
    made = replace(DAY, figures=replace(DAY.figures, valid=80, leads=15))
    rows = said(made, START.replace(hour=17, minute=30), streak=7)
    if spoken == "zh":
        assert rows == ["今天已达标", "已连续 7 个工作日达标", "未交记录(F8)"]
    else:
        assert rows == ["The quota is made", "Quota made 7 workdays in a row", "hand in (F8)"]


def test_what_is_to_be_sent_about_the_week_is_told_at_the_start_and_at_the_end(spoken: str) -> None:
    owed = (
        Owed("plan", "2026-W49", datetime(2026, 11, 28, 18)),
        Owed("summary", "2026-W48", datetime.combine(date(2026, 11, 29), time.max)),
    )
    rows = {
        "zh": "还没交:计划 周六 18:00、周总结 周日 24:00(F6)",
        "en": "due: plan Sat 18:00, summary Sun 24:00 (F6)",
    }
    for day, now in ((replace(DAY, figures=QUIET), START), (DAY, START.replace(hour=17, minute=5))):
        assert rows[spoken] in said(day, now, owed=owed)


# ---- from the book ----

TODAY = START.date()


def book_with(home: Path, days: dict[date, int], *, last: datetime | None = None) -> Book:
    """A book of somebody new with so many valid calls, all leads, on those days; `last` begins one more."""
    teams.create_solo(
        home, "A017", "张敏", date(2026, 11, 16), "Asia/Shanghai", SetClock(START - timedelta(days=7), ticking=False)
    )
    book = Book.open(home, SetClock(START, ticking=False))
    entries = [
        CallEntry(
            phone=f"138{number:08}",
            outcome="talked",
            interest="intent",
            started_at=datetime(day.year, day.month, day.day, 9, tzinfo=START.tzinfo) + timedelta(minutes=number),
            duration_s=30,
            company="宏达",
            contact="王",
            title="厂长",
            note="发资料",
        )
        for day, count in days.items()
        for number in range(count)
    ]
    if last:
        entries.append(CallEntry(phone="13700137000", outcome="no_answer", started_at=last, duration_s=600))
    book.own.log_many(entries)
    return book


def test_the_streak_counts_workdays_with_both_quotas_back_to_the_first_that_missed(tmp_path: Path) -> None:
    fri, thu, wed = (TODAY - timedelta(days=back) for back in (3, 4, 5))
    book = book_with(tmp_path, {fri: 80, thu: 81, wed: 79, TODAY - timedelta(days=6): 80})
    assert habits.streak(book) == 2
    assert habits.made(book.day("A017", TODAY)) is False
    book.close()


def test_overtime_is_counted_to_the_end_of_the_last_call_of_each_workday(tmp_path: Path) -> None:
    friday = datetime(2026, 11, 20, 18, 40, tzinfo=START.tzinfo)
    book = book_with(tmp_path, {}, last=friday)
    known: dict[date, int] = {}
    assert habits.overtime(book, known) == Overtime(0, 50)
    assert known[friday.date()] == 50
    book.close()
    evening = Book.open(tmp_path, SetClock(START.replace(hour=19, minute=0), ticking=False))
    assert habits.overtime(evening, known) == Overtime(60, 110)
    evening.close()


def test_overtime_goes_to_the_release_as_on_the_page_of_that_day(tmp_path: Path) -> None:
    friday = datetime(2026, 11, 20, 18, 40, tzinfo=START.tzinfo)
    book_with(tmp_path, {}, last=friday).close()
    evening = Book.open(tmp_path, SetClock(friday.replace(hour=19, minute=30), ticking=False))
    evening.supervisor.release("A017", friday.date())
    evening.close()
    book = Book.open(tmp_path, SetClock(START, ticking=False))
    assert (stay := book.read.stays("A017", friday.date())) and stay.day_minutes == 90
    assert habits.overtime(book, {}) == Overtime(0, 90)
    book.close()


def test_notes_are_counted_by_outcome(tmp_path: Path) -> None:
    book = book_with(tmp_path, {TODAY - timedelta(days=3): 5, TODAY: 3})
    assert dict(habits.notes_in_use(book)["talked"]) == {"发资料": 5}
    book.close()


def test_only_notes_of_calls_that_stand_are_counted_and_a_corrected_one_as_it_is_now(tmp_path: Path) -> None:
    friday = TODAY - timedelta(days=3)
    book = book_with(tmp_path, {friday: 3}, last=START - timedelta(days=3))
    first, second = (state.id for state in book.own.states(friday)[:2])
    book.own.void(first)
    entry = CallEntry(phone="13800000001", outcome="talked", note="要报价", started_at=START - timedelta(days=3))
    book.own.correct(second, entry)
    assert book.own.notes(friday) == [("talked", "发资料"), ("talked", "要报价")]
    assert dict(habits.notes_in_use(book)) == {"talked": {"发资料": 1, "要报价": 1}}
    book.close()


def test_the_overtime_of_a_withdrawn_call_is_none(tmp_path: Path) -> None:
    book = book_with(tmp_path, {}, last=datetime(2026, 11, 20, 18, 40, tzinfo=START.tzinfo))
    (late,) = book.own.states(date(2026, 11, 20))
    book.own.void(late.id)
    assert habits.overtime(book, {}) == Overtime(0, 0)
    book.close()
