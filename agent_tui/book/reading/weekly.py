"""The week, the meeting, who was there."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from agent_tui.book.figures.calls import view
from agent_tui.book.reading.base import Reader
from agent_tui.errors import Problem
from agent_tui.readings import AttendanceView, MeetingItem, Owed, PlanText, PlanView, ReviewView, WeekView
from agent_tui.trust.people import Person
from agent_tui.views import CallView, Said
from shared_rules.calendar import is_workday
from shared_rules.dates import days_of_week, week_of
from shared_rules.folding.facts import Fact, about_key
from shared_rules.weeks import Phase, Plan, phase, plan_due, plan_of, summary_of, week_figures


class Weekly(Reader):
    """Plans, reviews, summaries; the meeting's queue; attendance."""

    def week(self, agent: str, week: str) -> WeekView:
        """An agent's week (2026-W48). Raises Problem for a week the calendar lacks."""
        with self._lock:
            days = self._load_week(week, agent)
            return self._week_of(self._person(agent), week, days)

    def weeks(self, week: str) -> list[WeekView]:
        """The same of every agent who is there in that week."""
        with self._lock:
            days = self._load_week(week, self._session.asked_of)
            people = [one for one in self._people() if any(one.there(day) for day in days)]
            return [self._week_of(person, week, days) for person in people]

    def to_send(self, agent: str) -> list[Owed]:
        """What the agent has still to send, if it is due before the next workday: a missing summary costs points."""
        with self._lock:
            this, following = (week_of(self._today + timedelta(days=ahead)) for ahead in (0, 7))
            self._load_week(this, agent)
            person, zone = self._agent(self._person(agent)), self._session.place.zone
            found = []
            due = plan_due(person.policy_on, following)
            asked = due is not None and any(person.judged(day) for day in days_of_week(following))
            if due and asked and plan_of(person, following) is None:
                found.append(Owed("plan", following, due.replace(tzinfo=zone)))
            sunday = days_of_week(this)[-1]
            if summary_of(person, this, self._today)[0] == "due":
                found.append(Owed("summary", this, datetime.combine(sunday, time.max, zone)))
            return [one for one in found if self._today >= self._last_workday(agent, one.due.date())]

    def _last_workday(self, agent: str, day: date) -> date:
        """The last workday up to a day, of that week; the day itself in a week without one."""
        policy_on = self._policy_on(agent)
        before = (day - timedelta(days=back) for back in range(day.isoweekday()))
        return next((one for one in before if is_workday(policy_on(one), one)), day)

    def companies(self, agent: str, days: Sequence[date]) -> int:
        """The distinct companies that an agent reached on those days (家数, handbook 1)."""
        with self._lock:
            self._session.load(min(days), agent)
            policy_on = self._policy_on(agent)
            return self._fold(agent).companies((day, policy_on(day)) for day in days)

    def this_week(self) -> str:
        """The week of today."""
        return week_of(self._today)

    def phase(self, agent: str, day: date) -> Phase | None:
        """Whether volume or quality is asked of an agent first on a day."""
        with self._lock:
            folds = self._session.folds
            return phase(folds.policy(agent, day), folds.hired(self._person(agent), day), day)

    def _load_week(self, week: str, agent: str | None) -> tuple[date, ...]:
        days = days_of_week(week)
        if not days:
            raise Problem("acts.not_a_week", week=week)
        self._session.load(days[0], agent)
        return days

    def _week_of(self, person: Person, week: str, days: tuple[date, ...]) -> WeekView:
        agent, zone = self._agent(person), self._session.place.zone
        due = plan_due(agent.policy_on, week)
        state, summary = summary_of(agent, week, self._today)
        review = agent.fold.dossier.last("review", week)
        plan = plan_of(agent, week, alone=self._session.place.membership.alone)
        return WeekView(
            agent=person.id,
            name=person.name,
            week=week,
            first=days[0],
            last=days[-1],
            plan=self._plan(plan) if plan else None,
            plan_due=due.replace(tzinfo=zone) if due else None,
            figures=week_figures(agent, week, partial(self._session.folds.hired, person), self._today),
            summary_state=state,
            summary=self._said(summary),
            review=ReviewView(
                review.id, review.body.rating, review.body.text, review.author, review.at.astimezone(zone)
            )
            if review
            else None,
        )

    def _plan(self, plan: Plan) -> PlanView:
        body, zone = plan.fact.body, self._session.place.zone
        sent: datetime | None = plan.sent.at.astimezone(zone) if plan.sent else None
        was = plan.changed_from.body if plan.changed_from else None
        return PlanView(
            id=plan.fact.id,
            companies=body.companies,
            grades=body.grades,
            trades=body.trades,
            text=body.text,
            by=plan.fact.author,
            at=plan.fact.at.astimezone(zone),
            approved=plan.approved,
            sent_at=sent,
            late=plan.late,
            changed_from=PlanText(was.companies, was.grades, was.trades, was.text) if was else None,
        )

    # ---- the meeting ----

    def meeting(self, day: date) -> list[MeetingItem]:
        """The calls flagged on a day, or of that day, each once: at a desk one's own."""
        with self._lock:
            self._session.load_month(day, self._session.asked_of)
            return [item for person in self._people() for item in self._items(person, day)]

    def notes(self, agent: str, since: date) -> list[MeetingItem]:
        """The calls with coaching notes since a day: what came back from the meetings, the latest note first."""
        with self._lock:
            self._session.load(since, agent)
            person, dossier = self._person(agent), self._fold(agent).dossier
            days = [since + timedelta(days=number) for number in range((self._today - since).days + 1)]
            facts = {fact.key: fact for day in days for fact in dossier.of("coaching", day)}
            calls = dict.fromkeys(about_key(fact) for fact in facts.values())
            items = [self._item(person, key) for key in calls]
        return sorted(items, key=lambda one: max(note.at for note in one.notes), reverse=True)

    def _items(self, person: Person, day: date) -> list[MeetingItem]:
        dossier = self._fold(person.id).dossier
        flagged = [*dossier.of("flag", day), *dossier.of("coaching", day)]
        return [self._item(person, key) for key in dict.fromkeys(about_key(fact) for fact in flagged)]

    def _item(self, person: Person, key: tuple[str, str]) -> MeetingItem:
        dossier = self._fold(person.id).dossier

        def words(facts: list[Fact]) -> tuple[Said, ...]:
            return tuple(said for fact in facts if (said := self._said(fact)))

        return MeetingItem(
            agent=person.id,
            name=person.name,
            call=self._call(person, key),
            call_id=key[1],
            flags=words(dossier.of("flag", key)),
            notes=words(dossier.of("coaching", key)),
        )

    def _call(self, person: Person, key: tuple[str, str]) -> CallView | None:
        state = self._session.call(key[0], person.id, key[1])
        return view(state, self._session.customers.of(state.source)) if state else None

    def attendance(self, day: date) -> list[AttendanceView]:
        """Who was at which meeting of a day, as the supervisors wrote it last."""
        with self._lock:
            self._session.load_month(day, self._session.asked_of)
            found = []
            for person in self._people():
                latest = {fact.body.meeting: fact for fact in self._fold(person.id).dossier.of("attendance", day)}
                found += [
                    AttendanceView(
                        fact.id, person.id, person.name, meeting, day, fact.body.state, fact.body.text, fact.author
                    )
                    for meeting, fact in latest.items()
                ]
        return sorted(found, key=lambda one: (one.meeting, one.agent))
