"""What taking in one line came to: what may have changed, or why it counts nothing."""

from datetime import date
from typing import Literal

import msgspec

from shared_rules.records.authority import Refusal

Why = Refusal | Literal["unbound", "ended", "branch", "shape", "newer", "bad_policy", "retold", "unopened"]


class LeftOut(msgspec.Struct, frozen=True):
    """A line that counts nothing: kept, and shown with its reason."""

    writer: str
    seq: int
    id: str
    kind: str
    agent: str
    why: Why


class Taken(msgspec.Struct, frozen=True):
    """What a line may have changed: days of agents, members, what judges every day (a policy, a hire date), what can
    be read (an erasure).
    """

    days: frozenset[tuple[str, date]] = frozenset()
    members: bool = False
    rules: bool = False
    erased: bool = False
    told: bool = False
    """A talk card or a notice came, or a supervisor's word about an agent."""

    @property
    def everything(self) -> bool:
        """Whether all that was folded is to be folded anew."""
        return self.members or self.rules or self.erased


NOTHING = Taken()
TOLD = Taken(told=True)
