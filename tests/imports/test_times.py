"""Times and durations as they stand in people's tables."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.imports.times import read_follow_up, read_instant, read_seconds

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-02T09:00:36+08:00", "2026-11-02T09:00:36+08:00"),
        ("2026-11-02T01:00:36Z", "2026-11-02T09:00:36+08:00"),
        ("2026-11-02T09:00:36.5+0900", "2026-11-02T08:00:36+08:00"),
        ("2026-11-02 09:00", "2026-11-02T09:00:00+08:00"),
        ("2026/11/2 9:00", "2026-11-02T09:00:00+08:00"),
        ("2026年11月2日 9:00:05", "2026-11-02T09:00:05+08:00"),
        ("2026.11.2  9:00", "2026-11-02T09:00:00+08:00"),
        ("2026-11-02 09:00", "2026-11-02T09:00:00+08:00"),
        ("2026/11/2 上午 9:05", "2026-11-02T09:05:00+08:00"),
        ("2026-11-02 下午2:10:30", "2026-11-02T14:10:30+08:00"),
        ("2026-11-02 2:10 PM", "2026-11-02T14:10:00+08:00"),
        ("2026-11-02 12:10 am", "2026-11-02T00:10:00+08:00"),
        ("2026-11-02 下午 12:10", "2026-11-02T12:10:00+08:00"),
        ("2026-11-02 下午 14:10", "2026-11-02T14:10:00+08:00"),
        ("2026年11月2日 14时10分05秒", "2026-11-02T14:10:05+08:00"),
        ("2026年11月2日 14时10分", "2026-11-02T14:10:00+08:00"),
    ],
)
def test_a_start_is_read(text: str, iso: str) -> None:
    read = read_instant(text, ZONE)
    assert read is not None
    assert read.isoformat() == iso


@pytest.mark.parametrize(
    "text", ["", "9:00", "2026-11-02", "2026-13-02 9:00", "2026-11-02 25:00", "0001-01-01 00:00", "昨天",
     "2026-11-02 上午 14:10", "2026-11-02 下午 2:10 AM", "2026-11-02 PM", "9999-12-31 23:00", "9999-12-31 9:00"],
)  # fmt: skip
def test_what_is_no_start(text: str) -> None:
    assert read_instant(text, ZONE) is None


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_ends_of_the_calendar_is_no_day_to_call_again(text: str) -> None:
    assert read_instant(text, ZONE, time(9)) is None
    assert read_follow_up(text, datetime(2026, 11, 2, 9, 0, tzinfo=ZONE), ZONE) is None


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_every_instant_reads_back(instant: datetime) -> None:
    # From UTC: a time of day that the zone's clocks skipped is no instant.
    whole = instant.replace(microsecond=0).astimezone(ZONE)
    assert read_instant(whole.isoformat(), ZONE) == whole


def test_a_follow_up_may_be_a_day_or_what_people_say() -> None:
    start = datetime(2026, 11, 2, 1, 0, tzinfo=ZoneInfo("UTC"))
    assert read_follow_up("2026-11-05", start, ZONE) == datetime(2026, 11, 5, 9, 0, tzinfo=ZONE)
    assert read_follow_up("3天后", start, ZONE) == start + timedelta(days=3)
    assert read_follow_up("nonsense", start, ZONE) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("87", 87),
        ("87.0", 87),
        ("1:27", 87),
        ("0:01:27", 87),
        ("87秒", 87),
        ("1分27秒", 87),
        ("2分钟", 120),
        ("87", 87),
    ],
)
def test_a_duration_is_read(text: str, seconds: int) -> None:
    assert read_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "-5", "soon", "999999", "1:2:3:4"])
def test_what_is_no_duration(text: str) -> None:
    assert read_seconds(text) is None
