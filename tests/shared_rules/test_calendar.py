"""Workdays and working time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.calendar import after_working, elapsed, is_overtime, is_workday, worked_since, working_time
from shared_rules.policies.policy import builtin, builtin_text, parse_policy
from tests.shared_rules.making import DAY, ZONE, clock

POLICY = builtin()
MIDNIGHT = clock(0) + timedelta(days=1)


def test_a_working_day_has_420_minutes() -> None:
    assert working_time(POLICY) == timedelta(minutes=420)


@pytest.mark.parametrize(
    ("hour", "minute", "minutes"),
    [
        (0, 0, 0),
        (9, 0, 0),
        (9, 1, 1),
        (12, 0, 180),
        (12, 59, 180),
        (13, 1, 181),
        (14, 32, 272),
        (17, 0, 420),
        (23, 59, 420),
    ],
)
def test_lunch_and_the_meeting_add_no_minutes(hour: int, minute: int, minutes: int) -> None:
    assert elapsed(POLICY, DAY, clock(hour, minute), ZONE) == timedelta(minutes=minutes)


def test_a_day_before_and_a_day_after() -> None:
    assert elapsed(POLICY, DAY, clock(14) - timedelta(days=1), ZONE) == timedelta()
    assert elapsed(POLICY, DAY, clock(10) + timedelta(days=1), ZONE) == timedelta(minutes=420)


def test_an_instant_of_any_zone_is_read_in_the_teams() -> None:
    assert elapsed(POLICY, DAY, clock(14, 32).astimezone(UTC), ZONE) == timedelta(minutes=272)
    assert is_overtime(POLICY, DAY, clock(18).astimezone(ZoneInfo("America/New_York")), ZONE)


def test_overtime_is_from_the_end_of_hours_to_midnight() -> None:
    assert not is_overtime(POLICY, DAY, clock(17, 59, 59), ZONE)
    assert is_overtime(POLICY, DAY, clock(18), ZONE)
    assert is_overtime(POLICY, DAY, clock(23, 59), ZONE)
    assert not is_overtime(POLICY, DAY, MIDNIGHT, ZONE)


@pytest.mark.parametrize(
    ("since", "now", "minutes", "overtime"),
    [
        (clock(16, 55) - timedelta(days=1), clock(8, 55), 0, False),
        (clock(16, 55) - timedelta(days=1), clock(9, 20), 20, False),
        (clock(11, 55), clock(13, 3), 8, False),
        (clock(16, 58), clock(18, 30), 2, False),
        (clock(16, 58), clock(18, 30), 32, True),
        (clock(18, 20), clock(18, 30), 10, True),
        (clock(18, 20), clock(3) + timedelta(days=1), 340, True),
        (clock(10) + timedelta(days=1), clock(15) + timedelta(days=1), 0, True),
        (clock(10), clock(9), 0, True),
    ],
)
def test_no_work_is_done_by_night_at_lunch_and_in_the_meeting(
    since: datetime, now: datetime, minutes: int, overtime: bool
) -> None:
    assert worked_since(POLICY, DAY, since, now, ZONE, overtime=overtime) == timedelta(minutes=minutes)


def test_monday_to_friday_are_workdays() -> None:
    week = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
    assert [is_workday(POLICY, day) for day in week] == [True] * 5 + [False] * 2


def test_days_off_and_extra_workdays_are_the_policys() -> None:
    text = builtin_text("handbook")
    text = text.replace("off = []", "off = [2026-10-01]").replace("extra = []", "extra = [2026-10-10]")
    policy = parse_policy(text, "holidays")
    assert is_workday(POLICY, date(2026, 10, 1))
    assert not is_workday(policy, date(2026, 10, 1))
    assert not is_workday(POLICY, date(2026, 10, 10))
    assert is_workday(policy, date(2026, 10, 10))


@pytest.mark.parametrize(
    ("now", "needed", "then"),
    [
        (clock(8), 0, clock(9)),
        (clock(8), 60, clock(10)),
        (clock(11), 90, clock(13, 30)),
        (clock(12, 30), 1, clock(13, 1)),
        (clock(16, 30), 30, clock(17)),
        (clock(16, 30), 31, clock(18, 1)),
        (clock(17, 20), 10, clock(18, 10)),
        (clock(20), 240, MIDNIGHT),
        (clock(20), 241, None),
        (clock(9), 420 + 361, None),
        (MIDNIGHT, 1, None),
    ],
)
def test_working_time_runs_around_the_breaks_and_on_in_overtime(
    now: datetime, needed: int, then: datetime | None
) -> None:
    assert after_working(POLICY, DAY, now, ZONE, timedelta(minutes=needed)) == then


@given(st.integers(0, 24 * 60 - 1), st.integers(1, 420))
def test_working_time_ahead_is_working_time_gone_by(at: int, needed: int) -> None:
    now = clock(0) + timedelta(minutes=at)
    then = after_working(POLICY, DAY, now, ZONE, timedelta(minutes=needed))
    if then is None:
        return
    gone = elapsed(POLICY, DAY, then, ZONE) - elapsed(POLICY, DAY, now, ZONE)
    overtime = max(timedelta(), then - max(now, clock(18)))
    assert gone + overtime == timedelta(minutes=needed)
