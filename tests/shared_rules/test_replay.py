"""A month under another policy than it was entered under."""

from datetime import date

from shared_rules.folding.facts import Fact
from shared_rules.pay import MonthFacts
from shared_rules.policies.policy import builtin_text, parse_policy
from shared_rules.replay import replayed
from tests.shared_rules.making import DAY, fold_of, points

LATE = """points = -2
fine = "10"
minutes = 30
beyond = "att.half_day"
cites = "punch"
proposed_by = "late"
"""


def replay(old: str, new: str, *facts: Fact) -> MonthFacts:
    """The month with the one place in the handbook that reads `old` changed to `new`."""
    text = builtin_text("handbook")
    assert text.count(old) == 1
    return replayed(
        fold_of(*facts),
        parse_policy(text.replace(old, new), "other"),
        "2026-11",
        DAY,
        hired_on=lambda _: date(2020, 1, 1),
        judged=lambda _: False,
        gone=lambda _: False,
    )


def test_an_entry_has_the_points_and_the_fine_of_the_other_policy() -> None:
    found = replay(LATE, LATE.replace("-2", "-4").replace('"10"', '"25"'), points("p", "att.late", -2, 1000))
    assert (found.balance, [(fine.quantity, fine.rate) for fine in found.fines]) == (96, [(1, 2500)])


def test_an_entry_of_a_rule_that_is_off_there_is_none() -> None:
    found = replay(LATE, LATE + 'status = "disabled"\n', points("p", "att.late", -2, 1000))
    assert (found.balance, found.fines) == (100, ())


def test_points_that_were_chosen_stay_within_what_is_allowed_there() -> None:
    chosen = [points(str(number), "award.excellent", number, seq=number) for number in (2, 7, 20)]
    assert replay("least = 1\nmost = 20", "least = 5\nmost = 10", *chosen).balance == 100 + 5 + 7 + 10
