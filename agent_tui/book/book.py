"""The book: what screens and commands ask. It holds one session (a team) and, while a desk waits, the one it asked for.

Every method may be called from any thread; those that write return when the record is durable.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from agent_tui.book.cards.cards import card_views, cards, cards_since, notice_view
from agent_tui.book.cards.news import News
from agent_tui.book.entries import Change
from agent_tui.book.erasures.erasures import Erasures
from agent_tui.book.figures.ledgers import ledger
from agent_tui.book.figures.overview import Overview
from agent_tui.book.machine import Machine
from agent_tui.book.members.members import Members
from agent_tui.book.members.rights import member, need_readable
from agent_tui.book.own.own_calls import OwnCalls
from agent_tui.book.place.pen import Draft
from agent_tui.book.place.place import ACTIVE, WAITING, active_team
from agent_tui.book.records import record
from agent_tui.book.session import Session
from agent_tui.book.sharing.sharing import Sharing
from agent_tui.book.upkeep.upkeep import Upkeep
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from agent_tui.views import (
    CallView,
    CardView,
    DayView,
    Identity,
    LedgerView,
    NoticeView,
    SyncView,
    TeamView,
)
from shared_rules.policies.policy import Policy
from shared_rules.records.parts import Customer

if TYPE_CHECKING:
    from agent_tui.book.acts.agent import AgentActs
    from agent_tui.book.acts.supervisor import SupervisorActs
    from agent_tui.book.customers.index import CustomerIndex
    from agent_tui.book.customers.lists import Lists
    from agent_tui.book.reading import Reading

# Without a pause, the thread that has just released the lock would get it again at once.
_BREATH_S = 0.001
# How long a month is loaded before other threads get a turn.
_STRIDE_S = 0.01

Listener = Callable[[Change], None]


class Book:
    """One home's view of its team. Open it with `Book.open`, close it when done."""

    def __init__(self, home: Home, session: Session, odds: Odds, clock: Clock) -> None:
        self._session = session
        self._odds = odds
        self._lock = RLock()
        self._writing = RLock()
        self._listeners: list[Listener] = []
        self.sharing = Sharing(self, home, odds, clock)
        self.overview = Overview(self)
        """What the board shows beside its rows."""
        self.news = News(self)
        self._customers: CustomerIndex | None = None
        self.own = OwnCalls(self)
        """The calls of the person who sits here."""
        self.members = Members(self)
        """Who is in the team, who waits, who left."""
        self.erasures = Erasures(self)
        """Customers whose data is removed."""
        self.machine = Machine(self, home)
        """What this machine keeps for itself."""
        self.upkeep = Upkeep(self)
        """Whether all is whole, here and on the share."""

    # What follows is imported on first use: most commands need none of it, and start sooner without.

    @cached_property
    def lists(self) -> "Lists":
        """Lead lists, and what is done with one customer."""
        from agent_tui.book.customers.lists import Lists  # noqa: PLC0415 - as said above

        return Lists(self)

    @cached_property
    def supervisor(self) -> "SupervisorActs":
        """What a supervisor records about others."""
        from agent_tui.book.acts.supervisor import SupervisorActs  # noqa: PLC0415 - as said above

        return SupervisorActs(self)

    @cached_property
    def agent(self) -> "AgentActs":
        """What the person who sits here asks, hands in and proposes."""
        from agent_tui.book.acts.agent import AgentActs  # noqa: PLC0415 - as said above

        return AgentActs(self)

    @cached_property
    def read(self) -> "Reading":
        """What waits, what is owed, what the week brought, and why."""
        from agent_tui.book.reading import Reading  # noqa: PLC0415 - as said above

        return Reading(self)

    @classmethod
    def find(cls, home: Path, clock: Clock) -> "Book | None":
        """The book of the team active in `home`; None where there is none yet (see `teams`)."""
        place = Home(home)
        if not place.teams():
            return None  # nothing is made where somebody only asks
        odds = Odds(place.odds)
        team = active_team(place, odds)
        return None if team is None else cls(place, Session(place, team, clock), odds, clock)

    @classmethod
    def open(cls, home: Path, clock: Clock) -> "Book":
        """The book of the team active in `home`. Raises Problem where there is none yet."""
        found = cls.find(home, clock)
        if found is None:
            raise Problem("errors.no_team")
        return found

    def close(self) -> None:
        """Stop the sync, within a second, also while the share hangs."""
        self.sharing.stop()
        if self._customers is not None:
            self._customers.stop()
        with self._lock:
            self._session.segments.save()
            self._session.place.policies.save()
            self._session.place.close()
            self.sharing.close()
        self._session.past.save(self._lock)
        self._session.marks.save(self._lock)
        self.machine.close()
        self._odds.close()

    # ---- who, when, by which rules ----

    @property
    def lock(self) -> RLock:
        """Guards the session; held for moments only, never while the disk flushes or the share is asked."""
        return self._lock

    @property
    def writing(self) -> RLock:
        """Held from making a record until it is folded, so that none made for one team is written into another."""
        return self._writing

    @property
    def odds(self) -> Odds:
        """The odds and ends of this machine."""
        return self._odds

    @property
    def session(self) -> Session:
        """The team in use."""
        return self._session

    @property
    def identity(self) -> Identity:
        """Who sits here."""
        with self._lock:
            place = self._session.place
            me = place.me
            person = place.membership.person(me.person) if me else None
            waiting = self.sharing.waiting
            return Identity(
                agent=place.person,
                name=me.name if me else place.state.name,
                role="agent" if me is None or place.membership.alone else me.role,
                hired=self._session.folds.hired(person) if person else place.state.hired,
                writer=place.writer,
                team=place.team.team,
                team_name=place.team.name,
                zone=place.team.zone,
                solo=place.membership.alone,
                share=place.state.share,
                waiting=waiting.place.team.name if waiting else None,
            )

    def now(self) -> datetime:
        """The present instant in the team's zone."""
        return self._session.now()

    def today(self) -> date:
        """The day it is in the team's zone."""
        return self.now().date()

    def policy(self, day: date | None = None, agent: str | None = None) -> Policy:
        """The policy in force on `day` (default: today); of an `agent` the one that judges that day, which is the one
        it was confirmed under.
        """
        with self._lock:
            folds, day = self._session.folds, day or self.today()
            return folds.policies.on(day) if agent is None else folds.policy(agent, day)

    # ---- figures ----

    def load_month(self, day: date) -> None:
        """Fold what the month of `day` needs, see `load`, with one's own calls ready to be shown one by one."""
        self.load(day.replace(day=1), opened=True)

    def load(self, since: date, *, opened: bool = False, team: bool = False) -> None:
        """Fold all that is about `since` and later days: at a desk its own records, or everybody's for the `team`. It
        does so a few segments at a time, so that other threads wait for those and not for all. `opened`: see
        `Session.load_segment`.

        Readers fold the days they need themselves. Loading them here first, off the event loop, keeps the keys free.
        """
        with self._lock:
            session = self._session
            agent = None if team else session.asked_of
            unloaded = session.unloaded(since, agent)
            steps = [(held, partial(session.look_through, held)) for held in session.unlooked(since, agent)]
            steps += [(held, partial(session.load_segment, held, opened=opened)) for held in unloaded]
            packing = session.packing(unloaded)
        began = monotonic()
        with packing as packers:
            for held, step in steps:
                if packers is not None:
                    # Not under the lock: it is another process that makes it.
                    packers.made(held.name)
                with self._lock:
                    step()
                if monotonic() - began > _STRIDE_S:
                    sleep(_BREATH_S)
                    began = monotonic()
        with self._lock:
            session.load(since, agent)
        session.past.save(self._lock)

    def day(self, agent: str, day: date, *, money: bool = True) -> DayView:
        """One agent's day, without its estimate if no `money`. Raises Problem for somebody who is not in the team."""
        with self._lock:
            self._session.load_month(day, agent)
            return self._session.days.day(member(self._session, agent), day, self.now(), money=money)

    def calls(self, agent: str, day: date) -> list[CallView]:
        """That day's calls, the latest start first."""
        with self._lock:
            member(self._session, agent)
            self._session.load_month(day, agent)
            return [self._session.customers.view(state) for state in reversed(self._session.folds.calls(agent, day))]

    def team(self, day: date, *, money: bool = True) -> TeamView:
        """Everybody's day, with each month's estimate or (a board that repaints) without `money`."""
        with self._lock:
            self._session.load_month(day)
            team = self._session.place.team
            return self._session.days.team(team.team, team.name, day, self.now(), money=money)

    def ledger(self, agent: str, month: str) -> LedgerView:
        """The points ledger of a month (YYYY-MM). Raises Problem, also for a colleague at an agent's desk."""
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            raise Problem("errors.no_month", month=month) from None
        with self._lock:
            member(self._session, agent)
            need_readable(self._session, agent)
            self._session.load(first, agent)
            return ledger(self._session.folds, agent, month, self.today(), self._session.place.zone)

    def cards(self) -> list[CardView]:
        """The talk cards in use, the latest event first, with what came of them. Slow where there are many calls."""
        with self._lock:
            since = cards_since(self._session, self.today())
        if since:
            self.load(since, team=True)
        with self._lock:
            return card_views(self._session, self.today())

    def has_card(self, id: str) -> bool:
        """Whether a talk card of that id is in use."""
        with self._lock:
            return any(card.id == id for card in cards(self._session.folds))

    def notice(self) -> NoticeView | None:
        """The notice that is shown today."""
        with self._lock:
            return notice_view(self._session, self.today())

    def record(self, id: str) -> dict[str, Any]:
        """A record by id, as JSON-ready members, with what this device may read, its corrections and verdicts."""
        with self._lock:
            return record.show(self._session, id)

    def in_place_of(self, id: str) -> dict[str, Any] | None:
        """The review, attendance or summary that held before the record `id`, as `record` shows one."""
        with self._lock:
            return record.in_place_of(self._session, id)

    # ---- customers ----

    @property
    def customers(self) -> "CustomerIndex":
        """The customers of the team in use, to be searched."""
        from agent_tui.book.customers.index import CustomerIndex  # noqa: PLC0415 - most commands ask no customer

        with self._lock:
            if self._customers is None:
                self._customers = CustomerIndex(self._session, self._lock, lambda: self.tell(Change(customers=True)))
            return self._customers

    @property
    def knows_customers(self) -> bool:
        """Whether `customers` were asked for; before that nothing is known of them and their lists."""
        return self._customers is not None

    # ---- sync ----

    def start_sync(self) -> None:
        """Start the sync thread, the indexing of older days and, at a desk, that of the customers."""
        self.sharing.start()
        if not self.session.place.supervisor or self.session.place.membership.alone:
            self.customers.start()

    def sync_once(self) -> dict[str, int]:
        """Sync until nothing moves; counts of what moved."""
        return self.sharing.once()

    def sync_view(self) -> SyncView:
        """The state of sync."""
        return self.sharing.view()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener`, from any thread, when something changed; returns what ends it."""
        self._listeners.append(listener)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def tell(self, change: Change) -> None:
        """Tell the listeners."""
        for listener in list(self._listeners):
            listener(change)

    def use(self, session: Session) -> None:
        """Continue in another team, which has approved this desk."""
        with self._lock:
            left, self._session = self._session, session
            left.place.close()
            customers, self._customers = self._customers, None
            self._odds.put("cursors", ACTIVE, session.place.name)
            self._odds.remove("cursors", WAITING)
        if customers is not None and customers.started:
            customers.stop()
            self.customers.start()
        self.tell(Change(members=True, sync=True))

    # ---- within ----

    def put(self, make: Callable[[datetime], list[Draft]], *, members: bool = False) -> tuple[datetime, list[Draft]]:
        """Write the records that `make` gives for the present instant; when, and which. `members`: they change who is
        in the team. Raises what `make` raises, with nothing written.
        """
        with self._writing:
            now = self.now()
            with self._lock:
                drafts = make(now)
            self.write(drafts, now, members=members)
        return now, drafts

    def write(self, drafts: list[Draft], now: datetime, *, members: bool = False) -> None:
        """Write records, fold them, and tell. The lock is free while the disk flushes."""
        stored = self._session.pen.write(drafts, now)
        days: set[tuple[str, date]] = set()
        told = ruled = False
        with self._lock:
            for one, draft in zip(stored, drafts, strict=True):
                taken = self._session.take(one)
                days |= taken.days
                told |= taken.told
                ruled |= taken.rules
                if isinstance(draft.secret, Customer):
                    self._session.customers.put((one.line.writer, one.line.seq), draft.secret)
            if members:
                self._session.refold()
                self._session.rings.to_hand_on = True
                self._session.rings.hand_on(now.date())
        self.sharing.wake()
        # A new policy or hire date re-judges every day, just as a change of members does.
        self.tell(Change(frozenset(days), members=members or ruled, told=told))
