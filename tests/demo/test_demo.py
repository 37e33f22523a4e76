"""The people of the demo and their day: plausible, and the same for the same seed."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.clock import SetClock
from agent_tui.demo.clock import StoryClock
from agent_tui.demo.day import planned
from agent_tui.demo.people import company, people
from agent_tui.demo.team import story_day
from shared_rules.phones import parse_phone
from shared_rules.policies.policy import builtin

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 23)


@given(st.integers(1, 200), st.integers(0, 10**9))
def test_people_have_names_and_ids_of_their_own(number: int, seed: int) -> None:
    found = people(number, seed)
    assert len({person.name for person in found}) == len({person.id for person in found}) == number
    assert found == people(number, seed)


@given(st.integers())
def test_every_company_has_a_usable_number(seed: int) -> None:
    assert parse_phone(company(Random(seed)).phone) is not None


@pytest.mark.parametrize("seed", range(5))
def test_a_day_is_one_that_an_agent_could_have(seed: int) -> None:
    policy = builtin("handbook")
    for person in people(3, seed):
        calls = list(planned(person, DAY, ZONE, seed))
        assert calls == list(planned(person, DAY, ZONE, seed))
        assert 60 < len(calls) < 260
        busy = datetime.combine(DAY, time(9), ZONE)
        for call in calls:
            entry = call.entry
            assert entry.started_at is not None
            assert entry.duration_s is not None
            assert entry.started_at >= busy, "nobody makes two calls at once"
            busy = call.at
            assert call.at == entry.started_at + timedelta(seconds=entry.duration_s)
            assert entry.started_at.hour not in (12, 17)
            outcome = policy.outcome(entry.outcome)
            assert outcome is not None
            assert outcome.spoke or not entry.note
            assert entry.follow_up is None or entry.follow_up > entry.started_at - timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "day"), [("2026-11-23", "2026-11-23"), ("2026-11-22", "2026-11-20"), ("2026-11-21", "2026-11-20")]
)
def test_the_story_is_of_a_workday(now: str, day: str) -> None:
    assert story_day(SetClock(datetime.fromisoformat(now + "T12:00:00+08:00"))) == date.fromisoformat(day)


def test_the_clock_stands_until_it_runs() -> None:
    start = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    clock = StoryClock(start)
    assert clock.now(ZONE) == start
    clock.move(start + timedelta(hours=1))
    assert clock.now(ZONE) == start + timedelta(hours=1)
    clock.run(3600)
    first = clock.now(ZONE)
    assert first > start + timedelta(hours=1)
    assert clock.now(ZONE) > first
