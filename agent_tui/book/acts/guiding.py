"""What a supervisor gives the team: plans, reviews, coaching, flags for the meeting, talk cards, notices."""

from datetime import date, timedelta

from msgspec.structs import replace

from agent_tui.book.acts.base import acts, short, text_of
from agent_tui.book.acts.open_texts import refuse_customers
from agent_tui.book.acts.supervising import Supervising
from agent_tui.book.cards.cards import cards, gone_cards, notice
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import about, call, standing
from agent_tui.errors import Problem
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact
from shared_rules.records.entries import (
    Coaching,
    CoachingSecret,
    Flag,
    FlagSecret,
    Plan,
    PlanSecret,
    Review,
    ReviewSecret,
)
from shared_rules.records.kinds import Card, Notice

PLANNED_AHEAD = timedelta(days=31)
"""How long before its week a plan is looked for."""

_DAY = timedelta(days=1)


class Guiding(Supervising):
    """Acts of the week and the team."""

    @acts
    def plan(
        self,
        agent: str,
        week: str,
        *,
        companies: int | None = None,
        grades: int | None = None,
        trades: str | None = None,
        text: str | None = None,
    ) -> list[Draft]:
        """A week's plan approved: as the agent sent it, but for what is given here."""
        person = self._agent(agent)
        first, _ = self._week(person, week)
        plans = self._fold(agent, min(first, self._today) - PLANNED_AHEAD).dossier.of("plan", week)
        sent = plans[-1] if plans else None
        if sent is None and companies is None and grades is None and not text:
            raise Problem("acts.no_plan", agent=agent, week=week)
        secret = PlanSecret(
            week=week,
            companies=companies if companies is not None else sent.body.companies if sent else 0,
            grades=grades if grades is not None else sent.body.grades if sent else 0,
            trades=short(trades if trades is not None else sent.body.trades if sent else ""),
            text=text_of(text if text is not None else sent.body.text if sent else ""),
            approved=True,
            replaces=tuple(fact.id for fact in plans),
        )
        return [self._draft(agent, Plan(), secret)]

    @acts
    def review(self, agent: str, week: str, rating: int, text: str = "") -> list[Draft]:
        """The Friday review of a week: the rating of the skill, 1 to 5, and a text. The latest holds."""
        person = self._agent(agent)
        first, _ = self._week(person, week)
        if first > self._today:
            raise Problem("acts.week_to_come", week=week)
        if not 1 <= rating <= 5:
            raise Problem("acts.rating", rating=rating)
        return [self._draft(agent, Review(), ReviewSecret(week=week, rating=rating, text=text_of(text)))]

    @acts
    def coaching(self, id: str, text: str) -> list[Draft]:
        """A note on a call that its agent gets back from the meeting."""
        self._need_supervisor()
        state = call(self._session, id)
        self._about(state.agent)
        text = text_of(text, needed="text")
        for note in self._mine(state, "coaching"):
            if note.body.text == text:
                raise Problem("acts.coached")
        secret = CoachingSecret(about=about(state.fact, state.day), text=text)
        return [self._draft(state.agent, Coaching(phone_tag=state.phone_tag), secret)]

    @acts
    def flag(self, id: str, text: str = "") -> list[Draft]:
        """A call picked for the meeting."""
        self._need_supervisor()
        state = call(self._session, id)
        self._about(state.agent)
        if self._mine(state, "flag"):
            raise Problem("acts.flagged")
        secret = FlagSecret(about=about(state.fact, state.day), text=text_of(text))
        return [self._draft(state.agent, Flag(phone_tag=state.phone_tag), secret)]

    def _mine(self, call: CallState, kind: str) -> list[Fact]:
        """What stands of a kind that the supervisor here wrote on a call."""
        facts = standing(self._session.folds.fold(call.agent), kind)
        return [fact for fact in facts if fact.author == self._me and fact.body.about.id == call.id]

    # ---- for every desk ----

    @acts
    def publish_card(
        self, event: str, on: date, objection: str, reframe: str, question: str, *, instead_of: str | None = None
    ) -> list[Draft]:
        """A talk card for every desk; `instead_of` names the one it is a newer version of."""
        self._need_supervisor()
        replaces = (self._card(instead_of).id,) if instead_of else ()
        body = Card(
            event=short(text_of(event, needed="text")),
            on=on,
            objection=text_of(objection, needed="text"),
            reframe=text_of(reframe, needed="text"),
            question=text_of(question, needed="text"),
            replaces=replaces,
        )
        refuse_customers(self._session, body.event, body.objection, body.reframe, body.question)
        for fact in cards(self._session.folds):
            if replace(fact.body, replaces=replaces) == body:
                raise Problem("acts.published", **self._told(fact))
        return [self._draft(self._me, body)]

    @acts
    def take_back_card(self, id: str) -> list[Draft]:
        """A talk card taken back: no desk offers it any more."""
        self._need_supervisor()
        return [self._draft(self._me, _version(self._card(id), withdrawn=True))]

    @acts
    def offer_card_again(self, id: str) -> list[Draft]:
        """A talk card that was taken back (by the record `id`) offered again, with the uses it had."""
        self._need_supervisor()
        gone = next((fact for fact in gone_cards(self._session.folds) if fact.id == id), None)
        if gone is None:
            raise Problem("acts.no_card", id=id)
        return [self._draft(self._me, _version(gone, withdrawn=False))]

    @acts
    def notice(self, text: str, until: date | None = None) -> list[Draft]:
        """A notice on every desk, through a day or until the next one."""
        self._need_supervisor()
        if until is not None and until < self._today:
            raise Problem("acts.until_past", day=until)
        refuse_customers(self._session, text)
        return [self._draft(self._me, Notice(text=text_of(text, needed="text"), until=until))]

    @acts
    def end_notice(self) -> list[Draft]:
        """The notice of today taken off every desk: it was shown through yesterday."""
        self._need_supervisor()
        shown = notice(self._session.folds, self._today)
        if shown is None:
            raise Problem("acts.no_notice")
        return [self._draft(self._me, Notice(text=shown.body.text, until=self._today - _DAY))]

    def _card(self, id: str) -> Fact:
        card = next((fact for fact in cards(self._session.folds) if fact.id == id), None)
        if card is None:
            raise Problem("acts.no_card", id=id)
        return card


def _version(card: Fact, *, withdrawn: bool) -> Card:
    """The same card once more, in place of `card`."""
    body: Card = card.body
    return replace(body, withdrawn=withdrawn, replaces=(card.id,))
