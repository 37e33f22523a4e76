"""Customers whose data is removed (`book.erasures`)."""

from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.book.erasures import erasing
from agent_tui.book.erasures.unerased import unerased
from agent_tui.views import ErasedView

if TYPE_CHECKING:
    from agent_tui.book.book import Book


class Erasures:
    """Erasing, and obeying what others erased. Owned by the book; its methods may be called from any thread."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def erase(self, phone: str, reason: str = "") -> ErasedView:
        """Remove a customer's data wherever this team's machines sync. Raises Problem: not a supervisor, no number."""
        with self._book.writing:
            now = self._book.now()
            with self._book.lock:
                wanted = erasing.asked(self._book.session, phone, reason, now)
                records = erasing.records_with(self._book.session, wanted.tags)
            self._book.write(wanted.drafts, now, members=True)
        waiting = self.obey()
        with self._book.lock:
            return erasing.told(self._book.session.place, records, waiting)

    def erased(self, phone: str, at: datetime) -> bool:
        """Whether the customer of a number was erased at or after the instant `at`."""
        with self._book.lock:
            return erasing.erased_since(self._book.session, phone, at)

    def look(self) -> None:
        """Look for calls that still tell of who was erased, and from here on with whatever may bring one."""
        with self._book.lock:
            self._book.session.unerased = unerased(self._book.session)

    def obey(self) -> tuple[str, ...]:
        """Make what this machine keeps obey the erasures it knows; the devices whose key files are still awaited."""
        before = self._book.sharing.before
        with self._book.lock:
            news = self._book.session.news != self._book.session.obeyed
            waiting = erasing.obey(self._book.session, before, self._book.now())
            if news and self._book.session.unerased is not None:
                self._book.session.unerased = unerased(self._book.session)
            if news and (draft := self._book.machine.draft()) is not None:
                kept = erasing.without_erased(self._book.session, draft)
                if kept != draft:
                    self._book.machine.keep_draft(kept)
        return waiting
