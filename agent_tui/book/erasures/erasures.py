"""Customers whose data is removed (`book.erasures`)."""

from datetime import datetime

from agent_tui.book.erasures import erasing
from agent_tui.book.erasures.unerased import unerased
from agent_tui.book.part import BookPart
from agent_tui.views import ErasedView


class Erasures(BookPart):
    """Erasing, and obeying what others erased."""

    def erase(self, phone: str, reason: str = "") -> ErasedView:
        """Remove a customer's data wherever this team's machines sync. Raises Problem: not a supervisor, no number."""
        with self._book.writing:
            now = self._now
            with self._lock:
                wanted = erasing.asked(self._session, phone, reason, now)
                records = erasing.records_with(self._session, wanted.tags)
            self._book.write(wanted.drafts, now, members=True)
        waiting = self.obey()
        with self._lock:
            return erasing.told(self._session.place, records, waiting)

    def erased(self, phone: str, at: datetime) -> bool:
        """Whether the customer of a number was erased at or after the instant `at`."""
        with self._lock:
            return erasing.erased_since(self._session, phone, at)

    def look(self) -> None:
        """Look for calls that still reveal an erased customer, and from now on after each change that may bring one."""
        with self._lock:
            self._session.unerased = unerased(self._session)

    def obey(self) -> tuple[str, ...]:
        """Make what this machine stores obey the erasures it knows; the devices whose key files are still awaited."""
        before = self._book.sharing.before
        with self._lock:
            news = self._session.news != self._session.obeyed
            waiting = erasing.obey(self._session, before, self._now)
            if news and self._session.unerased is not None:
                self._session.unerased = unerased(self._session)
            if news:
                self._book.machine.change_drafts(lambda draft: erasing.without_erased(self._session, draft))
        return waiting
