"""A confirmed day is locked: what the confirmation read is settled, what came later stands beside (handbook 1)."""

from dataclasses import field
from datetime import date
from typing import Literal

import msgspec

from shared_rules.dossier import Dossier
from shared_rules.facts import Fact, standing

DayState = Literal["open", "handed_in", "confirmed"]
_WRITER = 16


class Lock(msgspec.Struct, frozen=True):
    """A confirmation that holds, and the lines it settles: those of the segments it names, as it read them."""

    confirm: Fact
    _read: dict[str, list[tuple[int, int]]] = field(compare=False)

    def settles(self, line: tuple[str, int]) -> bool:
        """Whether a line (writer and seq) was read when the day was confirmed."""
        writer, seq = line
        return any(first <= seq <= last for first, last in self._read.get(writer, ()))

    def settles_all(self, writer: str, first: int, last: int) -> bool:
        """Whether all lines of a writer from one seq to another were read as one segment."""
        return any(begin <= first and last <= end for begin, end in self._read.get(writer, ()))

    def before(self, fact: Fact) -> bool:
        """Whether a supervisor's record is later than the lock; it counts all the same, and is shown as later."""
        return self.confirm.order < fact.order

    @property
    def policy(self) -> str:
        """The digest of the policy that the day was confirmed under; empty when none was named."""
        digest: str = self.confirm.body.policy
        return digest

    @property
    def hired(self) -> date | None:
        """The hire date that the day was confirmed under; None when none was named."""
        named: date | None = self.confirm.body.hired
        return named


def lock_of(dossier: Dossier, day: date) -> Lock | None:
    """The lock of a day, None while it is not confirmed."""
    confirms = dossier.of("confirm", day)
    if not confirms:
        return None
    holds = standing(confirms)
    read: dict[str, list[tuple[int, int]]] = {}
    for segment in holds.body.segments:
        read.setdefault(segment.name[:_WRITER], []).append((segment.first, segment.last))
    return Lock(holds, read)


def day_state(dossier: Dossier, day: date) -> DayState:
    """How far a day is on its way from the agent to the supervisor."""
    if dossier.of("confirm", day):
        return "confirmed"
    return "handed_in" if dossier.of("hand_in", day) else "open"
