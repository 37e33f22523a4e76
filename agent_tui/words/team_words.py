"""An agent's day in the words of the board, for the board and the commands alike. Pure: no clock."""

from collections.abc import Iterable
from datetime import date, datetime

from agent_tui.i18n import t
from agent_tui.views import DayView
from shared_rules.policies.policy import Policy

STALE_S = 600
"""Seconds of working time without news from a desk after which its row asks for attention."""


def states(agent: DayView, age_s: int | None) -> list[str]:
    """What is to be said of the agent's day, the most pressing first; `age_s` is the age of the data now."""
    found: list[str] = []
    if not agent.readable:
        return found
    if agent.must_stay:
        # Handing in ends no duty to stay: the quota does, a supervisor who lets go, or one who confirms the day.
        found.append("stay")
    if not agent.judged:
        found.append("unjudged")
    elif not agent.workday:
        found.append("day_off")
    elif agent.state == "open":
        found += _open_states(agent, age_s)
    if agent.state != "open":
        found.append(agent.state)
    if agent.beside:
        found.append("beside")
    return found


def _open_states(agent: DayView, age_s: int | None) -> list[str]:
    found: list[str] = []
    if agent.pace and agent.pace.gap_calls < 0:
        found.append("behind")
    if age_s is None:
        found.append("never")
    elif is_silent(agent, age_s):
        found.append("stale")
    elif not agent.figures.dials and not found and (agent.quota is None or agent.quota.calls):
        found.append("not_begun")
    if agent.quota and agent.figures.valid >= agent.quota.calls and agent.figures.leads >= agent.quota.leads:
        found.append("made")
    return found


def is_silent(agent: DayView, age_s: int) -> bool:
    """Whether nothing came from a desk for longer than one that is in use leaves between its records."""
    if agent.quota is not None and not agent.quota.calls:
        return False  # on leave all day
    return age_s - agent.rest_s > STALE_S


def specials(agent: DayView) -> list[str]:
    """What makes the agent's quota another one: new, leave, a visit."""
    return [*(["new"] if agent.new_hire_day else []), *(name for name, _ in away(agent))]


def away(agent: DayView) -> list[tuple[str, int]]:
    """The leave and the visits that lowered the quota of the day, with their minutes."""
    if agent.quota is None or not agent.quota.reduced_minutes:
        return []
    return [
        (name, minutes) for name, minutes in (("leave", agent.leave_minutes), ("visit", agent.visit_minutes)) if minutes
    ]


def state_words(names: Iterable[str], marks: Iterable[str] = ()) -> str:
    """States, specials and `marks` in words."""
    return t("board.states_between").join([*(t(f"board.state_{name}") for name in names), *marks])


def calls_of(agent: DayView) -> str:
    """The valid calls and what is asked: `37/80`."""
    return _of(agent, agent.figures.valid, agent.quota.calls if agent.quota else None)


def leads_of(agent: DayView) -> str:
    """The leads and what is asked."""
    return _of(agent, agent.figures.leads, agent.quota.leads if agent.quota else None)


def _of(agent: DayView, count: int, quota: int | None) -> str:
    if quota is not None:
        return f"{count}/{quota}"
    # Of a supervisor nothing is asked; without a rule of the policy nothing is of anybody.
    return str(count) if agent.judged else f"{count}/-"


def gap_text(gap: int) -> str:
    """A gap, or points, with the sign."""
    return f"{gap:+d}" if gap else "0"


def forecast(agent: DayView) -> str:
    """When the call quota is made at this rate; in words when not today; empty where nothing is due or begun."""
    if agent.pace is None or not agent.figures.dials:
        return ""
    at = agent.pace.forecast_calls
    if at is None and not agent.pace.due_calls:
        return ""
    return f"{at:%H:%M}" if at else t("board.not_today")


def age(seconds: int | None, *, long: bool = False) -> str:
    """How old the data is, in the greatest unit that fits."""
    if seconds is None:
        return t("board.age_never")
    kind = "age_long" if long else "age"
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= length:
            return t(f"board.{kind}_{unit}", n=seconds // length)
    return t(f"board.{kind}_s", n=seconds)


def still_on(policy: Policy, day: date, now: datetime) -> str:
    """That a day is not over by its policy, and what its confirmation `now`, in the team's zone, means for the calls
    still to come; empty once it is over.
    """
    if day != now.date() or now.time() >= policy.day.hours.end:
        return ""
    return t("board.confirm_early", now=f"{now:%H:%M}", end=f"{policy.day.hours.end:%H:%M}")
