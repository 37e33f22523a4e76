"""The one error a user may cause or meet: a line that says what, where, and how to mend it."""

import errno
from typing import Any

from agent_tui.i18n import t, texts


class Problem(Exception):
    """Something the user or the state is to blame for. `name` is a text (`area.key`); str() is one line for people."""

    def __init__(self, name: str, /, **values: Any) -> None:
        super().__init__(name)
        self.name = name
        self.values = values

    def __str__(self) -> str:
        return t(self.name, **self.values)


def system_reason(error: OSError) -> str:
    """What the operating system says that went wrong, in the language in use; the rarer errors in its own words."""
    name = errno.errorcode.get(error.errno or 0, "")
    return t(f"system.{name}") if name in texts("system") else error.strerror or type(error).__name__
