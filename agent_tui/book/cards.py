"""The talk cards and notices that stand (handbook 5)."""

from datetime import date

from agent_tui.book.folds import Folds
from shared_rules.facts import Fact


def cards(folds: Folds) -> list[Fact]:
    """The talk cards in use, the latest event first. Of the versions of a card the newest that none replaces holds."""
    facts = {fact.id: fact for fact in folds.told.values() if fact.kind == "card"}
    replaced = {old for fact in facts.values() for old in fact.body.replaces if old != fact.id}
    holding: dict[str, Fact] = {}
    for fact in facts.values():
        if fact.id not in replaced:
            origin = _origin(facts, fact)
            held = holding.get(origin)
            if held is None or _written(held) < _written(fact):
                holding[origin] = fact
    found = [fact for fact in holding.values() if not fact.body.withdrawn]
    return sorted(found, key=lambda fact: (fact.body.on, *_written(fact)), reverse=True)


def notice(folds: Folds, today: date) -> Fact | None:
    """The notice that is shown today: the latest, unless its last day is over."""
    facts = [fact for fact in folds.told.values() if fact.kind == "notice"]
    newest = max(facts, key=_written, default=None)
    over = newest is None or (newest.body.until is not None and newest.body.until < today)
    return None if over else newest


def _origin(facts: dict[str, Fact], fact: Fact) -> str:
    """The first version of a card, as far as it is here."""
    seen = {fact.id}
    while older := next((id for id in fact.body.replaces if id in facts and id not in seen), None):
        seen.add(older)
        fact = facts[older]
    return fact.id


def _written(fact: Fact) -> tuple[float, str, int]:
    return fact.at.timestamp(), fact.writer, fact.seq
