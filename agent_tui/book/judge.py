"""The book's side of `check`: whose a device is, who vouches for a document, whether a line counts."""

from pathlib import PurePosixPath

from agent_tui.book.session import Session
from agent_tui.i18n import t
from agent_tui.store.segments import Stored
from agent_tui.trust.documents import parse_join, parse_roster, parse_team
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import parse_keys


class SessionJudge:
    """Implements `sync.audit.Judge` for one session, which is not used for anything else afterwards."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.newer = 0
        """Lines of a newer program: kept, and left out of the figures."""

    def public_of(self, writer: str) -> bytes | None:
        """The key of a device that is bound, or this one's."""
        place = self._session.place
        return place.key.public if writer == place.writer else place.membership.public(writer)

    def vouched_for(self, name: str, data: bytes) -> bool:
        """Whether a document is of this team, under its own name, and signed by one who may."""
        team, path = self._session.place.team, PurePosixPath(name)
        try:
            match path.parts[0]:
                case "team.json":
                    return parse_team(data).team == team.team
                case "roster":
                    return parse_roster(data, team).number == int(path.stem)
                case "join":
                    return parse_join(data, team.team).writer == path.stem
                case _:
                    return self._key_file(path, data)
        except (TrustError, ValueError):
            return False

    def _key_file(self, path: PurePosixPath, data: bytes) -> bool:
        """A key file of a device nobody has approved is not judged, as its records are not."""
        writer = path.parent.name
        public = self.public_of(writer)
        if public is not None:
            parse_keys(data, team=self._session.place.team.team, writer=writer, number=int(path.stem), public=public)
        return True

    def refused(self, writer: str, stored: Stored) -> str | None:
        """Why a line counts nothing, in words; None when it counts, or is only newer than this program."""
        self._session.folds.take(stored)
        left = self._session.folds.left_out.get((writer, stored.line.seq))
        if left is None or (left.why == "unbound" and writer == self._session.place.writer):
            return None
        if left.why == "newer":
            self.newer += 1
            return None
        return t(f"check.why_{left.why}")
