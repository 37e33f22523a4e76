"""Taking in a lead list: each number once in the team, one sealed record a lead."""

from collections import Counter
from collections.abc import Sequence, Set
from itertools import cycle
from typing import TYPE_CHECKING

from agent_tui.book.place.pen import Draft
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.trust.tags import TagKeys
from shared_rules.records.entries import Lead, LeadSecret
from shared_rules.records.kinds import reader
from shared_rules.records.lines import tags_in
from shared_rules.records.parts import Customer

if TYPE_CHECKING:
    from agent_tui.book.book import Book

_SHORT = 200


def tag_keys(session: Session) -> dict[str, TagKeys]:
    """The tag keys that this machine can make, by agent: everybody's on a supervisor's, else one's own."""
    place = session.place
    secret, me = place.tag_secret(), place.me
    if secret is not None:
        return {person.id: secret.for_agent(person.id) for person in place.membership.people()}
    keys = place.tag_keys()
    return {me.person: keys} if me and keys else {}


Stored = dict[tuple[str, str], list[tuple[str, str, str]]]
"""Leads by agent and phone tag: author, record id, `at`."""


def stored_leads(session: Session, tags: Set[str] | None = None) -> Stored:
    """The leads on this machine, which may be tens of thousands; only those with one of the `tags`, if given."""
    found: Stored = {}
    lists = [held for held in session.segments.held() if session.segments.has(held, "lead")]
    if tags is not None:
        lists = list(session.marks.having(lists, dict.fromkeys((held.writer for held in lists), tags)))
    for held in lists:
        for stored in session.segments.read(held):
            line = stored.line
            if line.kind != "lead" or (tags is not None and tags.isdisjoint(tags_in(stored.raw))):
                continue
            if session.folds.refusal(stored) is None:
                tag = reader(Lead)(line.body).phone_tag
                binding = session.place.membership.binding(line.writer)
                if tag and binding:
                    found.setdefault((line.agent, tag), []).append((binding.person, line.id, line.at))
    return found


class LeadTaker:
    """Takes in the rows of one list, some at a time; `agents` get them in turn. Raises Problem for an agent whose tags
    cannot be made here: even one's own, if the copy of the team is gone.
    """

    def __init__(self, book: "Book", name: str, agents: Sequence[str]) -> None:
        self.agents = tuple(agents)
        self.given: Counter[str] = Counter()
        """How many each agent got."""
        self._book = book
        self._name = name[:_SHORT]
        self._turn = cycle(self.agents)
        self._seen: set[str] = set()
        with book.lock:
            session = book.session
            self._keys = tag_keys(session)
            for agent in self.agents:
                if agent not in self._keys:
                    raise Problem("errors.not_in_team", person=agent)
            self._stored = stored_leads(session).keys()
        self._holders = {agent for agent, _ in self._stored if agent in self._keys}

    def is_new(self, customer: Customer) -> bool:
        """Whether a number is on no list yet, nor further up in this one. Raises Problem for a do-not-call number."""
        number = customer.phone
        if number in self._seen:
            return False
        self._seen.add(number)
        if any((agent, self._keys[agent].phone(number)) in self._stored for agent in self._holders):
            return False
        if listed := self._book.lists.listed(number):
            since, by = listed
            raise Problem("imports.listed", since=f"{since:%Y-%m-%d}", by=by)
        return True

    def take(self, rows: Sequence[tuple[int, str, Customer]]) -> None:
        """Write leads: the row in the file, whose it is by the file (empty: the next one's turn), the customer."""
        drafts = [self._draft(row, agent or next(self._turn), customer) for row, agent, customer in rows]
        self._book.put(lambda _: drafts)

    def _draft(self, row: int, agent: str, customer: Customer) -> Draft:
        self.given[agent] += 1
        keys = self._keys[agent]
        secret = LeadSecret(customer=customer, list=self._name, row=row)
        return Draft(keys.lead_id(customer.phone), agent, Lead(phone_tag=keys.phone(customer.phone)), secret)
