"""Taking back a record: the undo of what is no call."""

from datetime import date
from zoneinfo import ZoneInfo

from agent_tui.book.acts.base import Acts, acts, text_of
from agent_tui.book.customers.giving import as_lead, number_of, off_the_list
from agent_tui.book.customers.ownership import last_giving, paid_by, tags_of
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import about, found, standing
from agent_tui.errors import Problem
from agent_tui.i18n import t
from shared_rules.folding.facts import Fact, local_day
from shared_rules.leave import answer_to, open_with
from shared_rules.records.entries import ENTRIES, Withdrawal, WithdrawalSecret

# What cannot be withdrawn, and the text that says what to do instead.
_OTHERWISE = {
    "call": "call",
    "correction": "call",
    "void": "call",
    "verdict": "verdict",
    "ruling": "ruling",
    "appeal": "appeal",
    "punch": "punch",
    "card": "card",
}
_KINDS = frozenset(model.kind for model in ENTRIES) - _OTHERWISE.keys() - {"withdrawal"}


class TakingBack(Acts):
    """The record stays visible and counts nothing."""

    @acts
    def withdraw(self, id: str, text: str = "", *, until: date | None = None) -> list[Draft]:
        """Take back a record of one's own; a supervisor: what any supervisor wrote about somebody else. With `until`
        a request, and with it those of the days up to that one which were asked for in one go with it and are open.
        """
        fact = found(self._session, id)
        if until is not None and fact.kind != "request":
            raise Problem("acts.no_request", id=id)
        if fact.kind not in _KINDS:
            mend = f"acts.mend_{_OTHERWISE.get(fact.kind, 'other')}"
            raise Problem("acts.not_withdrawn", kind=t(f"why.kind_{fact.kind}"), mend=Problem(mend))
        self._may(fact)
        fold = self._session.folds.fold(fact.agent)
        if fold.dossier.withdrawal(fact):
            raise Problem("acts.withdrawn")
        day = _day(fact, self._session.place.zone)
        if fact.kind == "request" and answer_to(fold.dossier, *fact.key):
            raise Problem("acts.answered")
        if fact.kind == "payment" and 0 < fact.body.fen > paid_by(self._session, self._tags_of(fact)):
            # The refund may be with another agent, who was given the customer meanwhile.
            raise Problem("acts.refunded")
        if fact.kind == "hand_in" and fold.lock(day):
            raise Problem("acts.locked", agent=fact.agent, day=day)
        if fact.kind == "plan" and not fact.body.approved:
            week = fact.body.week
            if any(one.body.approved for one in fold.dossier.of("plan", week)):
                raise Problem("acts.plan_approved", week=week)
        text = text_of(text)
        if fact.kind == "owner":
            return self._giving_back(fact, text)
        if fact.kind == "points" and fact.body.proposal:
            # Of one proposal there is one entry, however many supervisors accepted it.
            others = [one for one in fold.dossier.of("points", fact.body.proposal) if one is not fact]
            return [self._withdrawal(one, day, text) for one in (fact, *others)]
        if until is None:
            return [self._withdrawal(fact, day, text)]
        if until < day:
            raise Problem("acts.days_turned", first=day, last=until)
        return [self._withdrawal(one, one.body.on, text) for one in open_with(fold.dossier, fact, until)]

    def _withdrawal(self, fact: Fact, day: date, text: str) -> Draft:
        secret = WithdrawalSecret(about=about(fact, day), kind_of=fact.kind, text=text)
        return self._draft(fact.agent, Withdrawal(phone_tag=fact.tag), secret)

    def _giving_back(self, fact: Fact, text: str) -> list[Draft]:
        """Giving a customer wrote a record with each of two agents, and a lead on a list: all of it is taken back."""
        fold = self._session.folds.fold
        both = [fact]
        if fact.body.other:
            act = (fact.writer, fact.at, fact.agent)
            theirs = standing(fold(fact.body.other), "owner")
            both += [one for one in theirs if (one.writer, one.at, one.body.other) == act]
        drafts = [self._withdrawal(one, one.body.on, text) for one in both]
        gained = next((one for one in both if one.body.gained), None)
        if gained is not None:
            drafts += self._off_the_list(gained, both)
        return drafts

    def _off_the_list(self, gained: Fact, act: list[Fact]) -> list[Draft]:
        """The customer's place on the list goes back too, unless the customer was given on since."""
        session, tag, tags = self._session, gained.tag or "", self._tags_of(gained)
        if last_giving(session, tags, self._today) not in act:
            return []
        before: str | None = gained.body.other or self._taken_from(gained, tags)
        number = number_of(session, gained.agent, tag) if before else ""
        if before and number:
            return as_lead(session, number, before, gained.agent, self._now)
        return off_the_list(session, gained.agent, tag, self._now)

    def _taken_from(self, gained: Fact, tags: dict[str, str]) -> str | None:
        """From whose list the giving took a customer that was nobody's yet; None if it was on no list."""
        act = gained.writer, gained.at, "lead"
        for agent, tag in tags.items():
            taken = self._session.folds.fold(agent).dossier.of("withdrawal")
            if agent != gained.agent and any(
                (one.writer, one.at, one.body.kind_of) == act and one.tag == tag for one in taken
            ):
                return agent
        return None

    def _tags_of(self, fact: Fact) -> dict[str, str]:
        """The tags of a record's customer, of each agent; the record's own where the number is not known here."""
        number = number_of(self._session, fact.agent, fact.tag or "")
        return tags_of(self._session, number) if number else {fact.agent: fact.tag or ""}

    def _may(self, fact: Fact) -> None:
        place = self._session.place
        if fact.author == self._me:
            return
        # Whoever writes about another is a supervisor.
        if not place.supervisor or fact.agent in (fact.author, self._me):
            raise Problem("acts.not_yours", id=fact.id, author=fact.author)


def _day(fact: Fact, zone: ZoneInfo) -> date:
    """The day a record concerns."""
    body = fact.body
    for name in ("day", "on"):
        found = getattr(body, name, None)
        if isinstance(found, date):
            return found
    target = getattr(body, "about", None)
    if target is not None:
        day: date = target.day
        return day
    return local_day(fact.at, zone)
