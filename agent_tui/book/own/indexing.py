"""The own calls of older days are indexed, segment by segment, and not folded (`history`)."""

from agent_tui.book.folding.plain import call_body
from agent_tui.book.segments.segments import Held
from agent_tui.book.session import Session


def not_indexed(session: Session) -> list[Held]:
    """The own segments that the index does not know whole, the latest first."""
    history = session.history
    found = [
        held
        for held in session.segments.held()
        if session.is_mine(held.writer) and history.marked(held.name) != held.size
    ]
    return sorted(found, key=lambda held: held.day, reverse=True)


def index_segment(session: Session, held: Held) -> None:
    """Index an own segment without folding it."""
    for stored in session.segments.read(held):
        if (body := call_body(stored.line)) is not None:
            session.history.note(stored.line.kind, stored.line.id, stored.segment, body, folded=False)
    session.history.mark(held.name, held.size)
