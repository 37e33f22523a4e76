"""What came for this desk and was not shown on it yet: talk cards and the notice of today."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from agent_tui.book.cards.cards import cards, notice

if TYPE_CHECKING:
    from agent_tui.book.book import Book

_SEEN = "told"
# More than a team has in use at a time.
_KEPT = 200


class NewsItem(msgspec.Struct, frozen=True):
    """A talk card (`text` is its event) or a notice."""

    id: str
    kind: str
    text: str


class News:
    """What was shown is remembered on this machine alone."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def unseen(self) -> list[NewsItem]:
        """What nobody was shown here, a notice first."""
        seen = set(self._known())
        return [item for item in self._present(self._book.today()) if item.id not in seen]

    def seen(self, items: list[NewsItem]) -> None:
        """Remember that these were shown."""
        known = [*self._known(), *(item.id for item in items)]
        self._book.odds.put("cursors", _SEEN, known[-_KEPT:])

    def _known(self) -> list[str]:
        found = self._book.odds.get("cursors", _SEEN)
        return [str(id) for id in found] if isinstance(found, list) else []

    def _present(self, today: date) -> list[NewsItem]:
        with self._book.lock:
            folds = self._book.session.folds
            told = notice(folds, today)
            found = [NewsItem(told.id, "notice", told.body.text)] if told else []
            return found + [NewsItem(card.id, "card", card.body.event) for card in cards(folds)]
