"""Taking back a record: the undo of what is no call."""

from datetime import date
from zoneinfo import ZoneInfo

from agent_tui.book.acts.base import Acts, acts, text_of
from agent_tui.book.acts.closing import answer_to, confirmation
from agent_tui.book.acts.looking import about, found, standing
from agent_tui.book.giving import off_the_list
from agent_tui.book.pen import Draft
from agent_tui.errors import Problem
from agent_tui.i18n import t
from shared_rules.entries import ENTRIES, Withdrawal, WithdrawalSecret
from shared_rules.facts import Fact, local_day
from shared_rules.folding import AgentFold

# What has its own way back, or none, and the line that says so.
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
    def withdraw(self, id: str, text: str = "") -> list[Draft]:
        """Take back a record of one's own; a supervisor: what any supervisor wrote about somebody else."""
        fact = found(self._session, id)
        if fact.kind not in _KINDS:
            mend = f"acts.mend_{_OTHERWISE.get(fact.kind, 'other')}"
            raise Problem("acts.not_withdrawn", kind=t(f"why.kind_{fact.kind}"), mend=Problem(mend))
        self._may(fact)
        fold = self._session.folds.fold(fact.agent)
        if fact not in standing(fold, fact.kind):
            raise Problem("acts.withdrawn", id=id)
        day = _day(fact, self._session.place.zone)
        if fact.kind == "request" and answer_to(fold, fact):
            raise Problem("acts.answered", id=id)
        if fact.kind == "payment" and fact.body.fen > 0 > _paid_without(fold, fact):
            raise Problem("acts.refunded", id=id)
        if fact.kind == "hand_in" and confirmation(fold, day):
            raise Problem("acts.locked", agent=fact.agent, day=day)
        if fact.kind == "plan" and not fact.body.approved and _approved(fold.facts("plan"), fact.body.week):
            raise Problem("acts.plan_approved", week=fact.body.week)
        text = text_of(text)
        if fact.kind == "owner":
            return self._giving_back(fact, text)
        return [self._withdrawal(fact, day, text)]

    def _withdrawal(self, fact: Fact, day: date, text: str) -> Draft:
        secret = WithdrawalSecret(about=about(fact, day), kind_of=fact.kind, text=text)
        return self._draft(fact.agent, Withdrawal(phone_tag=fact.tag), secret)

    def _giving_back(self, fact: Fact, text: str) -> list[Draft]:
        """A customer given was a record with each of two agents and a place on the one's list: all are taken back."""
        fold = self._session.folds.fold
        both = [fact]
        if fact.body.other:
            act = (fact.writer, fact.at, fact.agent)
            theirs = standing(fold(fact.body.other), "owner")
            both += [one for one in theirs if (one.writer, one.at, one.body.other) == act]
        drafts = [self._withdrawal(one, one.body.on, text) for one in both]
        gained = next((one for one in both if one.body.gained), None)
        if gained is not None and gained.tag is not None:
            drafts += off_the_list(self._session, gained.agent, gained.tag, gained.body.other, self._now)
        return drafts

    def _may(self, fact: Fact) -> None:
        place = self._session.place
        if fact.author == self._me:
            return
        # Whoever writes about another is a supervisor.
        if not place.supervisor or fact.agent in (fact.author, self._me):
            raise Problem("acts.not_yours", id=fact.id, author=fact.author)


def _paid_without(fold: AgentFold, payment: Fact) -> int:
    """What a customer has paid this agent's way less refunds, without one payment, in fen; 0 without a refund."""
    left = [fact.body.fen for fact in standing(fold, "payment") if fact.tag == payment.tag and fact is not payment]
    return sum(left) if min(left, default=0) < 0 else 0


def _approved(plans: list[Fact], week: str) -> bool:
    return any(fact.body.week == week and fact.body.approved for fact in plans)


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
