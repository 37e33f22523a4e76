"""The book's side of the audit: who is who, who vouches for a document, and why a line counts nothing."""

from collections.abc import Sequence
from functools import cached_property

from agent_tui.book.erasures.unerased import unerased
from agent_tui.book.folding.plain import call_body, own_fact, told
from agent_tui.book.members.branches import opened
from agent_tui.book.place.place import Place
from agent_tui.book.place.vouching import public_of, vouched_for
from agent_tui.book.records.looking import load_supervisors
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.store.segments import Stored
from agent_tui.sync import names
from agent_tui.sync.audit import Audit, Confirmed, audit
from agent_tui.sync.backend import Backend
from agent_tui.sync.documents import MAX_DOCUMENT
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.places import open_backend
from agent_tui.trust.documents import parse_team
from agent_tui.trust.errors import TrustError
from shared_rules.folding.facts import Line, Slot, slot_of
from shared_rules.records.kinds import sealed_as_its_own


class SessionJudge:
    """Implements `sync.audit.Judge` for one session. Takes nothing in."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # The lines that were first seen to tell something, by what that is.
        self._slots: dict[Slot, Line] = {}
        self.sealed_off = 0
        """Lines that do not open here, as this device was ended: whoever goes on has their keys."""

    @property
    def roster_number(self) -> int:
        return self._session.place.membership.roster_number

    def public_of(self, writer: str) -> bytes | None:
        return public_of(self._session.place, writer)

    def vouched_for(self, name: str, data: bytes) -> bool:
        return vouched_for(self._session.place, name, data)

    def refused(self, writer: str, stored: Stored) -> str | None:  # noqa: ARG002 - the line names it too
        why = self._session.folds.refusal(stored)
        # What a newer program wrote is kept for it; that is no fault. Nor is what counts under its person's next key.
        over = why in ("ended", "branch") and self._told(stored) in self._brought_over
        if why is None and self._is_retold(stored):
            return "retold"
        if why is None and not self._session.folds.opens(stored):
            me = self._session.place.me
            if me is None or me.end is None:
                return "unopened"
            self.sealed_off += 1
        return None if why == "newer" or over else why

    def sealed_as_its_own(self, stored: Stored) -> bool:
        body = call_body(stored.line) if stored.line.known else None
        return body is None or sealed_as_its_own(body, stored.line.id)

    def _is_retold(self, stored: Stored) -> bool:
        """Whether a line has the id of another by the same person, seen before, that tells something else.

        Of calls the board tells; a list that is imported once more gives the same leads.
        """
        line = stored.line
        binding = self._session.place.membership.binding(line.writer)
        if binding is None or line.kind in ("call", "lead"):
            return False
        change = own_fact(line, binding.person)
        slot = slot_of(change) if change else (binding.person, line.id, "")
        first = self._slots.setdefault(slot, (line.writer, line.seq))
        other = self._session.segments.line(*first) if first != (line.writer, line.seq) else None
        if other is None:
            return False
        one = other.line
        if (one.kind, one.at, one.agent, bytes(one.body)) != (line.kind, line.at, line.agent, bytes(line.body)):
            return True
        said = opened(self._session, one), opened(self._session, line)
        return None not in said and said[0] != said[1]

    def _told(self, stored: Stored) -> int | None:
        binding = self._session.place.membership.binding(stored.line.writer)
        return told(stored.line, binding.person) if binding else None

    @cached_property
    def _brought_over(self) -> set[int | None]:
        """What is told in the lines that count of whoever has a device that was ended."""
        membership, segments = self._session.place.membership, self._session.segments
        people = {one.person for one in membership.bindings() if one.end}
        writers = {one.writer for one in membership.bindings() if one.person in people}
        lines = (stored for held in list(segments.held()) if held.writer in writers for stored in segments.read(held))
        return {self._told(one) for one in lines if membership.counts(one.line.writer, one.line.seq) is None}

    @cached_property
    def _confirmed(self) -> dict[str, list[Confirmed]]:
        load_supervisors(self._session)
        found: dict[str, list[Confirmed]] = {}
        for agent, fold in self._session.folds.agents.items():
            for day in {fact.body.day for fact in fold.dossier.of("confirm")}:
                lock = fold.lock(day)
                for one in lock.confirm.body.segments if lock else ():
                    found.setdefault(one.name, []).append(Confirmed(f"{agent} {day}", one.length, one.sha256))
        return found

    def confirmed(self, segment: str) -> Sequence[Confirmed]:
        return self._confirmed.get(segment, ())


def _is_anothers(place: Place, backend: Backend) -> bool:
    """Whether a place is another team's: neither its team.json nor any roster there is of this one's owner.

    What is missing there of one's own, and what is strange, says nothing then: nobody of this team puts it right.
    """
    try:
        theirs = parse_team(backend.read(names.TEAM, 0, MAX_DOCUMENT)).team != place.team.team
        return theirs and not any(
            vouched_for(place, name, backend.read(name, 0, MAX_DOCUMENT))
            for name in (names.ROSTER + one.name for one in backend.list(names.ROSTER) if one.kind == "file")
            if names.is_document(names.ROSTER, name.removeprefix(names.ROSTER))
        )
    except (OSError, TrustError, Problem):
        return False  # the audit tells


def check(session: Session, folder: str | None) -> Audit:
    """Verify everything this machine can see: the share, if there is one, in that folder, and its own copies.

    Raises Problem where this machine's disk refuses, or for a place that is no folder's.
    """
    place = session.place
    backend = open_backend(folder) if folder else None
    mirror = Mirror(place.where.mirror, place.home.files)
    foreign = backend is not None and _is_anothers(place, backend)
    judge = SessionJudge(session)
    seen = audit(None if foreign else backend, mirror, place.journal, judge, team=place.team.team)
    seen.sealed_off = judge.sealed_off
    if foreign:
        seen.away = Problem("errors.other_team", share=folder)
    seen.findings += unerased(session)
    for writer, number in seen.rosters.items():
        place.membership.named_roster(writer, number)
    return seen
