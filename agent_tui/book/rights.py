"""Who may see what is sealed to others, and do what only a supervisor may."""

from agent_tui.book.session import Session
from agent_tui.errors import Problem


def need_readable(session: Session, agent: str) -> None:
    """Raise Problem for somebody whose points, pay and days are sealed to this device."""
    if not session.folds.readable(agent):
        raise Problem("why.not_yours", agent=agent)


def need_supervisor(session: Session) -> None:
    """Raise Problem where the person here is no supervisor."""
    me = session.place.me
    if me is None or (me.role != "supervisor" and not session.place.membership.alone):
        raise Problem("errors.supervisors_only", person=session.place.state.id)
