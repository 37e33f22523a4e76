"""Whose a customer is, and whether the lead call that says so was recorded only after a colleague's (handbook 3).

The first lead call makes the owner, also one that was entered or corrected days later: then it takes the customer from
whom everybody knew as the owner. It counts, as the handbook has it; before money follows it is told.
"""

from datetime import date, datetime

import msgspec

from agent_tui.book.customers.ownership import first_lead, last_giving, lead_calls, tags_of
from agent_tui.book.session import Session
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import local_day


class Claim(msgspec.Struct, frozen=True):
    """The lead call that makes the owner, recorded (`at`) on a later day than its own; and the lead call of another
    agent that was recorded before it.
    """

    call: CallState
    at: datetime
    before: CallState


def late_claim(session: Session, number: str, on: date) -> Claim | None:
    """The late call by which a customer is somebody's on a day and was somebody else's before it was recorded.

    None where the customer was given to the owner, and where no call of another was recorded first. For supervisors.
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
    """When a call was first recorded as the lead of this customer that it is: with a correction, or before it."""
    first = state.fact.body
    same = (first.phone_tag, first.started_at) == (state.phone_tag, state.started_at) and first.interest is not None
    return (state.fact if same else state.source).at
