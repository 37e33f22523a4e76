"""Weeks, and what the program sees by itself and proposes, by the handbook's sections 2 and 4."""

from datetime import date, datetime, time, timedelta

from tests.oracle.calls import SPOKE, day_figures, forms, is_complete
from tests.oracle.days import away_of, hire_date, is_absent, is_judged, quota
from tests.oracle.events import Attended, HandedIn, Punched, Story
from tests.oracle.hearing import is_cut, last_day
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
    """What is proposed of a day that is over, on which nobody was away: the rule, and what was seen."""
    found = []
    judged = is_judged(story, agent, day) and not is_absent(story, agent, day)
    if judged and policy_of(story, agent, day).punches:
        found += [one for one in (_came(story, agent, day), _went(story, agent, day)) if one]
    told = {}
    for event in story:
        if isinstance(event, Attended) and (event.agent, event.day) == (agent, day) and event.meeting != "training":
            told[event.meeting] = event.state
    found += [("meet.missed", state) for state in told.values() if state in ("missed", "late", "left_early")]
    return sorted(found)


def _punches(story: Story, agent: str, day: date, side: str) -> list[time]:
    return sorted(
        event.at.time()
        for place, event in enumerate(story)
        if isinstance(event, Punched)
        and (event.agent, event.side, event.at.date()) == (agent, side, day)
        and not is_cut(story, agent, place)
    )


def _came(story: Story, agent: str, day: date) -> tuple[str, str] | None:
    punches = _punches(story, agent, day, "in")
    if not punches:
        return "att.no_punch", "in"
    if punches[0] <= time(9):
        return None
    return ("att.late" if punches[0] <= time(9, 30) else "att.half_day"), "in"


def _went(story: Story, agent: str, day: date) -> tuple[str, str] | None:
    punches = _punches(story, agent, day, "out")
    if not punches:
        return "att.no_punch", "out"
    if punches[-1] >= time(18):
        return None
    return ("att.early" if punches[-1] >= time(17, 30) else "att.half_day"), "out"


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
