"""What a month would have been under another policy: entries are valued and days judged anew."""

from collections.abc import Callable
from datetime import date

import msgspec

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.ledger import Entry, entries
from shared_rules.months import month_facts
from shared_rules.pay import MonthFacts
from shared_rules.points import fine_of
from shared_rules.policies.policy import Policy


def replayed(
    fold: AgentFold,
    policy: Policy,
    month: str,
    today: date,
    *,
    hired_on: Callable[[date], date | None],
    judged: Callable[[date], bool],
    gone: Callable[[date], bool],
) -> MonthFacts:
    """The facts of a month as if `policy` had been in force on each of its days, the confirmed ones too."""
    ledger = [one for entry in entries(fold.dossier, month, lambda _: policy) if (one := valued(entry, policy))]
    return month_facts(fold, lambda _: policy, month, today, hired_on=hired_on, judged=judged, gone=gone, ledger=ledger)


def valued(entry: Entry, policy: Policy) -> Entry | None:
    """An entry with the points and the fine that its rule has in a policy; None if the rule is not in force there.

    Points that a supervisor chose stay, as far as they are within the rule's bounds.
    """
    rule = policy.points.rules.get(entry.rule) if policy.points else None
    if rule is None or not rule.on or not rule.computed:
        return None
    points = rule.points
    if rule.least is not None and rule.most is not None:
        points = min(max(entry.points, rule.least), rule.most)
    return msgspec.structs.replace(entry, points=points, fen=fine_of(policy, rule, entry.on))
