"""The figures that are computed from records and a policy: frozen values. Money is in integer fen, times are in the
team's zone.
"""

from datetime import date, datetime
from decimal import Decimal

import msgspec


class DayFigures(msgspec.Struct, frozen=True):
    """The counts of one agent's day (handbook 1, "Which calls count"). `companies` counts the distinct company names of
    complete calls.
    """

    dials: int = 0
    connected: int = 0
    complete: int = 0
    incomplete: int = 0
    valid: int = 0
    leads: int = 0
    companies: int = 0


class Quota(msgspec.Struct, frozen=True):
    """The quota of an agent's day. `new_hire_day` is 1, 2, … while the agent is new, None afterwards and before the
    hire date. `reduced_minutes` are the approved minutes of leave and visits that lowered the quota.
    """

    calls: int
    leads: int
    reduced_minutes: int = 0
    new_hire_day: int | None = None


class Pace(msgspec.Struct, frozen=True):
    """Where a workday stands against its quota (handbook 1, "Pace"). A gap is count minus due; a forecast is when the
    quota is made, None if that cannot be told.
    """

    due_calls: int
    gap_calls: int
    due_leads: int
    gap_leads: int
    forecast_calls: datetime | None
    forecast_leads: datetime | None


class PointsBalance(msgspec.Struct, frozen=True):
    """A month's points (handbook 2): how many are needed for the bonus, and how many may be lost down to the penalty;
    each 0 once reached.
    """

    balance: int
    to_bonus: int
    to_penalty: int


class Shortfall(msgspec.Struct, frozen=True):
    """How many calls and leads a workday lacks, and the fine in fen (0 if it is excused or costs nothing)."""

    calls: int
    leads: int
    fen: int


class StatementLine(msgspec.Struct, frozen=True):
    """One line of a month's statement. `fen` is signed: what is paid is positive, what is withheld is negative.

    `quantity` and `rate` (fen for each; a percentage for payments) show how it was computed. A fine names its cause:
    the rule, the day (`on`) and the entry's id. `disputed` is the rule's status; `unconfirmed` marks a day that is not
    confirmed yet. `part` tells lines of one rule apart: `raised` (from B to A), `calls` and `leads` of a shortfall, or
    the rate of another version of the policy that was in force on some days.
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
        """The name of the line within its statement, the same on every machine."""
        cause = self.entry or (f"{self.cause}:{self.on}" if self.cause else "")
        return ":".join(piece for piece in (self.rule, cause, self.part) if piece)


class Limits(msgspec.Struct, frozen=True):
    """How much may be withheld from a month's pay (handbook 3 and 6), all in fen; `minimum_wage` is None if not set."""

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
