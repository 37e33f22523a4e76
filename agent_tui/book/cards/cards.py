"""The talk cards and notices that stand, and what came of the cards (handbook 5)."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from agent_tui.book.figures.calls import content
from agent_tui.book.folding.folds import Folds
from agent_tui.book.session import Session
from agent_tui.views import CardView, NoticeView, Uses
from shared_rules.dates import month_before
from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact, written

# What is no conversation: withdrawn, of a wrong clock, beside a confirmed day, or found false.
_NONE = frozenset(("void", "clock", "locked", "false"))


def cards(folds: Folds) -> list[Fact]:
    """The talk cards in use, the latest event first."""
    found = [fact for fact in _holding(folds) if not fact.body.withdrawn]
    return sorted(found, key=lambda fact: (fact.body.on, fact.order), reverse=True)


def gone_cards(folds: Folds) -> list[Fact]:
    """The versions that took a talk card back and hold."""
    return [fact for fact in _holding(folds) if fact.body.withdrawn]


def _holding(folds: Folds) -> Collection[Fact]:
    """The version of each card that holds: the newest that none replaces."""
    facts = _facts(folds)
    replaced = {old for fact in facts.values() for old in fact.body.replaces if old != fact.id}
    holding: dict[str, Fact] = {}
    for fact in facts.values():
        if fact.id not in replaced:
            origin = _origin(facts, fact)
            held = holding.get(origin)
            if held is None or held.order < fact.order:
                holding[origin] = fact
    return holding.values()


def notice(folds: Folds, today: date) -> Fact | None:
    """The notice that is shown today: the latest, unless its last day is over."""
    facts = [fact for fact in folds.told.values() if fact.kind == "notice"]
    newest = max(facts, key=written, default=None)
    over = newest is None or (newest.body.until is not None and newest.body.until < today)
    return None if over else newest


def cards_since(session: Session, today: date) -> date | None:
    """The first day whose conversations are counted for any card in use; None without cards."""
    return min(_since(session, cards(session.folds), today).values(), default=None)


def _since(session: Session, found: list[Fact], today: date) -> dict[str, date]:
    """The first day counted, by card: its publication, but not before last month, as older days are not folded."""
    first = month_before(today)
    return {card.id: max(first, card.at.astimezone(session.place.zone).date()) for card in found}


def card_views(session: Session, today: date) -> list[CardView]:
    """The cards in use with what came of them, on the desks this machine hears of."""
    found = cards(session.folds)
    if not found:
        return []
    zone = session.place.zone
    since = _since(session, found, today)
    session.load(min(since.values()))
    origins = {fact.id: _origin(_facts(session.folds), fact) for fact in _facts(session.folds).values()}
    spoken, leads = Counter[tuple[date, str]](), Counter[tuple[date, str]]()
    for agent, day in _days(session, min(since.values()), today):
        for used, (calls, of_leads) in session.folds.card_uses(agent, day).items():
            key = day, origins.get(used, "")
            spoken[key] += calls
            leads[key] += of_leads
    views = []
    for card in found:
        origin, body = origins[card.id], card.body
        uses = [Uses(), Uses()]
        for (day, used), n in spoken.items():
            if day >= since[card.id]:
                which = used == origin
                uses[which] = Uses(uses[which].calls + n, uses[which].leads + leads[day, used])
        views.append(
            CardView(
                id=card.id,
                # They came in another order on another machine.
                versions=tuple(sorted(id for id, first in origins.items() if first == origin)),
                by=card.author,
                at=card.at.astimezone(zone),
                event=body.event,
                on=body.on,
                objection=body.objection,
                reframe=body.reframe,
                question=body.question,
                since=since[card.id],
                uses=uses[True],
                without=uses[False],
            )
        )
    return views


def notice_view(session: Session, today: date) -> NoticeView | None:
    """The notice of today."""
    found = notice(session.folds, today)
    if found is None:
        return None
    at = found.at.astimezone(session.place.zone)
    return NoticeView(found.id, found.author, at, found.body.text, found.body.until)


def version_of(session: Session, id: str) -> str:
    """The first version of a card, by which all its versions are one; empty for what is no card."""
    facts = _facts(session.folds)
    return _origin(facts, facts[id]) if id in facts else ""


def conversations(session: Session, first: date, last: date, origin: str) -> Iterator[CallState]:
    """The conversations that stand in which a card, by its first version, was used, of days that are folded."""
    for agent, day in _days(session, first, last):
        policy = session.folds.policy(agent, day)
        if any(version_of(session, used) == origin for used in session.folds.card_uses(agent, day)):
            for state in session.folds.calls(agent, day):
                outcome = policy.outcome(state.outcome)
                spoken = outcome and outcome.spoke and state.why_not not in _NONE
                if spoken and version_of(session, content(state.source).card or "") == origin:
                    yield state


def _days(session: Session, first: date, last: date) -> Iterator[tuple[str, date]]:
    # Sorted, as the order in which agents became known differs from machine to machine.
    for agent, fold in sorted(session.folds.agents.items()):
        for day in fold.call_days():
            if first <= day <= last:
                yield agent, day


def _facts(folds: Folds) -> dict[str, Fact]:
    return {fact.id: fact for fact in folds.told.values() if fact.kind == "card"}


def _origin(facts: dict[str, Fact], fact: Fact) -> str:
    """The first version of a card, as far as it is here."""
    seen = {fact.id}
    while older := next((id for id in fact.body.replaces if id in facts and id not in seen), None):
        seen.add(older)
        fact = facts[older]
    return fact.id
