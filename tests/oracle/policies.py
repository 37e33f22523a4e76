"""The numbers of the rules, as the handbook has them or as a supervisor published others from a day on."""

from datetime import date
from fractions import Fraction

from tests.oracle.events import Published, Story
from tests.oracle.hearing import known, last_confirmation

LEDGER = {
    "att.late": (-2, "10"),
    "att.early": (-2, "10"),
    "att.half_day": (-5, "0"),
    "att.absent": (-10, "0"),
    "att.no_punch": (-2, "10"),
    "meet.missed": (-2, "0"),
    "week.summary": (-5, "0"),
    "duty.cleaning": (-5, "5"),
    "duty.desk": (-2, "0"),
    "conduct.seat": (-2, "0"),
    "conduct.abuse": (-5, "0"),
    "conduct.private_call": (-10, "100"),
    "conduct.harm": (-10, "0"),
    "report.false": (0, "50"),
}
STANDARD: dict[str, int | str] = {
    "calls": 120,
    "leads": 25,
    "new_calls": 80,
    "new_leads": 15,
    "new_days": 15,
    "call_fine": "5",
    "lead_fine": "5",
    "leads_status": "disputed",
    "call_rate": "0.5",
    "grade_a": "100",
    "grade_b": "50",
    "percent": "1",
    "base": "1000",
    "opening": 100,
    "bonus_over": 120,
    "bonus": "200",
    "malus_under": 80,
    "malus": "200",
    "share": "20",
    "minimum_wage": "0",
    **{f"{rule}.points": points for rule, (points, _) in LEDGER.items()},
    **{f"{rule}.fine": fine for rule, (_, fine) in LEDGER.items()},
}
"""By name: whole numbers, and texts of amounts in yuan (of `percent` and `share`: percentages)."""


def policy_of(story: Story, agent: str, day: date) -> Published:
    """What is in force on a day; of a confirmed day, what was known of it to who confirmed it."""
    last = last_confirmation(story, agent, day)
    found = None
    for event in story if last is None else known(story, last):
        if isinstance(event, Published) and event.start <= day and (found is None or found.start <= event.start):
            found = event
    return found or Published(story[0].at, date.min)


def number_of(story: Story, agent: str, day: date, name: str) -> int:
    """A whole number in force on a day."""
    return int((STANDARD | policy_of(story, agent, day).numbers)[name])


def amount_of(story: Story, agent: str, day: date, name: str) -> Fraction:
    """An amount in force on a day, in fen."""
    return 100 * percent_of(story, agent, day, name)


def percent_of(story: Story, agent: str, day: date, name: str) -> Fraction:
    return Fraction(str((STANDARD | policy_of(story, agent, day).numbers)[name]))


def is_workday(story: Story, agent: str, day: date) -> bool:
    policy = policy_of(story, agent, day)
    return day in policy.extra_workdays or (day.weekday() < 5 and day not in policy.days_off)
