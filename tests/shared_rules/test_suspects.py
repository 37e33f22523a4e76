"""Suspects and their reasons, and how many calls to verify."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy, builtin, builtin_text, parse_policy
from shared_rules.records.parts import Customer
from shared_rules.suspects import Reason, exact_quota, suspects, to_verify
from tests.shared_rules.making import DAY, call, clock, fold_of, verdict

POLICY = builtin()
EVENING = clock(20)


def found(
    *facts: Fact, notes: dict[str, str] | None = None, phones: dict[str, str] | None = None,
    policy: Policy = POLICY, now: datetime = EVENING, **options: Any,
) -> dict[str, list[tuple[str, int, int]]]:  # fmt: skip
    fold = fold_of(*facts)

    def opened(state: CallState) -> Customer | None:
        phone = (phones or {}).get(state.id, f"+8613{int(state.id) * 7919:09}")
        return Customer(phone=phone, note=(notes or {}).get(state.id, f"第{state.id}次说了别的事情"))

    listed = suspects(policy, fold.calls(DAY, policy), now, opened=opened, **options)
    return {one.call.id: [(each.code, each.n, each.value) for each in one.reasons] for one in listed}


def at(number: int, minute: int, second: int = 0, **members: Any) -> Fact:
    start = clock(10, minute, second)
    return call(str(number), members.pop("to", str(number)), seq=number, start=start, **members)


def test_honest_calls_are_no_suspects() -> None:
    assert found(at(1, 0), at(2, 3), at(3, 7)) == {}


def test_the_same_number_talked_to_twice() -> None:
    assert found(at(1, 0), at(2, 5, to="1"), at(3, 9)) == {"1": [("repeat", 2, 0)], "2": [("repeat", 2, 0)]}
    assert found(at(1, 0), at(2, 5, to="1", outcome="busy")) == {}


def test_an_impossible_cadence() -> None:
    assert found(at(1, 0), at(2, 0, 4), at(3, 0, 11)) == {"1": [("cadence", 2, 4)], "2": [("cadence", 2, 4)]}
    assert found(at(1, 0), at(2, 0, 10)) == {}
    # Nobody answered: the next dial may follow at once.
    assert found(at(1, 0, outcome="no_answer"), at(2, 0, 4)) == {}


def test_identical_texts_of_their_own() -> None:
    calls = [at(number, number * 3) for number in range(1, 4)]
    same = dict.fromkeys(("1", "2", "3"), "客户说下周再联系我们")
    assert set(found(*calls, notes=same)) == {"1", "2", "3"}
    assert found(*calls, notes=same)["1"] == [("identical", 3, 0)]
    canned = POLICY.form.choices["note"]["1"].zh
    assert found(*calls, notes=dict.fromkeys(same, canned)) == {}
    assert found(*calls[:2], notes=same) == {}
    assert found(*calls, notes=dict.fromkeys(same, "短")) == {}


def test_sequential_numbers() -> None:
    calls = [at(number, number * 3) for number in range(1, 6)]
    phones = {str(number): f"+86138001380{number:02}" for number in range(1, 5)}
    assert found(*calls, phones=phones) == {id: [("sequential", 4, 0)] for id in ("1", "2", "3", "4")}
    assert found(*calls, phones={id: phones[id] for id in ("1", "2", "3")}) == {}


def test_a_clock_that_was_set_back_or_is_ahead() -> None:
    back = call("2", "2", seq=2, start=clock(9, 40))
    assert found(at(1, 0), back) == {"2": [("clock", 1, 20)]}
    assert found(at(1, 0), now=clock(9, 45)) == {"1": [("clock", 1, 17)]}
    assert found(at(1, 0), now=clock(9, 52)) == {}


def test_a_clock_that_was_set_back_after_a_later_day() -> None:
    later = clock(0, day=DAY + timedelta(days=1))
    written = {"2": later, "3": clock(9)}
    calls = [at(1, 0), at(2, 5), at(3, 9)]
    assert found(*calls, before=lambda one: written.get(one.id)) == {"2": [("clock", 1, 833)]}


def test_always_exactly_the_quota() -> None:
    days = [(DAY - timedelta(days=number), 120 if number < 3 else 119, 120) for number in reversed(range(5))]
    assert exact_quota(POLICY, days) == Reason("exact_quota", 3, 5)
    assert exact_quota(POLICY, days[:-1]) is None
    assert found(at(1, 0), at(2, 9), exact=Reason("exact_quota", 3, 5)) == {"2": [("exact_quota", 3, 5)]}


def test_several_reasons_come_first_and_a_verified_call_is_none() -> None:
    calls = at(1, 0), at(2, 0, 4, to="1"), at(3, 9), at(4, 12, to="3")
    assert list(found(*calls)) == ["1", "2", "3", "4"]
    assert found(*calls)["1"] == [("cadence", 1, 4), ("repeat", 2, 0)]
    assert "1" not in found(*calls, verdict("v", "1", false=False))
    assert "1" not in found(*calls, verdict("v", "1"))


def test_thresholds_are_data() -> None:
    slow = parse_policy(builtin_text("handbook").replace("cadence = 10", "cadence = 300"), "x")
    assert set(found(at(1, 0), at(2, 3), policy=slow)) == {"1"}
    off = parse_policy(
        builtin_text("handbook").replace(
            'en = "Suspects" }\nstatus = "ours"', 'en = "Suspects" }\nstatus = "disabled"'
        ),
        "x",
    )
    assert found(at(1, 0), at(2, 0, 1), policy=off) == {}


@pytest.mark.parametrize(("valid", "calls"), [(0, 0), (1, 1), (100, 11), (119, 14), (120, 14), (128, 15)])
def test_the_golden_number_to_verify(valid: int, calls: int) -> None:
    number = to_verify(POLICY, valid)
    assert number is not None
    assert (number.calls, number.share) == (calls, Fraction(11, 100))


def test_the_number_follows_from_the_rules_in_force() -> None:
    assert to_verify(builtin("quota"), 120) is None
    points = to_verify(builtin("points"), 120)
    assert points is not None
    assert points.calls == 0  # no pay, no quota: nothing to gain
    cheap = parse_policy(builtin_text("handbook").replace('fine = "50"', 'fine = "1"'), "x")
    all_of_them = to_verify(cheap, 120)
    assert all_of_them is not None
    assert (all_of_them.calls, all_of_them.share) == (120, Fraction(1))
