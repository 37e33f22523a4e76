"""Where a day stands against its quota."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.figures import DayFigures, Pace, Quota
from shared_rules.pace import pace
from shared_rules.policies.policy import builtin
from tests.shared_rules.making import DAY, ZONE, clock

POLICY = builtin()
NEW = Quota(80, 15)


def _pace(valid: int, now: datetime, *, leads: int = 0, made_at: datetime | None = None) -> Pace:
    found = pace(POLICY, NEW, DayFigures(valid=valid, leads=leads), DAY, now, ZONE, calls_made_at=made_at)
    assert found is not None
    return found


def test_the_golden_afternoon() -> None:
    found = _pace(37, clock(14, 32))
    assert (found.due_calls, found.gap_calls) == (52, -15)
    assert found.forecast_calls is not None
    assert found.forecast_calls.replace(second=0, microsecond=0) == clock(20, 48)


def test_the_status_example_to_the_second() -> None:
    found = _pace(37, clock(14, 31, 58))
    assert (found.due_calls, found.gap_calls) == (52, -15)
    assert found.forecast_calls is not None
    assert found.forecast_calls.replace(microsecond=0) == clock(20, 48, 2)


def test_leads_have_a_pace_of_their_own() -> None:
    found = _pace(37, clock(14, 32), leads=9)
    assert (found.due_leads, found.gap_leads) == (10, -1)
    # 272 minutes for 9, so 181.3 more for 6: 148 until the meeting, 33.3 from 18:00.
    assert found.forecast_leads is not None
    assert found.forecast_leads.replace(microsecond=0) == clock(18, 33, 20)


def test_no_forecast_falls_into_lunch_or_the_meeting() -> None:
    # 40 in 120 minutes: the other 40 take 120 more, 60 of them after lunch.
    assert _pace(40, clock(11)).forecast_calls == clock(14)
    assert _pace(40, clock(13)).forecast_calls == clock(16)
    # 79 at the end of the working time: one more takes 5.3 minutes of overtime.
    last = _pace(79, clock(17, 30)).forecast_calls
    assert last is not None
    assert clock(18, 5) < last < clock(18, 6)


def test_no_forecast_before_the_first_call_or_beyond_midnight() -> None:
    assert _pace(0, clock(14)).forecast_calls is None
    assert _pace(5, clock(8)).forecast_calls is None
    assert _pace(3, clock(16)).forecast_calls is None
    assert _pace(79, clock(14) + timedelta(days=1)).forecast_calls is None


def test_once_made_the_forecast_is_the_call_that_made_it() -> None:
    assert _pace(80, clock(16), made_at=clock(15, 47)).forecast_calls == clock(15, 47)
    assert _pace(95, clock(20) + timedelta(days=3), made_at=clock(15, 47)).forecast_calls == clock(15, 47)


def test_a_day_that_asks_nothing_has_no_pace() -> None:
    sunday = date(2026, 11, 22)
    assert pace(POLICY, NEW, DayFigures(), sunday, clock(12, day=sunday), ZONE) is None
    assert pace(POLICY, None, DayFigures(), DAY, clock(12), ZONE) is None
    away = pace(POLICY, Quota(0, 0, 420), DayFigures(), DAY, clock(12), ZONE)
    assert away == Pace(0, 0, 0, 0, None, None)


@pytest.mark.parametrize(
    ("hour", "minute", "due"), [(9, 0, 0), (9, 2, 0), (9, 3, 1), (13, 0, 34), (17, 0, 80), (22, 0, 80)]
)
def test_due_is_rounded_half_up(hour: int, minute: int, due: int) -> None:
    # A call is due each 5.25 minutes, half a call after 2.625.
    assert _pace(0, clock(hour, minute)).due_calls == due


@given(st.integers(1, 79), st.integers(9 * 60 + 1, 23 * 60))
def test_a_forecast_is_ahead_in_working_time_or_overtime(valid: int, minute: int) -> None:
    now = clock(0) + timedelta(minutes=minute)
    forecast = _pace(valid, now).forecast_calls
    if forecast is None:
        return
    assert forecast > now
    assert not clock(12) < forecast < clock(13)
    assert not clock(17) < forecast < clock(18)
    assert forecast <= clock(0) + timedelta(days=1)
