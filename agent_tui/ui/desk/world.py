"""What the form and the world around it tell each other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from agent_tui.book import CallEntry
from agent_tui.ui.desk.finding import Match
from agent_tui.ui.desk.sheet import Known

Kind = Literal["info", "good", "warning", "error"]


class Offer(msgspec.Struct, frozen=True):
    """A number to call next. `due` is when a callback was promised for."""

    phone: str
    due: datetime | None = None


class Save(msgspec.Struct, frozen=True):
    """Record `entry`, or correct the call `corrects` by it; then tell the form by `saved` or `failed`."""

    entry: CallEntry
    corrects: str | None = None


class Withdraw(msgspec.Struct, frozen=True):
    """Take back a saved call, or give a corrected one its former values; then `withdrawn` or `failed`."""

    id: str
    back_to: CallEntry | None = None


Effect = Save | Withdraw


class Said(msgspec.Struct, frozen=True):
    """A message: the key of a text of the desk, and its values."""

    key: str
    values: Mapping[str, Any]
    kind: Kind = "info"


class World(Protocol):
    """What the form needs of the world around it."""

    def now(self) -> datetime:
        """The present instant in the team's zone."""

    def tick(self) -> float:
        """Seconds that only ever grow, for the time between keys."""

    def look_up(self, phone: str) -> Known | None:
        """What own records tell of a number."""

    def next_offer(self, avoid: frozenset[str]) -> Offer | None:
        """The number to call next: a callback that is due, else one of the lists; none of those in `avoid`
        (identities of numbers).
        """

    def next_callback(self, avoid: frozenset[str]) -> Offer | None:
        """The callback that is due, none of those in `avoid`."""

    def find(self, field: str, text: str) -> Sequence[Match]:
        """The customers (on 电话) or companies (on 单位) that `text` finds."""

    def perform(self, effect: Effect) -> None:
        """Start an effect; the form is told when it is done, never within this call."""
