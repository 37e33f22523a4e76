"""Letting devices in and ending them, as a supervisor decides. Each function gives the records to write, or refuses."""

from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from agent_tui.book.folding.plain import own_fact
from agent_tui.book.members import owner
from agent_tui.book.members.branches import branch
from agent_tui.book.members.rights import member, need_supervisor
from agent_tui.book.place.pen import Draft
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.ids import uuid7
from agent_tui.store.segments import Stored
from agent_tui.trust.documents import Join
from agent_tui.trust.errors import to_text
from agent_tui.trust.membership import Membership
from agent_tui.trust.people import Binding, Person
from agent_tui.views import EndView, MemberView
from shared_rules.folding.facts import local_day
from shared_rules.records.kinds import End, Member
from shared_rules.records.lines import SIGNATURE
from shared_rules.records.parts import Role


def members(session: Session) -> list[MemberView]:
    """All devices: first those waiting (without their four words), then approved, ended and ignored ones."""
    place = session.place
    people = {person.id: person for person in place.membership.people()}
    asking = []
    for one in place.membership.asking():
        hired = session.folds.hired(people[one.id]) if one.id in people else one.hired
        view = MemberView(
            writer=one.writer,
            id=one.id,
            name=one.name,
            role=_role(place.membership, one),
            hired=hired,
            state="ignored" if one.writer in place.membership.ignored else "waiting",
            asked=_other(one, hired),
        )
        asking.append(view)
    bound = [
        MemberView(
            writer=one.writer,
            id=one.person,
            name=one.name,
            role=one.role,
            hired=session.folds.hired(people[one.person]),
            state="left" if one.end or one.left else "approved",
            asked=_other(place.membership.request(one.writer), session.folds.hired(people[one.person])),
        )
        for one in place.membership.bindings()
    ]
    waiting = [one for one in asking if one.state == "waiting"]
    rest = [one for one in asking if one.state == "ignored"]
    return waiting + sorted(bound, key=lambda one: (one.state == "left", one.id, one.writer)) + rest


def approve(session: Session, writer: str, role: str | None, now: datetime) -> list[Draft]:
    """The records that let a waiting device in; none for a supervisor, who is put on the roster instead.

    `role` None: the person's role in the team, or agent for somebody new. A member of the team keeps the hire date.
    """
    place = session.place
    need_supervisor(session)
    request = _asking(place.membership, writer)
    becomes = role or _role(place.membership, request)
    taken = known_as(place.membership, request.id, request.name)
    hired = taken.hired if taken else request.hired
    if becomes == "supervisor":
        refuse_agents_id(taken)
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


def ignore(session: Session, writer: str) -> None:
    """Ignore a device's request on this machine: junk, or one with a mistake. It can still be approved later.

    Raises Problem: not a supervisor, no such request.
    """
    need_supervisor(session)
    session.place.ignore(_asking(session.place.membership, writer).writer)


def _asking(membership: Membership, writer: str) -> Join:
    request = next((one for one in membership.asking() if one.writer == writer), None)
    if request is None:
        if (device := membership.binding(writer)) is None:
            raise Problem("errors.not_waiting", writer=writer)
        who = f"{device.person} {device.name}"
        if device.end or device.left:
            raise Problem("errors.device_out", writer=writer, who=who)
        raise Problem("errors.device_in", writer=writer, who=who, role=t(f"cli.role_{device.role}"))
    return request


def known_as(membership: Membership, id: str, name: str) -> Person | None:
    """Who has that id in the team; None if it is free. Raises Problem if it is, or looks like, somebody else's."""
    taken = membership.person(id)
    if taken and taken.name != name:
        raise Problem("errors.id_taken", id=id, name=taken.name)
    alike = (one.id for one in membership.people() if one.id.casefold() == id.casefold())
    if not taken and (other := next(alike, None)):
        raise Problem("errors.id_alike", id=id, other=other)
    return taken


def refuse_agents_id(person: Person | None) -> None:
    """Raise Problem for an agent to be made a supervisor: the quotas of past days would no longer be asked."""
    if person and person.role == "agent":
        raise Problem("errors.is_agent", id=person.id)


def leaving(session: Session, who: str) -> tuple[Binding | None, Person]:
    """The device of that name, None where a person is named, and whose it is; of those that this supervisor may end.

    Raises Problem: not a supervisor, nobody of that name, oneself, another supervisor where no owner's key lies.
    """
    place = session.place
    need_supervisor(session)
    device = place.membership.binding(who)
    person = member(session, device.person if device else who)
    if who == place.writer or (device is None and place.me and place.me.person == person.id):
        raise Problem("errors.about_self")
    if (device or person).role == "supervisor":
        owner.needed(place)
    return device, person


def leave(session: Session, who: str, on: date, now: datetime) -> tuple[list[Draft], EndView, dict[date, str]]:
    """The records that end all devices of a person, or the one device named, at the last line written up to `on`. Also
    the confirmed days, each with its agent, that the lines between the old end and the new one may change.

    A person whose devices end leaves on that day; with one device ended (lost, or its key copied) the person stays.
    Said again, the end moves: to another day, or to lines of that day that have arrived since.
    """
    place = session.place
    device, person = leaving(session, who)
    if on > now.date():
        raise Problem("errors.leaving_to_come", day=on)
    if on < (hired := session.folds.hired(person)):
        raise Problem("errors.before_hired", day=on, person=person.id, hired=hired)
    left = device.left if device else on
    # Whatever is here today was written by today, no matter what its machine's clock said.
    until = on if on < now.date() else date.max
    ending = [device] if device else _ending(place.membership, person)
    # A device that was ended alone before, because it was lost, keeps that end when its person leaves.
    ends = {
        one.writer: one.end if one.end and not device and one.left is None else _last_line(session, one.writer, until)
        for one in ending
    }
    changed = [one for one in ending if (one.end, one.left) != (ends[one.writer], left)]
    spans = {one.writer: ((one.end or _last_line(session, one.writer)).seq, ends[one.writer].seq) for one in changed}
    view = EndView(
        again=(device.end if device else person.left) is not None,
        changed=bool(changed),
        before=None if device else person.left,
        records=sum(new - old for old, new in spans.values()),
    )
    confirmed = {day: person.id for one, span in spans.items() for day in _confirmed(session, person.id, one, span)}
    of_supervisor = {one.writer: ends[one.writer] for one in changed if one.role == "supervisor"}
    if of_supervisor:
        owner.end(place, of_supervisor, left)
    drafts = [_ended(session, one, ends[one.writer], left, now) for one in changed if one.role == "agent"]
    return drafts, view, confirmed


def _confirmed(session: Session, person: str, writer: str, span: tuple[int, int]) -> set[date]:
    """The confirmed days of the calls, and of the changes to them, in a writer's lines after one seq up to another."""
    lines = (
        stored.line for held in session.segments.held() if held.writer == writer for stored in branch(session, held)
    )
    facts = (own_fact(line, person) for line in lines if min(span) < line.seq <= max(span))
    calls = [
        fact.body.call if fact.kind == "correction" else fact.body for fact in facts if fact and fact.kind != "void"
    ]
    days = {local_day(call.started_at, session.place.zone) for call in calls}
    if not days:
        return set()
    session.load(min(days), person)
    return {day for day in days if session.folds.fold(person).lock(day)}


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


def _ending(membership: Membership, person: Person) -> list[Binding]:
    """The devices that end when a person leaves; for one who has left, those that ended then.

    That is every active device; if each was ended on its own already, the one that joined last.
    """
    mine = [one for one in membership.bindings() if one.person == person.id]
    if person.left:
        return [one for one in mine if one.left == person.left]
    return [one for one in mine if one.end is None] or sorted(mine, key=lambda one: one.joined)[-1:]


def _role(membership: Membership, request: Join) -> Role:
    """What a waiting device will be: what the person is."""
    person = membership.person(request.id)
    return person.role if person else "agent"


def _other(request: Join | None, hired: date) -> date | None:
    """The hire date of a request, where it is not the person's."""
    return request.hired if request and request.hired != hired else None


def _last_line(session: Session, writer: str, until: date = date.max) -> End:
    """The last line of a writer that is known here and was written by the end of a day."""
    last: Stored | None = None
    for held in session.segments.held():
        if held.writer == writer:
            for stored in branch(session, held):
                later = stored.line.kind != SIGNATURE and (last is None or stored.line.seq > last.line.seq)
                if later and _written_by(stored, until, session.place.zone):
                    last = stored
    return End(seq=last.line.seq, line=sha256(last.raw).hexdigest()) if last else End(seq=0)


def _written_by(stored: Stored, until: date, zone: ZoneInfo) -> bool:
    try:
        return datetime.fromisoformat(stored.line.at).astimezone(zone).date() <= until
    except (ValueError, OverflowError):
        return False  # a time that is none, or beyond the calendar
