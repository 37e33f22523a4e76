"""What all readers have in common: who is who, whose records may be read, and the month that is needed."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from agent_tui.book.folding.folds import Folds
from agent_tui.book.members.rights import member, need_readable
from agent_tui.book.part import BookPart
from agent_tui.errors import Problem
from agent_tui.readings import SuspectsView
from agent_tui.trust.people import Person
from agent_tui.views import Said
from shared_rules.dates import month_end
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy
from shared_rules.proposals import Agent
from shared_rules.records.parts import read_day

if TYPE_CHECKING:
    from agent_tui.book.book import Book


class Reader(BookPart):
    """Reads the book. On a screen, ask `Book.load_month` first."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book)
        # By agent: the state from which the waiting proposals were counted, and their number.
        self._proposed: dict[str, tuple[object, int]] = {}
        # By agent and day, in those folds: the revision and number of policies, and the suspects found from them.
        self._found_in: Folds | None = None
        self._found: dict[tuple[str, date], tuple[tuple[int, int], SuspectsView]] = {}

    def _person(self, agent: str) -> Person:
        return member(self._session, agent)

    def _people(self, agent: str | None = None) -> list[Person]:
        """The agents whose records this device may read: the one named, or all of them. Raises Problem."""
        if agent is not None:
            person = self._person(agent)
            need_readable(self._session, agent)
            return [person]
        place = self._session.place
        people = [one for one in place.membership.people() if place.membership.is_agent(one)]
        me = place.me
        return people if place.supervisor or me is None else [one for one in people if one.id == me.person]

    def _owed(self, person: Person, first: date) -> bool:
        """Whether the month that begins on `first` is paid: to an agent who was in the team during it, once hired.

        The time between the hire date and joining the team counts; that between leaving and coming back does not.
        """
        if not self._session.place.membership.is_agent(person):
            return False
        last = month_end(first)
        joined = last >= person.joined
        there = any(begun <= last and (ended is None or first <= ended) for begun, ended in person.spans)
        return self._session.folds.hired(person) <= last and (there or not joined)

    def _fold(self, agent: str) -> AgentFold:
        return self._session.folds.fold(agent)

    def _policy_on(self, agent: str) -> Callable[[date], Policy]:
        return partial(self._session.folds.policy, agent)

    def _agent(self, person: Person) -> Agent:
        """Whom the rules of proposals and weeks are asked about."""
        return Agent(self._fold(person.id), self._policy_on(person.id), partial(self._session.days.judged, person))

    def _said(self, fact: Fact | None, text: str = "text") -> Said | None:
        """What somebody wrote; `text` is the member that holds it."""
        if fact is None:
            return None
        return Said(fact.id, fact.at.astimezone(self._session.place.zone), fact.author, getattr(fact.body, text))


def first_of(month: str) -> date:
    """The first day of a month written YYYY-MM. Raises Problem."""
    try:
        return read_day(f"{month}-01")
    except ValueError:
        raise Problem("errors.no_month", month=month) from None
