"""What the program proposes, for the supervisor's queue."""

from datetime import date, timedelta

from agent_tui.book.reading.base import Reader
from agent_tui.errors import Problem
from agent_tui.readings import ProposalView
from agent_tui.trust.people import Person
from shared_rules.proposals import proposals

# How far back the queue looks: what nobody decided in so many days is not asked any more.
_BACK = timedelta(days=35)


class Proposing(Reader):
    """Proposals cost nothing until a supervisor accepts them."""

    def proposals(self, agent: str | None = None, *, open_only: bool = True) -> list[ProposalView]:
        """What the last five weeks propose, by date; of one agent, or of all that can be read."""
        since = self._today - _BACK
        # A summary is of the week before.
        self._book.load(since - timedelta(days=7))
        with self._lock:
            found = [view for person in self._people(agent) for view in self._proposals_of(person, since)]
        found = [one for one in found if not open_only or one.what.state == "open"]
        return sorted(found, key=lambda one: (one.what.on, one.agent, one.what.key))

    def proposed(self, agent: str) -> int:
        """How many proposals about an agent wait. Counted when something was written of the agent or a day began."""
        with self._lock:
            folds, dossier = self._session.folds, self._fold(agent).dossier
            stand = folds, dossier.revision, len(folds.policies.versions()), self._today
        known = self._proposed.get(agent)
        if known is None or known[0] != stand:
            known = self._proposed[agent] = stand, len(self.proposals(agent))
        return known[1]

    def proposal(self, id: str) -> ProposalView:
        """The proposal of that id (`A017:punch:2026-11-23:in`). Raises Problem where nothing proposes it."""
        agent = id.partition(":")[0]
        with self._lock:
            known = self._session.place.membership.person(agent) is not None
        found = (one for one in self.proposals(agent, open_only=False) if one.id == id) if known else iter(())
        view = next(found, None)
        if view is None:
            raise Problem("errors.no_proposal", id=id)
        return view

    def _proposals_of(self, person: Person, since: date) -> list[ProposalView]:
        return [
            ProposalView(f"{person.id}:{one.key}", person.id, person.name, one)
            for one in proposals(self._agent(person), since, self._now)
        ]
