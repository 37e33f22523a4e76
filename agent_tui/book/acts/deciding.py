"""What a supervisor decides about the program's proposals: an entry, or nothing."""

from agent_tui.book.acts.base import acts, text_of
from agent_tui.book.acts.judging import Judging
from agent_tui.book.place.pen import Draft
from agent_tui.errors import Problem
from agent_tui.readings import ProposalView
from shared_rules.records.entries import Dismissal, DismissalSecret


class Deciding(Judging):
    """A proposal costs nothing until it is accepted; each is decided once."""

    @acts
    def accept(self, id: str) -> list[Draft]:
        """A proposal made an entry, with the points and the fine that its rule gives."""
        view = self._open_proposal(id)
        what = view.what
        return [self._entry(view.agent, what.rule, what.on, evidence=what.evidence, proposal=what.key)]

    @acts
    def dismiss(self, id: str, text: str) -> list[Draft]:
        """A proposal not followed, with the reason."""
        view = self._open_proposal(id)
        secret = DismissalSecret(proposal=view.what.key, on=view.what.on, text=text_of(text, needed="reason"))
        return [self._draft(view.agent, Dismissal(), secret)]

    def _open_proposal(self, id: str) -> ProposalView:
        self._need_supervisor()
        view = self._book.read.proposal(id)
        self._about(view.agent)
        if view.what.state != "open":
            raise Problem("acts.decided")
        return view
