"""A customer given to an agent: a lead on their list, and off the lists of everybody else."""

from collections.abc import Sequence
from datetime import datetime
from threading import RLock

from agent_tui.book.customers.lead_lists import Stored, stored_leads, tag_keys
from agent_tui.book.customers.reading import CustomerReader
from agent_tui.book.customers.rows import FIELDS
from agent_tui.book.customers.table import CustomerTable, Known
from agent_tui.book.place.pen import Draft
from agent_tui.book.session import Session
from agent_tui.ids import uuid7
from shared_rules.records.entries import Lead, LeadSecret, Withdrawal, WithdrawalSecret
from shared_rules.records.parts import About, Customer


def everybodys(session: Session, e164: str) -> list[Known]:
    """A customer as each agent's records show it, as far as they can be read here; the last caller's first."""
    keys = [(agent, keys.phone(e164)) for agent, keys in tag_keys(session).items()]
    found = CustomerReader(session, RLock(), CustomerTable(), None).find(keys)
    return sorted(found, key=lambda known: known.rank)


def customer_of(e164: str, rows: Sequence[Known]) -> Customer:
    """What is known of a number: for each field the first row that has it."""
    told = {name: next((text for row in rows if (text := getattr(row, name))), "") for name in FIELDS}
    return Customer(phone=e164, **told)


def as_lead(session: Session, e164: str, to: str, came_from: str | None, now: datetime) -> list[Draft]:
    """The records that put a number on an agent's list and take it off the others'. Under the book's lock."""
    tags = {agent: keys.phone(e164) for agent, keys in tag_keys(session).items()}
    leads, rows = stored_leads(session, set(tags.values())), everybodys(session, e164)
    giver = came_from or next((row.agent for row in rows if row.agent != to), None)
    secret = LeadSecret(customer=customer_of(e164, rows), list="", came_from=giver)
    drafts = [Draft(uuid7(now), to, Lead(phone_tag=tags[to]), secret)]
    for agent, tag in tags.items():
        if agent != to:
            drafts += _taken_off(session, agent, tag, leads, now)
    return drafts


def number_of(session: Session, agent: str, tag: str) -> str:
    """The number behind a tag, as an agent's records here tell it; empty where none does, as after an erasure."""
    known = CustomerReader(session, RLock(), CustomerTable(), None).find([(agent, tag)])
    return known[0].phone if known else ""


def off_the_list(session: Session, agent: str, tag: str, now: datetime) -> list[Draft]:
    """The records that take a customer off an agent's list."""
    return _taken_off(session, agent, tag, stored_leads(session, {tag}), now)


def _taken_off(session: Session, agent: str, tag: str, leads: Stored, now: datetime) -> list[Draft]:
    drafts = []
    for author, id, at in leads.get((agent, tag), ()):
        day = datetime.fromisoformat(at).astimezone(session.place.zone).date()
        taken = WithdrawalSecret(about=About(author=author, id=id, day=day), kind_of="lead")
        drafts.append(Draft(uuid7(now), agent, Withdrawal(phone_tag=tag), taken))
    return drafts
