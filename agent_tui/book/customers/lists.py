"""Whom to call next, and what is done with a customer besides calling: lists, handing over, giving, merging."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from agent_tui.book.acts.base import Written
from agent_tui.book.customers.file import CustomerFile, owner, read_file
from agent_tui.book.customers.giving import customer_of, everybodys
from agent_tui.book.customers.lead_lists import LeadTaker, tag_keys
from agent_tui.book.customers.table import Known
from agent_tui.book.members.rights import need_supervisor
from agent_tui.book.numbers import e164
from agent_tui.book.own import own
from agent_tui.book.part import BookPart
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.naming import named, of_two
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from shared_rules.folding.facts import Fact
from shared_rules.phones import parse_phone
from shared_rules.records.entries import Alias, AliasSecret, Handover, HandoverSecret, Refusal, RefusalSecret
from shared_rules.records.parts import About, Customer
from shared_rules.text import plain

_POSTPONED = "postponed"
_LOOKED_BACK = timedelta(days=92)


class Offered(msgspec.Struct, frozen=True):
    """A customer that an agent offers to a colleague. `id` names the record."""

    id: str
    agent: str
    to: str
    at: datetime
    customer: Customer


class ListView(msgspec.Struct, frozen=True):
    """A list at an agent's: how many numbers it has, and how many are still to be called."""

    agent: str
    name: str
    count: int
    left: int


class Lists(BookPart):
    """Lead lists, and what is done with one customer."""

    # ---- whom to call next ----

    def left(self) -> int:
        """How many numbers of one's lists are still to be called."""
        return self._book.customers.table.lead_count(self._book.identity.agent)

    def next(self, avoid: frozenset[str] = frozenset()) -> Known | None:
        """The next number of the lists, none of those in `avoid` (E.164): first those whose postponement is over.

        None while records are still being read, since one of them may be a call to that number.
        """
        return next(self._open(avoid), None) if self._book.customers.ready else None

    def _open(self, avoid: frozenset[str]) -> Iterator[Known]:
        book, table = self._book, self._book.customers.table
        now, postponed = book.now(), self._postponed()
        back = {tag for tag, until in postponed.items() if until <= now}
        agent = book.identity.agent
        if back:
            yield from (known for known in table.leads(agent) if known.tag in back and self._callable(known, avoid))
        for known in table.leads(agent):
            if known.tag not in postponed and self._callable(known, avoid):
                yield known

    def _callable(self, known: Known, avoid: frozenset[str]) -> bool:
        return known.phone not in avoid and not self.listed(known.phone) and not self._erased(known)

    def _erased(self, known: Known) -> bool:
        """Whether this customer was erased; the table learns of it a moment later than the book."""
        told = datetime.fromtimestamp(max(known.last, known.lead_at), UTC)
        return self._book.erasures.erased(known.phone, told)

    def postpone(self, phone: str, until: datetime) -> None:
        """Offer a number of the lists again at `until`, not before. Kept on this machine alone."""
        tag = self._own_tag(phone)
        now = self._now

        def change(kept: Any) -> dict[str, str]:
            left = {known: at for known, at in self._read(kept).items() if at > now}
            return {known: at.isoformat() for known, at in {**left, tag: until}.items()}

        self._book.odds.change("cursors", _POSTPONED, change)

    def _postponed(self) -> dict[str, datetime]:
        return self._read(self._book.odds.get("cursors", _POSTPONED))

    @staticmethod
    def _read(kept: Any) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for tag, at in (kept if isinstance(kept, dict) else {}).items():
            with suppress(TypeError, ValueError):
                found[tag] = datetime.fromisoformat(at)
        return found

    def listed(self, phone: str) -> tuple[datetime, str] | None:
        """Since when a number is on the do-not-call list, and who listed it; None when it is not."""
        number = parse_phone(phone)
        with self._lock:
            keys = self._session.place.tag_keys()
            if number is None or keys is None:
                return None
            found = self._session.folds.listed(keys.team_phone(number.e164))
            return (found.at.astimezone(self._session.place.zone), found.by) if found else None

    # ---- lead lists ----

    def progress(self) -> list[ListView]:
        """How far each list is, by agent; the latest first. Slow with many customers."""
        found: dict[tuple[str, str], list[int]] = {}
        for row in self._book.customers.table.all():
            if row.lead_at and not row.gone:
                counts = found.setdefault((row.agent, row.lead_list), [0, 0, 0])
                counts[0] += 1
                counts[1] += row.open_lead
                counts[2] = max(counts[2], row.lead_at)
        latest = sorted(found.items(), key=lambda one: (-one[1][2], one[0]))
        return [ListView(agent, name, count, left) for (agent, name), (count, left, _) in latest]

    def targets(self, named: Sequence[str]) -> tuple[str, ...]:
        """Who gets a list: those named, else every present agent (for a supervisor), else the person here. Raises
        Problem for somebody not in the team, or to whom one may not give leads.
        """
        me = self._book.identity
        with self._lock:
            place = self._session.place
            if not named:
                agents = (
                    person.id for person in place.membership.people() if person.role == "agent" and not person.left
                )
                return tuple(agents if place.supervisor and not me.solo else ()) or (me.agent,)
            for agent in named:
                person = place.membership.person(agent)
                if person is None or person.left:
                    raise Problem("errors.not_in_team", person=agent)
                if agent != me.agent and not place.supervisor:
                    raise Problem("errors.supervisors_only", person=me.agent)
        return tuple(dict.fromkeys(named))

    def taking(self, name: str, agents: Sequence[str]) -> LeadTaker:
        """Begin to take in a list for agents that `targets` gave."""
        return LeadTaker(self._book, name, agents)

    # ---- giving ----

    def hand_over(self, phone: str, to: str) -> None:
        """Offer a customer to a colleague; a supervisor makes it theirs. It leaves one's own lists at once."""
        number = e164(phone)

        def make(now: datetime) -> list[Draft]:
            session, me = self._session, self._book.identity.agent
            person = session.place.membership.person(to)
            if person is None or person.left or person.role != "agent":
                raise Problem("errors.no_agent", person=to)
            if to == me:
                raise Problem("errors.hand_to_self")
            customer = customer_of(number, everybodys(session, number))
            secret = HandoverSecret(to=to, customer=customer)
            return [Draft(uuid7(now), me, Handover(phone_tag=self._own_tag(phone)), secret)]

        self._book.put(make)

    def offered(self) -> list[Offered]:
        """What agents offer to colleagues and no supervisor has answered yet, the oldest first."""
        with self._lock:
            session = self._session
            _fold_offers(session, self._today)
            keys = tag_keys(session)
            found = []
            for agent, fold in list(session.folds.agents.items()):
                answers = (*fold.dossier.of("refusal"), *fold.facts("withdrawal"))
                answered = {fact.body.about.id for fact in answers}
                for fact in fold.facts("handover"):
                    phone, theirs = parse_phone(fact.body.customer.phone), keys.get(fact.body.to)
                    if (
                        fact.id not in answered
                        and phone
                        and theirs
                        and not _given(session, fact, theirs.phone(phone.e164))
                    ):
                        found.append(_offered(agent, fact, session))
        return sorted(found, key=lambda one: one.at)

    def accept(self, id: str) -> Written:
        """Make an offered customer the colleague's. Raises Problem."""
        one = self._find_offer(id)
        return self._book.supervisor.assign(one.customer.phone, one.to)

    def refuse(self, id: str, text: str = "") -> Written:
        """Leave an offered customer where it is. Raises Problem."""
        one = self._find_offer(id)

        def make() -> list[Draft]:
            session = self._session
            need_supervisor(session)
            tag = tag_keys(session)[one.agent].phone(one.customer.phone)
            about = About(author=one.agent, id=one.id, day=one.at.astimezone(session.place.zone).date())
            secret = RefusalSecret(about=about, text=text)
            return [Draft(uuid7(self._now), one.agent, Refusal(phone_tag=tag), secret)]

        return self._book.supervisor.put(make)

    # ---- one customer ----

    def customer(self, phone: str) -> Customer:
        """Who has a number, as far as the records here tell. Raises Problem for no number."""
        number = e164(phone)
        with self._lock:
            return customer_of(number, everybodys(self._session, number))

    def file(self, phone: str) -> CustomerFile:
        """All that is recorded here of a customer. Slow where its calls are old. Raises Problem for no number."""
        number, book = e164(phone), self._book
        rows = sorted(book.customers.known(number), key=lambda row: row.rank)
        with book.lock:
            session = book.session
            calls, events = read_file(session, book.customers, rows)
            whose = owner(session, rows, calls, number, book.today())
        company = next((row.company for row in rows if row.company), "")
        return CustomerFile(
            number,
            book.customers.table.company(company),
            tuple(rows),
            whose,
            book.lists.listed(number),
            tuple(calls),
            tuple(events),
        )

    # ---- companies ----

    def merge(self, company: str, other: str, phone: str) -> None:
        """Show the company spelled `other` as `company`; `phone` is a customer of it, with whom this can be erased."""
        company, other = plain(company), plain(other)
        if not company or not other or company == other:
            raise Problem("errors.merge_same")

        def make(now: datetime) -> list[Draft]:
            secret = AliasSecret(company=company, other=other)
            body = Alias(phone_tag=self._own_tag(phone))
            return [Draft(uuid7(now), self._book.identity.agent, body, secret)]

        self._book.put(make)

    # ---- within ----

    def _find_offer(self, id: str) -> Offered:
        found = [one for one in self.offered() if id in (one.id, named(one.agent, one.id))]
        if not found:
            raise Problem("errors.no_record", id=id)
        if len(found) > 1:
            raise of_two(id, (one.agent for one in found))
        return found[0]

    def _own_tag(self, phone: str) -> str:
        with self._lock:
            return own.keys(self._session).phone(e164(phone))


def _fold_offers(session: Session, today: date) -> None:
    """Fold the segments of the last months in which something was offered or answered."""
    names = {
        held.name
        for held in session.segments.held(today - _LOOKED_BACK)
        if session.segments.has(held, "handover", "refusal", "withdrawal")
    }
    session.load_segments(names)


def _given(session: Session, offer: Fact, tag: str) -> bool:
    """Whether the customer was given to the colleague, under whose key `tag` is, since it was offered. A giving that
    was taken back is no answer.
    """
    given = session.folds.fold(offer.body.to).dossier.of("owner", tag)
    return any(fact.body.gained and fact.at >= offer.at for fact in given)


def _offered(agent: str, fact: Fact, session: Session) -> Offered:
    return Offered(fact.id, agent, fact.body.to, fact.at.astimezone(session.place.zone), fact.body.customer)
