"""All that an agent asks, hands in and proposes (`book.agent`)."""

from datetime import date, timedelta

from agent_tui.book.acts.base import acts, short, text_of
from agent_tui.book.acts.closing import news_of
from agent_tui.book.acts.guiding import PLANNED_AHEAD
from agent_tui.book.acts.judging import ledger_entry
from agent_tui.book.acts.taking_back import TakingBack
from agent_tui.book.members.rights import agent_of
from agent_tui.book.numbers import e164
from agent_tui.book.own import own
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import about, call, standing
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.trust.people import Person
from shared_rules.calendar import is_workday
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import local_day
from shared_rules.leave import answer_to
from shared_rules.records.entries import (
    Appeal,
    AppealSecret,
    Flag,
    FlagSecret,
    GradeProposal,
    HandIn,
    HandInSecret,
    Plan,
    PlanSecret,
    ProposalSecret,
    Punch,
    PunchSecret,
    Request,
    RequestSecret,
    Summary,
    SummarySecret,
)
from shared_rules.records.parts import AwayType, Grade, Side

# So many days are asked for at once at most: a date that was mistyped shows.
_AWAY_MOST = timedelta(days=100)


class AgentActs(TakingBack):
    """Each act is about the person who sits here. It refuses in one line with nothing recorded, or writes."""

    def _self(self) -> Person:
        """Whose day or week it is. Raises Problem for a supervisor, who has none."""
        return agent_of(self._session, self._me)

    def _fold(self, since: date) -> AgentFold:
        self._session.load(since, self._me)
        return self._session.folds.fold(self._me)

    @acts
    def ask(
        self,
        type: AwayType,
        on: date,
        minutes: int,
        text: str,
        *,
        until: date | None = None,
        sick: bool = False,
        note: bool = False,
    ) -> list[Draft]:
        """A written request for leave or an outside visit; with `until` one for each workday up to that day, of so many
        minutes each. `sick`: sick leave, `note`: with a doctor's note.
        """
        text = text_of(text, needed="reason")
        fold = self._fold(min(on, self._today) - PLANNED_AHEAD)
        asked = []
        for day in self._workdays(on, until or on):
            self._there(self._self(), day)
            for fact in fold.dossier.of("request", day):
                same = (fact.body.type, fact.body.minutes) == (type, minutes)
                if same and answer_to(fold.dossier, *fact.key) is None:
                    raise Problem("acts.asked", day=day, **self._told(fact))
            asked.append(
                RequestSecret(type=type, on=day, minutes=self._minutes(day, minutes), text=text, sick=sick, note=note)
            )
        return [self._draft(self._me, Request(), secret) for secret in asked]

    def _workdays(self, first: date, last: date) -> list[date]:
        """The workdays from one day to another. Raises Problem where there are none, or the days are too many."""
        if last < first:
            raise Problem("acts.days_turned", first=first, last=last)
        if last - first > _AWAY_MOST:
            raise Problem("acts.days_many", first=first, last=last, most=_AWAY_MOST.days)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        found = [day for day in days if is_workday(self._policy(day), day)]
        if not found:
            raise Problem("acts.no_workday", day=first)
        return found

    @acts
    def punch(self, side: Side) -> list[Draft]:
        """Clock in or out, now."""
        self._there(self._self(), self._today)
        last = self._fold(self._today).dossier.last("punch", self._today)
        if last and last.body.side == side:
            at = last.at.astimezone(self._session.place.zone)
            raise Problem("acts.punched", side=t(f"acts.side_{side}"), time=f"{at:%H:%M}")
        return [self._draft(self._me, Punch(), PunchSecret(side=side))]

    @acts
    def hand_in(self, day: date | None = None, text: str = "") -> list[Draft]:
        """The day's record handed in; anew, when something of that day has come since."""
        day = day or self._today
        self._not_to_come(day)
        self._there(self._self(), day)
        fold = self._fold(day)
        if fold.lock(day):
            raise Problem("acts.locked", agent=self._me, day=day)
        handed = fold.dossier.last("hand_in", day)
        if handed and news_of(fold, day)[-1] == handed:
            raise Problem("acts.handed_in", day=day)
        return [self._draft(self._me, HandIn(), HandInSecret(day=day, text=text_of(text)))]

    @acts
    def appeal(self, entry: str, text: str) -> list[Draft]:
        """An appeal against an entry of one's own ledger; once an entry."""
        one = ledger_entry(self._session, entry)
        fact = one.fact
        if fact.agent != self._me:
            raise Problem("acts.not_your_entry", id=entry, agent=fact.agent)
        if one.appeal is not None:
            raise Problem("acts.appealed", id=entry, on=local_day(one.appeal.at, self._session.place.zone))
        if not one.counts:
            raise Problem("acts.entry_gone")
        secret = AppealSecret(about=about(fact, one.on), text=text_of(text, needed="reason"))
        return [self._draft(self._me, Appeal(phone_tag=fact.tag), secret)]

    # ---- the week ----

    @acts
    def plan(self, week: str, *, companies: int = 0, grades: int = 0, trades: str = "", text: str = "") -> list[Draft]:
        """What a week is to bring; replaces what was sent before. An approved plan is the supervisor's to change."""
        _, last = self._week(self._self(), week)
        if last < self._today:
            raise Problem("acts.week_over", week=week)
        plans = self._fold(self._today - PLANNED_AHEAD).dossier.of("plan", week)
        if any(fact.body.approved for fact in plans):
            raise Problem("acts.plan_approved", week=week)
        if not (companies or grades):
            text_of(trades + text, needed="text")
        secret = PlanSecret(
            week=week,
            companies=companies,
            grades=grades,
            trades=short(trades),
            text=text_of(text),
            replaces=tuple(fact.id for fact in plans),
        )
        return [self._draft(self._me, Plan(), secret)]

    @acts
    def summary(self, week: str, text: str) -> list[Draft]:
        """A week's summary in words; the latest holds. Its figures are the program's."""
        first, _ = self._week(self._self(), week)
        if first > self._today:
            raise Problem("acts.week_to_come", week=week)
        secret = SummarySecret(week=week, text=text_of(text, needed="text"))
        return [self._draft(self._me, Summary(), secret)]

    # ---- customers and calls ----

    @acts
    def propose(self, phone: str, grade: Grade, text: str = "") -> list[Draft]:
        """A grade proposed for a customer (拟A, 拟B)."""
        tag = own.keys(self._session).phone(e164(phone))
        last = self._fold(self._today - PLANNED_AHEAD).dossier.last("proposal", tag)
        if last and last.body.grade == grade:
            raise Problem("acts.proposed", grade=grade)
        return [self._draft(self._me, GradeProposal(phone_tag=tag), ProposalSecret(grade=grade, text=text_of(text)))]

    @acts
    def flag(self, id: str, text: str = "") -> list[Draft]:
        """A call of one's own to be spoken of at the meeting (会上提)."""
        state = call(self._session, id)
        if state.agent != self._me:
            raise Problem("acts.not_your_call", id=id, agent=state.agent)
        flags = standing(self._session.folds.fold(self._me), "flag")
        if any(fact.author == self._me and fact.body.about.id == state.id for fact in flags):
            raise Problem("acts.flagged")
        secret = FlagSecret(about=about(state.fact, state.day), text=text_of(text))
        return [self._draft(self._me, Flag(phone_tag=state.phone_tag), secret)]
