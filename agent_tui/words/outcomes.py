"""The names by which a person or a file may call an outcome."""

from collections.abc import Mapping

from agent_tui.errors import Problem
from agent_tui.i18n import t
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


def outcome_named(names: Mapping[str, str], text: str) -> str:
    """The id that a text stands for among `names`, which `outcome_names` gave. Raises Problem for another text."""
    try:
        return names[plain(text).casefold()]
    except KeyError:
        raise Problem(
            "errors.no_outcome", text=text, allowed=t("ui.between").join(dict.fromkeys(names.values()))
        ) from None
