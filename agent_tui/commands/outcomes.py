"""The names by which a person or a file may call an outcome."""

from shared_rules.policies.policy import Policy
from shared_rules.text import plain


def outcome_names(policy: Policy) -> dict[str, str]:
    """Each name in plain lower case, and the id it stands for: the id itself, the titles, their parts at a slash."""
    names: dict[str, str] = {}
    for outcome in policy.outcomes:
        for title in (outcome.id, outcome.title.zh, outcome.title.en):
            for name in (title, *title.split("/")):
                names.setdefault(plain(name).casefold(), outcome.id)
    return names
