"""What a supervisor decides about a day: excuses, leave and visits, who may go home, the confirmation that locks."""

from datetime import date

from agent_tui.book.acts.base import acts, text_of
from agent_tui.book.acts.confirming import confirm_secret
from agent_tui.book.acts.supervising import Supervising
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import about, found
from agent_tui.errors import Problem
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact, local_day
from shared_rules.leave import answer_to, open_with
from shared_rules.quota import quota
from shared_rules.records.entries import (
    Confirm,
    Excuse,
    ExcuseSecret,
    Refusal,
    RefusalSecret,
    Release,
    ReleaseSecret,
    TimeAway,
    TimeAwaySecret,
)
from shared_rules.records.parts import AwayType

# Records of the agent that a day's figures or its state are made of.
_OF_A_DAY = ("call", "correction", "void", "hand_in")


class Closing(Supervising):
    """Acts about an agent's day."""

    @acts
    def excuse(self, agent: str, day: date, reason: str) -> list[Draft]:
        """The shortfall of a day excused."""
        person = self._agent(agent)
        self._not_to_come(day)
        self._there(person, day)
        self._workday(day)
        self._asked(person, day)
        reason = text_of(reason, needed="reason")
        if known := self._fold(agent, day).dossier.of("excuse", day):
            raise Problem("acts.excused", agent=agent, day=day, **self._told(known[0]))
        return [self._draft(agent, Excuse(), ExcuseSecret(day=day, reason=reason))]

    # ---- leave and visits ----

    @acts
    def time_away(
        self, agent: str, type: AwayType, on: date, minutes: int, *, leads: int | None = None, text: str = ""
    ) -> list[Draft]:
        """Leave or a visit approved that nobody asked for in writing; also for a day to come."""
        return [self._away(agent, type, on, minutes, leads, text, None)]

    @acts
    def approve(
        self,
        request: str,
        *,
        minutes: int | None = None,
        leads: int | None = None,
        text: str = "",
        until: date | None = None,
    ) -> list[Draft]:
        """A request granted, with its own minutes or others; with `until` also those of the days up to that one which
        were asked for in one go with it and are open.
        """
        drafts = []
        for one in self._open_requests(request, until):
            given = one.body.minutes if minutes is None else minutes
            drafts.append(self._away(one.agent, one.body.type, one.body.on, given, leads, text, one))
        return drafts

    @acts
    def refuse(self, request: str, text: str, *, until: date | None = None) -> list[Draft]:
        """A request refused; `until` as in `approve`."""
        text = text_of(text, needed="reason")
        return [
            self._draft(one.agent, Refusal(), RefusalSecret(about=about(one, one.body.on), text=text))
            for one in self._open_requests(request, until)
        ]

    def _away(
        self, agent: str, type: AwayType, on: date, minutes: int, leads: int | None, text: str, asked: Fact | None
    ) -> Draft:
        person = self._agent(agent)
        self._there(person, on)
        self._workday(on)
        minutes = self._minutes(on, minutes)
        fold = self._fold(agent, min(on, self._today))
        for fact in fold.dossier.of("time_away", on):
            body = fact.body
            same = (body.type, body.minutes) == (type, minutes)
            if same and asked is None:
                raise Problem("acts.away_twice", agent=agent, day=on, **self._told(fact))
            if same and leads is None and body.request is None:
                # Approved before it was asked for in writing: this answer counts in place of that approval.
                leads = body.leads
        if leads is not None:
            usual = quota(self._policy(on), self._session.folds.hired(person), on)
            most = usual.leads if usual else 0
            if not 0 <= leads <= most:
                raise Problem("acts.leads_not_lower", leads=leads, quota=most)
        secret = TimeAwaySecret(
            type=type,
            on=on,
            minutes=minutes,
            leads=leads,
            text=text_of(text),
            request=about(asked, on) if asked else None,
        )
        return self._draft(agent, TimeAway(), secret)

    def _open_requests(self, id: str, until: date | None) -> list[Fact]:
        """A request, and up to the day `until` those of one go with it, that stand and are not answered."""
        asked = self._open_request(id)
        first = asked.body.on
        if until is None:
            return [asked]
        if until < first:
            raise Problem("acts.days_turned", first=first, last=until)
        return open_with(self._session.folds.fold(asked.agent).dossier, asked, until)

    def _open_request(self, id: str) -> Fact:
        """A request that stands and is not answered."""
        self._need_supervisor()
        asked = found(self._session, id)
        if asked.kind != "request":
            raise Problem("acts.no_request", id=id)
        self._about(asked.agent)
        fold = self._session.folds.fold(asked.agent)
        if fold.dossier.withdrawal(asked):
            raise Problem("acts.withdrawn")
        if answer_to(fold.dossier, *asked.key):
            raise Problem("acts.answered")
        return asked

    # ---- going home, and the lock ----

    @acts
    def release(self, agent: str, day: date, text: str = "") -> list[Draft]:
        """Somebody short of the quota let go from the stay-late list of today."""
        person = self._agent(agent)
        self._not_to_come(day)
        self._there(person, day)
        self._workday(day)
        self._asked(person, day)
        if day < self._today:
            raise Problem("acts.all_home", day=day)
        fold = self._fold(agent, day)
        if fold.lock(day):
            raise Problem("acts.locked", agent=agent, day=day)
        if fold.dossier.of("release", day):
            raise Problem("acts.released", agent=agent, day=day)
        view = self._session.days.day(person, day, self._now, money=False)
        if view.quota is None or view.figures.valid >= view.quota.calls:
            raise Problem("acts.quota_made", agent=agent, day=day)
        return [self._draft(agent, Release(), ReleaseSecret(day=day, text=text_of(text)))]

    @acts
    def confirm(self, agent: str, day: date, text: str = "") -> list[Draft]:
        """A day confirmed as this machine has read it, and so locked; once more, if records came or went since."""
        person = self._agent(agent)
        self._not_to_come(day)
        self._there(person, day)
        fold = self._fold(agent, day)
        before = fold.dossier.of("confirm", day)
        # If the hire date was corrected since, confirming the day again applies it.
        since = self._session.folds.hired(person, day), self._session.folds.hired(person)
        if before and not fold.beside(day) and not fold.gone(day) and since[0] == since[1]:
            raise Problem("acts.confirmed", agent=agent, day=day)
        secret = confirm_secret(self._session, agent, day, text_of(text))
        return [self._draft(agent, Confirm(), secret)]


def news_of(fold: AgentFold, day: date) -> list[Fact]:
    """The agent's own records that a day's figures or state are made of, the earliest first."""
    return [fact for fact in fold.facts(*_OF_A_DAY) if fact.author == fold.agent and day in _days(fold, fact)]


def _days(fold: AgentFold, fact: Fact) -> tuple[date, ...]:
    match fact.kind:
        case "call":
            return (local_day(fact.body.started_at, fold.zone),)
        case "correction":
            return fact.body.about.day, local_day(fact.body.call.started_at, fold.zone)
        case "void":
            return (fact.body.about.day,)
    return (fact.body.day,)
