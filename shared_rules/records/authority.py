"""Who may write what (design, "Who may write what")."""

from typing import Literal

from shared_rules.records.parts import Role

Refusal = Literal["unknown_kind", "not_own", "supervisors_only", "about_self"]

# Written by the person they are about, whatever the role: an agent who became a supervisor still has earlier calls.
_OWN = frozenset({
    "call", "correction", "void", "request", "punch", "hand_in", "appeal", "summary", "proposal", "handover", "alias",
})  # fmt: skip
_OWN_OR_SUPERVISED = frozenset({"plan", "flag", "lead", "seminar", "withdrawal"})
_ABOUT_AGENTS = frozenset({
    "points", "verdict", "excuse", "time_away", "refusal", "ruling", "confirm", "release", "punch_check", "dismissal",
    "attendance", "review", "coaching", "visit_report", "grade_step", "payment", "owner", "hired",
})  # fmt: skip
OF_THE_TEAM = frozenset({"member", "policy", "card", "notice", "erase"})


def may_write(
    kind: str, author: str, author_role: Role, about_agent: str, *, alone: bool, lifting: bool = False
) -> Refusal | None:
    """Why this author may not write a record of this kind about this agent; None when it is allowed.

    `alone`: a team of one, where one person is agent and supervisor. `lifting`: a do_not_call record that takes the
    number off the list, which only a supervisor may. What a withdrawal or an approved plan may be about is judged by
    the fold, which has the record that it names.
    """
    supervisor = alone or author_role == "supervisor"
    own = author == about_agent
    if kind in _OWN:
        return None if own else "not_own"
    if kind in _OWN_OR_SUPERVISED:
        return None if own or supervisor else "not_own"
    if kind in _ABOUT_AGENTS:
        if not supervisor:
            return "supervisors_only"
        return "about_self" if own and not alone else None
    if kind in OF_THE_TEAM:
        return None if supervisor else "supervisors_only"
    if kind == "do_not_call":
        if supervisor:
            return None
        if lifting:
            return "supervisors_only"
        return None if own else "not_own"
    return "unknown_kind"
