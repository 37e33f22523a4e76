"""What rules and outcomes are called."""

from agent_tui.i18n import language, t
from shared_rules.policies.policy import Policy


def rule_title(policy: Policy, id: str) -> str:
    """The title of a rule; its id under a policy that has no such rule."""
    rule = policy.rules.get(id)
    return rule.title.of(language()) if rule else id


def rule_named(policy: Policy, id: str) -> str:
    """A rule by title and id, for a line that a script may go on from."""
    title = rule_title(policy, id)
    return id if title == id else t("cli.rule_named", title=title, id=id)


def outcome_title(policy: Policy, id: str) -> str:
    """The title of an outcome; its id under a policy that has no such outcome."""
    outcome = policy.outcome(id)
    return outcome.title.of(language()) if outcome else id
