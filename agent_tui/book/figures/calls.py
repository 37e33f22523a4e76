"""Calls as they are shown and entered: from a fold's states to views, from an entry to a record."""

from collections import OrderedDict
from datetime import datetime

from agent_tui.book.entries import CallEntry
from agent_tui.book.folding.folds import Folds
from agent_tui.book.segments.segments import Segments
from agent_tui.errors import Problem
from agent_tui.trust.tags import TagKeys
from agent_tui.views import CallView
from shared_rules.completeness import filled
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact
from shared_rules.phones import parse_phone
from shared_rules.policies.policy import Policy
from shared_rules.records.kinds import Call
from shared_rules.records.parts import Customer
from shared_rules.text import company_key, plain

_KEPT = 5000
_TEXTS = ("company", "contact", "title", "department", "headcount", "it_status", "note")


class Customers:
    """The customers sealed in records, opened when they are shown. The most recent ones are kept open in memory."""

    def __init__(self, folds: Folds, segments: Segments) -> None:
        self._folds = folds
        self._segments = segments
        self._open: OrderedDict[tuple[str, int], Customer | None] = OrderedDict()

    def of(self, fact: Fact) -> Customer | None:
        """The customer of a call or a correction; None when this device may not, or can no longer, read it.

        If its ring was lost along with a key, the record may have been sealed anew when it was brought over.
        """
        customer = self._sealed_in(fact)
        fold = self._folds.agents.get(fact.agent) if customer is None else None
        again = map(self._sealed_in, fold.again(fact)) if fold else ()
        return next((found for found in again if found), customer)

    def _sealed_in(self, fact: Fact) -> Customer | None:
        if fact.line in self._open:
            self._open.move_to_end(fact.line)
            return self._open[fact.line]
        stored = self._segments.line(*fact.line)
        customer = self._folds.open_customer(stored.line, fact.body) if stored else None
        self.put(fact.line, customer)
        return customer

    def view(self, state: CallState) -> CallView:
        """A call as screens and commands show it, with its customer."""
        customer = self.of(state.source)
        if state.phone_tag and self._folds.erased(state.agent, state.phone_tag) and not (customer and customer.phone):
            return view(state, None, erased=True)
        return view(state, customer)

    def put(self, line: tuple[str, int], customer: Customer | None) -> None:
        """Remember what was sealed in a line (writer and seq)."""
        self._open[line] = customer
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)

    def forget(self) -> None:
        """Open everything anew when next asked: rings have come or gone."""
        self._open.clear()


def withdrawn(state: CallState) -> bool:
    """Whether the last word about a call withdraws it, even if that waits as the day is confirmed."""
    return state.pending[-1].kind == "void" if state.pending else state.why_not == "void"


def view(state: CallState, customer: Customer | None, *, erased: bool = False) -> CallView:
    """A call as screens and commands show it."""
    return CallView(
        id=state.id,
        author=state.author,
        agent=state.agent,
        day=state.day,
        started_at=state.started_at,
        at=state.at,
        outcome=state.outcome,
        interest=state.interest,
        grade=state.grade,
        duration_s=state.duration_s,
        follow_up=follow_up(state),
        customer=customer,
        missing=state.missing,
        valid=state.valid,
        lead=state.lead,
        why_not=state.why_not,
        late=state.late,
        corrected=state.corrected,
        pending=len(state.pending),
        withdrawn=withdrawn(state),
        erased=erased,
    )


def content(fact: Fact) -> "Call":
    """The clear content of a call or of a correction of one (a struct with the fields of Call)."""
    body = fact.body
    found: Call = body.call if fact.kind == "correction" else body
    return found


def follow_up(state: CallState) -> datetime | None:
    """When to call again, as the call now stands."""
    return content(state.source).follow_up


def customer_of(entry: CallEntry) -> Customer:
    """What an entry says of the customer, full-width signs made plain. The phone is E.164 where it is usable."""
    phone = parse_phone(entry.phone)
    texts = {name: plain(getattr(entry, name)) for name in _TEXTS}
    if phone is None:
        return Customer(phone=plain(entry.phone)[:200], **texts)
    return Customer(phone=phone.e164, extension=phone.extension, **texts)


def tags_of(customer: Customer, keys: TagKeys) -> tuple[str | None, str | None]:
    """The tags of a customer's number and company; None for one that there is not."""
    phone, company = parse_phone(customer.phone), company_key(customer.company)
    return keys.phone(phone.e164) if phone else None, keys.company(company) if company else None


def bears_out(customer: Customer, call: Call, policy: Policy, keys: TagKeys) -> bool:
    """Whether the sealed part of a call agrees with its clear body, by which it is counted."""
    tags = call.phone_tag, call.company_tag
    return tags == tags_of(customer, keys) and set(call.filled) <= set(filled(customer, policy))


def call_of(entry: CallEntry, policy: Policy, keys: TagKeys, now: datetime) -> tuple[Call, Customer]:
    """The record's clear body and the customer to seal. Raises Problem for a value that cannot be recorded."""
    if policy.outcome(entry.outcome) is None:
        known = ", ".join(outcome.id for outcome in policy.outcomes)
        raise Problem("errors.unknown_outcome", outcome=entry.outcome, known=known)
    started = entry.started_at or now
    if started > now:
        raise Problem("errors.starts_later", at=started.isoformat(timespec="minutes"))
    for name in ("phone", *_TEXTS):
        limit = 4000 if name == "note" else 200
        if len(getattr(entry, name)) > limit:
            raise Problem("errors.too_long", field=name, limit=limit)
    customer = customer_of(entry)
    phone_tag, company_tag = tags_of(customer, keys)
    body = Call(
        outcome=entry.outcome,
        interest=entry.interest,
        grade=entry.grade,
        filled=filled(customer, policy),
        phone_tag=phone_tag,
        company_tag=company_tag,
        started_at=started,
        duration_s=entry.duration_s,
        follow_up=entry.follow_up,
        imported=entry.imported,
        card=entry.card,
    )
    return body, customer
