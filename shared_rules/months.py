"""What an agent's month so far comes to: from the fold to the facts a statement is computed from."""

from calendar import monthrange
from collections.abc import Callable, Container, Iterator
from datetime import date, timedelta

from shared_rules.calendar import is_workday
from shared_rules.folding import AgentFold
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
    joined: date | None = None,
    left: date | None = None,
    confirmed: Container[date] = (),
) -> MonthFacts:
    """The facts of `month` (YYYY-MM) up to `today`, whose calls count and whose shortfall does not.

    `policy_on` gives the policy a day is judged by. `joined` is the first day judged, `left` the last one; None: open.
    A day is closed when it is confirmed or over; its shortfall is marked unconfirmed until it is.
    """
    valid = 0
    fines: list[Fine] = []
    entries = [entry for entry in fold.entries(month) if entry.on <= today]
    rules_by_day: dict[date, set[str]] = {}
    for entry in entries:
        rules_by_day.setdefault(entry.on, set()).add(entry.rule)
        if entry.fen:
            fines.append(Fine(entry.rule, entry.on, 1, entry.fen, entry.fact.id))
    policy = policy_on(date.fromisoformat(f"{month}-01"))
    for day in _days(month, today):
        policy = policy_on(day)
        figures = fold.figures(day, policy, new_hire=policy.new_hire_day(hired, day) is not None)
        valid += figures.valid
        judged = (joined is None or day >= joined) and (left is None or day <= left)
        if policy.quota is None or not judged or not is_workday(policy, day):
            continue
        if day >= today and day not in confirmed:
            continue
        away = fold.away(day)
        asked = quota(policy, hired, day, away.minutes, away.leads)
        lacks = shortfall(
            policy,
            asked,
            figures,
            excused=fold.excused(day),
            rules_of_day=rules_by_day.get(day, ()),
        )
        if not lacks.fen:
            continue
        rule, unconfirmed = policy.quota.shortfall, day not in confirmed
        if lacks.calls:
            fines.append(Fine("quota.shortfall", day, lacks.calls, rule.call, unconfirmed=unconfirmed))
        if lacks.leads and rule.leads_status != "disabled":
            disputed = rule.leads_status == "disputed"
            fine = Fine("quota.shortfall", day, lacks.leads, rule.lead, unconfirmed=unconfirmed, disputed=disputed)
            fines.append(fine)
    points = balance(policy, (entry.points for entry in entries))
    fines.sort(key=lambda fine: fine.on)
    return MonthFacts(valid_calls=valid, balance=points.balance if points else None, fines=tuple(fines))


def _days(month: str, today: date) -> Iterator[date]:
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    for number in range((min(last, today) - first).days + 1):
        yield first + timedelta(days=number)
