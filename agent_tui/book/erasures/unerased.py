"""Calls that still reveal a customer who was erased since, though the erasure was meant to cover them.

Either their number was corrected, or taken out, by a record that arrived after the erasure; or their agent was let in
by a supervisor of whom the erasing one had not heard yet; or their keys claim to obey and do not, as a faulty program's
might. Erasing the customer once more, now that the calls are here, clears them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from agent_tui.book.erasures.renumbered import put_right, with_tags
from agent_tui.book.folding.plain import call_body, instant
from agent_tui.book.session import Session
from agent_tui.store.segments import Stored
from agent_tui.sync.findings import Finding
from shared_rules.phones import parse_phone
from shared_rules.records.parts import Customer, path_of


def unerased(session: Session) -> list[Finding]:
    """Each such call by id, with its agent; on supervisors' machines only. Reads the segments that may have some."""
    if not session.rings.erasures or session.place.tag_secret() is None:
        return []
    found = sorted({*_put_right_since(session), *_of_others(session), *_disobeyed(session)})
    return [Finding("unerased", id, None, agent) for agent, id in found]


def _put_right_since(session: Session) -> Iterator[tuple[str, str]]:
    erasures = session.rings.erasures
    for (agent, tag), facts in put_right(session, erasures.all()).items():
        # None where a false record has a tag that was erased under another agent's keys.
        since = max((at for fact in facts if fact.tag and (at := erasures.when(agent, fact.tag))), default=None)
        told = (session.customers.of(fact) for fact in facts if path_of(fact.body) == tag)
        # What says nothing of the customer reveals nobody: the outcome of an erased call may be corrected.
        if since is None or all(customer == Customer() for customer in told):
            continue
        for fact in facts:
            # A customer who is called again after the erasure is rightly recorded again.
            if fact.kind == "call" and fact.at <= since:
                yield agent, fact.id


def _of_others(session: Session) -> Iterator[tuple[str, str]]:
    """The calls of agents whom the erasure, made on the day of the call or later, does not name."""
    erasures, keys = session.rings.erasures, session.place.tag_keys()
    for person in session.place.membership.people():
        since = {
            number: at
            for number, at in erasures.numbers().items()
            if person.id not in erasures.tags(number) and person.joined <= at.astimezone(session.place.zone).date()
        }
        if keys is None or not since:
            continue
        last = max(since.values()).astimezone(session.place.zone).date()
        for held in list(session.segments.held()):
            if held.writer in person.writers and held.day <= last:
                for stored in session.segments.read(held):
                    number = _number(session, stored)
                    erased = since.get(keys.team_phone(number)) if number else None
                    if erased and _written(stored) <= erased and session.folds.refusal(stored) is None:
                        yield person.id, stored.line.id


def _disobeyed(session: Session) -> Iterator[tuple[str, str]]:
    """The calls that their agent's keys still open, though they were written before their customer was erased."""
    erasures = session.rings.erasures
    for stored in with_tags(session, erasures.all()):
        body = call_body(stored.line) if stored.line.kind != "void" else None
        tag = None if body is None else path_of(body)
        since = erasures.when(stored.line.agent, tag) if tag else None
        if body is None or since is None or _written(stored) > since:
            continue
        if session.folds.open_customer(stored.line, body) is not None:
            yield stored.line.agent, body.about.id if stored.line.kind == "correction" else stored.line.id


def _number(session: Session, stored: Stored) -> str | None:
    """The number called in a call or a correction of one, as far as it can be read here."""
    body = call_body(stored.line) if stored.line.kind != "void" else None
    customer = session.folds.open_customer(stored.line, body) if body is not None else None
    found = parse_phone(customer.phone) if customer else None
    return found.e164 if found else None


def _written(stored: Stored) -> datetime:
    return instant(stored.line.at) or datetime.max.replace(tzinfo=UTC)
