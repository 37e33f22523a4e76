"""What is due today, before the first call, and what is left, when the calling ends: lines over today's list."""

from datetime import datetime, time

import msgspec

from agent_tui.book.own.habits import Overtime
from agent_tui.i18n import t
from agent_tui.readings import Owed
from agent_tui.ui.commands import command
from agent_tui.ui.desk.panel_lines import Goal, Lines, Moment, goal, minutes_needed
from agent_tui.ui.kit.when import weekday
from agent_tui.views import DayView
from shared_rules.policies.policy import Policy

_GOOD, _WARN, _MUTED = "$text-success", "$text-warning", "$text-muted"


class Brief(msgspec.Struct, frozen=True):
    """What the lines are made of. `due` are the callbacks whose time has come, `later` those still to come today.

    `streak` is None where it is not to be told, `overtime` where there can be none yet.
    """

    day: DayView
    due: int
    later: int
    incomplete: int
    begun: bool
    """Whether any call of today is listed, be it a withdrawn one."""
    listed: int = 0
    """Numbers of the lists still to be called."""
    streak: int | None = None
    overtime: Overtime | None = None
    owed: tuple[Owed, ...] = ()


def brief_lines(brief: Brief, moment: Moment) -> Lines:
    """The lines; none in the middle of the day."""
    day = brief.day
    if not brief.begun and moment.now.time() < ends_at(moment.policy):
        return _start(brief)
    if day.workday and day.judged and day.quota and moment.now.time() >= ends_at(moment.policy):
        return _end(brief, moment)
    return []


def ends_at(policy: Policy) -> time:
    """When the calling of a day ends: with its last piece of working time, before the meeting."""
    return policy.day.hours.spans[-1][1]


def is_evening(policy: Policy, now: datetime) -> bool:
    """Whether the hours of a day are over: from then on there may be overtime."""
    return now.time() >= policy.day.hours.end


def _start(brief: Brief) -> Lines:
    day = brief.day
    rows: Lines = []
    if day.quota and day.workday and day.judged and not (day.quota.calls or day.quota.leads):
        rows.append((t("desk.brief_nothing_due"),))
    elif day.quota and day.workday and day.judged:
        rows.append(((t("desk.brief_due", calls=day.quota.calls, leads=day.quota.leads), "bold"),))
    elif not day.workday:
        rows.append((t("desk.brief_day_off"),))
    if brief.due or brief.later:
        rows.append((t("desk.brief_callbacks", due=brief.due, later=brief.later),))
    if brief.listed:
        rows.append((t("desk.list_left", left=brief.listed),))
    return [*rows, *_owed(brief), *_streak(brief)]


def _end(brief: Brief, moment: Moment) -> Lines:
    day = brief.day
    rows: Lines = []
    calls, leads = goal(day, "calls"), goal(day, "leads")
    assert calls is not None
    assert leads is not None
    short = [each for each in (calls, leads) if each.count < each.whole]
    if short:
        text = t("desk.brief_short", calls=max(0, calls.whole - calls.count), leads=max(0, leads.whole - leads.count))
        rows.append(((_in_time(text, short, moment), _WARN),))
    else:
        rows += [((t("desk.brief_made"), _GOOD),), *_streak(brief)]
    left = [
        t(f"desk.brief_{name}", count=count, key=command("desk.lists").label)
        for name, count in (("incomplete", brief.incomplete), ("open_callbacks", brief.due + brief.later))
        if count
    ]
    if day.state == "open":
        left.append(t("desk.brief_hand_in", key=command("desk.day").label))
    if left:
        rows.append(("  ".join(left),))
    rows += _owed(brief)
    if brief.overtime and (brief.overtime.today or day.must_stay):
        month = f"{brief.overtime.month / 60:.1f}"
        rows.append((t("desk.brief_overtime", minutes=brief.overtime.today, month=month),))
    return rows


def _in_time(text: str, short: list[Goal], moment: Moment) -> str:
    """What is short, and in the evening how long all of it takes at the rate of a day that has one."""
    if not is_evening(moment.policy, moment.now) or not all(each.count for each in short):
        return text
    needed = [minutes_needed(each.forecast, moment.now) for each in short]
    if None in needed:
        return t("desk.brief_short_late", short=text)
    return t("desk.brief_short_in", short=text, minutes=max(minutes for minutes in needed if minutes is not None))


def _owed(brief: Brief) -> Lines:
    """What is to be sent about the week."""
    if not brief.owed:
        return []
    told = (t(f"desk.brief_{one.what}", due=due_text(one)) for one in brief.owed)
    return [((t("desk.brief_owed", what=t("ui.between").join(told), key=command("desk.week").label), _WARN),)]


def due_text(one: Owed) -> str:
    """周六 18:00; the end of a day as 24:00."""
    return f"{weekday(one.due.date())} " + ("24:00" if one.due.time() == time.max else f"{one.due:%H:%M}")


def _streak(brief: Brief) -> Lines:
    return [((t("desk.brief_streak", count=brief.streak), _MUTED),)] if brief.streak else []
