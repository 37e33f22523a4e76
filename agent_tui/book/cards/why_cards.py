"""Why a talk card's figures are what they are: the conversations it was marked in, beside those without it."""

from datetime import date

from agent_tui.book.cards.cards import card_views, conversations, version_of
from agent_tui.book.session import Session
from shared_rules.why.derivation import Term, Used, Why


def why_card(session: Session, today: date, id: str) -> Why | None:
    """The derivation of a talk card in use, or an earlier version of one; None for any other id."""
    facts = {fact.id: fact for fact in session.folds.told.values() if fact.kind == "card"}
    if id not in facts:
        return None
    fact, zone = facts[id], session.place.zone
    origin = version_of(session, id)
    card = next((one for one in card_views(session, today) if version_of(session, one.id) == origin), None)
    terms = [Term("card_text", {"event": fact.body.event, "on": str(fact.body.on)})]
    records = [Used(fact.id, "card", fact.at.astimezone(zone), fact.author, "record")]
    if card is None:
        terms.append(Term("card_gone"))
    else:
        if card.id != id:
            terms.append(Term("replaced_by", {"by": card.by, "at": f"{card.at:%Y-%m-%d %H:%M}"}, card.id))
        terms.append(Term("card_since", {"day": str(card.since)}))
        for code, uses in (("card_with", card.uses), ("card_without", card.without)):
            share = f"{uses.share:.0%}" if uses.calls else "-"
            terms.append(Term(code, {"calls": uses.calls, "leads": uses.leads, "share": share}))
        terms.append(Term("card_no_points"))
        for state in conversations(session, card.since, today, origin):
            source = state.source
            records.append(Used(state.id, source.kind, source.at.astimezone(zone), source.author, "counts"))
    return Why(
        id=id,
        subject="record",
        agent=fact.author,
        what="card",
        value="card",
        day=None,
        month=f"{today:%Y-%m}",
        rules=(),
        terms=tuple(terms),
        records=tuple(records),
        entered=Used(fact.id, "card", fact.at.astimezone(zone), fact.author, "record"),
        confirmed=None,
    )
