"""What the book shows of talk cards and notices (handbook 5)."""

from datetime import date, datetime

import msgspec


class Uses(msgspec.Struct, frozen=True):
    """Conversations, and how many of them became leads."""

    calls: int = 0
    leads: int = 0

    @property
    def share(self) -> float:
        """Leads to calls; 0 without any."""
        return self.leads / self.calls if self.calls else 0.0


class CardView(msgspec.Struct, frozen=True):
    """A talk card in use. `uses` are the conversations it was marked in, `without` all others, both from `since` on."""

    id: str
    by: str
    at: datetime
    event: str
    on: date
    objection: str
    reframe: str
    question: str
    since: date
    uses: Uses
    without: Uses


class NoticeView(msgspec.Struct, frozen=True):
    """A supervisor's notice. `until` is its last day, None until the next one."""

    id: str
    by: str
    at: datetime
    text: str
    until: date | None
