"""What every act of a supervisor begins with."""

from datetime import date

from agent_tui.book.acts.base import Acts
from agent_tui.book.members.rights import agent_of, member, need_supervisor
from agent_tui.errors import Problem
from agent_tui.trust.people import Person
from shared_rules.folding.agent_fold import AgentFold


class Supervising(Acts):
    """Acts about others. In a team of one, one person is both."""

    def _need_supervisor(self) -> None:
        need_supervisor(self._session)

    def _about(self, agent: str) -> Person:
        """The person an act is about. Raises Problem for oneself, and for somebody not in the team."""
        self._need_supervisor()
        person = member(self._session, agent)
        if agent == self._me and not self._session.place.membership.alone:
            raise Problem("errors.about_self")
        return person

    def _agent(self, id: str) -> Person:
        """The agent whose day, points or week an act is about. Raises Problem for anybody else."""
        self._need_supervisor()
        return agent_of(self._session, id)

    def _fold(self, agent: str, since: date) -> AgentFold:
        """What is known of an agent, with all that was written since that day."""
        self._session.load(since, agent)
        return self._session.folds.fold(agent)
