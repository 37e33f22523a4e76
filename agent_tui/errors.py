"""The one error a user may cause or meet: a line that says what, where, and how to mend it."""

from typing import Any

from agent_tui.i18n import t


class Problem(Exception):
    """Something the user or the state is to blame for. `name` is a text (`area.key`); str() is one line for people."""

    def __init__(self, name: str, /, **values: Any) -> None:
        super().__init__(name)
        self.name = name
        self.values = values

    def __str__(self) -> str:
        return t(self.name, **self.values)
