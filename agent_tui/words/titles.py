"""What rules and outcomes are called."""

from agent_tui.i18n import language
from shared_rules.policies.policy import Policy


def rule_title(policy: Policy, id: str) -> str:
    """The title of a rule; its id under a policy that has no such rule."""
    rule = policy.rules.get(id)
    return rule.title.of(language()) if rule else id


def outcome_title(policy: Policy, id: str) -> str:
    """The title of an outcome; its id under a policy that has no such outcome."""
    outcome = policy.outcome(id)
    return outcome.title.of(language()) if outcome else id
