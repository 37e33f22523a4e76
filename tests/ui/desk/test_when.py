"""Times as people type them, in both languages."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.when import read_time
from shared_rules.dates import months_later
from tests.ui.desk.world import START


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下周二下午3点", "2026-12-01T15:00"),
        ("下下周三", "2026-12-09T09:00"),
        ("周五", "2026-11-27T09:00"),
        ("周一", "2026-11-30T09:00"),
        ("15号", "2026-12-15T09:00"),
        ("２５号上午１０点", "2026-11-25T10:00"),
        ("31号", "2026-12-31T09:00"),
        ("三天后", "2026-11-26T14:32"),
        ("十五号", "2026-12-15T09:00"),
        ("一个半小时后", "2026-11-23T16:02"),
        ("半小时后", "2026-11-23T15:02"),
        ("明早9点半", "2026-11-24T09:30"),
        ("今晚8点", "2026-11-23T20:00"),
        ("后天", "2026-11-25T09:00"),
        ("大后天 10:30", "2026-11-26T10:30"),
        ("下月5日", "2026-12-05T09:00"),
        ("月底", "2026-11-30T09:00"),
        ("12月5日上午10点半", "2026-12-05T10:30"),
        ("1月5日", "2027-01-05T09:00"),
        ("2026-12-05 09:30", "2026-12-05T09:30"),
        ("2026-12-05 07:30", "2026-12-05T07:30"),
        ("明天 00:30", "2026-11-24T00:30"),
        ("明天7:30", "2026-11-24T19:30"),
        ("3点一刻", "2026-11-23T15:15"),
        ("10点", "2026-11-24T10:00"),
        ("tomorrow 10am", "2026-11-24T10:00"),
        ("Next Tuesday at 3pm", "2026-12-01T15:00"),
        ("in 3 days", "2026-11-26T14:32"),
        ("in an hour", "2026-11-23T15:32"),
        ("dec 5, 2pm", "2026-12-05T14:00"),
        ("the 15th", "2026-12-15T09:00"),
        ("tonight", "2026-11-23T19:00"),
        ("next month", "2026-12-23T09:00"),
        ("day after tomorrow 9am", "2026-11-25T09:00"),
    ],
)
def test_a_time_is_read(text: str, expected: str) -> None:
    assert read_time(text, START) == at(expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-12-20T10:00", "2028-02-29T09:00"),
        ("2028-02-28T10:00", "2028-02-29T09:00"),
        ("2026-11-23T10:00", None),
        ("2028-03-01T10:00", None),
    ],
)
@pytest.mark.parametrize("text", ["2月29日", "feb 29", "29 feb"])
def test_a_day_of_leap_years_is_read_where_this_year_or_the_next_has_it(
    text: str, now: str, expected: str | None
) -> None:
    assert read_time(text, at(now)) == (at(expected) if expected else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "某天",
        "10",
        "32号",
        "25点",
        "2月30日",
        "13月5日",
        "有空再说",
        "15号 有空",
        "0001-01-01",
        "9999年12月31日 9点",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert read_time(text, START) is None


@given(st.text(alphabet="下周明后天月号日点半上午:-/0123456789三十 amptonexwdk", max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_time(text, START)
    assert found is None or found.utcoffset() == timedelta(hours=8)


def test_a_shorter_month_has_its_last_day() -> None:
    assert months_later(START.date().replace(month=1, day=31), 1).day == 28
