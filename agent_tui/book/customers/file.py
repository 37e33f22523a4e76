"""One customer in full: what is known, whose it is, and every call and record about it."""

from datetime import date, datetime
from typing import Any

import msgspec

from agent_tui.book.customers.index import CustomerIndex
from agent_tui.book.customers.ownership import last_giving, owner_of
from agent_tui.book.customers.table import Key, Known
from agent_tui.book.folding.plain import call_body
from agent_tui.book.records.looking import load_judged
from agent_tui.book.session import Session
from agent_tui.views import CallView
from shared_rules.folding.call_states import CallState

_KINDS = ("proposal", "grade_step", "visit_report", "payment", "owner", "handover", "seminar")


class Event(msgspec.Struct, frozen=True):
    """Something recorded of a customer besides calls. `content` is what it says, by name."""

    at: datetime
    agent: str
    by: str
    kind: str
    content: dict[str, Any]


class CustomerFile(msgspec.Struct, frozen=True):
    """A customer as the records here show it. `rows` has one row for each agent who has it, the last caller first.

    `calls` and `events` are the newest first. `listed` tells since when, and by whom, it is on the do-not-call list.
    """

    phone: str
    company: str
    rows: tuple[Known, ...]
    owner: str | None
    listed: tuple[datetime, str] | None
    calls: tuple[CallView, ...]
    events: tuple[Event, ...]

    @property
    def made(self) -> int:
        """How many calls stand: a withdrawn one is listed and does not count."""
        return sum(call.why_not != "void" for call in self.calls)


def read_file(session: Session, index: CustomerIndex, rows: list[Known]) -> tuple[list[CallView], list[Event]]:
    """The calls and the events of some rows of one customer. Under the book's lock; it folds what it needs."""
    names = {index.segment(number) for row in rows for number in row.segments}
    session.load_segments(names)
    session.load_month(session.today(), session.asked_of)
    keys = {row.key for row in rows}
    states = _states(session, _calls(session, names, keys))
    # How a late or changed call counts depends on whether its day was confirmed before.
    told_late = [(state.agent, state.id) for state in states if state.late or state.history]
    load_judged(session, told_late)
    states = _states(session, {(state.agent, state.id) for state in states})
    calls = [session.customers.view(state) for state in states if (state.agent, state.phone_tag or "") in keys]
    calls.sort(key=lambda call: call.started_at, reverse=True)
    events = [event for key in keys for event in _events(session, key)]
    events += [_lead(session, row) for row in rows if row.lead_at]
    return calls, sorted(events, key=lambda event: event.at, reverse=True)


def owner(session: Session, rows: list[Known], calls: list[CallView], phone: str, today: date) -> str | None:
    """Whose customer it is: by all records on a supervisor's machine, at a desk as far as one's own records show."""
    if session.place.tag_secret() is not None:
        return owner_of(session, phone, today)
    for row in rows:
        given = last_giving(session, {row.agent: row.tag}, today)
        if given is not None:
            return row.agent if given.body.gained else given.body.other
    return next((call.agent for call in reversed(calls) if call.lead), None)


def _states(session: Session, calls: set[tuple[str, str]]) -> list[CallState]:
    found = (session.call(agent, agent, id) for agent, id in sorted(calls))
    return [state for state in found if state is not None]


def _calls(session: Session, names: set[str], keys: set[Key]) -> set[tuple[str, str]]:
    """The calls in those segments that are, or were, these customers'."""
    tags = {tag.encode() for _, tag in keys}
    found: set[tuple[str, str]] = set()
    for held in session.segments.named(names):
        for stored in session.segments.read(held):
            line = stored.line
            body = call_body(line) if any(tag in stored.raw for tag in tags) else None
            if body is not None:
                found.add((line.agent, line.id if line.kind == "call" else body.about.id))
    return found


def _events(session: Session, key: Key) -> list[Event]:
    agent, tag = key
    zone = session.place.zone
    dossier = session.folds.fold(agent).dossier
    return [
        Event(fact.at.astimezone(zone), agent, fact.author, kind, msgspec.structs.asdict(fact.body))
        for kind in _KINDS
        for fact in dossier.of(kind, tag)
    ]


def _lead(session: Session, row: Known) -> Event:
    at = datetime.fromtimestamp(row.lead_at, session.place.zone)
    return Event(at, row.agent, row.lead_by, "lead", {"list": row.lead_list, "row": row.lead_row, "gone": row.gone})
