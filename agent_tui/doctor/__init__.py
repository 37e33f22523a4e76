"""What in this terminal, system or share will give trouble, and the mend."""

from dataclasses import dataclass, field
from typing import Any, Literal

from agent_tui.i18n import t

Area = Literal["terminal", "system", "share"]
State = Literal["ok", "note", "trouble"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `text` says how it is, `mend` what to do; both from the texts `doctor.<key>` and
    `doctor.<key>_mend`. A note is no trouble, but good to know.
    """

    area: Area
    key: str
    state: State
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return t(f"doctor.{self.key}", **self.values)

    @property
    def mend(self) -> str:
        """What to do; empty where nothing is to be done."""
        return t(f"doctor.{self.key}_mend", **self.values) if self.state != "ok" else ""
