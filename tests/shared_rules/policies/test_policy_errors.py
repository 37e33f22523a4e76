"""A refused policy names the line, the key and what is allowed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared_rules.follow_ups import follow_up_at
from shared_rules.leave import requests
from shared_rules.policies.errors import PolicyError
from shared_rules.policies.explaining import lines_of_keys
from shared_rules.policies.policy import builtin_text, parse_policy
from shared_rules.weeks import phase
from tests.shared_rules.making import DAY, ZONE, clock, fold_of, request

_TEXT = builtin_text("handbook")


def _refused(old: str, new: str) -> PolicyError:
    assert old in _TEXT
    with pytest.raises(PolicyError) as caught:
        parse_policy(_TEXT.replace(old, new, 1), "team.toml")
    return caught.value


def _line_of(text: str) -> int:
    return _TEXT[: _TEXT.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed"),
    [
        ("calls = 120", 'calls = "120"', "quota.standard.calls", "whole number"),
        ("calls = 120", "calls = 1.5", "quota.standard.calls", "whole number"),
        ("calls = 120", "calls = -1", "quota.standard.calls", "from 0"),
        ("calls = 120", "calls = true", "quota.standard.calls", "whole number"),
        ("calls = 120", "cals = 120", "quota.standard.cals", "calls, leads"),
        ('call = "5"', "call = 5.5", "quota.shortfall.call", "yuan as a text"),
        ('call = "5"', 'call = "five"', "quota.shortfall.call", "yuan as a text"),
        ('call = "5"', 'call = "0.005"', "quota.shortfall.call", "yuan as a text"),
        ('call = "5"', 'call = "-5"', "quota.shortfall.call", "yuan as a text"),
        ('call = "5"', 'call = "NaN"', "quota.shortfall.call", "yuan as a text"),
        ('percent = "20"', 'percent = "200"', "pay.limits.percent", "0 to 100"),
        ('rate = "0.5"', 'rate = "1e-9"', "pay.valid_calls.rate", "yuan as a text"),
        ('digit = "2"', 'digit = "12"', "outcomes.1.digit", '"1", "2"'),
        ('digit = "2"', 'digit = "1"', "outcomes.1.digit", "each digit once"),
        ('id = "refused"', 'id = "talked"', "outcomes.1.id", "each id once"),
        ('required = ["company"', 'required = ["firma"', "validity.required.0", '"company", "contact"'),
        ("start = 09:00:00", 'start = "soon"', "day.hours.start", "09:00:00"),
        ("start = 09:00:00", 'start = "09:00:00Z"', "day.hours.start", "09:00:00"),
        ("start = 09:00:00", "start = 12:30:00", "day.hours", "start < end"),
        ("week = [1, 2", "week = [0, 2", "day.workdays.week.0", "Monday 1 to Sunday 7"),
        ("under = 80", "under = 121", "points.malus.under", "not above bonus.over"),
        ("least = 1\n", "least = 30\n", 'points.rules."award.excellent"', "least not above most"),
        ('beyond = "att.half_day"', 'beyond = "x"', 'points.rules."att.late".beyond', "the id of another rule"),
        ('1 = { zh = "王"', 'x = { zh = "王"', "form.choices.contact.x", "1, 2, 3"),
        ("[form.choices.contact]", "[form.choices.firma]", "form.choices.firma", "company, contact"),
        ("due_weekday = 7", "due_weekday = 8", 'points.rules."week.summary".due_weekday', "a day of the week"),
        ("months = 1\n", "months = 12001\n", "phase.first_month.months", "months, 0 to 12000"),
        ("days = 7\n", "days = 366001\n", "form.follow_ups.4.days", "days, 0 to 366000"),
        (
            "days_ahead = 1\n",
            "days_ahead = 1000000\n",
            'points.rules."leave.late_request".days_ahead',
            "days, 0 to 366000",
        ),
        ('mode = "estimate"', 'mode = "payroll"', "money.mode", '"estimate", "points", "off"'),
    ],
)
def test_the_key_and_its_line_and_what_is_allowed(old: str, new: str, key: str, allowed: str) -> None:
    error = _refused(old, new)
    assert error.key == key
    assert allowed in error.allowed
    place = old if key not in ("day.hours", 'points.rules."award.excellent"') else f"[{key}]"
    assert error.line == _line_of(place)
    assert str(error).startswith(f"team.toml, line {error.line}: {key}: allowed: ")


def test_the_longest_times_that_are_allowed_stay_within_the_calendar() -> None:
    text = re.sub(r"(?m)^days(_ahead)? = .*", r"days\1 = 366000", re.sub(r"(?m)^months = .*", "months = 12000", _TEXT))
    policy = parse_policy(text, "team.toml")
    assert all(follow_up_at(choice, clock(10)) for choice in policy.form.follow_ups if not choice.none)
    assert phase(policy, DAY, DAY) == "volume"
    assert [one.faults for one in requests(fold_of(request("q")).dossier, ZONE, lambda _: policy)] == [("late",)]


def test_what_is_missing_has_the_line_of_its_table() -> None:
    error = _refused("calls = 120\n", "")
    assert (error.key, error.line) == ("quota.standard.calls", _line_of("[quota.standard]"))
    assert "not without it" in error.allowed


def test_a_text_that_is_no_toml_names_the_line() -> None:
    error = _refused("calls = 120", "calls = = 120")
    assert error.line == _line_of("calls = 120")
    assert "not TOML" in str(error)


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 50_000, "x = " + "9" * 50_000, "#" * 100_000, "", "\ud800 = 1", "\x00"]
)
def test_a_hostile_text_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(PolicyError) as caught:
        parse_policy(text, "share")
    assert "\n" not in str(caught.value)


@given(st.data())
def test_any_torn_policy_parses_or_is_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(_TEXT)))
    end = data.draw(st.integers(start, min(len(_TEXT), start + 400)))
    try:
        parse_policy(_TEXT[:start] + _TEXT[end:], "torn")
    except PolicyError as error:
        assert 1 <= error.line <= _TEXT.count("\n") + 1


_VALUE = re.compile(r"^(?:[a-z_0-9]+) = (.+)$", re.MULTILINE)
_JUNK = [
    "true", "0", "-1", "1.5", "inf", "nan", "9999999999999999999999", '""', '"x"', "[]", "[[]]", "{}", "{ x = 1 }",
    "2026-10-01", "2026-10-01T09:00:00Z", "2026-10-01T00:00:00", "09:00:00", "23:59:59.999999", '"09:00:00Z"',
    '"1e999999"', '"-0"', "[1, 1]", '["talked"]',
]  # fmt: skip


@given(st.sampled_from(list(_VALUE.finditer(_TEXT))), st.sampled_from(_JUNK))
@settings(max_examples=300)
def test_any_value_in_any_place_is_taken_or_refused_by_name(value: re.Match[str], junk: str) -> None:
    text = _TEXT[: value.start(1)] + junk + _TEXT[value.end(1) :]
    try:
        parse_policy(text, "team.toml")
    except PolicyError as error:
        assert error.allowed
        assert error.line <= text.count("\n") + 1


def test_each_key_that_begins_a_line_is_found_with_that_line() -> None:
    text = '''a = 1
b = [
  "[x]", # ] }
  2,
]
c = """
[not.a.table]
d = 1"""
[t."u.v"]
e.f = { g = 1 }
[[list]]
k = 1
[[list]]
k = 2
[list.sub]
m = 3
'''
    assert lines_of_keys(text) == {
        ("a",): 1,
        ("b",): 2,
        ("c",): 6,
        ("t",): 9,
        ("t", "u.v"): 9,
        ("t", "u.v", "e"): 10,
        ("t", "u.v", "e", "f"): 10,
        ("list",): 11,
        ("list", 0): 11,
        ("list", 0, "k"): 12,
        ("list", 1): 13,
        ("list", 1, "k"): 14,
        ("list", 1, "sub"): 15,
        ("list", 1, "sub", "m"): 16,
    }
