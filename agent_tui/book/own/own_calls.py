"""The calls of the person who sits here (`book.own`): logged, corrected, withdrawn, and what they tell of customers."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Literal

from msgspec.structs import replace

from agent_tui.book.entries import CallEntry
from agent_tui.book.figures.calls import call_of, content, customer_of, withdrawn
from agent_tui.book.own import own
from agent_tui.book.part import BookPart
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import about
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.views import Callback, CallView, CustomerView, Preview
from shared_rules.completeness import filled, missing
from shared_rules.folding.call_states import CallState
from shared_rules.ledger import found_false
from shared_rules.overtime import minutes
from shared_rules.phones import parse_phone
from shared_rules.records.kinds import Correction, Void
from shared_rules.records.parts import Reason, path_of

# Of an import so many calls are made, written and folded at once.
_PART = 1000


class OwnCalls(BookPart):
    """What writes returns when the record is durable."""

    def prepare(self) -> None:
        """Make ready what the first key and the first save need besides the month: for a desk, off the event loop."""
        with self._lock:
            own.fold(self._session)

    def log(self, entry: CallEntry) -> CallView:
        """Write one call; durable when this returns. Raises Problem for a value that cannot be recorded."""
        with self._book.writing:
            _, drafts = self._book.put(lambda now: own.drafts(self._session, entry, now))
            return self.call(drafts[0].id)

    def log_many(self, entries: list[CallEntry], tell: Callable[[int], None] = lambda _: None) -> int:
        """Write calls that are not stored yet (by start and number), in few flushes; how many were new.

        They are written a part after the other, and `tell` is told how many are durable by then. What stops it leaves
        those: the same entries again are the rest. Raises Problem.
        """
        done = 0
        with self._book.writing:
            with self._lock:
                new = own.not_stored(self._session, entries, self._now)
            for start in range(0, len(new), _PART):
                part = new[start : start + _PART]
                self._book.put(partial(self._imported, part))
                done += len(part)
                tell(done)
        return done

    def _imported(self, part: list[tuple[CallEntry, str]], now: datetime) -> list[Draft]:
        return [draft for entry, id in part for draft in own.drafts(self._session, entry, now, id)]

    def how_many_new(self, entries: list[CallEntry]) -> int:
        """How many of the calls `log_many` would write."""
        with self._lock:
            return len(own.not_stored(self._session, entries, self._now))

    def correct(self, id: str, entry: CallEntry) -> CallView:
        """Write a correction of an own call. Raises Problem for a call that is not one's own."""

        def make(now: datetime) -> list[Draft]:
            session = self._session
            state = own.call(session, id)
            if withdrawn(state):
                raise Problem("errors.call_void", id=id)
            own.need_to_hold(session, state, now)
            policy = self._book.policy(state.day)
            call, customer = call_of(entry, policy, own.keys(session), now)
            before = content(state.source)
            # What no form asks for stays as it was.
            call = replace(call, imported=before.imported, card=entry.card or before.card)
            body = Correction(about=about(state.fact, state.day), replaces=own.replaced(state), call=call)
            drafts = [Draft(uuid7(now), state.agent, body, customer)]
            if (call.outcome, call.phone_tag) != (before.outcome, before.phone_tag):
                drafts += own.listing(session, call, customer, entry.phone, policy, now)
            return drafts

        with self._book.writing:
            self._book.put(make)
            return self.call(id)

    def void(self, id: str, reason: str = "") -> CallView:
        """Withdraw an own call; it stays visible and counts nothing. Raises Problem for one that is withdrawn."""

        def make(now: datetime) -> list[Draft]:
            state = own.call(self._session, id)
            if withdrawn(state):
                raise Problem("errors.void_twice", id=id)
            own.need_to_hold(self._session, state, now)
            body = Void(
                about=about(state.fact, state.day),
                replaces=own.replaced(state),
                phone_tag=state.phone_tag,
                seal_tag=None if state.phone_tag else path_of(state.source.body),
            )
            return [Draft(uuid7(now), state.agent, body, Reason(text=reason))]

        with self._book.writing:
            self._book.put(make)
            return self.call(id)

    def preview(self, entry: CallEntry, corrects: str | None = None) -> Preview:
        """Whether `entry` would count as it stands, as a new call or in place of one. Cheap: called at each key."""
        with self._lock:
            session, started = self._session, entry.started_at or self._now
            day = started.date()
            policy = self._book.policy(day)
            outcome = policy.outcome(entry.outcome)
            lacks = missing(filled(customer_of(entry), policy), policy)
            phone = parse_phone(entry.phone)
            keys, me, mine = session.place.tag_keys(), session.place.person, own.fold(session, day)
            repeat = False
            barred: Literal["false", "do_not_call"] | None = None
            if phone and keys:
                tag, listed = keys.phone(phone.e164), session.folds.listed(keys.team_phone(phone.e164))
                repeat = mine.repeats(me, corrects, policy, tag) if corrects else mine.has_valid(day, policy, tag)
                barred = "do_not_call" if listed and listed.at < started else None
            if corrects and (verdicts := mine.verdicts(me, corrects)) and found_false(mine.dossier, verdicts):
                barred = "false"
            spoken, waits = bool(outcome and outcome.spoke), mine.lock(day) is not None
            valid = spoken and not (lacks or repeat or barred or waits)
            return Preview(spoken=spoken, missing=lacks, valid=valid, repeat=repeat, barred=barred, waits=waits)

    def call(self, id: str) -> CallView:
        """An own call as it stands. Raises Problem for any other id."""
        with self._lock:
            return self._session.customers.view(own.call(self._session, id))

    def states(self, day: date) -> list[CallState]:
        """The own calls of a day, the earliest start first, withdrawn ones too; no customer is opened for them."""
        session = self._session
        with self._lock:
            me = session.place.person
            session.load_month(day, me)
            return session.folds.calls(me, day)

    def overtime(self, day: date, *, until: datetime | None = None) -> int:
        """Minutes of own overtime on a day, see `shared_rules.overtime.minutes`."""
        session = self._session
        with self._lock:
            me = session.place.person
            session.load_month(day, me)
            return minutes(session.folds.fold(me), own.policy(session, day), day, until)

    def notes(self, day: date) -> list[tuple[str, str]]:
        """The outcome and the note of each own call of a day that has one and is not withdrawn."""
        with self._lock:
            noted = (one for one in self.states(day) if one.why_not != "void" and "note" in one.filled)
            opened = ((one.outcome, self._session.customers.of(one.source)) for one in noted)
            return [(outcome, customer.note) for outcome, customer in opened if customer]

    def customer(self, phone: str) -> CustomerView | None:
        """What own records tell of a number, written any way people write it."""
        number = parse_phone(phone)
        with self._lock:
            keys = self._session.place.tag_keys()
            if number is None or keys is None:
                return None
            calls = own.judged_with(self._session, keys.phone(number.e164))
            named = [call for call in calls if call.customer]
            if not named or not named[0].customer:
                return None
            latest = {
                field: next((text for call in named if (text := getattr(call.customer, field))), "")
                for field in named[0].customer.__struct_fields__
            }
            return CustomerView(number.e164, type(named[0].customer)(**latest), tuple(calls))

    def callbacks(self) -> list[Callback]:
        """Promised calls not yet made, the earliest due first."""
        with self._lock:
            found = []
            for tag in self._session.history.promised():
                calls = own.calls_with(self._session, tag)
                if calls and calls[0].follow_up and calls[0].customer:
                    found.append(Callback(calls[0].follow_up, calls[0].customer, calls[0].id))
            return sorted(found, key=lambda one: one.due)
