"""Payments and signatures that are in question: each stays as it is until a supervisor decides.

Each rests on the lead call that made the agent the customer's owner (handbook 3), and that call may fall away later.
Also, two supervisors who had not heard of each other's entry may both enter what a customer paid once.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from agent_tui.book.customers.giving import number_of
from agent_tui.book.customers.ownership import owner_of, tags_of
from agent_tui.book.records.looking import load_supervisors
from agent_tui.book.session import Session
from agent_tui.readings import DoubtReason
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact, written
from shared_rules.records.parts import About

DOUBTED = ("payment", "grade_step")


class Doubt(msgspec.Struct, frozen=True):
    """A payment or a signature (`fact`) in question, and the record that makes it so.

    Its call was withdrawn (`void`), found `false`, or (`other`) is now no lead of that customer, or a later one. Then
    `owner` is whose the customer was on that day by what stands now, if this machine can tell. Or the record is an
    earlier payment that says the same (`twice`), and neither writer knew of the other's.
    """

    fact: Fact
    reason: DoubtReason
    record: str
    owner: str | None = None


def entered_twice(session: Session, facts: Sequence[Fact]) -> list[Doubt]:
    """The payments among `facts` that seem to repeat earlier ones, as far as those are folded."""
    return [doubt for fact in facts if (doubt := _told_before(session, fact))]


def doubts(session: Session, agent: str, facts: Sequence[Fact]) -> list[Doubt]:
    """What is in question of an agent's payments and signatures that stand, in the order of `facts`."""
    resting = [fact for fact in facts if fact.body.rests_on is not None]
    payments = [fact for fact in facts if fact.kind == "payment"]
    _load_calls(session, agent, resting)
    if payments:
        load_supervisors(session, min(fact.body.on for fact in payments))
    found = {fact.key: [_fallen(session, fact)] for fact in resting}
    for doubt in entered_twice(session, payments):
        found.setdefault(doubt.fact.key, []).append(doubt)
    return [doubt for fact in facts for doubt in found.get(fact.key, ()) if doubt]


# ---- the call it rests on ----


def _fallen(session: Session, fact: Fact) -> Doubt | None:
    about: About = fact.body.rests_on
    state = session.call(about.author, fact.agent, about.id)
    if state is None or (state.lead and state.phone_tag == fact.tag and state.day <= fact.body.on):
        return None
    owner = _owner(session, state, fact.body.on)
    if owner == fact.agent:
        return None
    reason: DoubtReason = "void" if state.why_not == "void" else "false" if state.why_not == "false" else "other"
    return Doubt(fact, reason, about.id, owner)


def _owner(session: Session, state: CallState, on: date) -> str | None:
    """Whose the customer of a call is on a day; None for nobody's, and where it cannot be told here."""
    customer = session.customers.of(state.fact)
    if customer is None or not customer.phone or session.place.tag_secret() is None:
        return None
    return owner_of(session, customer.phone, on)


def _load_calls(session: Session, agent: str, facts: Sequence[Fact]) -> None:
    """Fold what decides how those calls stand: the agent's segments that mention them, and the supervisors' since."""
    if not facts:
        return
    wanted = {text for fact in facts for text in (fact.body.rests_on.id, fact.tag) if text}
    since = min(fact.body.rests_on.day for fact in facts)
    own = {one.writer: wanted for one in session.place.membership.bindings() if one.person == agent}
    for held in list(session.marks.having(session.segments.held(), own)):
        session.load_segment(held)
    load_supervisors(session, since)


# ---- entered twice ----


def _told_before(session: Session, fact: Fact) -> Doubt | None:
    alike = [
        one
        for fold in session.folds.agents.values()
        if fold.dossier.any("payment", fact.body.on)
        for one in fold.dossier.of("payment", fact.body.on)
        if one.order < fact.order and _unknown_alike(one, fact)
    ]
    same = [one for one in alike if _of_one_customer(session, one, fact)]
    return Doubt(fact, "twice", min(same, key=written).id) if same else None


def _unknown_alike(one: Fact, other: Fact) -> bool:
    """Whether two payments of a day are of the same amount, and were entered without knowing of each other."""
    return one.body.fen == other.body.fen and one.id not in other.body.beside and other.id not in one.body.beside


def _of_one_customer(session: Session, one: Fact, other: Fact) -> bool:
    """Whether two payments are of one customer, as far as this machine can tell: a tag is one agent's."""
    if one.agent == other.agent:
        return one.tag == other.tag
    if session.place.tag_secret() is None:
        return False
    number = next((found for fact in (one, other) if (found := number_of(session, fact.agent, fact.tag or ""))), "")
    tags = tags_of(session, number) if number else {}
    return bool(number) and all(fact.tag == tags.get(fact.agent) for fact in (one, other))
