"""The book: what screens and commands ask. It holds one session (a team) and, while a desk waits, the one it asked for.

Every method may be called from any thread; those that write return when the record is durable.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import RLock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import msgspec

from agent_tui.book import devices, erasing, own, record
from agent_tui.book.calls import call_of, content, customer_of
from agent_tui.book.cards import card_views, notice_view
from agent_tui.book.customers import CustomerIndex
from agent_tui.book.entries import CallEntry, Change
from agent_tui.book.ledgers import ledger
from agent_tui.book.lists import Lists
from agent_tui.book.news import News
from agent_tui.book.overview import Overview
from agent_tui.book.pen import Draft
from agent_tui.book.place import ACTIVE, WAITING, active_team
from agent_tui.book.session import Session
from agent_tui.book.sharing import Sharing
from agent_tui.book.telling import finding_text, report_text
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.ids import uuid7
from agent_tui.store.files import trouble
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from agent_tui.trust.errors import TrustError, from_text, to_text
from agent_tui.trust.keys import box_to, four_words
from agent_tui.trust.membership import Person
from agent_tui.views import (
    Callback,
    CallView,
    CustomerView,
    DayView,
    ErasedView,
    Identity,
    LedgerView,
    MemberView,
    Preview,
    SyncView,
    TeamView,
)
from agent_tui.views_cards import CardView, NoticeView
from shared_rules.completeness import filled, missing
from shared_rules.phones import parse_phone
from shared_rules.policy import Policy
from shared_rules.record_parts import Customer, Reason
from shared_rules.records import Correction, Void

if TYPE_CHECKING:
    from agent_tui.book.acts.agent import AgentActs
    from agent_tui.book.acts.supervisor import SupervisorActs
    from agent_tui.book.reading import Reading
    from agent_tui.sync.audit import Audit
    from agent_tui.sync.refill import Refilled

# Without a rest the lock would go to who just gave it back.
_BREATH_S = 0.001
# How long the loading of a month goes on before it rests.
_STRIDE_S = 0.01

Listener = Callable[[Change], None]


class Book:
    """One home's view of its team. Open it with `Book.open`, close it when done."""

    def __init__(self, home: Home, session: Session, odds: Odds, clock: Clock) -> None:
        self._home = home
        self._session = session
        self._odds = odds
        self._clock = clock
        self._lock = RLock()
        self._writing = RLock()
        self._listeners: list[Listener] = []
        self._sharing = Sharing(self, home, odds, clock)
        self.overview = Overview(self)
        """What the board shows beside its rows."""
        self.news = News(self)
        self._customers: CustomerIndex | None = None
        self.lists = Lists(self)
        """Lead lists, and what is done with one customer."""

    # A command that asks none of it starts without what follows.

    @cached_property
    def supervisor(self) -> "SupervisorActs":
        """What a supervisor records about others."""
        from agent_tui.book.acts.supervisor import SupervisorActs  # noqa: PLC0415

        return SupervisorActs(self)

    @cached_property
    def agent(self) -> "AgentActs":
        """What the person who sits here asks, hands in and proposes."""
        from agent_tui.book.acts.agent import AgentActs  # noqa: PLC0415

        return AgentActs(self)

    @cached_property
    def read(self) -> "Reading":
        """What waits, what is owed, what the week brought, and why."""
        from agent_tui.book.reading import Reading  # noqa: PLC0415

        return Reading(self)

    @classmethod
    def open(cls, home: Path, clock: Clock) -> "Book":
        """The book of the team active in `home`. Raises Problem where there is none yet (see `teams`)."""
        place = Home(home)
        odds = Odds(place.odds)
        team = active_team(place, odds)
        if team is None:
            raise Problem("errors.no_team")
        return cls(place, Session(place, team, clock), odds, clock)

    def close(self) -> None:
        """Stop the sync, within a second, also while the share hangs."""
        self._sharing.stop()
        if self._customers is not None:
            self._customers.stop()
        with self._lock:
            self._session.segments.save()
            self._session.place.close()

    # ---- who, when, by which rules ----

    @property
    def lock(self) -> RLock:
        """Guards the session; held for moments only, never while the disk flushes or the share is asked."""
        return self._lock

    @property
    def writing(self) -> RLock:
        """Held from making a record to folding it: none is made for one team and written when the other is in use."""
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
            waiting = self._sharing.waiting
            return Identity(
                agent=me.person if me else place.state.id,
                name=me.name if me else place.state.name,
                role="agent" if me is None or place.membership.alone else me.role,
                hired=me.hired if me else place.state.hired,
                writer=place.writer,
                team=place.team.team,
                team_name=place.team.name,
                zone=place.team.zone,
                solo=place.membership.alone,
                share=place.state.share,
                waiting=waiting.place.team.name if waiting else None,
            )

    def waiting_words(self) -> tuple[str, ...]:
        """The four words of this desk's request to join, as the board shows them; none without one. Slow."""
        waiting = self._sharing.waiting
        if waiting is None:
            return ()
        return four_words(waiting.place.team.owner, waiting.place.key.public, language())

    def now(self) -> datetime:
        """The present instant in the team's zone."""
        return self._clock.now(self._session.place.zone)

    def today(self) -> date:
        """The day it is in the team's zone."""
        return self.now().date()

    def policy(self, day: date | None = None) -> Policy:
        """The policy in force on `day` (default: today)."""
        with self._lock:
            return self._session.folds.policies.on(day or self.today())

    # ---- calls ----

    def log(self, entry: CallEntry) -> CallView:
        """Write one call; durable when this returns. Raises Problem for a value that cannot be recorded."""
        with self._writing:
            now = self.now()
            with self._lock:
                drafts = own.drafts(self._session, entry, now)
            self._write(drafts, now)
            return self._view(drafts[0].id)

    def log_many(self, entries: list[CallEntry]) -> int:
        """Write calls that are not stored yet (by start and number), in few flushes; how many were new."""
        with self._writing:
            now = self.now()
            with self._lock:
                drafts = own.new_drafts(self._session, entries, now)
            self._write(drafts, now)
        return sum(draft.body.kind == "call" for draft in drafts)

    def correct(self, id: str, entry: CallEntry) -> CallView:
        """Write a correction of an own call. Raises Problem for a call that is not one's own."""
        with self._writing:
            now = self.now()
            with self._lock:
                state = own.call(self._session, id)
                if state.why_not == "void":
                    raise Problem("errors.call_void", id=id)
                call, customer = call_of(entry, self.policy(state.day), own.keys(self._session), now)
                before = content(state.source)
                # What no form asks for stays as it was.
                call = call.model_copy(update={"imported": before.imported, "card": entry.card or before.card})
                body = Correction(about=own.about(state), replaces=own.replaced(state), call=call)
            self._write([Draft(uuid7(now), state.agent, body, customer)], now)
            return self._view(id)

    def void(self, id: str, reason: str = "") -> CallView:
        """Withdraw an own call; it stays visible and counts nothing."""
        with self._writing:
            now = self.now()
            with self._lock:
                state = own.call(self._session, id)
                body = Void(about=own.about(state), replaces=own.replaced(state), phone_tag=state.phone_tag)
            self._write([Draft(uuid7(now), state.agent, body, Reason(text=reason))], now)
            return self._view(id)

    def preview(self, entry: CallEntry) -> Preview:
        """Whether `entry` would count as it stands. Cheap: called at each key."""
        with self._lock:
            day = (entry.started_at or self.now()).date()
            policy = self.policy(day)
            outcome = policy.outcome(entry.outcome)
            lacks = missing(filled(customer_of(entry), policy), policy)
            phone = parse_phone(entry.phone)
            keys = self._session.place.tag_keys()
            repeat = (
                phone is not None
                and keys is not None
                and own.fold(self._session, day).has_valid(day, policy, keys.phone(phone.e164))
            )
            spoken = bool(outcome and outcome.spoke)
            return Preview(spoken=spoken, missing=lacks, valid=spoken and not lacks and not repeat, repeat=repeat)

    def listed(self, phone: str) -> tuple[datetime, str] | None:
        """Since when a number is on the do-not-call list, and who listed it; None when it is not."""
        number = parse_phone(phone)
        with self._lock:
            keys = self._session.place.tag_keys()
            if number is None or keys is None:
                return None
            found = self._session.folds.listed(keys.team_phone(number.e164))
            return (found.at.astimezone(self._session.place.zone), found.by) if found else None

    # ---- figures ----

    def load_month(self, day: date) -> None:
        """Fold what the month of `day` needs, some segments at a time: who asks meanwhile waits for those, not for all.

        What needs the month folds it by itself; asked for here before, off the event loop, it holds up no key.
        """
        with self._lock:
            session = self._session
            left = session.unloaded(day.replace(day=1))
        began = monotonic()
        for held in left:
            with self._lock:
                session.load_segment(held)
            if monotonic() - began > _STRIDE_S:
                sleep(_BREATH_S)
                began = monotonic()

    def day(self, agent: str, day: date, *, money: bool = True) -> DayView:
        """One agent's day, without its estimate if no `money`. Raises Problem for somebody who is not in the team."""
        with self._lock:
            self._session.load_month(day)
            return self._session.days.day(self._person(agent), day, self.now(), money=money)

    def calls(self, agent: str, day: date) -> list[CallView]:
        """That day's calls, the latest start first."""
        with self._lock:
            person = self._person(agent)
            self._session.load_month(day)
            policy = self._session.folds.policy(agent, day)
            new = policy.new_hire_day(person.hired, day) is not None
            states = self._session.folds.fold(agent).calls(day, policy, new_hire=new)
            return [self._session.customers.view(state) for state in reversed(states)]

    def team(self, day: date, *, money: bool = True) -> TeamView:
        """Everybody's day, with each month's estimate or (a board that repaints) without `money`."""
        with self._lock:
            self._session.load_month(day)
            team = self._session.place.team
            return self._session.days.team(team.team, team.name, day, self.now(), money=money)

    def ledger(self, agent: str, month: str) -> LedgerView:
        """The points ledger of a month (YYYY-MM)."""
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            raise Problem("errors.no_month", month=month) from None
        with self._lock:
            self._person(agent)
            self._session.load(first)
            return ledger(self._session.folds, agent, month, self.today(), self._session.place.zone)

    def cards(self) -> list[CardView]:
        """The talk cards in use, the latest event first, with what came of them. Slow where there are many calls."""
        with self._lock:
            return card_views(self._session, self.today())

    def notice(self) -> NoticeView | None:
        """The notice that is shown today."""
        with self._lock:
            return notice_view(self._session, self.today())

    def record(self, id: str) -> dict[str, Any]:
        """A record by id, as JSON-ready members, with what this device may read, its corrections and verdicts."""
        with self._lock:
            return record.show(self._session, id)

    # ---- customers ----

    @property
    def customers(self) -> CustomerIndex:
        """The customers of the team in use, to be searched."""
        with self._lock:
            if self._customers is None:
                self._customers = CustomerIndex(self._session, self._lock, lambda: self.tell(Change(customers=True)))
            return self._customers

    def customer(self, phone: str) -> CustomerView | None:
        """What own records tell of a number, written any way people write it."""
        number = parse_phone(phone)
        with self._lock:
            keys = self._session.place.tag_keys()
            if number is None or keys is None:
                return None
            calls = own.calls_with(self._session, keys.phone(number.e164))
            named = [call for call in calls if call.customer]
            if not named or not named[0].customer:
                return None
            latest = {
                field: next((text for call in named if (text := getattr(call.customer, field))), "")
                for field in type(named[0].customer).model_fields
            }
            return CustomerView(number.e164, type(named[0].customer)(**latest), tuple(calls))

    def call(self, id: str) -> CallView:
        """An own call as it stands. Raises Problem for any other id."""
        with self._lock:
            return own.shown(self._session, id)

    def callbacks(self) -> list[Callback]:
        """Promised calls not yet made, the earliest due first."""
        with self._lock:
            found = []
            for tag in self._session.history.promised():
                calls = own.calls_with(self._session, tag)
                if calls and calls[0].follow_up and calls[0].customer:
                    found.append(Callback(calls[0].follow_up, calls[0].customer, calls[0].id))
            return sorted(found, key=lambda one: one.due)

    # ---- supervisors ----

    def members(self) -> list[MemberView]:
        """Devices that wait first, then those approved, then those who left."""
        with self._lock:
            return devices.members(self._session)

    def approve(self, writer: str, role: str | None = None) -> MemberView:
        """Let a waiting device in; `role` None: as what its person is. Raises Problem.

        Not a supervisor, nobody of that name waits, no owner's key.
        """
        with self._writing:
            now = self.now()
            with self._lock:
                drafts = devices.approve(self._session, writer, role, now)
            self._write(drafts, now, members=True)
        return next(member for member in self.members() if member.writer == writer)

    def leave(self, who: str, on: date) -> MemberView:
        """End a person's devices, `on` being the last day that counts; or one device alone, by its name."""
        with self._writing:
            now = self.now()
            with self._lock:
                drafts = devices.leave(self._session, who, on, now)
            self._write(drafts, now, members=True)
        return next(member for member in self.members() if who in (member.writer, member.id))

    def erase(self, phone: str, reason: str = "") -> ErasedView:
        """Remove a customer's data wherever this team's machines sync. Raises Problem: not a supervisor, no number."""
        with self._writing:
            now = self.now()
            with self._lock:
                wanted = erasing.asked(self._session, phone, reason, now)
                records = erasing.records_with(self._session, wanted.tags)
            self._write(wanted.drafts, now, members=True)
        waiting = self.obey_erasures()
        with self._lock:
            return erasing.told(self._session.place, records, waiting)

    def erased(self, phone: str, at: datetime) -> bool:
        """Whether the customer of a number was erased at or after the instant `at`."""
        with self._lock:
            return erasing.erased_since(self._session, phone, at)

    def obey_erasures(self) -> tuple[str, ...]:
        """Make what this machine keeps obey the erasures it knows; the devices whose key files are still awaited."""
        before = self._sharing.before
        with self._lock:
            news = self._session.news != self._session.obeyed
            waiting = erasing.obey(self._session, before, self.now())
            if news and (draft := self.draft()) is not None:
                kept = erasing.without_erased(self._session, draft)
                if kept != draft:
                    self.keep_draft(kept)
        return waiting

    # ---- sync ----

    def start_sync(self, *, foreground: bool = True) -> None:
        """Start the sync thread, the indexing of older days and, at a desk, that of the customers."""
        self._sharing.start(foreground=foreground)
        if not self.session.place.supervisor or self.session.place.membership.alone:
            self.customers.start()

    def index_history(self) -> None:
        """Index all older days now; `start_sync` does it a little at a time."""
        self._sharing.index()

    def sync_once(self, share: str | None = None) -> dict[str, int]:
        """Sync until nothing moves; counts of what moved. `share`: another way to the folder, for this once."""
        return self._sharing.once(share)

    def notes(self) -> list[str]:
        """What was seen and left out, a line each: damage here and on the share, records of a newer program."""
        with self._lock:
            place = self._session.place
            notes = [finding_text(place, finding) for finding in self._sharing.findings()]
            notes += [report_text(place, report) for report in place.membership.reports()]
            newer = sum(one.why == "newer" for one in self._session.folds.left_out.values())
            damaged = len(self._session.segments.damaged)
        if aside := self._odds.moved_aside:
            notes.append(t("errors.odds_damaged", path=aside))
        if newer:
            notes.append(t("errors.newer_lines", n=newer))
        if damaged:
            notes.append(t("errors.damaged_lines", n=damaged))
        return notes

    def check(self, share: str | None = None) -> "Audit":
        """Verify everything this machine can see; without the share where that is away. Raises Problem."""
        from agent_tui.book.checking import check  # noqa: PLC0415 - for one command alone

        try:
            return check(self._sharing.target() or self._session, share)
        except OSError as error:
            trouble(error, Path(share or self._session.place.state.share or self._home.path))

    def refill(self, share: str) -> "Refilled":
        """Fill a wiped share again with what this machine has of the team, its own records too. Raises Problem."""
        from agent_tui.book.refilling import refill_share  # noqa: PLC0415 - for one command alone

        self.obey_erasures()
        done = refill_share(self._session, share)
        self.sync_once(share)
        return done

    def sync_view(self) -> SyncView:
        """The state of sync."""
        return self._sharing.view()

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
        """Go on in another team: the desk was approved."""
        with self._lock:
            draft = self.draft()
            self._session = session
            customers, self._customers = self._customers, None
            self.keep_draft(draft)
            self._odds.put("cursors", ACTIVE, session.place.name)
            self._odds.remove("cursors", WAITING)
        if customers is not None and customers.started:
            customers.stop()
            self.customers.start()
        self.tell(Change(members=True, sync=True))

    # ---- odds and ends of this machine ----

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of this machine."""
        return self._odds.get("settings", name, default)

    def settings(self) -> dict[str, Any]:
        """All that is set on this machine, by name."""
        return self._odds.all("settings")

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting, a JSON value."""
        self._odds.put("settings", name, value)

    def forget_setting(self, name: str) -> None:
        """Forget a setting; fine where there is none."""
        self._odds.remove("settings", name)

    def draft(self) -> dict[str, Any] | None:
        """The unfinished entry laid aside by `keep_draft`; None when there is none or it cannot be opened any more."""
        sealed = self._odds.get("drafts", "desk")
        if sealed is None:
            return None
        try:
            found: dict[str, Any] = msgspec.json.decode(self._session.place.key.open_box(from_text(sealed)))
        except (TrustError, ValueError, msgspec.DecodeError):
            return None
        return found

    def keep_draft(self, draft: dict[str, Any] | None) -> None:
        """Lay an unfinished entry aside, sealed to this device; None forgets it."""
        if draft is None:
            self._odds.remove("drafts", "desk")
            return
        box = box_to(self._session.place.key.public, msgspec.json.encode(draft))
        self._odds.put("drafts", "desk", to_text(box))

    # ---- within ----

    def put(self, make: Callable[[], list[Draft]]) -> tuple[datetime, list[Draft]]:
        """Write the records that `make` gives; when, and which. Raises what `make` raises, with nothing written."""
        with self._writing:
            now = self.now()
            with self._lock:
                drafts = make()
            self._write(drafts, now)
        return now, drafts

    def _person(self, agent: str) -> Person:
        person = self._session.place.membership.person(agent)
        if person is None:
            raise Problem("errors.not_in_team", person=agent)
        return person

    def _view(self, id: str) -> CallView:
        with self._lock:
            return own.shown(self._session, id)

    def _write(self, drafts: list[Draft], now: datetime, *, members: bool = False) -> None:
        """Write records, fold them, and tell. The lock is free while the disk flushes."""
        stored = self._session.pen.write(drafts, now)
        days: set[tuple[str, date]] = set()
        told = ruled = False
        with self._lock:
            for one, draft in zip(stored, drafts, strict=True):
                taken = self._session.take(one)
                days |= taken.days
                told |= taken.told
                ruled |= taken.policy
                if isinstance(draft.secret, Customer):
                    self._session.customers.put((one.line.writer, one.line.seq), draft.secret)
            if members:
                self._session.refold()
                self._session.rings.hand_on(now.date())
        self._sharing.wake()
        # Another policy judges every day anew, as other members do.
        self.tell(Change(frozenset(days), members=members or ruled, told=told))
