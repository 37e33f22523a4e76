"""Records written past the commands, as the book writes them: for tests of what reads them."""

from agent_tui.book import Book
from agent_tui.book.place.pen import Draft
from agent_tui.ids import uuid7
from shared_rules.records.parts import Body, Secret


def write(book: Book, agent: str, body: Body, secret: Secret | None = None) -> str:
    """Write a record about `agent` and fold it; its id."""
    draft = Draft(uuid7(book.now()), agent, body, secret)
    with book.writing:
        (stored,) = book.session.pen.write([draft], book.now())
        with book.lock:
            book.session.take(stored)
    return draft.id
