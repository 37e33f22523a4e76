"""What a payment or a signature rests on: the lead call that made the agent the customer's owner (handbook 3).

It stays with its agent until a supervisor moves it. Where the call was taken away later, that is said.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from agent_tui.book.acts.looking import load_supervisors, owner_of
from agent_tui.book.session import Session
from shared_rules.facts import Fact
from shared_rules.folding import CallState
from shared_rules.record_parts import About

RESTING = ("payment", "grade_step")
Lost = Literal["void", "false", "other"]


class Questioned(msgspec.Struct, frozen=True):
    """A payment or a signature whose call was withdrawn, found false, or (`other`) is no lead of that customer, or not
    that early, any more.

    `owner` is whose the customer was on that day by what stands now, where this machine can tell.
    """

    fact: Fact
    lost: Lost
    owner: str | None


def questioned(session: Session, agent: str, facts: Sequence[Fact]) -> list[Questioned]:
    """Those of an agent's payments and signatures that stand and rest on what does not, in the order of writing."""
    resting = [fact for fact in facts if fact.body.rests_on is not None]
    _load(session, agent, resting)
    return [one for fact in resting if (one := _look(session, fact))]


def _look(session: Session, fact: Fact) -> Questioned | None:
    about: About = fact.body.rests_on
    state = session.call(about.author, fact.agent, about.id)
    if state is None or (state.lead and state.phone_tag == fact.tag and state.day <= fact.body.on):
        return None
    owner = _owner(session, state, fact.body.on)
    if owner == fact.agent:
        return None
    lost: Lost = "void" if state.why_not == "void" else "false" if state.why_not == "false" else "other"
    return Questioned(fact, lost, owner)


def _owner(session: Session, state: CallState, on: date) -> str | None:
    """Whose the customer of a call is on a day; None for nobody's, and where it cannot be told here."""
    customer = session.customers.of(state.fact)
    if customer is None or not customer.phone or session.place.tag_secret() is None:
        return None
    return owner_of(session, customer.phone, on)


def _load(session: Session, agent: str, facts: Sequence[Fact]) -> None:
    """Fold what tells how those calls stand: the agent's segments that speak of them, and the supervisors' since."""
    if not facts:
        return
    wanted = {text for fact in facts for text in (fact.body.rests_on.id, fact.tag) if text}
    since = min(fact.body.rests_on.day for fact in facts)
    for held in session.segments.held():
        binding = session.place.membership.binding(held.writer)
        if binding and binding.person == agent and any(session.segments.mentions(held, text) for text in wanted):
            session.load_segment(held)
    load_supervisors(session, since)
