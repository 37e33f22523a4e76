"""A record by its id, opened and with what is about it; and what stands of a kind."""

from collections.abc import Iterable
from datetime import date

from agent_tui.book.records.naming import lines_of
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.i18n import t
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact, written
from shared_rules.records.authority import OF_THE_TEAM
from shared_rules.records.parts import About


def found(session: Session, id: str) -> Fact:
    """The record `id` (see `naming`), opened and folded, and with it whatever may be about it. Raises Problem."""
    lines = lines_of(session, id)
    if not lines:
        raise Problem("errors.no_record", id=id)
    for stored in lines:
        for held in session.segments.named({stored.segment}):
            # What is about a record is written when it is there: in its segment or a later one.
            session.load(held.day, stored.line.agent)
        if binding := session.place.membership.binding(stored.line.writer):
            fact = session.folds.fold(stored.line.agent).fact(binding.person, stored.line.id)
            if fact is not None:
                if day := _concerned(fact):
                    session.load(day, fact.agent)
                return fact
    newest = lines[0]
    if newest.line.kind in OF_THE_TEAM and session.folds.refusal(newest) is None:
        raise Problem("acts.of_the_team", id=id, kind=t(f"why.kind_{newest.line.kind}"))
    raise Problem("acts.not_readable", id=id)


def _concerned(fact: Fact) -> date | None:
    """The day that a record is about, which may lie long before the record; None for one that names none."""
    for what in (fact.body, getattr(fact.body, "about", None)):
        for name in ("day", "on"):
            if isinstance(day := getattr(what, name, None), date):
                return day
    return None


def call(session: Session, id: str) -> CallState:
    """The call `id` as it stands. Raises Problem for any other record."""
    fact = found(session, id)
    state = state_of(session, fact.author, fact.agent, fact.id) if fact.kind == "call" else None
    if state is None:
        raise Problem("acts.no_call", id=id)
    return state


def state_of(session: Session, author: str, agent: str, id: str) -> CallState | None:
    """A call as it stands, with all folded that tells how; None for one that is not folded.

    Of a call that was entered late the confirmation of its day may lie in an earlier segment than the call.
    """
    folded = None
    while (day := session.folds.fold(agent).day_of(author, id)) not in (None, folded):
        session.load(day, agent)
        folded = day
    return session.call(author, agent, id)


def about(fact: Fact, day: date) -> About:
    """How a later record names this one."""
    return About(author=fact.author, id=fact.id, day=day)


def standing(fold: AgentFold, *kinds: str) -> list[Fact]:
    """The facts of those kinds that were not taken back, the earliest first."""
    return sorted((fact for kind in kinds for fact in fold.dossier.of(kind)), key=written)


def load_supervisors(session: Session, since: date = date.min) -> None:
    """Fold what supervisors wrote from a day on: a verdict may have come long after its call."""
    held = (one for one in session.segments.held(since))
    session.load_segments({one.name for one in held if _is_supervisor(session, one.writer)})


def load_judged(session: Session, calls: Iterable[tuple[str, str]]) -> None:
    """Fold what supervisors wrote since the days of those of the calls (agent and id) that are folded."""
    days = [day for agent, id in calls if (day := session.folds.fold(agent).day_of(agent, id))]
    if days:
        load_supervisors(session, min(days))


def _is_supervisor(session: Session, writer: str) -> bool:
    binding = session.place.membership.binding(writer)
    return binding is not None and binding.role == "supervisor"
