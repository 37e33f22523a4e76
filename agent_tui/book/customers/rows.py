"""What one record does to a customer: a call, a lead. Pure; in whatever order they come, the same comes out."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec

from agent_tui.book.customers.table import Known, spelled
from shared_rules.phones import parse_phone

FIELDS = ("extension", "company", "contact", "title", "department", "headcount", "it_status")
TOLD = frozenset(FIELDS) | {"phone"}


class CallSeen(msgspec.Struct, frozen=True):
    """A call that stands: its clear content (with the fields of Call) and its opened customer, None if not needed."""

    content: Any
    customer: Any | None
    spoken: bool

    @property
    def start(self) -> int:
        """Its start in whole seconds."""
        return seconds(self.content.started_at)


class LeadSeen(msgspec.Struct, frozen=True):
    """A lead: the opened LeadSecret, its author, its id, and when it was written (seconds)."""

    secret: Any
    by: str
    id: str
    at: int

    @property
    def order(self) -> tuple[int, str]:
        """Of several leads the one with the greatest order holds."""
        return self.at, self.id


def with_call(known: Known, call: CallSeen) -> Known:
    """The customer after a call that begins no earlier than the last one known."""
    content = call.content
    changes: dict[str, Any] = {
        "last": call.start,
        "outcome": content.outcome,
        "follow_up": seconds(content.follow_up) if content.follow_up else 0,
        "grade": content.grade or known.grade,
        "spoken": known.spoken or call.spoken,
    }
    if call.spoken:
        changes["interest"] = content.interest or ""
    return msgspec.structs.replace(_told(known, call.customer, over=True), **changes)


def with_lead(known: Known, lead: LeadSeen) -> Known:
    """The customer with a lead; the later of two holds. What a call said about the customer stays."""
    known = _told(known, lead.secret.customer, over=False)
    if (known.lead_at, known.lead_id) >= lead.order:
        return known
    return msgspec.structs.replace(
        known,
        lead_at=lead.at,
        lead_list=lead.secret.list,
        lead_row=lead.secret.row,
        lead_by=lead.by,
        lead_id=lead.id,
        gone=False,
    )


def whole(
    blank: Known, calls: Collection[CallSeen], leads: Collection[LeadSeen], handed_over: Collection[int]
) -> Known | None:
    """A customer from all that stands of it; None when nothing does. `handed_over`: when it was offered to others."""
    known = blank
    for lead in sorted(leads, key=lambda one: one.order):
        known = with_lead(known, lead)
    for call in sorted(calls, key=lambda one: (one.start, one.content.outcome)):
        known = with_call(known, call)
    if not known.phone:
        return None
    if known.lead_at and any(at >= known.lead_at for at in handed_over):
        known = msgspec.structs.replace(known, gone=True)
    return spelled(known)


def in_segment(known: Known, number: int) -> Known:
    """With a segment that speaks of it."""
    if number in known.segments:
        return known
    return msgspec.structs.replace(known, segments=(*known.segments, number))


def seconds(at: datetime) -> int:
    """An instant in whole seconds; 0 for one that a broken clock put beyond the calendar."""
    try:
        return int(at.timestamp())
    except OverflowError:
        return 0


def _told(known: Known, customer: Any | None, *, over: bool) -> Known:
    """The customer with what a record says of it: replacing what was known (`over`), or only filling gaps."""
    if customer is None:
        return known
    changes = {
        name: said
        for name in FIELDS
        if (said := getattr(customer, name)) and said != getattr(known, name) and (over or not getattr(known, name))
    }
    if not known.phone and (phone := parse_phone(customer.phone)):
        changes["phone"] = phone.e164
    if not changes:
        return known
    changed = msgspec.structs.replace(known, **changes)
    return spelled(changed) if "company" in changes or "contact" in changes else changed
