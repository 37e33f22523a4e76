"""The form's world as the book tells it, and what the desk shows of the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from agent_tui.book import Book
from agent_tui.ui.desk.sheet import Known, identity
from agent_tui.ui.desk.world import Effect, Offer
from agent_tui.views import Callback, CallView, CustomerView, DayView, LedgerEntry
from shared_rules.record_parts import Customer


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the desk shows of the day, read together, off the event loop."""

    day: DayView
    calls: tuple[CallView, ...]
    callbacks: tuple[Callback, ...]
    entries: tuple[LedgerEntry, ...]


def read_snapshot(book: Book) -> Snapshot:
    """The day as it now is. The first one after the start loads the month."""
    me, today = book.identity.agent, book.today()
    book.load_month(today)
    day = book.day(me, today)
    entries = book.ledger(me, f"{today:%Y-%m}").entries if day.points else ()
    return Snapshot(day, tuple(book.calls(me, today)), tuple(book.callbacks()), entries)


class BookWorld:
    """Answers the form out of the book. Effects go to `perform`, which the screen carries out in a thread."""

    def __init__(self, book: Book, tick: Callable[[], float], perform: Callable[[Effect], None]) -> None:
        self._book = book
        self._tick = tick
        self._perform = perform
        self.callbacks: tuple[Callback, ...] = ()
        self.customer: CustomerView | None = None
        """What is known of the number looked up last."""

    def now(self) -> datetime:
        return self._book.now()

    def tick(self) -> float:
        return self._tick()

    def perform(self, effect: Effect) -> None:
        self._perform(effect)

    def look_up(self, phone: str) -> Known | None:
        self.customer = self._book.customer(phone)
        listed = self._book.listed(phone)
        if self.customer is None:
            return Known(Customer(), spoken=False, listed=listed) if listed else None
        calls = [call for call in self.customer.calls if call.why_not != "void"]
        policy = self._book.policy()
        spoke = {outcome.id for outcome in policy.outcomes if outcome.spoke}
        today = self._book.today()
        return Known(
            self.customer.latest,
            spoken=any(call.outcome in spoke for call in calls),
            called_today=next((call.started_at for call in calls if call.day == today), None),
            listed=listed,
        )

    def due(self) -> tuple[Callback, ...]:
        """The callbacks whose time has come."""
        now = self.now()
        return tuple(one for one in self.callbacks if one.due <= now)

    def next_offer(self, avoid: frozenset[str]) -> Offer | None:
        for one in self.due():
            if identity(one.customer.phone) not in avoid and not self._book.listed(one.customer.phone):
                return offer_of(one)
        return None


def offer_of(callback: Callback) -> Offer:
    """A promised call as a number to call."""
    extension = callback.customer.extension
    return Offer(callback.customer.phone + (f" x{extension}" if extension else ""), callback.due)
