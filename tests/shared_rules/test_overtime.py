"""The hour meters beside the stay-late list."""

from datetime import timedelta

from shared_rules.folding.facts import Fact
from shared_rules.overtime import Meter, needed_minutes, overtime
from shared_rules.policies.policy import builtin
from shared_rules.records import entries
from tests.shared_rules.making import DAY, ZONE, call, clock, fact, fold_of, make

POLICY = builtin()
FRIDAY, SATURDAY = DAY - timedelta(days=3), DAY - timedelta(days=2)


def meter(*facts: Fact, now: int = 20, staying: bool = False) -> Meter:
    return overtime(fold_of(*facts), lambda _: POLICY, DAY, clock(now), staying=staying)


def test_from_the_end_of_hours_to_the_last_call_or_the_release_or_now() -> None:
    late = call("1", start=clock(19, 10))
    assert meter(late) == Meter(clock(18), 70, 70)
    assert meter(call("1", start=clock(17, 50))) == Meter(clock(18), 0, 0)
    assert meter(staying=True).day == 120
    release = fact("release", make(entries.ReleaseSecret, day=DAY), "r", author="S001", at=clock(19, 30))
    assert meter(late, release).day == 90


def test_the_month_adds_its_workdays() -> None:
    friday = call("1", start=clock(19, day=FRIDAY))
    saturday = call("2", start=clock(20, day=SATURDAY), seq=2)
    assert meter(friday, saturday, call("3", start=clock(18, 30), seq=3)) == Meter(clock(18), 30, 90)


def test_a_call_that_was_left_open_over_night_makes_no_overtime_beyond_midnight() -> None:
    assert meter(call("1", start=clock(18, 5), duration_s=63 * 3600)).day == 360


def test_how_long_the_missing_calls_take_at_the_days_own_rate() -> None:
    assert needed_minutes(POLICY, 108, 12, DAY, clock(18), ZONE) == 47  # 420 / 108 × 12 = 46.67
    assert needed_minutes(POLICY, 0, 120, DAY, clock(18), ZONE) is None
