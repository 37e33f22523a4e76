"""What supervisors enter about agents: points. Each gives the records to write, or refuses."""

from datetime import date, datetime

from agent_tui.book.pen import Draft
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.trust.membership import Person
from shared_rules.entries import PointsEntry, PointsSecret
from shared_rules.points import EntryError, entry_values
from shared_rules.policy import Policy


def points_entry(
    session: Session,
    person: Person,
    rule: str,
    on: date,
    now: datetime,
    *,
    points: int | None,
    note: str,
    evidence: str,
) -> Draft:
    """The ledger entry of a rule, with the points and the fine that the policy of that day gives it."""
    need_supervisor(session)
    me = session.place.me
    if me and me.person == person.id and not session.place.membership.alone:
        raise Problem("errors.about_self")
    if on > now.date():
        raise Problem("errors.day_to_come", day=on)
    if on < person.hired:
        raise Problem("errors.before_hired", day=on, person=person.id, hired=person.hired)
    if person.left and on > person.left:
        raise Problem("errors.after_leaving", day=on, person=person.id, left=person.left)
    policy = session.folds.policies.on(on)
    try:
        given, fen = entry_values(policy, rule, points)
    except EntryError as error:
        raise _refusal(error, policy) from None
    secret = PointsSecret(rule=rule, on=on, points=given, fen=fen, note=note, evidence=evidence)
    return Draft(uuid7(now), person.id, PointsEntry(), secret)


def entry_rules(policy: Policy) -> list[str]:
    """The rules under which an entry can be made, in the handbook's order."""
    if policy.points is None:
        return []
    return [id for id, rule in policy.points.rules.items() if rule.on and rule.computed]


def _refusal(error: EntryError, policy: Policy) -> Problem:
    match error.code:
        case "no_points":
            return Problem("errors.no_points_rules")
        case "fixed":
            return Problem("errors.points_fixed", rule=error.rule, points=error.least)
        case "range":
            return Problem("errors.points_range", rule=error.rule, least=error.least, most=error.most)
        case _:
            return Problem("errors.unknown_rule", rule=error.rule, known=", ".join(entry_rules(policy)))


def need_supervisor(session: Session) -> None:
    """Raise Problem where somebody else than a supervisor sits."""
    me = session.place.me
    if me is None or (me.role != "supervisor" and not session.place.membership.alone):
        raise Problem("errors.supervisors_only", person=session.place.state.id)
