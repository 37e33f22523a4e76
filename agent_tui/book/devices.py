"""Letting devices in and ending them: what a supervisor decides. Each gives the records to write, or refuses."""

from datetime import date, datetime
from hashlib import sha256

from agent_tui.book import owner
from agent_tui.book.pen import Draft
from agent_tui.book.session import Session
from agent_tui.book.staff import need_supervisor
from agent_tui.errors import Problem
from agent_tui.i18n import language
from agent_tui.ids import uuid7
from agent_tui.trust.documents import Join
from agent_tui.trust.errors import to_text
from agent_tui.trust.keys import four_words
from agent_tui.trust.membership import Binding, Membership
from agent_tui.views import MemberView
from shared_rules.record_parts import Role
from shared_rules.records import End, Member


def members(session: Session) -> list[MemberView]:
    """All devices: those that wait, those approved, those ended."""
    place = session.place
    people = {person.id: person for person in place.membership.people()}
    waiting = []
    for one in place.membership.waiting():
        hired = people[one.id].hired if one.id in people else one.hired
        view = MemberView(
            writer=one.writer,
            id=one.id,
            name=one.name,
            role=_role(place.membership, one),
            hired=hired,
            state="waiting",
            words=four_words(place.team.owner, one.public, language()),
            asked=_other(one, hired),
        )
        waiting.append(view)
    bound = [
        MemberView(
            writer=one.writer,
            id=one.person,
            name=one.name,
            role=one.role,
            hired=people[one.person].hired,
            state="left" if one.end or one.left else "approved",
            words=(),
            asked=_other(place.membership.request(one.writer), people[one.person].hired),
        )
        for one in place.membership.bindings()
    ]
    return waiting + sorted(bound, key=lambda one: (one.state == "left", one.id, one.writer))


def approve(session: Session, writer: str, role: str | None, now: datetime) -> list[Draft]:
    """The records (none for a supervisor, who is put on the roster) that let a waiting device in.

    `role` None: that of the person in the team, an agent's for a new one. Who is in the team keeps the hire date.
    """
    place = session.place
    need_supervisor(session)
    request = next((one for one in place.membership.waiting() if one.writer == writer), None)
    if request is None:
        raise Problem("errors.not_waiting", writer=writer)
    taken = place.membership.person(request.id)
    if taken and taken.name != request.name:
        raise Problem("errors.id_taken", id=request.id, name=taken.name)
    hired = taken.hired if taken else request.hired
    if (role or _role(place.membership, request)) == "supervisor":
        owner.enrol(place, request, hired, now.date())
        return []
    if taken and taken.role == "supervisor":
        raise Problem("errors.is_supervisor", id=request.id, writer=writer)
    secret = place.tag_secret()
    if secret is None:
        raise Problem("errors.owner_needed")
    body = Member(
        writer=request.writer,
        public=to_text(request.public),
        person=request.id,
        name=request.name,
        hired=hired,
        # The request's time is the requester's to write: it must not put off the first day that is judged.
        joined=min(request.at.astimezone(place.zone).date(), now.date()),
        tag_keys=secret.for_agent(request.id).boxed(request.public),
    )
    return [Draft(uuid7(now), request.id, body)]


def leave(session: Session, who: str, on: date, now: datetime) -> list[Draft]:
    """The records that end all devices of a person, or the one device named, at its last line known here.

    A person whose devices end leaves on that day; with one device ended (lost, or its key copied) the person stays.
    """
    place = session.place
    need_supervisor(session)
    device = place.membership.binding(who)
    person = place.membership.person(device.person if device else who)
    if person is None:
        raise Problem("errors.not_in_team", person=who)
    if who == place.writer or (device is None and place.me and place.me.person == person.id):
        raise Problem("errors.about_self")
    if on > now.date():
        raise Problem("errors.leaving_to_come", day=on)
    if on < person.hired:
        raise Problem("errors.before_hired", day=on, person=person.id, hired=person.hired)
    left = None if device else on
    ending = [device] if device else _going_on(place.membership, person.id)
    ends = {one.writer: one.end or _last_line(session, one.writer) for one in ending}
    of_supervisor = {one.writer: ends[one.writer] for one in ending if one.role == "supervisor"}
    if of_supervisor:
        owner.end(place, of_supervisor, left)
    return [_ended(session, one, ends[one.writer], left, now) for one in ending if one.role == "agent"]


def _ended(session: Session, one: Binding, end: End, left: date | None, now: datetime) -> Draft:
    body = Member(
        writer=one.writer,
        public=to_text(one.public),
        person=one.person,
        name=one.name,
        hired=one.hired,
        joined=one.joined,
        left=left,
        end=end,
        tag_keys=one.tag_keys,
        replaces=session.place.membership.records_about(one.writer),
    )
    return Draft(uuid7(now), one.person, body)


def _going_on(membership: Membership, person: str) -> list[Binding]:
    """The devices of a person that go on; where each was ended by itself, the one that joined last."""
    mine = [one for one in membership.bindings() if one.person == person]
    on = [one for one in mine if one.end is None]
    return on or [one for one in sorted(mine, key=lambda one: one.joined)[-1:] if one.left is None]


def _role(membership: Membership, request: Join) -> Role:
    """What a waiting device will be: what the person is."""
    person = membership.person(request.id)
    return person.role if person else "agent"


def _other(request: Join | None, hired: date) -> date | None:
    """The hire date of a request, where it is not the person's."""
    return request.hired if request and request.hired != hired else None


def _last_line(session: Session, writer: str) -> End:
    """The last line of a writer that this machine holds."""
    last = End(seq=0)
    for held in session.segments.held():
        if held.writer == writer:
            for stored in session.segments.read(held):
                if stored.line.kind != "signature" and stored.line.seq > last.seq:
                    last = End(seq=stored.line.seq, line=sha256(stored.raw).hexdigest())
    return last
