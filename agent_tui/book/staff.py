"""What supervisors do: let devices in, end them, enter points. Each gives the records to write, or refuses."""

from datetime import date, datetime
from hashlib import sha256

from agent_tui.book.pen import Draft
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.i18n import language
from agent_tui.ids import uuid7
from agent_tui.trust.documents import Join, build_roster, supervisor
from agent_tui.trust.errors import to_text
from agent_tui.trust.keys import four_words
from agent_tui.trust.membership import Person
from agent_tui.views import MemberView
from shared_rules.entries import PointsEntry, PointsSecret
from shared_rules.points import EntryError, entry_values
from shared_rules.policy import Policy
from shared_rules.records import End, Member


def members(session: Session) -> list[MemberView]:
    """All devices: those that wait, those approved, those ended."""
    place = session.place
    owner = place.team.owner
    waiting = [
        MemberView(
            writer=one.writer,
            id=one.id,
            name=one.name,
            role="agent",
            hired=one.hired,
            state="waiting",
            words=four_words(owner, one.public, language()),
        )
        for one in place.membership.waiting()
    ]
    bound = [
        MemberView(
            writer=one.writer,
            id=one.person,
            name=one.name,
            role=one.role,
            hired=one.hired,
            state="left" if one.end or one.left else "approved",
            words=(),
        )
        for one in place.membership.bindings()
    ]
    return waiting + sorted(bound, key=lambda one: (one.state == "left", one.id, one.writer))


def approve(session: Session, writer: str, role: str, now: datetime) -> list[Draft]:
    """The records (none for a supervisor, who is put on the roster) that let a waiting device in."""
    place = session.place
    _need_supervisor(session)
    request = next((one for one in place.membership.waiting() if one.writer == writer), None)
    if request is None:
        raise Problem("errors.not_waiting", writer=writer)
    taken = place.membership.person(request.id)
    if taken and taken.name != request.name:
        raise Problem("errors.id_taken", id=request.id, name=taken.name)
    if role == "supervisor":
        _enrol(session, request, now.date())
        return []
    secret = place.tag_secret()
    if secret is None:
        raise Problem("errors.owner_needed")
    body = Member(
        writer=request.writer,
        public=to_text(request.public),
        person=request.id,
        name=request.name,
        hired=request.hired,
        # The request's time is the requester's to write: it must not put off the first day that is judged.
        joined=min(request.at.astimezone(place.zone).date(), now.date()),
        tag_keys=secret.for_agent(request.id).boxed(request.public),
    )
    return [Draft(uuid7(now), request.id, body)]


def _enrol(session: Session, request: Join, today: date) -> None:
    place = session.place
    secret = place.tag_secret()
    if place.owner is None or place.roster is None or secret is None:
        raise Problem("errors.owner_needed")
    joined = min(request.at.astimezone(place.zone).date(), today)
    new = supervisor(request.public, id=request.id, name=request.name, hired=request.hired, joined=joined)
    number = place.roster.number + 1
    name = f"roster/{number}.json"
    data = build_roster(place.owner, number, [*place.roster.supervisors, new], secret)
    place.keep_own(name, data)
    place.take_roster(name, data)


def leave(session: Session, person: str, on: date, now: datetime) -> list[Draft]:
    """The records that end each device of a person, at its last line known here."""
    _need_supervisor(session)
    place = session.place
    found = place.membership.person(person)
    if found is None:
        raise Problem("errors.not_in_team", person=person)
    if place.me and place.me.person == person:
        raise Problem("errors.about_self")
    if found.role == "supervisor":
        return _dismiss(session, found, on)
    if on < found.hired:
        raise Problem("errors.before_hired", day=on, person=person, hired=found.hired)
    bindings = [one for one in place.membership.bindings() if one.person == person and one.end is None]
    return [
        Draft(
            uuid7(now),
            person,
            Member(
                writer=one.writer,
                public=to_text(one.public),
                person=one.person,
                name=one.name,
                hired=one.hired,
                joined=one.joined,
                left=on,
                end=_last_line(session, one.writer),
                tag_keys=one.tag_keys,
                replaces=session.place.membership.records_about(one.writer),
            ),
        )
        for one in bindings
    ]


def _dismiss(session: Session, person: Person, on: date) -> list[Draft]:
    place = session.place
    secret = place.tag_secret()
    if place.owner is None or place.roster is None or secret is None:
        raise Problem("errors.owner_needed")
    ended = [
        one.model_copy(update={"left": on, "end": _last_line(session, one.writer)})
        if one.id == person.id and one.end is None
        else one
        for one in place.roster.supervisors
    ]
    number = place.roster.number + 1
    name = f"roster/{number}.json"
    data = build_roster(place.owner, number, ended, secret)
    place.keep_own(name, data)
    place.take_roster(name, data)
    return []


def _last_line(session: Session, writer: str) -> End:
    """The last line of a writer that this machine holds."""
    last = End(seq=0)
    for held in session.segments.held():
        if held.writer == writer:
            for stored in session.segments.read(held):
                if stored.line.kind != "signature" and stored.line.seq > last.seq:
                    last = End(seq=stored.line.seq, line=sha256(stored.raw).hexdigest())
    return last


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
    _need_supervisor(session)
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


def _need_supervisor(session: Session) -> None:
    me = session.place.me
    if me is None or (me.role != "supervisor" and not session.place.membership.alone):
        raise Problem("errors.supervisors_only", person=session.place.state.id)
