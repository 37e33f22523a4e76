"""What the parts of the book (`book.own`, `book.members`, …) have in common."""

from datetime import date, datetime
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.book.book import Book
    from agent_tui.book.session import Session


class BookPart:
    """Owned by the book; its methods may be called from any thread."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    @property
    def _session(self) -> "Session":
        """The team in use, which may be another from one call to the next."""
        return self._book.session

    @property
    def _lock(self) -> RLock:
        return self._book.lock

    @property
    def _now(self) -> datetime:
        return self._book.now()

    @property
    def _today(self) -> date:
        return self._book.today()
