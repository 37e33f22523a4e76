"""The points of a month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.figures import PointsBalance
from shared_rules.points import EntryError, balance, entry_values, rule_for_minutes, worth
from shared_rules.policies.policy import builtin, builtin_text, parse_policy
from tests.shared_rules.making import DAY

POLICY = builtin()
assert POLICY.points
POINTS = POLICY.points


def test_a_month_opens_at_a_hundred() -> None:
    assert balance(POLICY, []) == PointsBalance(100, 21, 21)


def test_two_lates_take_four_of_the_hundred_points() -> None:
    assert balance(POLICY, [-2, -2]) == PointsBalance(96, 25, 17)


@pytest.mark.parametrize(("points", "fen"), [(121, 20000), (120, 0), (100, 0), (80, 0), (79, -20000), (-300, -20000)])
def test_what_a_balance_is_worth(points: int, fen: int) -> None:
    assert worth(POLICY, points) == fen


@given(st.lists(st.integers(-20, 20)))
def test_the_ways_to_bonus_and_penalty_lead_there(entries: list[int]) -> None:
    found = balance(POLICY, entries)
    assert found is not None
    assert worth(POLICY, found.balance + found.to_bonus) > 0
    assert worth(POLICY, found.balance - found.to_penalty) < 0
    if found.to_bonus:
        assert worth(POLICY, found.balance + found.to_bonus - 1) <= 0
    if found.to_penalty:
        assert worth(POLICY, found.balance - found.to_penalty + 1) >= 0


def test_a_policy_without_points_has_no_balance() -> None:
    assert balance(builtin("quota"), [-2]) is None
    assert worth(builtin("quota"), 0) == 0


@pytest.mark.parametrize(
    ("minutes", "rule", "values"),
    [(1, "att.late", (-2, 1000)), (30, "att.late", (-2, 1000)), (31, "att.half_day", (-5, 0))],
)
def test_late_by_so_many_minutes(minutes: int, rule: str, values: tuple[int, int]) -> None:
    assert rule_for_minutes(POINTS, "att.late", minutes) == rule
    assert entry_values(POLICY, rule, DAY) == values


def test_leaving_early_goes_the_same_way_and_other_rules_stay() -> None:
    assert rule_for_minutes(POINTS, "att.early", 31) == "att.half_day"
    assert rule_for_minutes(POINTS, "meet.missed", 31) == "meet.missed"


def test_an_award_is_the_supervisors_to_measure() -> None:
    assert entry_values(POLICY, "award.excellent", DAY, 20) == (20, 0)
    assert entry_values(POLICY, "att.late", DAY, -2) == (-2, 1000)


@pytest.mark.parametrize(
    ("rule", "points", "code", "allowed"),
    [
        ("award.excellent", None, "range", (1, 20)),
        ("award.excellent", 0, "range", (1, 20)),
        ("award.excellent", 21, "range", (1, 20)),
        ("att.late", -3, "fixed", (-2, -2)),
        ("att.lat", None, "unknown_rule", (0, 0)),
        ("leave.late_request", None, "not_entered", (0, 0)),
        ("report.false", None, "by_verdict", (0, 0)),
    ],
)
def test_an_entry_the_rules_do_not_allow(rule: str, points: int | None, code: str, allowed: tuple[int, int]) -> None:
    with pytest.raises(EntryError) as caught:
        entry_values(POLICY, rule, DAY, points)
    assert caught.value.code == code
    assert (caught.value.least, caught.value.most) == allowed


def test_no_entry_without_a_ledger_or_under_a_disabled_rule() -> None:
    with pytest.raises(EntryError, match="no_points"):
        entry_values(builtin("quota"), "att.late", DAY)
    title = 'title = { zh = "迟到", en = "Late" }'
    text = builtin_text("handbook").replace(title, f'{title}\nstatus = "disabled"')
    with pytest.raises(EntryError, match="not_entered"):
        entry_values(parse_policy(text, "x"), "att.late", DAY)


def test_a_disabled_threshold_is_worth_nothing() -> None:
    text = builtin_text("handbook").replace("over = 120", 'over = 120\nstatus = "disabled"')
    policy = parse_policy(text, "x")
    assert worth(policy, 500) == 0
    assert balance(policy, []) == PointsBalance(100, 0, 21)


def test_a_days_base_pay_in_triple_where_a_team_turns_it_on() -> None:
    assert entry_values(POLICY, "att.absent", DAY) == (-10, 0)
    text = builtin_text("handbook").replace('day_pay_status = "disabled"', 'day_pay_status = "disputed"')
    on = parse_policy(text, "x")
    # November 2026 has 21 workdays: 3 x 1000 / 21 = 142.857.
    assert entry_values(on, "att.absent", DAY) == (-10, 14_286)


@pytest.mark.parametrize("rule", ["att.absent", "att.half_day"])
def test_only_a_workday_has_an_absence(rule: str) -> None:
    saturday = date(2026, 11, 21)
    with pytest.raises(EntryError) as found:
        entry_values(POLICY, rule, saturday)
    assert found.value.code == "no_workday"
    worked = parse_policy(builtin_text("handbook").replace("extra = []", "extra = [2026-11-21]"), "x")
    assert entry_values(worked, rule, saturday)[0] < 0
    assert entry_values(POLICY, "duty.cleaning", saturday) == (-5, 500)
