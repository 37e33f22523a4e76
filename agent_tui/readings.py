"""What `book.read` gives: plain, frozen values about days, requests, pay, the week and the team.

Times are aware, in the team's zone; money is integer fen. Rules and outcomes are ids; their titles are in the policy.
"""

from datetime import date, datetime

import msgspec

from agent_tui.views import LedgerEntry, Said
from shared_rules.figures import Limits, StatementLine
from shared_rules.leave import LeaveFault, RequestState
from shared_rules.policy import Policy
from shared_rules.policy_values import Titles

# ---- what waits for a supervisor ----


class RequestView(msgspec.Struct, frozen=True):
    """A written request for leave or a visit. `answer` is the approval or refusal, None while it is open."""

    id: str
    agent: str
    name: str
    at: datetime
    type: str
    on: date
    minutes: int
    text: str
    sick: bool
    note: bool
    state: RequestState
    answer: Said | None
    faults: tuple[LeaveFault, ...]


class AppealView(msgspec.Struct, frozen=True):
    """A ledger entry with an appeal that no ruling has answered yet."""

    agent: str
    name: str
    entry: LedgerEntry


class StayView(msgspec.Struct, frozen=True):
    """Somebody on the stay-late list of a day, or let go from it.

    `needed_minutes` is how long the missing calls take at the day's own rate, None before the first call.
    The meters are minutes of overtime: of the day, and of the month so far; `limits` what the law allows.
    """

    agent: str
    name: str
    valid: int
    quota: int
    missing: int
    needed_minutes: int | None
    since: datetime
    released: Said | None
    day_minutes: int
    month_minutes: int
    usual_minutes: int
    most_minutes: int
    most_month_minutes: int


# ---- pay ----


class StatementLineView(msgspec.Struct, frozen=True):
    """One line of a statement. `id` is what `why` explains; `title` and `cause_title` are the rules'."""

    id: str
    line: StatementLine
    title: Titles
    cause_title: Titles | None


class StatementView(msgspec.Struct, frozen=True):
    """A month's pay. Always an estimate, never a payroll; `until` is the last day whose records are in it."""

    agent: str
    name: str
    month: str
    until: date
    policy: Policy
    lines: tuple[StatementLineView, ...]
    total: int
    limits: Limits


# ---- a day in detail ----


class DayRecord(msgspec.Struct, frozen=True):
    """A record about a day that is no call: what a supervisor or the agent wrote. `later`: after its confirmation."""

    id: str
    kind: str
    at: datetime
    by: str
    text: str
    content: dict[str, object]
    withdrawn: bool
    later: bool
