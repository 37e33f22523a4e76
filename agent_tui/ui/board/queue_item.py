"""A row of a queue."""

from dataclasses import dataclass
from typing import Any

from agent_tui.ui.board.doing.writing import Who


@dataclass(frozen=True, slots=True)
class Item:
    """A row: of a kind, about somebody (None for the team), in words; `thing` is what Enter acts on."""

    key: str
    kind: str
    who: Who | None
    what: str
    detail: str = ""
    alert: bool = False
    thing: Any = None
