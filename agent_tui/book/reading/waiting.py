"""What waits for a supervisor: requests, appeals, who stays late."""

from datetime import date, timedelta

from agent_tui.book.figures.ledgers import ledger_entries, month_entries
from agent_tui.book.reading.base import Reader
from agent_tui.readings import AskedView, EntryView, RequestView, StayView
from agent_tui.trust.people import Person
from shared_rules.dates import month_before
from shared_rules.folding.facts import local_day
from shared_rules.leave import Request, ask_of, requests
from shared_rules.overtime import needed_minutes, overtime


class Waiting(Reader):
    """The queues of the board; at a desk, the same about oneself."""

    def requests(self, agent: str | None = None, *, open_only: bool = False) -> list[RequestView]:
        """Requests for leave and visits, the earliest written first; of one agent, or of all that can be read."""
        with self._lock:
            found = [view for person in self._people(agent) for view in self._requests_of(person)]
        return sorted(
            (one for one in found if not open_only or one.state == "open"), key=lambda one: (one.at, one.on, one.id)
        )

    def asked(self, agent: str | None = None) -> list[AskedView]:
        """What waits for an answer: the open requests, those of one go together; the earliest written first."""
        found: dict[tuple[object, ...], list[RequestView]] = {}
        with self._lock:
            for person in self._people(agent):
                for one in self._requests(person):
                    if one.state == "open":
                        found.setdefault((person.id, ask_of(one.fact)), []).append(self._view(person, one))
        asked = [AskedView(tuple(sorted(days, key=lambda one: one.on))) for days in found.values()]
        return sorted(asked, key=lambda one: (one.days[0].at, one.days[0].on, one.days[0].id))

    def _requests(self, person: Person) -> list[Request]:
        return requests(self._fold(person.id).dossier, self._session.place.zone, self._policy_on(person.id))

    def _requests_of(self, person: Person) -> list[RequestView]:
        return [self._view(person, one) for one in self._requests(person)]

    def _view(self, person: Person, one: Request) -> RequestView:
        return RequestView(
            id=one.fact.id,
            agent=person.id,
            name=person.name,
            at=one.fact.at.astimezone(self._session.place.zone),
            type=one.fact.body.type,
            on=one.fact.body.on,
            minutes=one.fact.body.minutes,
            text=one.fact.body.text,
            sick=one.fact.body.sick,
            note=one.fact.body.note,
            state=one.state,
            answer=self._said(one.answer),
            granted=one.answer.body.minutes if one.answer and one.state == "approved" else 0,
            faults=one.faults,
        )

    def appeals(self) -> list[EntryView]:
        """The ledger entries whose appeal waits for a ruling, the oldest appeal first.

        Appeals written this month or the one before are found, of whatever month their entry is.
        """
        since = month_before(self._today)
        self._book.load(since)
        with self._lock:
            zone = self._session.place.zone
            # An older appeal would lead to the month of its entry, to the appeals written then, and so on for ever.
            appealed = {
                person.id: {
                    fact.body.about.day.replace(day=1)
                    for fact in self._fold(person.id).dossier.all("appeal")
                    if local_day(fact.at, zone) >= since
                }
                for person in self._people()
            }
            for agent, firsts in appealed.items():
                if firsts:
                    self._session.load(min(firsts), agent)
            found = [
                view
                for person in self._people()
                for first in sorted(appealed[person.id])
                for view in self._entries(person, first)
                if view.entry.state == "appealed"
            ]
        return sorted(found, key=lambda one: (one.entry.appeal.at if one.entry.appeal else one.entry.at, one.entry.id))

    def repeats(self) -> list[EntryView]:
        """The entries of this month and the one before likely entered twice, by day; without those appealed."""
        before = month_before(self._today)
        self._book.load(before)
        with self._lock:
            found = [
                view
                for person in self._people()
                for first in (before, self._today)
                for view in self._entries(person, first)
                if view.entry.shown_state == "in_question"
            ]
        return sorted(found, key=lambda one: (one.entry.on, one.entry.id))

    def _entries(self, person: Person, day: date) -> list[EntryView]:
        """The ledger of the month of a day."""
        fold = self._fold(person.id)
        found = month_entries(self._session.folds, fold, f"{day:%Y-%m}")
        return [EntryView(person.id, person.name, one) for one in ledger_entries(fold, found, self._session.place.zone)]

    def stay_late(self, day: date) -> list[StayView]:
        """Who is on the stay-late list of a day, or was let go from it, with the hour meters of the law."""
        with self._lock:
            self._session.load_month(day, self._session.asked_of)
            return [view for person in self._people() if (view := self._stay(person, day))]

    def stays(self, agent: str, day: date) -> StayView | None:
        """The same of one agent; None for one who is not on the list."""
        with self._lock:
            self._session.load_month(day, agent)
            return self._stay(self._person(agent), day)

    def _stay(self, person: Person, day: date) -> StayView | None:
        now = self._now
        view = self._session.days.day(person, day, now, money=False)
        fold = self._fold(person.id)
        released = fold.dossier.last("release", day)
        if view.quota is None or not (view.must_stay or released):
            return None
        policy = self._session.folds.policy(person.id, day)
        zone = self._session.place.zone
        meter = overtime(fold, self._policy_on(person.id), day, now, staying=view.must_stay)
        rule = policy.day.overtime
        missing = max(0, view.quota.calls - view.figures.valid)
        needed = needed_minutes(policy, view.figures.valid, missing, day, now, zone)
        return StayView(
            agent=person.id,
            name=person.name,
            valid=view.figures.valid,
            quota=view.quota.calls,
            missing=missing,
            needed_minutes=needed,
            tonight=needed is not None and (now + timedelta(minutes=needed)).date() == now.date(),
            since=meter.since,
            released=self._said(released),
            day_minutes=meter.day,
            month_minutes=meter.month,
            usual_minutes=rule.usual,
            most_minutes=rule.most,
            most_month_minutes=rule.month,
        )
