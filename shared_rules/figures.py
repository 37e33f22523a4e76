"""The figures that records and a policy make: frozen values. Money is integer fen, times are in the team's zone."""

from datetime import date, datetime
from decimal import Decimal

import msgspec


class DayFigures(msgspec.Struct, frozen=True):
    """One agent's day (handbook 1). `companies` are the distinct company names among the complete calls."""

    dials: int = 0
    connected: int = 0
    complete: int = 0
    incomplete: int = 0
    valid: int = 0
    leads: int = 0
    companies: int = 0


class Quota(msgspec.Struct, frozen=True):
    """What a day asks of an agent. `new_hire_day` is 1, 2, … while new, None after that and before the hire date.

    `reduced_minutes` are the approved minutes of leave and visits that lowered it.
    """

    calls: int
    leads: int
    reduced_minutes: int = 0
    new_hire_day: int | None = None


class Pace(msgspec.Struct, frozen=True):
    """Where a workday stands against its quota. A gap is count minus due; a forecast is the time the quota is made."""

    due_calls: int
    gap_calls: int
    due_leads: int
    gap_leads: int
    forecast_calls: datetime | None
    forecast_leads: datetime | None


class PointsBalance(msgspec.Struct, frozen=True):
    """A month's points: what is still needed for the bonus, what may be lost before the penalty; each 0 once there."""

    balance: int
    to_bonus: int
    to_penalty: int


class Shortfall(msgspec.Struct, frozen=True):
    """What a workday lacks, and its fine in fen (0 where it is excused or costs nothing)."""

    calls: int
    leads: int
    fen: int


class StatementLine(msgspec.Struct, frozen=True):
    """One line of a month's statement. `fen` is signed: what is paid is positive, what is withheld is negative.

    `quantity` and `rate` (fen for each; a share for payments) tell how it was computed. A fine names what caused it:
    the rule, the day, the entry's id. `disputed` is the rule's status; `unconfirmed` marks a day not yet confirmed.
    `part` tells lines of one rule apart: `raised` (from B to A), `calls` and `leads` of a shortfall, or the rate of
    another version of the policy that was in force on some days.
    """

    rule: str
    quantity: int
    rate: Decimal
    fen: int
    disputed: bool = False
    cause: str = ""
    on: date | None = None
    entry: str = ""
    unconfirmed: bool = False
    part: str = ""

    @property
    def name(self) -> str:
        """What tells the line from the others of its statement, the same on every machine."""
        cause = self.entry or (f"{self.cause}:{self.on}" if self.cause else "")
        return ":".join(piece for piece in (self.rule, cause, self.part) if piece)


class Limits(msgspec.Struct, frozen=True):
    """What may be withheld from a month's pay (handbook 6), all in fen; `minimum_wage` is None where none is set."""

    gross: int
    deductions: int
    twenty_percent: int
    minimum_wage: int | None
    deductible: int
    not_deductible: int
    payable: int


class Statement(msgspec.Struct, frozen=True):
    """A month's pay, line by line (handbook 3). `total` is the sum of all lines and may be negative."""

    lines: tuple[StatementLine, ...]
    total: int
    limits: Limits

    @property
    def calls(self) -> int:
        """What the valid calls earn, in fen."""
        return sum(line.fen for line in self.lines if line.rule == "pay.valid_calls")

    @property
    def fines(self) -> int:
        """All fines as a positive amount, in fen."""
        return -sum(line.fen for line in self.lines if line.rule == "pay.fines")
