"""The form's world as the book tells it, and what the desk shows of the day."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from agent_tui.book import Book, habits
from agent_tui.book.habits import Overtime
from agent_tui.ui.desk.brief import is_evening
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
    listed_day: date
    listed: tuple[CallView, ...]
    """The calls in the list: today's, or those of an earlier day that is looked through."""
    overtime: Overtime | None
    """From the end of hours on."""
    streak: int
    """Workdays in a row with the quota made; 0 while that is not known yet."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What earlier days tell, read once a day. `minutes` grows: the overtime of those days that were looked at."""

    day: date
    streak: int
    notes: Mapping[str, Counter[str]]
    minutes: dict[date, int] = field(default_factory=dict)


def read_habits(book: Book) -> Habits:
    """Slow: it looks at days that may not be folded yet."""
    return Habits(book.today(), habits.streak(book), habits.notes_in_use(book))


def read_snapshot(book: Book, browsed: date | None = None, known: Habits | None = None) -> Snapshot:
    """The day as it now is. The first one after the start loads the month."""
    me, today = book.identity.agent, book.today()
    book.load_month(today)
    day = book.day(me, today)
    entries = book.ledger(me, f"{today:%Y-%m}").entries if day.points else ()
    calls = tuple(book.calls(me, today))
    evening = known is not None and is_evening(book.policy(), book.now())
    return Snapshot(
        day,
        calls,
        tuple(book.callbacks()),
        entries,
        browsed or today,
        calls if browsed is None else tuple(book.calls(me, browsed)),
        habits.overtime(book, known.minutes) if known is not None and evening else None,
        known.streak + (habits.made(day) is True) if known is not None else 0,
    )


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
