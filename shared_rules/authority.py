"""Who may write what (design, "Who may write what")."""

from typing import Literal

from shared_rules.records import Role

Refusal = Literal["unknown_kind", "not_own", "supervisors_only", "about_self"]

_OWN = frozenset({"call", "correction", "void"})
_ABOUT_AGENTS = frozenset({"points", "verdict", "excuse", "time_away"})
_OF_THE_TEAM = frozenset({"member", "policy"})


def may_write(
    kind: str, author: str, author_role: Role, about_agent: str, *, alone: bool, lifting: bool = False
) -> Refusal | None:
    """Why this author may not write a record of this kind about this agent; None when it is allowed.

    `alone`: a team of one, where one person is agent and supervisor. `lifting`: of a do_not_call record, that it takes
    the number off the list, which only a supervisor does.
    """
    supervisor = alone or author_role == "supervisor"
    if kind in _OWN:
        # Whatever the role: an agent who became a supervisor has calls of before, and nobody has another's.
        return None if author == about_agent else "not_own"
    if kind in _ABOUT_AGENTS:
        if not supervisor:
            return "supervisors_only"
        return "about_self" if author == about_agent and not alone else None
    if kind in _OF_THE_TEAM:
        return None if supervisor else "supervisors_only"
    if kind == "do_not_call":
        if supervisor:
            return None
        if lifting:
            return "supervisors_only"
        return None if author == about_agent else "not_own"
    return "unknown_kind"
