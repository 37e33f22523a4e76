"""Whose a customer is, and whether the lead call that says so was recorded only after a colleague's (handbook 3).

The first lead call makes the owner, even if it was entered or corrected days later, and so takes the customer from the
agent whom everybody knew as the owner. By the handbook it counts; but people are told before money follows.
"""

from datetime import date, datetime

import msgspec

from agent_tui.book.customers.ownership import first_lead, last_giving, lead_calls, tags_of
from agent_tui.book.session import Session
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import local_day


class Claim(msgspec.Struct, frozen=True):
    """A lead call that makes the owner though it was recorded, `at`, on a later day than its own; and the lead call of
    another agent that was recorded before it.
    """

    call: CallState
    at: datetime
    before: CallState


def late_claim(session: Session, number: str, on: date) -> Claim | None:
    """The late call that makes a customer somebody's on a day, and took it from somebody else when it was recorded.

    None if a supervisor gave the customer to the owner, or no other agent's call was recorded first. For supervisors.
    """
    tags = tags_of(session, number)
    if last_giving(session, tags, on) is not None:
        return None
    leads = lead_calls(session, tags, on)
    first = first_lead(leads)
    if first is None or local_day(_told(first), session.place.zone) <= first.day:
        return None
    before = first_lead([one for one in leads if one.agent != first.agent and _told(one) < _told(first)])
    return Claim(first, _told(first).astimezone(session.place.zone), before) if before else None


def _told(state: CallState) -> datetime:
    """When a call was first recorded as a lead of this customer: originally, or with the correction that made it so."""
    first = state.fact.body
    same = (first.phone_tag, first.started_at) == (state.phone_tag, state.started_at) and first.interest is not None
    return (state.fact if same else state.source).at
