"""What the program sees by itself and a supervisor decides on (handbook 2, "No points without a person").

A proposal is named after what was seen (a day's punch, a meeting, a week's summary), so that it is accepted or
dismissed once, whichever machine shows it and whichever rule it falls under. It costs nothing until it is accepted.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from shared_rules.calendar import elapsed, is_workday, working_time
from shared_rules.dates import days_of_week, week_of
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact, local_day
from shared_rules.leave import away
from shared_rules.ledger import entry_of
from shared_rules.points import fine_of, rule_for_minutes
from shared_rules.policies.points import PointsPart, Trigger
from shared_rules.policies.policy import Policy

Reason = Literal[
    "late", "early", "no_punch_in", "no_punch_out", "meeting_late", "meeting_left_early", "meeting_missed", "no_summary"
]
ProposalState = Literal["open", "accepted", "dismissed"]
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_MISSING: dict[str, Reason] = {
    "late": "meeting_late",
    "left_early": "meeting_left_early",
    "missed": "meeting_missed",
}


class Proposal(msgspec.Struct, frozen=True):
    """An entry that the program proposes: what it saw, and the rule it falls under with its points and fine (`fen`).

    `minutes` is how late or early somebody was; `evidence` the id of the punch or the attendance, or the week. `answer`
    is the entry that accepted it, or the dismissal.
    """

    key: str
    rule: str
    on: date
    points: int
    fen: int
    reason: Reason
    minutes: int
    evidence: str
    state: ProposalState
    answer: Fact | None


class Agent(msgspec.Struct, frozen=True):
    """Whom proposals are about. `judged` says whether anything is asked of the agent on a day."""

    fold: AgentFold
    policy_on: Callable[[date], Policy]
    judged: Callable[[date], bool]


def proposals(agent: Agent, since: date, now: datetime) -> list[Proposal]:
    """All proposals from the day `since` to the day of `now` (aware), by date; also those accepted or dismissed."""
    today = local_day(now, agent.fold.zone)
    days = [since + timedelta(days=number) for number in range((today - since).days + 1)]
    found = [
        one
        for day in days
        for seen in (_punches(agent, day, today), _meetings(agent, day), _summary(agent, day, today))
        for one in seen
    ]
    return sorted(found, key=lambda one: (one.on, one.key))


def _punches(agent: Agent, day: date, today: date) -> Iterator[Proposal]:
    policy = agent.policy_on(day)
    fold, points = agent.fold, policy.points
    if points is None or not policy.day.punches.on or not agent.judged(day) or not is_workday(policy, day):
        return
    minutes_away = timedelta(minutes=away(fold.dossier, day).minutes)
    if minutes_away >= working_time(policy) or _cleared(agent, policy, day):
        return
    punches = fold.dossier.all("punch", day)
    checked = {fact.body.side for fact in fold.dossier.of("punch_check", day)}
    came = min((one for one in punches if one.body.side == "in"), key=lambda one: one.at, default=None)
    left = max((one for one in punches if one.body.side == "out"), key=lambda one: one.at, default=None)
    hours, over = policy.day.hours, day < today

    def missed(start: datetime, end: datetime) -> timedelta:
        """How much of the time from `start` to `end` is not covered by leave."""
        if not minutes_away or end <= start:
            return end - start
        # Leave is counted in working minutes, so lunch and meeting within that time add nothing.
        return elapsed(policy, day, end, fold.zone) - elapsed(policy, day, start, fold.zone) - minutes_away

    if "in" not in checked:
        if came is not None:
            late = missed(datetime.combine(day, hours.start, fold.zone), came.at)
            yield from _by_minutes(agent, points, "late", day, "in", late, came)
        elif over:
            yield from _proposal(agent, points, "no_punch", "no_punch_in", day, f"punch:{day}:in")
    # Somebody may come back and leave once more: only when the day is over the last punch tells.
    if "out" not in checked and over:
        if left is not None:
            early = missed(left.at, datetime.combine(day, hours.end, fold.zone))
            yield from _by_minutes(agent, points, "early", day, "out", early, left)
        else:
            yield from _proposal(agent, points, "no_punch", "no_punch_out", day, f"punch:{day}:out")


def _by_minutes(
    agent: Agent, points: PointsPart, trigger: Trigger, day: date, side: str, by: timedelta, punch: Fact
) -> Iterator[Proposal]:
    # A minute that has begun counts: thirty and a half minutes are more than thirty.
    minutes = -(-by // _MINUTE)
    if minutes > 0:
        reason: Reason = "late" if trigger == "late" else "early"
        yield from _proposal(
            agent, points, trigger, reason, day, f"punch:{day}:{side}", minutes=minutes, evidence=punch.id
        )


def _cleared(agent: Agent, policy: Policy, day: date) -> bool:
    """Whether the day already has an entry of absence that counts: one default, one sanction."""
    clearing = policy.quota.shortfall.cleared_by if policy.quota else ()
    dossier = agent.fold.dossier
    found = [
        entry_of(dossier, fact, agent.policy_on) for fact in dossier.of("points", day) if fact.body.rule in clearing
    ]
    return any(entry is not None and entry.counts for entry in found)


def _meetings(agent: Agent, day: date) -> Iterator[Proposal]:
    policy = agent.policy_on(day)
    rule = policy.points.proposing("meeting") if policy.points else None
    if policy.points is None or rule is None:
        return
    latest = {fact.body.meeting: fact for fact in agent.fold.dossier.of("attendance", day)}
    for meeting in policy.points.rules[rule].meetings:
        fact = latest.get(meeting)
        if fact is not None and (reason := _MISSING.get(fact.body.state)):
            yield from _proposal(
                agent, policy.points, "meeting", reason, day, f"meeting:{day}:{meeting}", evidence=fact.id
            )


def _summary(agent: Agent, day: date, today: date) -> Iterator[Proposal]:
    """The proposal for a weekly summary that was due on `day` and not handed in by then."""
    policy = agent.policy_on(day)
    rule = policy.points.proposing("summary") if policy.points else None
    if (
        policy.points is None
        or rule is None
        or day >= today
        or day.isoweekday() != policy.points.rules[rule].due_weekday
    ):
        return
    week = week_of(day)
    if not summary_asked(agent, week, day) or any(
        local_day(fact.at, agent.fold.zone) <= day for fact in agent.fold.dossier.of("summary", week)
    ):
        return
    yield from _proposal(agent, policy.points, "summary", "no_summary", day, f"summary:{week}", evidence=week)


def summary_asked(agent: Agent, week: str, due: date) -> bool:
    """Whether a summary of the week is asked of the agent: not for a week wholly on leave, and only if the agent is
    still judged on the day it is due.
    """
    if not agent.judged(due):
        return False
    for day in days_of_week(week):
        policy = agent.policy_on(day)
        if is_workday(policy, day) and agent.judged(day):
            gone = timedelta(minutes=away(agent.fold.dossier, day).leave)
            if gone < working_time(policy):
                return True
    return False


def _proposal(
    agent: Agent,
    points: PointsPart,
    trigger: Trigger,
    reason: Reason,
    on: date,
    key: str,
    *,
    minutes: int = 0,
    evidence: str = "",
) -> Iterator[Proposal]:
    rule = points.proposing(trigger)
    if rule is None:
        return
    rule = rule_for_minutes(points, rule, minutes)
    found = points.rules[rule]
    dossier = agent.fold.dossier
    accepted, dismissed = dossier.last("points", key), dossier.last("dismissal", key)
    state: ProposalState = "accepted" if accepted else "dismissed" if dismissed else "open"
    yield Proposal(
        key,
        rule,
        on,
        found.points,
        fine_of(agent.policy_on(on), found, on),
        reason,
        minutes,
        evidence,
        state,
        accepted or dismissed,
    )
