"""The book's side of the audit: who is who, who vouches for a document, and why a line counts nothing."""

from pathlib import PurePosixPath

from agent_tui.book.session import Session
from agent_tui.store.segments import Stored
from agent_tui.sync.audit import Audit, audit
from agent_tui.sync.backend import open_backend
from agent_tui.sync.mirror import Mirror
from agent_tui.trust.documents import parse_join, parse_roster, parse_team
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import parse_keys


class SessionJudge:
    """Implements `sync.audit.Judge` for one session. Takes nothing in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def public_of(self, writer: str) -> bytes | None:
        place = self._session.place
        return place.key.public if writer == place.writer else place.membership.public(writer)

    def vouched_for(self, name: str, data: bytes) -> bool:
        place, path = self._session.place, PurePosixPath(name)
        try:
            if name == "team.json":
                return parse_team(data).team == place.team.team
            if name.startswith("roster/"):
                return path.stem == str(parse_roster(data, place.team).number)
            if name.startswith("join/"):
                return path.stem == parse_join(data, place.team.team).writer
            public = self.public_of(path.parent.name)
            if public is None:
                return False
            number = int(path.stem)
            parse_keys(data, team=place.team.team, writer=path.parent.name, number=number, public=public)
        except (TrustError, ValueError):
            return False
        return True

    def refused(self, writer: str, stored: Stored) -> str | None:  # noqa: ARG002 - the line names it too
        why = self._session.folds.refusal(stored.line)
        # What a newer program wrote is kept for it; that is no fault.
        return None if why == "newer" else why


def check(session: Session, share: str | None) -> Audit:
    """Verify everything this machine can see: the share (that of the team, or the one named) and its own copies.

    Raises Problem and OSError where the share is away.
    """
    place = session.place
    where = share or place.state.share
    backend = open_backend(where) if where else None
    mirror = Mirror(place.where.mirror, place.home.files)
    return audit(backend, mirror, place.journal, SessionJudge(session), team=place.team.team)
