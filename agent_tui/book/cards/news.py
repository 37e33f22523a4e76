"""What came for this desk and was not announced there yet: talk cards, today's notice, new rules, and what supervisors
wrote about the person who sits here.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import msgspec

from agent_tui.book.cards.cards import cards, notice
from agent_tui.book.part import BookPart
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact, about_key, local_day, written
from shared_rules.ledger import entry_of
from shared_rules.policies.policy import Policy
from shared_rules.weeks import changed_from, plans_of

LOOKED_BACK = timedelta(days=14)
"""How long what a supervisor wrote is news and stands on the page of the day: longer than most holidays."""

_SEEN = "told"
# The records of supervisors that an agent waits for, or has to act on.
_KINDS = (
    "points", "verdict", "ruling", "excuse", "release", "time_away", "refusal", "plan", "review", "coaching",
    "visit_report", "payment", "grade_step",
)  # fmt: skip


class NewsItem(msgspec.Struct, frozen=True):
    """One piece of news: a talk card, a notice, a policy, or a supervisor's record about the person here. `values` fill
    its text.
    """

    id: str
    kind: str
    values: dict[str, str | int | date]


class News(BookPart):
    """What was announced is remembered on this machine alone."""

    def unseen(self) -> list[NewsItem]:
        """What was not announced here yet: a notice first, then the latest."""
        seen = set(self._known())
        return [item for item in self._present() if item.id not in seen]

    def seen(self, items: list[NewsItem]) -> None:
        """Remember that these were announced, for as long as they are news."""
        known = {*self._known(), *(item.id for item in items)}
        self._book.odds.put("cursors", _SEEN, [item.id for item in self._present() if item.id in known])

    def lately(self) -> list[NewsItem]:
        """What came in the last two weeks, but for the notice of today."""
        since = self._since
        with self._lock:
            zone = self._session.place.zone
            new = [card for card in cards(self._session.folds) if local_day(card.at, zone) >= since]
        return [*self._rules(), *self._to_me(), *map(_card, new)]

    @property
    def _since(self) -> date:
        return self._today - LOOKED_BACK

    def _to_me(self) -> list[NewsItem]:
        """What supervisors wrote about the person here, the latest first; only the last word on each matter."""
        since = self._since
        self._book.load(since)
        with self._lock:
            session = self._session
            fold = session.folds.fold(session.place.person)
            policy_on = partial(session.folds.policy, fold.agent)
            latest = [one for one in _last_words(fold) if local_day(one[0].at, fold.zone) >= since]
            items = [_said(_item(fold, fact, policy_on), word) for word, fact in latest]
        return [item for item in items if item is not None]

    def _rules(self) -> list[NewsItem]:
        """The policies that other supervisors published, each with how many rules it changes."""
        since, me = self._since, self._book.identity.agent
        return [
            NewsItem(one.id, "policy", {"day": one.effective, "count": len({change.rule for change in one.changes})})
            for one in self._book.read.policy_versions()
            if one.by != me and one.at.date() >= since
        ]

    def _known(self) -> list[str]:
        found = self._book.odds.get("cursors", _SEEN)
        return [str(id) for id in found] if isinstance(found, list) else []

    def _present(self) -> list[NewsItem]:
        mine = [*self._rules(), *self._to_me()]
        with self._lock:
            folds = self._session.folds
            told = notice(folds, self._today)
            found = [NewsItem(told.id, "notice", {"text": told.body.text})] if told else []
            return [*found, *mine, *map(_card, cards(folds))]


def _card(card: Fact) -> NewsItem:
    return NewsItem(card.id, "card_changed" if card.body.replaces else "card", {"text": card.body.event})


def _matter(fact: Fact) -> object:
    """The matter that a record is about: of several about the same matter only the last is news."""
    body = fact.body
    match fact.kind:
        case "plan" | "review":
            return fact.kind, body.week
        case "ruling" | "verdict" | "refusal":
            return about_key(fact)
        case "time_away":
            return (body.request.author, body.request.id) if body.request else fact.key
        case "points":
            # Two supervisors may have accepted one proposal.
            return body.proposal or fact.key
        case "excuse" | "release":
            return fact.kind, body.day
    return fact.key


def _last_words(fold: AgentFold) -> list[tuple[Fact, Fact]]:
    """Of each matter the last word of a supervisor, with the record it is about, the latest first: that record itself,
    or what took it back where nothing else stands in its place.
    """
    theirs = [one for kind in _KINDS for one in fold.dossier.all(kind) if one.author != fold.agent]
    words = [(fold.dossier.withdrawal(one) or one, one) for one in theirs]
    found: dict[object, tuple[Fact, Fact]] = {}
    for word, fact in sorted(words, key=lambda one: (one[0] is one[1], written(one[0]))):
        found[_matter(fact)] = word, fact
    return sorted(found.values(), key=lambda one: written(one[0]), reverse=True)


def _said(item: NewsItem | None, word: Fact) -> NewsItem | None:
    """What is to be said of a record, or of its having been taken back."""
    if item is None or word.kind != "withdrawal":
        return item
    return NewsItem(word.id, f"back_{item.kind}", {**item.values, "text": word.body.text})


def _item(fold: AgentFold, fact: Fact, policy_on: Callable[[date], Policy]) -> NewsItem | None:
    """The news in a record; None if it brings none."""
    body = fact.body
    match fact.kind:
        case "plan":
            changed = changed_from(fact, plans_of(fold, body.week)[1])
            return NewsItem(fact.id, "plan_changed" if changed else "plan", {"week": body.week})
        case "review":
            return NewsItem(fact.id, "review", {"week": body.week, "rating": body.rating, "text": body.text})
        case "points":
            values = {"rule": body.rule, "day": body.on, "points": body.points, "text": body.note}
            return NewsItem(fact.id, "points", values)
        case "ruling":
            target = fold.dossier.get(about_key(fact))
            entry = entry_of(fold.dossier, target, policy_on) if target else None
            if entry is None:
                return None
            values = {"rule": entry.rule, "day": entry.on, "text": body.text}
            return NewsItem(fact.id, "upheld" if body.upheld else "overturned", values)
        case "verdict":
            return NewsItem(fact.id, "false", {"day": body.about.day, "text": body.text}) if body.false else None
        case "time_away":
            return NewsItem(fact.id, body.type, {"day": body.on, "minutes": body.minutes, "text": body.text})
        case "payment":
            return NewsItem(fact.id, "payment", {"day": body.on, "fen": body.fen, "text": body.note})
        case "grade_step":
            signed = body.step == "signed"
            return NewsItem(fact.id, "signed", {"day": body.on, "grade": body.grade}) if signed else None
        case "excuse" | "release":
            return NewsItem(fact.id, fact.kind, {"day": body.day})
        case "refusal":
            return NewsItem(fact.id, "refusal", {"day": body.about.day, "text": body.text})
    return NewsItem(fact.id, fact.kind, {"text": body.text})
