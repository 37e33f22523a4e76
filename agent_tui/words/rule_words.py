"""A rule's values in words, for the rule viewer and the commands alike."""

from agent_tui.i18n import language, t, texts
from shared_rules.policies.changes import values
from shared_rules.policies.policy import Policy
from shared_rules.policies.values import Rule

# Keys whose values are words of the team's own, shown as they are.
_OWN_WORDS = frozenset({"none_words", "non_answers"})
_WEEKDAYS = frozenset({"week", "weekday", "due_weekday"})


def value_text(policy: Policy, rule: Rule) -> str:
    """All that a rule says besides its title and clause, on one line."""
    named = ((key_text(key), worded(policy, key, value)) for key, value in values(rule).items())
    return "  ".join(t("rules.named", key=key, value=value) for key, value in named)


def key_text(key: str) -> str:
    """The name of a value in words; one that this program has no words for by its key."""
    return t(f"rules.key_{key}") if f"key_{key}" in texts("rules") else key


def worded(policy: Policy, key: str, text: str) -> str:
    """A value in words: fields, outcomes of a check, rules and weekdays by their names."""
    words = text.split(", ")
    return t("ui.between").join(words if key in _OWN_WORDS else (_word(policy, key, one) for one in words))


def _word(policy: Policy, key: str, one: str) -> str:
    if key in _WEEKDAYS and one.isdecimal():
        return t("ui.weekdays").split()[int(one) - 1]
    if rule := policy.rules.get(one):
        return rule.title.of(language())
    known = texts("rules")
    return next((t(f"rules.{name}") for name in (f"value_{key}_{one}", f"value_{one}") if name in known), one)
