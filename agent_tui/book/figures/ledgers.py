"""The points ledger as it is shown."""

from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from agent_tui.book.folding.folds import Folds
from agent_tui.views import LedgerEntry, LedgerView, Said
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.ledger import Entry, entries, repeats
from shared_rules.months import month_policy
from shared_rules.points import balance


def ledger(folds: Folds, agent: str, month: str, today: date, zone: ZoneInfo) -> LedgerView:
    """All entries of a month (YYYY-MM), by date."""
    fold = folds.fold(agent)
    found = month_entries(folds, fold, month)
    policy = month_policy(partial(folds.policy, agent), month, today)
    total = balance(policy, (entry.counted_points for entry in found))
    return LedgerView(agent, month, total.balance if total else 0, tuple(ledger_entries(fold, found, zone)))


def month_entries(folds: Folds, fold: AgentFold, month: str) -> list[Entry]:
    """The entries of an agent's month; found anew when something was written about the agent, or a policy came."""
    stand = fold.dossier.revision, len(folds.policies.versions())
    known = folds.ledgers.get((fold.agent, month))
    if known is None or known[0] != stand:
        found = entries(fold.dossier, month, partial(folds.policy, fold.agent))
        known = folds.ledgers[fold.agent, month] = stand, found
    return known[1]


def ledger_entries(fold: AgentFold, found: list[Entry], zone: ZoneInfo) -> list[LedgerEntry]:
    """The entries of a month as screens and commands show them."""
    repeated = repeats(found)
    return [_ledger_entry(fold, entry, repeated.get(entry.fact.key), zone) for entry in found]


def _ledger_entry(fold: AgentFold, entry: Entry, earlier: Entry | None, zone: ZoneInfo) -> LedgerEntry:
    lock = fold.lock(entry.on)
    return LedgerEntry(
        id=entry.fact.id,
        at=entry.fact.at.astimezone(zone),
        on=entry.on,
        rule=entry.rule,
        points=entry.points,
        fen=entry.fen,
        by=entry.fact.author,
        note=entry.note,
        evidence=entry.evidence,
        state=entry.state,
        appeal=said(entry.appeal, zone),
        ruling=said(entry.ruling, zone),
        rulings=tuple(fact.id for fact in entry.rulings),
        after_lock=lock is not None
        and any(lock.before(fact) for fact in (entry.fact, entry.ruling, entry.undone) if fact),
        repeats=earlier.fact.id if earlier else None,
    )


def said(fact: Fact | None, zone: ZoneInfo) -> Said | None:
    """What somebody wrote, None for nothing."""
    if fact is None:
        return None
    return Said(fact.id, fact.at.astimezone(zone), fact.author, fact.body.text)
