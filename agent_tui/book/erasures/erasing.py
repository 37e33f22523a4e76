"""Erasing a customer: the supervisor's record, and what each machine does once it has read one."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from agent_tui.book.erasures.following import follow
from agent_tui.book.erasures.renumbered import earlier_tags
from agent_tui.book.members.rights import tag_secret
from agent_tui.book.numbers import e164
from agent_tui.book.place.pen import Draft
from agent_tui.book.place.place import Place
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.store.segments import Stored
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import MAX_ERASURES
from agent_tui.views import ErasedView
from shared_rules.phones import parse_phone
from shared_rules.records.entries import LeadSecret
from shared_rules.records.kinds import BODIES, Erase, ErasedTag, reader
from shared_rules.records.lines import tags_in
from shared_rules.records.parts import Customer, path_of

if TYPE_CHECKING:
    from agent_tui.trust.tags import TagKeys

# As many agents as fit into one record of at most 64 KiB.
_AGENTS = 500
# Room is left for what others erase meanwhile: more erasures than this, and no key file could name them all.
_MOST = MAX_ERASURES - 1000


class Asked(msgspec.Struct, frozen=True):
    """What an erasure writes, and the tags it is about."""

    drafts: list[Draft]
    tags: frozenset[str]


def asked(session: Session, phone: str, reason: str, now: datetime) -> Asked:
    """The records that erase the customer of a number at every agent. Raises Problem."""
    place = session.place
    number = e164(phone)
    secret = tag_secret(session)
    if number[-8:] in re.sub(r"\D", "", reason):
        raise Problem("errors.names_customer")
    people = [person.id for person in place.membership.people()]
    tags = [ErasedTag(agent=id, tag=secret.for_agent(id).phone(number)) for id in people]
    keys = secret.for_agent(place.state.id)
    team_tag = keys.team_phone(number)
    drafts = [
        Draft(uuid7(now), "", Erase(tags=tuple(tags[start : start + _AGENTS]), team_tag=team_tag, reason=reason))
        for start in range(0, len(tags), _AGENTS)
    ]
    earlier = earlier_tags(session, frozenset(one.tag for one in tags))
    # Each of these gets a record of its own: one record has a single tag of the team, that of the present number.
    drafts += [
        Draft(uuid7(now), "", Erase(tags=(one,), wrong_tag=_team_tag(keys, phone), reason=reason))
        for one, phone in earlier
    ]
    if session.rings.erasures.most + len(drafts) > _MOST:
        # With one erasure more than keys can name no desk could make a key, and so none could log.
        raise Problem("errors.erasures_full", most=_MOST)
    return Asked(drafts, frozenset(one.tag for one in (*tags, *(one for one, _ in earlier))))


def _team_tag(keys: "TagKeys", phone: str | None) -> str | None:
    number = parse_phone(phone) if phone else None
    return keys.team_phone(number.e164) if number else None


def records_with(session: Session, tags: frozenset[str]) -> int:
    """How many records on this machine speak of a customer."""
    held = list(session.segments.held())
    speaking = session.marks.having(held, dict.fromkeys((one.writer for one in held), tags))
    read = (session.place.home.read(one.path) or b"" for one in speaking)
    return sum(tag in tags for data in read for tag in tags_in(data))


def obey(session: Session, before: Sequence[Session], now: datetime) -> tuple[str, ...]:
    """Make what this machine stores obey the erasures it knows; the devices whose key files are still awaited.

    `before` are the places this desk was in earlier, whose journals and keys are still here.
    """
    if session.obeyed != session.news:
        news = session.news
        if session.rings.erasures:
            session.awaited = follow(session.place, session.rings.erasures, now.date())
            session.rings.forget()
            session.customers.forget()
            for previous in before:
                _obey_in_previous(session, previous, now)
        session.obeyed = news
    return session.awaited


def erased_since(session: Session, phone: str, at: datetime) -> bool:
    """Whether the customer of a number was erased at or after the instant `at`."""
    if not session.rings.erasures:
        return False
    number = parse_phone(phone)
    keys = session.place.tag_keys()
    since = session.rings.erasures.since(keys.team_phone(number.e164)) if number and keys else None
    return since is not None and at <= since


def without_erased(session: Session, draft: dict[str, Any]) -> dict[str, Any] | None:
    """A draft without the entries that name an erased number; None if none is left."""
    keys = session.place.tag_keys()
    if keys is None or not session.rings.erasures:
        return draft
    if "entries" not in draft:
        return None if _is_erased(session, keys, draft) else draft
    kept = [one for one in draft["entries"] if not _is_erased(session, keys, one)]
    return {**draft, "entries": kept} if kept else None


def _is_erased(session: Session, keys: "TagKeys", entry: Any) -> bool:
    """Whether an entry names a number, in whatever field, that was erased since it was begun."""
    numbers = (number for text in _texts(entry) if (number := parse_phone(text)))
    found = [since for one in numbers if (since := session.rings.erasures.since(keys.team_phone(one.e164)))]
    if not found:
        return False
    begun = entry.get("started_at") if isinstance(entry, dict) else None
    # A customer who calls again is recorded again.
    return not begun or datetime.fromisoformat(begun) <= max(found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


# ---- the team before ----


def _obey_in_previous(session: Session, previous: Session, now: datetime) -> None:
    """Erase in the earlier place, where tags may differ, whoever was erased in the present one."""
    if previous.place.team.team == session.place.team.team:
        follow(previous.place, session.rings.erasures, now.date(), session.place)
        previous.rings.forget()
        return
    keys = session.place.tag_keys()
    if keys is None or not session.rings.erasures:
        return
    there = Erasures()
    for stored, tag in _erased_there(session, previous, keys):
        there.add(stored.line, Erase(tags=(ErasedTag(agent=stored.line.agent, tag=tag),)), now)
    follow(previous.place, there, now.date())
    previous.rings.forget()


class _Said(NamedTuple):
    """What a line of the earlier team says of a customer: under which tag, of which call, and whether it must go."""

    stored: Stored
    tag: str
    call: str
    erased: bool


def _erased_there(session: Session, previous: Session, keys: "TagKeys") -> list[tuple[Stored, str]]:
    """The lines of the earlier team about customers who were erased since, each with its tag there. What a call said
    before its number was put right goes with it, unless its tag is another customer's too.
    """
    journal = previous.place.journal
    lines = (stored for segment in journal.segments() for stored in journal.read(segment.name))
    said = [one for stored in lines if (one := _said(session, previous, keys, stored))]
    calls = {one.call for one in said if one.erased}
    others = {one.tag for one in said if one.call not in calls}
    return [(one.stored, one.tag) for one in said if one.erased or (one.call in calls and one.tag not in others)]


def _said(session: Session, previous: Session, keys: "TagKeys", stored: Stored) -> _Said | None:
    line = stored.line
    model = BODIES.get(line.kind)
    if model is None or model.sealed not in (Customer, LeadSecret):
        return None
    try:
        body = reader(model)(line.body)
        secret = reader(model.sealed)(previous.rings.open(line, path_of(body)))
        at = datetime.fromisoformat(line.at)
    except (TrustError, ValueError):
        return None
    number = parse_phone((secret.customer if isinstance(secret, LeadSecret) else secret).phone)
    since = session.rings.erasures.since(keys.team_phone(number.e164)) if number else None
    tag, call = path_of(body), body.about.id if line.kind == "correction" else line.id
    return _Said(stored, tag, call, since is not None and at <= since) if tag else None


def told(place: Place, records: int, waiting: tuple[str, ...]) -> ErasedView:
    """What an erasure came to, for whoever asked for it."""
    names = [binding for writer in waiting if (binding := place.membership.binding(writer))]
    return ErasedView(records, tuple(sorted({f"{one.person} {one.name}" for one in names})))
