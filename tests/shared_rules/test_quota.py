"""What a day asks, and what it costs to miss it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.figures import DayFigures, Quota, Shortfall
from shared_rules.policies.policy import builtin, builtin_text, parse_policy
from shared_rules.quota import must_stay, quota, shortfall
from tests.shared_rules.making import DAY, ZONE, clock

POLICY = builtin()
HIRED = date(2026, 11, 9)
VETERAN = date(2020, 1, 1)


def test_a_new_hire_has_fifteen_days() -> None:
    assert quota(POLICY, HIRED, HIRED) == Quota(80, 15, 0, 1)
    assert quota(POLICY, HIRED, date(2026, 11, 23)) == Quota(80, 15, 0, 15)
    assert quota(POLICY, HIRED, date(2026, 11, 24)) == Quota(120, 25, 0, None)


def test_before_the_hire_date_and_without_one() -> None:
    assert quota(POLICY, HIRED, HIRED - timedelta(days=3)) == Quota(80, 15, 0, None)
    assert quota(POLICY, None, DAY) == Quota(120, 25, 0, None)


def test_a_visit_lowers_the_calls_by_its_share() -> None:
    assert quota(POLICY, VETERAN, DAY, 180) == Quota(69, 25, 180, None)
    assert quota(POLICY, HIRED, DAY, 60) == Quota(69, 15, 60, 15)


def test_a_whole_day_away_asks_nothing() -> None:
    assert quota(POLICY, VETERAN, DAY, 420) == Quota(0, 0, 420, None)
    assert quota(POLICY, VETERAN, DAY, 480) == Quota(0, 0, 420, None)


def test_leads_stay_unless_the_supervisor_lowers_them() -> None:
    assert quota(POLICY, VETERAN, DAY, 180, 20) == Quota(69, 20, 180, None)
    assert quota(POLICY, VETERAN, DAY, 180, 30) == Quota(69, 25, 180, None)


@given(st.integers(0, 1440))
def test_the_reduced_quota_is_the_share_rounded_half_up(minutes: int) -> None:
    found = quota(POLICY, VETERAN, DAY, minutes)
    assert found is not None
    exact = 120 * (420 - min(minutes, 420)) / 420
    assert abs(found.calls - exact) <= 0.5
    if (exact * 2) % 2 == 1:
        assert found.calls == exact + 0.5


def test_a_policy_without_a_quota_asks_nothing() -> None:
    assert quota(builtin("pay"), VETERAN, DAY) is None
    assert shortfall(builtin("pay"), None, DayFigures()) == Shortfall(0, 0, 0)


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ('status = "disputed"\n\n[quota.shortfall]', Quota(80, 15, 0, 15)),
        ('clause = "参加公司不足半个月的新员工"', Quota(69, 25, 180, None)),
    ],
)
def test_a_disabled_rule_has_no_effect(old: str, expected: Quota) -> None:
    text = builtin_text("handbook")
    assert old in text
    disabled = old.replace('"disputed"', '"disabled"') if "disputed" in old else f'{old}\nstatus = "disabled"'
    minutes = 180
    assert quota(parse_policy(text.replace(old, disabled), "x"), HIRED, DAY, minutes) == expected


STANDARD = Quota(120, 25)


def test_each_missing_call_and_lead_costs_five_yuan() -> None:
    assert shortfall(POLICY, STANDARD, DayFigures(valid=108, leads=23)) == Shortfall(12, 2, 7000)
    assert shortfall(POLICY, STANDARD, DayFigures()) == Shortfall(120, 25, 72500)
    assert shortfall(POLICY, STANDARD, DayFigures(valid=130, leads=30)) == Shortfall(0, 0, 0)
    assert shortfall(POLICY, STANDARD, DayFigures(valid=130, leads=24)) == Shortfall(0, 1, 500)


def test_the_leads_half_has_its_own_switch() -> None:
    text = builtin_text("handbook").replace('leads_status = "disputed"', 'leads_status = "disabled"')
    assert shortfall(parse_policy(text, "x"), STANDARD, DayFigures()) == Shortfall(120, 25, 60000)


def test_an_excuse_or_a_days_absence_clears_it() -> None:
    assert shortfall(POLICY, STANDARD, DayFigures(), excused=True) == Shortfall(120, 25, 0)
    assert shortfall(POLICY, STANDARD, DayFigures(), rules_of_day=["att.absent"]) == Shortfall(120, 25, 0)
    assert shortfall(POLICY, STANDARD, DayFigures(), rules_of_day=["att.late"]).fen == 72500
    text = builtin_text("handbook").replace('cleared_by = ["att.absent"]', "cleared_by = []")
    assert shortfall(parse_policy(text, "x"), STANDARD, DayFigures(), rules_of_day=["att.absent"]).fen == 72500


def test_who_must_stay_late() -> None:
    short = DayFigures(valid=119, leads=0)
    assert must_stay(POLICY, STANDARD, short, DAY, clock(18), ZONE)
    assert not must_stay(POLICY, STANDARD, short, DAY, clock(17, 59), ZONE)
    # Missing leads alone keep nobody; on a Sunday nothing is due.
    assert not must_stay(POLICY, STANDARD, DayFigures(valid=120), DAY, clock(18), ZONE)
    sunday = date(2026, 11, 22)
    assert not must_stay(POLICY, STANDARD, short, sunday, clock(18, day=sunday), ZONE)
    assert not must_stay(POLICY, None, short, DAY, clock(18), ZONE)
    # Who is absent cannot stay; who came late can.
    assert not must_stay(POLICY, STANDARD, short, DAY, clock(18), ZONE, rules_of_day=["att.absent"])
    assert must_stay(POLICY, STANDARD, short, DAY, clock(18), ZONE, rules_of_day=["att.late"])
