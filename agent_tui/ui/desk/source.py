"""The form's world as the book tells it, and what the desk shows of the day."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.book.own import habits
from agent_tui.book.own.habits import Overtime
from agent_tui.readings import Owed
from agent_tui.ui.desk.brief import is_evening
from agent_tui.ui.desk.finding import Match
from agent_tui.ui.desk.sheet import CUSTOMER, Known, identity
from agent_tui.ui.desk.world import Effect, Offer
from agent_tui.ui.kit.names import person, short_company
from agent_tui.views import Callback, CallView, CustomerView, DayView, LedgerEntry
from shared_rules.phones import typed_phone
from shared_rules.records.parts import Customer

if TYPE_CHECKING:
    from agent_tui.book.customers.index import CustomerIndex
    from agent_tui.book.customers.table import Known as Row

_FOUND = 12
# Fewer digits are the beginning of a number, not the end of one.
_FEW_DIGITS = 3


class Snapshot(msgspec.Struct, frozen=True):
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
    owed: tuple[Owed, ...]

    @property
    def recorded(self) -> set[tuple[datetime, str]]:
        """The calls that are on the disk, by start and number; not the withdrawn ones, which ^Z brought back into a
        draft.
        """
        standing = (call for call in self.calls if call.why_not != "void")
        return {(call.started_at, identity(call.customer.phone)) for call in standing if call.customer}


class Habits(msgspec.Struct, frozen=True):
    """What earlier days tell, read once a day. `minutes` grows: the overtime of those days that were looked at."""

    day: date
    streak: int
    notes: Mapping[str, Counter[str]]
    minutes: dict[date, int] = msgspec.field(default_factory=dict)


def read_habits(book: Book) -> Habits:
    """Slow: it looks at days that may not be folded yet."""
    book.own.prepare()
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
        tuple(book.own.callbacks()),
        entries,
        browsed or today,
        calls if browsed is None else tuple(book.calls(me, browsed)),
        habits.overtime(book, known.minutes) if known is not None and evening else None,
        known.streak + (habits.made(day) is True) if known is not None else 0,
        tuple(book.read.to_send(me)),
    )


class BookWorld:
    """Answers the form out of the book. Effects go to `perform`, which the screen carries out in a thread; `fetch`
    brings in, in a thread too, the calls with a number that would take a while, and sets `customer`.
    """

    def __init__(
        self,
        book: Book,
        tick: Callable[[], float],
        perform: Callable[[Effect], None],
        fetch: Callable[[str], None],
    ) -> None:
        self._book = book
        self._tick = tick
        self._perform = perform
        self._fetch = fetch
        self.callbacks: tuple[Callback, ...] = ()
        self.called: frozenset[str] = frozenset()
        """The numbers called today: the customers' index hears of a call a moment after it was saved."""
        self.customer: CustomerView | None = None
        """What is known of the number looked up last."""
        self._asked = ""

    def now(self) -> datetime:
        return self._book.now()

    def tick(self) -> float:
        return self._tick()

    def perform(self, effect: Effect) -> None:
        self._perform(effect)

    def take(self, snapshot: Snapshot) -> None:
        """Take what was read of the day."""
        self.callbacks = snapshot.callbacks
        standing = (call.customer for call in snapshot.calls if call.why_not != "void")
        self.called = frozenset(customer.phone for customer in standing if customer)

    # ---- who a number is ----

    def look_up(self, phone: str) -> Known | None:
        self._asked = identity(phone)
        listed = self._book.lists.listed(phone)
        if listed is not None:
            listed = listed[0], self._book.members.named(listed[1])
        index = self._book.customers
        row = next(iter(index.known(phone)), None) if index.ready else None
        self.customer = None
        # The index hears of a call a moment after it was saved; what it lacks is folded.
        if row is None or not index.up_to_date or index.folded(row):
            self.customer = self._book.own.customer(phone)
        if self.customer is not None:
            return self._called(self.customer, row, listed)
        if row is None:
            return Known(Customer(), spoken=False, listed=listed) if listed else None
        self.customer = CustomerView(row.phone, _told(row, index), ())
        if row.last:
            self._fetch(phone)
        last = datetime.fromtimestamp(row.last, self.now().tzinfo) if row.last else None
        today = last is not None and last.date() == self._book.today()
        return Known(self.customer.latest, spoken=row.spoken, called_today=last if today else None, listed=listed)

    def beside(self, number: str) -> CustomerView | None:
        """Whom to show beside a number: ^Z brings back another one than was looked up last."""
        if number != self._asked:
            self.look_up(number)
        return self.customer

    def _called(self, customer: CustomerView, row: "Row | None", listed: tuple[datetime, str] | None) -> Known:
        calls = [call for call in customer.calls if call.why_not != "void"]
        spoke = {outcome.id for outcome in self._book.policy().outcomes if outcome.spoke}
        today = self._book.today()
        latest = customer.latest
        if row is not None:
            # A list may tell what no call did.
            told = _told(row, self._book.customers)
            latest = replace(
                latest,
                **{name: text for name in CUSTOMER if not getattr(latest, name) and (text := getattr(told, name))},
            )
        return Known(
            latest,
            spoken=any(call.outcome in spoke for call in calls),
            called_today=next((call.started_at for call in calls if call.day == today), None),
            listed=listed,
        )

    def find(self, field: str, text: str) -> Sequence[Match]:
        index = self._book.customers
        if field == "company":
            return [Match(name, name) for name in index.companies(text, _FOUND) if name != text.strip()]
        digits = sum(char.isdigit() for char in text)
        if digits and digits < _FEW_DIGITS and not any(char.isalpha() for char in text):
            return ()
        return [_match(row, index) for row in index.search(text, _FOUND)]

    # ---- whom to call next ----

    def due(self) -> tuple[Callback, ...]:
        """The callbacks whose time has come."""
        now = self.now()
        return tuple(one for one in self.callbacks if one.due <= now)

    def next_callback(self, avoid: frozenset[str]) -> Offer | None:
        for one in self.due():
            if identity(one.customer.phone) not in avoid and not self._book.lists.listed(one.customer.phone):
                return offer_of(one)
        return None

    def next_offer(self, avoid: frozenset[str]) -> Offer | None:
        if offer := self.next_callback(avoid):
            return offer
        known = self._book.lists.next(avoid | self.called) if self._book.knows_customers else None
        return Offer(typed_phone(known.phone, known.extension)) if known else None


def _told(row: "Row", index: "CustomerIndex") -> Customer:
    told = {name: getattr(row, name) for name in (*CUSTOMER, "extension")}
    return Customer(phone=row.phone, **{**told, "company": index.table.company(row.company)})


def _match(row: "Row", index: "CustomerIndex") -> Match:
    """A customer found: who it is, and the end of the number, by which people know it."""
    customer = _told(row, index)
    who = " ".join(part for part in (short_company(customer), person(customer)) if part)
    return Match(typed_phone(row.phone, row.extension), who or typed_phone(row.phone), row.phone[-4:] if who else "")


def offer_of(callback: Callback) -> Offer:
    """A promised call as a number to call."""
    return Offer(typed_phone(callback.customer.phone, callback.customer.extension), callback.due)
