"""Whose a customer is (handbook 3), and what all agents' records say about one. For supervisors, who hold the secret
of the tags.
"""

from datetime import date

from agent_tui.book.folding.plain import call_body
from agent_tui.book.members.rights import tag_secret
from agent_tui.book.records.looking import about, load_judged, load_supervisors
from agent_tui.book.session import Session
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact
from shared_rules.records.parts import About


def tags_of(session: Session, number: str) -> dict[str, str]:
    """A number's tag under the key of each agent. For supervisors, who hold the secret of the tags."""
    secret = tag_secret(session)
    return {person.id: secret.for_agent(person.id).phone(number) for person in session.place.membership.people()}


def owner_of(session: Session, number: str, on: date) -> str | None:
    """Whose customer a number is on a day (handbook 3): whom it was given to, else who had the first lead call."""
    return ownership(session, number, on)[0]


def ownership(session: Session, number: str, on: date) -> tuple[str | None, About | None]:
    """The owner, and the lead call that makes it so; no call where a supervisor or a swap gave the customer."""
    tags = tags_of(session, number)
    given = last_giving(session, tags, on)
    if given is not None:
        return (given.agent if given.body.gained else given.body.other), None
    first = first_lead(lead_calls(session, tags, on))
    return (first.agent, about(first.fact, first.day)) if first else (None, None)


def lead_calls(session: Session, tags: dict[str, str], on: date) -> list[CallState]:
    """The lead calls with a number up to a day that stand, of all agents."""
    return [state for state in _calls(session, tags) if state.lead and state.day <= on]


def first_lead(leads: list[CallState]) -> CallState | None:
    """The lead call that makes the owner: the earliest."""
    return min(leads, key=lambda state: (state.started_at, state.id), default=None)


def last_giving(session: Session, tags: dict[str, str], on: date) -> Fact | None:
    """The record by which a customer was last given to somebody, as of a day."""
    given = [fact for fact in of_customer(session, tags, "owner") if fact.body.on <= on]
    return max(given, key=lambda fact: (fact.body.on, fact.order), default=None)


def of_customer(session: Session, tags: dict[str, str], *kinds: str) -> list[Fact]:
    """The records of those kinds about a customer that stand; `tags` has its tag for each agent."""
    return [
        fact
        for agent, tag in tags.items()
        for kind in kinds
        for fact in session.folds.fold(agent).dossier.of(kind, tag)
    ]


def paid_by(session: Session, tags: dict[str, str]) -> int:
    """What a customer has paid in all, less what was paid back, in fen."""
    load_supervisors(session)
    return sum(fact.body.fen for fact in of_customer(session, tags, "payment"))


def _calls(session: Session, tags: dict[str, str]) -> list[CallState]:
    """The calls with a number, of whatever day, with what was corrected, withdrawn or found of them."""
    keys: set[tuple[str, str]] = set()
    people = {one.writer: one.person for one in session.place.membership.bindings()}
    wanted = {writer: (tags[person],) for writer, person in people.items() if person in tags}
    for held in list(session.marks.having(session.segments.held(), wanted)):
        session.load_segment(held)
        person = people[held.writer]
        tag = tags[person].encode()
        for stored in session.segments.read(held):
            body = call_body(stored.line) if tag in stored.raw else None
            if body is not None:
                keys.add((person, stored.line.id if stored.line.kind == "call" else body.about.id))
    load_judged(session, keys)
    states = (session.call(person, person, id) for person, id in sorted(keys))
    return [state for state in states if state and state.phone_tag == tags[state.agent]]
