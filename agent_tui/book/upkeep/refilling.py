"""The book's side of filling a wiped share again: which documents, and that the place is this team's."""

from pathlib import Path

from agent_tui.book.place.rings import withdrawn
from agent_tui.book.place.vouching import public_of, vouched_for
from agent_tui.book.session import Session
from agent_tui.errors import Problem
from agent_tui.store.files import cause_of
from agent_tui.store.home import refuse_overlap
from agent_tui.sync import names
from agent_tui.sync.findings import Finding, unread
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.places import folder_of, open_backend
from agent_tui.sync.refill import Refilled, refill
from agent_tui.sync.shares import must_be_ours
from agent_tui.trust.documents import parse_team
from agent_tui.trust.errors import TrustError


def refill_share(session: Session, share: str) -> Refilled:
    """Fill the folder `share`, empty or this team's, with what this machine has of the team. Raises Problem."""
    place = session.place
    refuse_overlap(place.home.path, folder_of(share))
    backend = open_backend(share)
    there = must_be_ours(backend)
    if there is not None:
        try:
            same = parse_team(there).team == place.team.team
        except TrustError:
            same = False
        if not same:
            raise Problem("errors.other_team", share=backend.place)
    gone = set(withdrawn(place))
    lacking: list[Finding] = []

    def unread_here(path: Path, problem: Problem) -> None:
        lacking.append(unread(path.relative_to(place.where.path).as_posix(), cause_of(problem)))

    documents = {
        name: data
        for prefix in names.IN_ORDER
        for name, data in place.documents(prefix.rstrip("/"), unread=unread_here)
        if name not in gone and vouched_for(place, name, data)
    }
    done = refill(
        backend,
        Mirror(place.where.mirror, place.home.files),
        documents,
        own=place.writer,
        team=place.team.team,
        public_of=lambda writer: public_of(place, writer),
    )
    done.lacking = lacking + done.lacking
    return done
