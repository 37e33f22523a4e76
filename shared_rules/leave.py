"""Leave and visits: what was asked for, what a supervisor answered, and what that takes off a day (handbook 1, 2)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact, local_day, written
from shared_rules.policies.policy import Policy

RequestState = Literal["open", "approved", "refused", "withdrawn"]
LeaveFault = Literal["late", "no_note"]


class Away(msgspec.Struct, frozen=True):
    """The approved minutes of a day, added up, and the lowest lead quota that an approval set (None if none did)."""

    leave: int = 0
    visit: int = 0
    leads: int | None = None

    @property
    def minutes(self) -> int:
        """Leave and visits together."""
        return self.leave + self.visit


class Request(msgspec.Struct, frozen=True):
    """A written request and its answer, an approval or a refusal (None while it is open).

    `faults` are found by the rule for written requests: asked for too late, sick leave without a note. A supervisor
    decides whether that counts as absence.
    """

    fact: Fact
    state: RequestState
    answer: Fact | None
    faults: tuple[LeaveFault, ...]


NOT_AWAY = Away()


def approvals(dossier: Dossier, day: date) -> list[Fact]:
    """The approvals of leave and visits on a day that count."""
    return [fact for fact in dossier.of("time_away", day) if instead(dossier, fact) is None]


def instead(dossier: Dossier, approval: Fact) -> Fact | None:
    """What counts instead of an approval that stands; None if it counts itself.

    If two supervisors answer one request the later answer holds. If one of two approvals of the same minutes answers no
    request, both are taken for the same absence: it was approved before the request was written, or by a supervisor who
    did not know of the other approval. Then the one that answers a request counts, else the earlier one.
    """
    body = approval.body
    if body.request is not None:
        answer = answer_to(dossier, body.request.author, body.request.id)
        return None if answer is approval else answer
    for other in dossier.of("time_away", body.on):
        same = (other.body.type, other.body.minutes) == (body.type, body.minutes)
        first = other.order < approval.order if other.body.request is None else instead(dossier, other) is None
        if same and first:
            return other
    return None


def away(dossier: Dossier, day: date) -> Away:
    """The sum of a day's approvals."""
    if not dossier.any("time_away", day):
        return NOT_AWAY
    bodies = [fact.body for fact in approvals(dossier, day)]
    lowered = [body.leads for body in bodies if body.leads is not None]
    return Away(
        sum(body.minutes for body in bodies if body.type == "leave"),
        sum(body.minutes for body in bodies if body.type == "visit"),
        min(lowered, default=None),
    )


def excused(dossier: Dossier, day: date) -> bool:
    """Whether a supervisor excused the shortfall of that day."""
    return bool(dossier.of("excuse", day))


def requests(dossier: Dossier, zone: ZoneInfo, policy_on: Callable[[date], Policy]) -> list[Request]:
    """All requests, in the order of writing."""
    found = []
    for fact in dossier.all("request"):
        taken_back = dossier.withdrawal(fact)
        answer = answer_to(dossier, *fact.key)
        state: RequestState = "open"
        if answer is not None:
            state = "approved" if answer.kind == "time_away" else "refused"
        elif taken_back is not None:
            state = "withdrawn"
        found.append(Request(fact, state, answer, _faults(fact, zone, policy_on(fact.body.on))))
    return found


def _faults(request: Fact, zone: ZoneInfo, policy: Policy) -> tuple[LeaveFault, ...]:
    body = request.body
    ahead = policy.points.leave_days_ahead if policy.points else None
    if body.type != "leave" or ahead is None:
        return ()
    faults: list[LeaveFault] = []
    if local_day(request.at, zone) > body.on - timedelta(days=ahead):
        faults.append("late")
    if body.sick and not body.note:
        faults.append("no_note")
    return tuple(faults)


def asked_with(dossier: Dossier, request: Fact) -> list[Fact]:
    """The requests that were written in one go with that one, itself among them, by day: leave of several days is asked
    for once, and is a request a day.
    """
    ask = ask_of(request)
    return sorted((fact for fact in dossier.all("request") if ask_of(fact) == ask), key=lambda fact: fact.body.on)


def open_with(dossier: Dossier, request: Fact, until: date) -> list[Fact]:
    """Of the requests of one go those from that one's day up to the day `until` that stand and are not answered."""
    return [
        one
        for one in asked_with(dossier, request)
        if request.body.on <= one.body.on <= until and not (dossier.withdrawal(one) or answer_to(dossier, *one.key))
    ]


def ask_of(request: Fact) -> tuple[object, ...]:
    """What the requests of one go have in common, and no others of the agent."""
    body = request.body
    return request.writer, request.at, body.type, body.minutes, body.text, body.sick, body.note


def answer_to(dossier: Dossier, author: str, id: str) -> Fact | None:
    """The answer to the request of that author and id: the latest approval or refusal that stands."""
    return next(reversed(answers_to(dossier, author, id)), None)


def answers_to(dossier: Dossier, author: str, id: str) -> list[Fact]:
    """All of them that stand, in the order of writing: more than one where two supervisors answered unaware."""
    return sorted([*dossier.of("time_away", (author, id)), *dossier.of("refusal", (author, id))], key=written)
