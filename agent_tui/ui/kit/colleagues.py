"""The agents to whom something of a customer may go."""

from collections.abc import Iterable

from agent_tui.ui.kit.dialogs import Choice, numbered
from agent_tui.views import MemberView


def colleagues(members: Iterable[MemberView], but: str) -> dict[str, str]:
    """The names by id, in the order of ids, of the agents who are in the team, without the one whose id is `but`."""
    found = {one.id: one.name for one in members if one.role == "agent" and one.state == "approved" and one.id != but}
    return dict(sorted(found.items()))


def colleague_choices(people: dict[str, str]) -> list[Choice]:
    """One of them, by digit."""
    return numbered(Choice(id, f"{id} {name}") for id, name in people.items())
