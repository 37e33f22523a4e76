"""Bringing over: what was logged since the desk asked to join is logged again into the team that took it in.

Each record keeps its id and time, and is tagged and sealed anew. Under a new key in the same team everything is brought
over, only sealed anew. Records that are there already are skipped, so an interrupted run can be repeated, and what a
command still wrote into the old journal is brought over later. What a newer program wrote waits for a program that
knows it.
"""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from agent_tui.book.erasures.erasing import erased_since
from agent_tui.book.figures.calls import tags_of
from agent_tui.book.place.pen import Draft, Kept
from agent_tui.book.session import Session
from agent_tui.store.segments import Stored
from agent_tui.trust.errors import TrustError
from agent_tui.trust.tags import TagKeys
from shared_rules.phones import parse_phone
from shared_rules.records.entries import Lead, LeadSecret, PlanSecret, WithdrawalSecret
from shared_rules.records.kinds import BODIES, Call, Correction, DoNotCall, Void, reader
from shared_rules.records.lines import SIGNATURE
from shared_rules.records.parts import Body, Customer, Reason, Secret, path_of

_KINDS = (
    "call", "correction", "void", "do_not_call", "lead", "request", "punch", "hand_in", "plan", "summary", "withdrawal",
)  # fmt: skip


def bring_over(old: Session, new: Session) -> int:
    """Log again into `new` what this machine logged in `old` since it asked to join; how many records were new there.

    The caller locks both. Raises Problem when the disk refuses; what was written until then stands.
    """
    place = new.place
    keys, me = place.tag_keys(), place.me
    last = old.place.journal.last_seq
    if keys is None or me is None or last <= place.state.since:
        return 0
    there = {stored.line.id for stored in _own(new)}
    since = [one for one in _own(old) if one.line.seq > place.state.since and one.line.id not in there]
    if old.place.team.team == place.team.team:
        found = [_resealed(old, new, stored) for stored in since]
    else:
        opened = [one for stored in since if (one := _opened(old, stored))]
        gone = {one.call for one in opened if _is_erased(new, one)}
        found = [_again(old, one, keys, me.person, erased=one.call in gone) for one in opened]
    drafts = [draft for draft in found if draft]
    taken = [new.take(stored) for stored in new.write(drafts)]
    if any(one.everything for one in taken):
        # Recent days were folded before, without the erasures and policies that came now.
        new.refold()
    newer = [stored.line.seq for stored in since if _is_newer(stored)]
    place.set_state(replace(place.state, since=min(newer) - 1 if newer else last))
    return len(drafts)


def _is_newer(stored: Stored) -> bool:
    return stored.line.kind not in BODIES or not stored.line.known


def _own(session: Session) -> list[Stored]:
    journal = session.place.journal
    return [
        stored
        for segment in journal.segments()
        for stored in journal.read(segment.name)
        if stored.line.kind != SIGNATURE
    ]


def _resealed(old: Session, new: Session, stored: Stored) -> Draft | None:
    """A record for the new key's journal. What its writer cannot open any more (an erased customer) is left out."""
    line = stored.line
    if _is_newer(stored):
        return None
    model = BODIES[line.kind]
    at = datetime.fromisoformat(line.at).astimezone(old.place.zone)
    try:
        body = reader(model)(line.body)
        secret = plain = None
        if model.sealed and line.sealed:
            with suppress(TrustError):
                plain = old.rings.open(line, path_of(body))
                secret = reader(model.sealed)(plain)
    except ValueError:
        return None
    tag = path_of(body)
    erased = new.rings.erasures.when(line.agent, tag) if tag else None
    members = msgspec.json.decode(stored.raw, type=dict[str, msgspec.Raw])
    kept = Kept({name: raw for name, raw in members.items() if name not in ("sealed", "crc")}, plain)
    return Draft(line.id, line.agent, body, None if erased and at <= erased else secret, at, kept)


class _Opened(NamedTuple):
    """A record for another team's journal. `call` is the id of the call that it is or changes, else its own."""

    id: str
    call: str
    at: datetime
    body: Body
    secret: Secret


def _opened(old: Session, stored: Stored) -> _Opened | None:
    line = stored.line
    if line.kind not in _KINDS:
        return None
    model = BODIES[line.kind]
    assert model.sealed is not None
    try:
        body = reader(model)(line.body)
        secret = reader(model.sealed)(old.rings.open(line, path_of(body)))
    except (TrustError, ValueError):
        return None
    at = datetime.fromisoformat(line.at).astimezone(old.place.zone)
    call = body.about.id if isinstance(body, Correction | Void) else line.id
    return _Opened(line.id, call, at, body, secret)


def _is_erased(new: Session, one: _Opened) -> bool:
    customer = one.secret.customer if isinstance(one.secret, LeadSecret) else one.secret
    return isinstance(customer, Customer) and erased_since(new, customer.phone, one.at)


def _again(old: Session, one: _Opened, keys: TagKeys, person: str, *, erased: bool) -> Draft | None:
    """A record for the new team's journal. `erased`: its customer was erased there. What a call said before its number
    was put right is the same customer's.
    """
    secret = one.secret
    body = _retag(one.body, secret, old, keys, person)
    if isinstance(secret, WithdrawalSecret):
        if secret.kind_of not in _KINDS:
            return None
        secret = replace(secret, about=replace(secret.about, author=person))
    if isinstance(secret, PlanSecret):
        # In a team of one its author may have approved the plan.
        secret = replace(secret, approved=False)
    if isinstance(secret, Customer | Reason) and erased:
        secret = type(secret)()
    if isinstance(secret, LeadSecret) and erased:
        return None
    return Draft(one.id, person, body, secret, one.at)


def _retag(body: Body, secret: Secret, old: Session, keys: TagKeys, person: str) -> Body:
    if isinstance(body, Call) and isinstance(secret, Customer):
        return _call(body, secret, keys)
    if isinstance(body, Correction) and isinstance(secret, Customer):
        about = replace(body.about, author=person)
        return replace(body, about=about, call=_call(body.call, secret, keys))
    if isinstance(body, DoNotCall) and isinstance(secret, Customer):
        return replace(body, phone_tag=keys.phone(secret.phone), team_tag=keys.team_phone(secret.phone))
    if isinstance(body, Lead) and isinstance(secret, LeadSecret):
        return replace(body, phone_tag=keys.phone(secret.customer.phone))
    if isinstance(body, Void):
        about = replace(body.about, author=person)
        return replace(body, about=about, phone_tag=_voided(body, old, keys))
    return body


def _call(body: Call, customer: Customer, keys: TagKeys) -> Call:
    phone_tag, company_tag = tags_of(customer, keys)
    return replace(body, phone_tag=phone_tag, company_tag=company_tag)


def _voided(body: Void, old: Session, keys: TagKeys) -> str | None:
    """The new tag of the number whose call was withdrawn."""
    for stored in _own(old):
        if stored.line.id == body.about.id and stored.line.kind == "call":
            call = reader(Call)(stored.line.body)
            customer = old.folds.open_customer(stored.line, call)
            phone = parse_phone(customer.phone) if customer else None
            return keys.phone(phone.e164) if phone else None
    return None
