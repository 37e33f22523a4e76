"""Weeks, and what the program sees by itself and proposes, by the handbook's sections 2 and 4."""

from datetime import date, datetime, time, timedelta

from tests.oracle import ledgers
from tests.oracle.calls import SPOKE, day_figures, forms, is_complete
from tests.oracle.days import away_of, hire_date, is_absent, is_judged, quota
from tests.oracle.events import Attended, Checked, Dismissed, HandedIn, Punched, Story
from tests.oracle.hearing import is_cut, last_day, taken_back
from tests.oracle.policies import policy_of


def monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def week_figures(story: Story, agent: str, week: str, now: datetime) -> dict[str, int]:
    """What happened in a week, as the Friday review and the summary show it."""
    days = [monday(week) + timedelta(days=n) for n in range(7)]
    figures = [day_figures(story, agent, day) for day in days]
    companies = {
        form.company.strip()
        for day in days
        for _, form in forms(story, agent, day)
        if form.outcome in SPOKE and is_complete(form)
    }
    due = [day for day in days if day <= now.date() and is_judged(story, agent, day) and any(quota(story, agent, day))]
    return {
        "dials": sum(one["dials"] for one in figures),
        "valid": sum(one["valid"] for one in figures),
        "leads": sum(one["leads"] for one in figures),
        "companies": len(companies),
        "workdays": len(due),
        "quota_days": sum(_made(story, agent, day) for day in due),
    }


def _made(story: Story, agent: str, day: date) -> bool:
    figures, (calls, leads) = day_figures(story, agent, day), quota(story, agent, day)
    return figures["valid"] >= calls and figures["leads"] >= leads


def proposals(story: Story, agent: str, day: date) -> list[tuple[str, str]]:
    """What is proposed of a day that is over, on which nobody was away: the rule, and the name of what was seen."""
    found = []
    judged = is_judged(story, agent, day) and not is_absent(story, agent, day)
    if judged and policy_of(story, agent, day).punches:
        seen = (("in", _came(story, agent, day)), ("out", _went(story, agent, day)))
        found += [
            (rule, f"punch:{day}:{side}") for side, rule in seen if rule and not _checked(story, agent, day, side)
        ]
    told = {}
    for event in story:
        if isinstance(event, Attended) and (event.agent, event.day) == (agent, day) and event.meeting != "training":
            told[event.meeting] = event.state
    found += [
        ("meet.missed", f"meeting:{day}:{meeting}")
        for meeting, state in told.items()
        if state in ("missed", "late", "left_early")
    ]
    if day.isoweekday() == 7 and lacks_summary(story, agent, week_of(day)):
        found.append(("week.summary", f"summary:{week_of(day)}"))
    return sorted(found)


def is_decided(story: Story, agent: str, proposal: str) -> bool:
    """Whether a supervisor followed a proposal or did not, and has not taken that back. A ruling leaves it decided."""
    back = taken_back(story)
    decided = [(one.event.agent, one.event.proposal) for one in ledgers.entered(story) if one.left]
    decided += [(one.agent, one.proposal) for one in story if isinstance(one, Dismissed) and one.key not in back]
    return (agent, proposal) in decided


def _checked(story: Story, agent: str, day: date, side: str) -> bool:
    back = taken_back(story)
    return any(
        isinstance(event, Checked)
        and (event.agent, event.day, event.side) == (agent, day, side)
        and event.key not in back
        for event in story
    )


def _punches(story: Story, agent: str, day: date, side: str) -> list[time]:
    return sorted(
        event.at.time()
        for place, event in enumerate(story)
        if isinstance(event, Punched)
        and (event.agent, event.side, event.at.date()) == (agent, side, day)
        and not is_cut(story, agent, place)
    )


def _came(story: Story, agent: str, day: date) -> str | None:
    punches = _punches(story, agent, day, "in")
    if not punches:
        return "att.no_punch"
    if punches[0] <= time(9):
        return None
    return "att.late" if punches[0] <= time(9, 30) else "att.half_day"


def _went(story: Story, agent: str, day: date) -> str | None:
    punches = _punches(story, agent, day, "out")
    if not punches:
        return "att.no_punch"
    if punches[-1] >= time(18):
        return None
    return "att.early" if punches[-1] >= time(17, 30) else "att.half_day"


def lacks_summary(story: Story, agent: str, week: str) -> bool:
    """Whether the summary of a week that is over was not handed in by Sunday 24:00, nor was all of it leave. It is
    asked of who is there on that Sunday, by the hire date that is known now.
    """
    first = monday(week)
    end = first + timedelta(days=7)
    asked = [day for day in (first + timedelta(days=n) for n in range(7)) if is_judged(story, agent, day)]
    handed = any(
        isinstance(event, HandedIn)
        and (event.agent, event.week) == (agent, week)
        and event.at.date() < end
        and not is_cut(story, agent, place)
        for place, event in enumerate(story)
    )
    sunday = end - timedelta(days=1)
    there = hire_date(story, agent, sunday) <= sunday <= last_day(story, agent)
    on_leave = [sum(one.minutes for one in away_of(story, agent, day) if one.type == "leave") >= 420 for day in asked]
    return bool(asked) and not handed and there and not all(on_leave)
