"""The book's side of the audit: who is who, who vouches for a document, and why a line counts nothing."""

from collections.abc import Sequence
from functools import cached_property

from agent_tui.book.acts.looking import load_supervisors
from agent_tui.book.session import Session
from agent_tui.book.vouching import public_of, vouched_for
from agent_tui.store.segments import Stored
from agent_tui.sync.audit import Audit, Confirmed, audit
from agent_tui.sync.backend import open_backend
from agent_tui.sync.mirror import Mirror


class SessionJudge:
    """Implements `sync.audit.Judge` for one session. Takes nothing in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def roster_number(self) -> int:
        return self._session.place.membership.roster_number

    def public_of(self, writer: str) -> bytes | None:
        return public_of(self._session.place, writer)

    def vouched_for(self, name: str, data: bytes) -> bool:
        return vouched_for(self._session.place, name, data)

    def refused(self, writer: str, stored: Stored) -> str | None:  # noqa: ARG002 - the line names it too
        why = self._session.folds.refusal(stored)
        # What a newer program wrote is kept for it; that is no fault.
        return None if why == "newer" else why

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


def check(session: Session, share: str | None) -> Audit:
    """Verify everything this machine can see: the share (that of the team, or the one named) and its own copies.

    Raises Problem where this machine's disk refuses, or for a place that is no folder's.
    """
    place = session.place
    where = share or place.state.share
    backend = open_backend(where) if where else None
    mirror = Mirror(place.where.mirror, place.home.files)
    seen = audit(backend, mirror, place.journal, SessionJudge(session), team=place.team.team)
    for writer, number in seen.rosters.items():
        place.membership.named_roster(writer, number)
    return seen
