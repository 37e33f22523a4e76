"""A record shown whole: its line, what this device may read of it, and the records about it."""

from collections.abc import Iterable
from typing import Any

import msgspec

from agent_tui.book.figures.calls import view
from agent_tui.book.records.looking import state_of
from agent_tui.book.records.naming import lines_of
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.store.segments import Stored
from agent_tui.trust.errors import TrustError
from shared_rules.folding.facts import Fact
from shared_rules.folding.succession import SUCCEEDING, before, line_of, since
from shared_rules.records.kinds import BODIES, reader, whole
from shared_rules.records.parts import path_of


def show(session: Session, id: str) -> dict[str, Any]:
    """The record `id` (see `naming`) as JSON-ready members. Raises Problem when this machine has none.

    `customer` is what is sealed in it, null where this device may not read it, or cannot as it was `erased`. Of a call:
    `counts` (valid, lead), `missing`, `why_not`, and `history`, its corrections, withdrawals and verdicts as records of
    the same form. Of a review, an attendance or a summary, of which the latest holds, `history` are the others of the
    same thing.
    """
    found = _find(session, id)
    if found is None:
        raise Problem("errors.no_record", id=id)
    shown = _members(session, found)
    binding = session.place.membership.binding(found.line.writer)
    if found.line.kind in SUCCEEDING and binding:
        shown["history"] = _line(session, found)
    if found.line.kind == "call" and binding:
        for held in session.segments.named({found.segment}):
            session.load(held.day, found.line.agent)
        fold = session.folds.fold(found.line.agent)
        state = state_of(session, binding.person, found.line.agent, found.line.id)
        if state:
            call = view(state, None)
            shown |= {
                "day": str(call.day),
                "counts": {"valid": call.valid, "lead": call.lead},
                "missing": list(call.missing),
                "why_not": call.why_not,
                "late": call.late,
                "corrected": call.corrected,
            }
            related = (*state.history, *fold.verdicts(binding.person, found.line.id))
            shown["history"] = _all_members(session, related)
    return shown


def in_place_of(session: Session, id: str) -> dict[str, Any] | None:
    """The record that held before `id` was written, of those of which the latest holds; None for the first."""
    stored = _find(session, id)
    fact = _fact(session, stored) if stored else None
    old = before(session.folds.fold(fact.agent).dossier, fact) if fact else None
    found = _all_members(session, [old]) if old else []
    return found[0] if found else None


def _line(session: Session, stored: Stored) -> list[dict[str, Any]]:
    """The other records of the same thing, the earliest first."""
    fact = _fact(session, stored)
    if fact is None:
        return []
    others = [one for one in line_of(session.folds.fold(fact.agent).dossier, fact) if one is not fact]
    return _all_members(session, others)


def _fact(session: Session, stored: Stored) -> Fact | None:
    """A record of which the latest holds, with all others of the same thing folded; None where it cannot be read."""
    binding = session.place.membership.binding(stored.line.writer)
    session.load_segments({stored.segment})
    fold = session.folds.fold(stored.line.agent)
    fact = fold.fact(binding.person, stored.line.id) if binding else None
    if fact is not None and fact.kind in SUCCEEDING:
        session.load(since(fact), fact.agent)
        return fact
    return None


def _find(session: Session, id: str) -> Stored | None:
    return next(iter(lines_of(session, id)), None)


def _all_members(session: Session, facts: Iterable[Fact]) -> list[dict[str, Any]]:
    found = (session.segments.line(*fact.line) for fact in facts)
    return [_members(session, stored) for stored in found if stored]


def _members(session: Session, stored: Stored) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.json.decode(stored.raw)
    shown.pop("crc", None)
    shown["segment"] = stored.segment
    binding = session.place.membership.binding(stored.line.writer)
    shown["author"] = binding.person if binding else None
    if left := session.folds.left_out.get((stored.line.writer, stored.line.seq)):
        shown["left_out"] = left.why
    if shown.pop("sealed", None) is not None:
        try:
            opened = _opened(session, stored)
        except TrustError as error:
            opened = None
            if error.code == "erased":
                shown["erased"] = True
        shown["customer" if stored.line.kind in ("call", "correction", "do_not_call") else "content"] = opened
    return shown


def _opened(session: Session, stored: Stored) -> dict[str, Any] | None:
    """What is sealed in a line, None where it is in no form of its kind. Raises TrustError where it does not open."""
    model = BODIES.get(stored.line.kind)
    if model is None or model.sealed is None:
        return None
    try:
        body = reader(model)(stored.line.body)
        plain = session.rings.open(stored.line, path_of(body))
        return whole(reader(model.sealed)(plain))
    except ValueError:
        return None
