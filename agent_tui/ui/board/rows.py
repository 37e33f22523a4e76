"""A team's view as rows: who needs something and why, in which order, in which words. Pure: no widget, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from agent_tui.i18n import t
from agent_tui.ui.kit.table import Column, Row
from agent_tui.ui.kit.text import width
from agent_tui.ui.kit.when import time_text
from agent_tui.views import DayView
from agent_tui.words.team_words import (
    age,
    away,
    calls_of,
    forecast,
    gap_text,
    is_silent,
    leads_of,
    specials,
    state_words,
    states,
)
from shared_rules.weeks import Phase

Order = Literal["needs", "agent", "valid", "leads", "points"]
Filter = Literal["all", "needs", "new"]
ORDERS: tuple[Order, ...] = ("needs", "agent", "valid", "leads", "points")
FILTERS: tuple[Filter, ...] = ("all", "needs", "new")

ALERTS = ("behind", "stale", "never", "stay")
"""States that put a row first."""


def columns() -> tuple[Column, ...]:
    """The columns, left to right, with the order in which narrow terminals lose them."""
    return (
        Column("agent", t("board.column_agent"), 6),
        Column("name", t("board.column_name"), 10, grows=True, whole=True, yields=2),
        Column("valid", t("board.column_valid"), 7, "right"),
        Column("gap", t("board.column_gap"), 5, "right"),
        Column("leads", t("board.column_leads"), 6, "right"),
        Column("leads_gap", t("board.column_leads_gap"), 5, "right", drop=7),
        Column("grades", t("board.column_grades"), 7, "right", drop=8),
        Column("hours", t("board.column_hours"), 10, drop=9),
        Column("forecast", t("board.column_forecast"), 7, "right", drop=1),
        Column("points", t("board.column_points"), 6, "right"),
        Column("age", t("board.column_age"), 5, "right"),
        Column("special", t("board.column_special"), 12, drop=6, grows=True, whole=True, yields=1),
        Column("state", t("board.column_state"), 16, grows=True, whole=True),
    )


def state_text(names: Sequence[str], marks: Sequence[str] = (), cells: int | None = None) -> str:
    """States, specials and `marks` in words. If they are wider than `cells`, those that the row shows elsewhere are
    left out: the age of the data, no call yet, the quota made, the pace missed, another quota; then the handing in,
    which the panel under the table shows; and that a day is confirmed, where it is to be confirmed again. So no word is
    cut in the middle, and no mark of what waits is lost.
    """
    left = list(names)
    last = "confirmed" if "beside" in left else None
    for spare in (None, "stale", "not_begun", "made", "behind", "new", "leave", "visit", "handed_in", last):
        if spare in left:
            left.remove(spare)
        text = state_words(left, marks)
        if cells is None or width(text) <= cells:
            break
    return text


def needs(agent: DayView, age_s: int | None, marks: Sequence[str] = ()) -> bool:
    """Whether the supervisor should look at this agent; `marks` are the words of what waits about them."""
    return bool(marks) or any(state in ALERTS for state in states(agent, age_s))


def arranged(
    agents: Iterable[DayView],
    ages: dict[str, int | None],
    order: Order,
    filter: Filter,
    marks: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[DayView]:
    """The agents to show, in order; equal ones by id."""
    chosen = [
        agent
        for agent in agents
        if filter == "all"
        or (filter == "needs" and needs(agent, ages[agent.agent], marks.get(agent.agent, ())))
        or (filter == "new" and "new" in specials(agent))
    ]

    def rank(agent: DayView) -> tuple[float, float]:
        gap = agent.pace.gap_calls if agent.pace else 0
        if order == "needs":
            return (0 if needs(agent, ages[agent.agent], marks.get(agent.agent, ())) else 1, gap)
        if order == "valid":
            return (-agent.figures.valid, 0)
        if order == "leads":
            return (-agent.figures.leads, 0)
        if order == "points":
            return (agent.points.balance if agent.points else float("inf"), 0)
        return (0, 0)

    return sorted(chosen, key=lambda agent: (*rank(agent), agent.agent))


def kept(shown: Sequence[str], agents: Sequence[DayView]) -> list[DayView]:
    """The agents in the order already shown, new ones at the end: no row moves."""
    places = {agent: place for place, agent in enumerate(shown)}
    return sorted(agents, key=lambda agent: places.get(agent.agent, len(places)))


def row(
    agent: DayView,
    age_s: int | None,
    *,
    narrow: bool,
    grades: str = "",
    hours: str = "",
    phase: Phase | None = None,
    marks: Sequence[str] = (),
    room: int | None = None,
    special_room: int | None = None,
) -> Row:
    """One agent's row, with `room` cells for its state and `special_room` for what makes its quota another. Colours
    repeat what the words of the state say.
    """
    pace = agent.pace
    state = states(agent, age_s)
    words = state_text([*state, *(specials(agent) if narrow else [])], marks, room)
    alert = bool(marks) or any(name in ALERTS for name in state)
    return Row(
        agent.agent,
        {
            "agent": agent.agent,
            "name": agent.name,
            "valid": calls_of(agent),
            "gap": signed(pace.gap_calls if pace else None),
            "leads": leads_of(agent),
            "leads_gap": signed(pace.gap_leads if pace else None),
            "grades": grades,
            "hours": hours,
            "forecast": forecast(agent),
            "points": str(agent.points.balance) if agent.points else "",
            "age": (age(age_s), "warn" if age_s is None or is_silent(agent, age_s) else "muted"),
            "special": _special(agent, phase, special_room),
            "state": (words, "alert" if alert else "good" if "made" in state else "plain"),
        },
    )


def signed(gap: int | None) -> str | tuple[str, str]:
    """A gap with its sign, and its colour."""
    if gap is None:
        return ""
    return (gap_text(gap), "alert" if gap < 0 else "good" if gap else "plain")


def offline(since: datetime | None, now: datetime) -> str:
    """Since when the shared folder cannot be reached; empty while it can."""
    return t("board.offline", time=time_text(since, now)) if since else ""


def _special(agent: DayView, phase: Phase | None = None, cells: int | None = None) -> str:
    """If the words are wider than `cells` the numbers are left out: one cut in the middle would be another number."""
    found = []
    if agent.new_hire_day:
        found.append(t("board.special_new", day=agent.new_hire_day))
    elif phase:
        found.append(t(f"board.special_{phase}"))
    found += [t(f"board.special_{name}", minutes=minutes) for name, minutes in away(agent)]
    text = " ".join(found)
    return text if cells is None or width(text) <= cells else state_words(specials(agent))


def reasons(agent: DayView, age_s: int | None, told: Sequence[str] = ()) -> list[str]:
    """The states of the row as sentences for the panel under the table, after those `told` of what waits."""
    out = [*told]
    quota, pace = agent.quota, agent.pace
    if agent.first and not agent.excused and pace and pace.gap_calls < 0:
        out.append(t("board.why_first"))
    for name in states(agent, age_s):
        if name == "behind" and pace and quota:
            out.append(t("board.why_behind", gap=-pace.gap_calls))
            out.append(t("board.why_missing", missing=max(0, quota.calls - agent.figures.valid)))
        elif name == "stale":
            out.append(t("board.why_stale", age=age(age_s, long=True)))
        elif name == "beside":
            out.append(t("day.beside", count=agent.beside))
        elif name in ("never", "stay", "handed_in"):
            out.append(t(f"board.why_{name}"))
    if pace and pace.gap_leads < 0 and agent.state == "open":
        out.append(t("board.why_leads", gap=-pace.gap_leads))
    if special := _special(agent):
        out.append(special)
    return out or [t("board.why_fine")]
