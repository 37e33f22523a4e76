"""Contradictions within a policy, which each table by itself does not show."""

from typing import TYPE_CHECKING

from shared_rules.policies.values import refuse

if TYPE_CHECKING:
    from shared_rules.policies.policy import Policy


def check_words(policy: "Policy") -> None:
    """Raise Contradiction for what cannot be meant, such as the id of a rule that does not exist or calls that can
    never count.
    """
    spoken = [outcome for outcome in policy.outcomes if outcome.spoke]
    if not spoken:
        raise refuse("at least one outcome with spoke = true", "outcomes")
    asked = {field for outcome in spoken for field in outcome.asks}
    for index, field in enumerate(policy.validity.required):
        if field != "phone" and field not in asked:
            raise refuse("fields that an outcome with spoke = true asks", "validity", "required", index)
    if policy.quota and policy.points:
        for index, rule in enumerate(policy.quota.shortfall.cleared_by):
            if rule not in policy.points.rules:
                raise refuse("ids of rules of points.rules", "quota", "shortfall", "cleared_by", index)
    if policy.day.overtime.usual > policy.day.overtime.most:
        raise refuse("minutes, not above day.overtime.most", "day", "overtime", "usual")
