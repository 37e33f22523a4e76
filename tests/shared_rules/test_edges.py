"""The edges of the rules: day 15 and 16, minutes, thresholds, month ends, the leap day, the day that changes policy."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_rules.dates import week_of
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.months import month_days, month_facts
from shared_rules.pay import Fine, MonthFacts, statement
from shared_rules.points import balance, rule_for_minutes, worth
from shared_rules.policies.policy import Policies, builtin, builtin_text
from shared_rules.quota import quota
from tests.shared_rules.making import AGENT, DAY, ZONE, away, call, points, step

POLICY = builtin()
assert POLICY.points
_days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@given(_days, st.integers(0, 40))
def test_new_for_fifteen_days_and_no_longer(hired: date, passed: int) -> None:
    found = quota(POLICY, hired, hired + timedelta(days=passed))
    assert found is not None
    assert (found.calls, found.leads) == ((80, 15) if passed < 15 else (120, 25))
    assert found.new_hire_day == (passed + 1 if passed < 15 else None)


@given(st.integers(0, 1440), st.sampled_from([None, 0, 10, 25, 99]))
def test_a_share_of_the_working_time_rounded_half_up(minutes: int, lowered: int | None) -> None:
    found = quota(POLICY, None, DAY, minutes, lowered)
    assert found is not None
    left = 420 - min(minutes, 420)
    assert found.calls == floor(Fraction(120 * left, 420) + Fraction(1, 2))
    leads = min(25, lowered) if minutes and lowered is not None else 25
    assert found.leads == (0 if left == 0 else leads)


@given(st.integers(0, 600))
def test_up_to_and_including_thirty_minutes(minutes: int) -> None:
    assert POLICY.points
    expected = "att.late" if minutes <= 30 else "att.half_day"
    assert rule_for_minutes(POLICY.points, "att.late", minutes) == expected


@given(st.lists(st.integers(-20, 20), max_size=30))
def test_what_a_balance_is_worth_and_how_far_it_is(entries: list[int]) -> None:
    found = balance(POLICY, entries)
    assert found is not None
    now = 100 + sum(entries)
    assert worth(POLICY, now) == (20_000 if now >= 121 else -20_000 if now <= 79 else 0)
    assert found.to_bonus == max(0, 121 - now)
    assert found.to_penalty == max(0, now - 79)
    # Just as many points as it says, and no fewer, bring it there.
    assert worth(POLICY, now + found.to_bonus) == 20_000 or found.to_bonus == 0
    assert worth(POLICY, now - found.to_penalty) == -20_000 or found.to_penalty == 0


@pytest.mark.parametrize(("month", "last"), [("2028-02", 29), ("2027-02", 28), ("2026-11", 30), ("2026-12", 31)])
def test_a_month_ends_where_it_ends_in_the_teams_zone(month: str, last: int) -> None:
    end = date.fromisoformat(f"{month}-{last}")
    fold = AgentFold(AGENT, ZONE)
    midnight = datetime.combine(end + timedelta(days=1), datetime.min.time(), ZONE)
    second = timedelta(seconds=1)
    fold.add(call("1", "1", start=(midnight - second).astimezone(UTC)))
    fold.add(call("2", "2", seq=2, start=midnight.astimezone(UTC)))
    fold.add(points("p1", "att.late", -2, 1000, on=end, seq=3))
    fold.add(points("p2", "att.late", -2, 1000, on=end + timedelta(days=1), seq=4))
    for number, name in enumerate(("visited", "file", "signed")):
        fold.add(step(name, name, "B", on=end, seq=5 + number))
    later = end + timedelta(days=40)
    facts = month_facts(fold, lambda _: POLICY, month, later, judged=lambda _: False)
    assert facts == MonthFacts(1, grades_b=1, balance=98, fines=(Fine("att.late", end, 1, 1000, "p1"),))
    assert len(list(month_days(month, later))) == last


def test_the_leap_day_asks_what_a_tuesday_asks() -> None:
    leap = date(2028, 2, 29)
    fold = AgentFold(AGENT, ZONE)
    fold.add(away("t", 210, on=leap))
    facts = month_facts(fold, lambda _: POLICY, "2028-02", date(2028, 3, 1), judged=lambda day: day == leap)
    assert [(fine.on, fine.quantity) for fine in facts.fines] == [(leap, 60), (leap, 25)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6), st.integers(-1, 10))
def test_a_day_is_judged_by_the_latest_version_in_force(versions: list[tuple[int, int]], asked: int) -> None:
    start = date(2026, 11, 1)
    policies = Policies()
    text = builtin_text("quota")
    for number, (day, hour) in enumerate(versions):
        at = datetime(2026, 10, 1, hour, tzinfo=ZONE)
        named = text.replace('name = "quota"', f'name = "v{number}"')
        policies.add(start + timedelta(days=day), at, "w" * 16, number + 1, named)
    standing = [(day, hour, number) for number, (day, hour) in enumerate(versions) if day <= asked]
    name = f"v{max(standing)[2]}" if standing else "handbook"
    assert policies.on(start + timedelta(days=asked)).name == name


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**5))
def test_a_line_is_rounded_once_half_away_from_zero(paid: int, calls: int) -> None:
    found = statement(POLICY, MonthFacts(valid_calls=calls, payments=paid))
    assert found is not None
    fen = {line.rule: line.fen for line in found.lines}
    assert fen["pay.payments"] == (1 if paid >= 0 else -1) * floor(Fraction(abs(paid), 100) + Fraction(1, 2))
    assert fen["pay.valid_calls"] == calls * 50
    assert found.total == sum(fen.values())


@given(_days)
def test_weeks_are_iso_weeks(day: date) -> None:
    assert week_of(day) == day.strftime("%G-W%V")
