"""The checks of who is in the team, who may see what is sealed, and who may act as a supervisor."""

from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.trust.people import Person
from agent_tui.trust.tags import TagSecret


def member(session: Session, id: str) -> Person:
    """A person of the team, also one who left. Raises Problem for anybody else."""
    person = session.place.membership.person(id)
    if person is None:
        raise Problem("errors.not_in_team", person=id)
    return person


def agent_of(session: Session, id: str) -> Person:
    """An agent of the team, also one who left. Raises Problem for anybody else: nothing is asked of a supervisor."""
    person = member(session, id)
    if not session.place.membership.is_agent(person):
        raise Problem("errors.supervisor_no_agent", person=id)
    return person


def need_readable(session: Session, agent: str) -> None:
    """Raise Problem for somebody whose points, pay and days are sealed to this device."""
    if not session.folds.readable(agent):
        raise Problem("why.not_yours", agent=agent)


def need_supervisor(session: Session) -> None:
    """Raise Problem where the person here is no supervisor."""
    me = session.place.me
    if me is None or (me.role != "supervisor" and not session.place.membership.alone):
        raise Problem("errors.supervisors_only", person=session.place.state.id)


def tag_secret(session: Session) -> TagSecret:
    """The secret of everybody's tags, which supervisors hold. Raises Problem for anybody else."""
    secret = session.place.tag_secret()
    if secret is None:
        raise Problem("errors.supervisors_only", person=session.place.state.id)
    return secret
