"""What an agent's month so far comes to: from the fold to the facts a statement is computed from."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from shared_rules.calendar import is_workday
from shared_rules.folding import AgentFold
from shared_rules.leave import away, excused
from shared_rules.ledger import entries
from shared_rules.pay import Fine, MonthFacts
from shared_rules.points import balance
from shared_rules.policy import Policy
from shared_rules.quota import quota, shortfall


def month_facts(
    fold: AgentFold,
    policy_on: Callable[[date], Policy],
    month: str,
    today: date,
    *,
    hired: date | None = None,
    judged: Callable[[date], bool] = lambda _: True,
) -> MonthFacts:
    """The facts of `month` (YYYY-MM) up to `today`, whose calls count and whose shortfall does not.

    `policy_on` gives the policy a day is judged by, `judged` whether anything is asked of the agent on a day.
    A day is closed when it is confirmed or over; its shortfall is marked unconfirmed until it is confirmed.
    """
    valid = 0
    fines: list[Fine] = []
    ledger = [entry for entry in entries(fold.dossier, month, policy_on) if entry.on <= today]
    rules_by_day: dict[date, set[str]] = {}
    for entry in ledger:
        if entry.counts:
            rules_by_day.setdefault(entry.on, set()).add(entry.rule)
        if entry.counted_fen:
            fines.append(Fine(entry.rule, entry.on, 1, entry.fen, entry.fact.id))
    policy = policy_on(date.fromisoformat(f"{month}-01"))
    for day in _days(month, today):
        policy = policy_on(day)
        figures = fold.figures(day, policy, new_hire=policy.new_hire_day(hired, day) is not None)
        valid += figures.valid
        confirmed = fold.lock(day) is not None
        if policy.quota is None or not judged(day) or not is_workday(policy, day) or (day >= today and not confirmed):
            continue
        gone = away(fold.dossier, day)
        lacks = shortfall(
            policy,
            quota(policy, hired, day, gone.minutes, gone.leads),
            figures,
            excused=excused(fold.dossier, day),
            rules_of_day=rules_by_day.get(day, ()),
        )
        if not lacks.fen:
            continue
        rule = policy.quota.shortfall
        if lacks.calls:
            fines.append(Fine("quota.shortfall", day, lacks.calls, rule.call, unconfirmed=not confirmed))
        if lacks.leads and rule.leads_status != "disabled":
            disputed = rule.leads_status == "disputed"
            fine = Fine("quota.shortfall", day, lacks.leads, rule.lead, unconfirmed=not confirmed, disputed=disputed)
            fines.append(fine)
    points = balance(policy, (entry.counted_points for entry in ledger))
    fines.sort(key=lambda fine: fine.on)
    return MonthFacts(valid_calls=valid, balance=points.balance if points else None, fines=tuple(fines))


def _days(month: str, today: date) -> Iterator[date]:
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    for number in range((min(last, today) - first).days + 1):
        yield first + timedelta(days=number)
