"""What the book shows: plain, frozen values that screens and commands print. Nothing here computes a rule.

Times are aware, in the team's zone. Money is integer fen. Names of outcomes, rules and fields are ids; their titles
are in the policy.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from shared_rules.figures import DayFigures, Pace, PointsBalance, Quota, Shortfall
from shared_rules.folding.locks import DayState
from shared_rules.folding.tallies import WhyNot
from shared_rules.ledger import EntryState
from shared_rules.records.parts import Customer, Grade, Interest, Role


class Identity(msgspec.Struct, frozen=True):
    """Who sits at this machine. `solo` is a team of one in the data directory, without a shared folder.

    `waiting` names the team this desk asked to join and is not yet approved for.
    """

    agent: str
    name: str
    role: Role
    hired: date
    writer: str
    team: str
    team_name: str
    zone: str
    solo: bool
    share: str | None
    waiting: str | None

    @property
    def supervises(self) -> bool:
        """Whether this is a supervisor of others: a team of one has a supervisor too, who works as an agent does."""
        return self.role == "supervisor" and not self.solo


class CallView(msgspec.Struct, frozen=True):
    """One call as it stands, after corrections and verdicts. `customer` is None when this device may not read it."""

    id: str
    author: str
    agent: str
    day: date
    started_at: datetime
    at: datetime
    outcome: str
    interest: Interest | None
    grade: Grade | None
    duration_s: int | None
    follow_up: datetime | None
    customer: Customer | None
    missing: tuple[str, ...]
    """Fields that keep it from being complete; empty for an outcome without a conversation."""
    valid: bool
    lead: bool
    why_not: WhyNot | None
    """Why it is no valid call; None when it is one. `locked`: it came after its day was confirmed."""
    late: bool
    corrected: bool
    pending: int = 0
    """Corrections and withdrawals that came after its day was confirmed and change nothing until it is again."""
    withdrawn: bool = False
    """Whether the last word about it withdraws it, be it beside a confirmed day."""
    erased: bool = False
    """The customer was erased: nobody can read it any more."""

    @property
    def named(self) -> str:
        """What names it, and no record of another person's with the same id; see `book.records.naming`."""
        return f"{self.author}/{self.id}"


class ErasedView(msgspec.Struct, frozen=True):
    """An erasure: how many records on this machine spoke of the customer, and who (id and name) has yet to follow."""

    records: int
    waiting: tuple[str, ...]


class Preview(msgspec.Struct, frozen=True):
    """Whether the entry being typed would count, and which fields it lacks."""

    spoken: bool
    missing: tuple[str, ...]
    valid: bool
    repeat: bool
    """The number already has a valid call that day; for a correction, one that began before."""
    barred: Literal["false", "do_not_call"] | None
    """What keeps it from counting whatever it says: the call was found false, or its number was listed before it."""
    waits: bool
    """Its day is confirmed: it counts when that is confirmed again."""


class Estimate(msgspec.Struct, frozen=True):
    """The pay of a month so far, in fen. Always an estimate."""

    total: int
    calls: int
    fines: int


class SyncView(msgspec.Struct, frozen=True):
    """The state of sync. `pending` counts own records not yet on the share. `error` is one line, or None.

    `left` are the files and days of others that are still to be read, where this process syncs. `ended`: a supervisor
    ended this device, and what is written here counts nothing.
    """

    share: str | None
    pending: int
    last_ok: datetime | None
    offline_since: datetime | None
    error: str | None
    left: int = 0
    ended: bool = False


class DayView(msgspec.Struct, frozen=True):
    """One agent's day: the figures of `status --json`."""

    agent: str
    name: str
    day: date
    workday: bool
    judged: bool
    """False before the person joined or after leaving."""
    new_hire_day: int | None
    """1, 2, … while the agent is new; also on days and under policies without a quota."""
    figures: DayFigures
    quota: Quota | None
    pace: Pace | None
    points: PointsBalance | None
    estimate: Estimate | None
    state: DayState
    must_stay: bool
    data_age_s: int | None
    """Seconds since this machine last heard from the agent's desk; None if never."""
    rest_s: int = 0
    """How much of that was no working time of the day: a desk is not silent by night, at lunch or in the meeting."""
    closed: bool = False
    """Confirmed or over: the shortfall is a line of the statement. Until then it is what is expected."""
    shortfall: Shortfall | None = None
    """What is missing now, and its fine; None where nothing is due."""
    excused: bool = False
    leave_minutes: int = 0
    visit_minutes: int = 0
    released: bool = False
    """Let go from the stay-late list."""
    readable: bool = True
    """False of a colleague at an agent's desk: what is sealed to others (quota, points, state) is not known there."""
    beside: int = 0
    """The agent's records that came after the confirmation and change nothing until the day is confirmed again."""
    first: bool = False
    """The first day on which anything is asked of the agent, however late in it they came (handbook 1)."""


class Totals(msgspec.Struct, frozen=True):
    """The sums over a team's day. Dues and gaps are sums of each agent's own."""

    dials: int
    connected: int
    complete: int
    incomplete: int
    valid: int
    leads: int
    companies: int
    quota_calls: int
    quota_leads: int
    gap_calls: int
    gap_leads: int
    must_stay: int


class TeamView(msgspec.Struct, frozen=True):
    """The board's figures for a day."""

    team: str
    team_name: str
    day: date
    agents: tuple[DayView, ...]
    totals: Totals
    waiting: int
    """Devices that ask to join."""


class MemberView(msgspec.Struct, frozen=True):
    """A device and the person it is bound to, or asks to be. `words` are the four words both screens show, of one that
    asks, where they were worked out. `ignored`: its request is passed over on this machine.

    `hired` is the person's, which stands; `asked` the date in the device's request, where that is another. `wrote`: the
    day of the newest records of the device that are here, where that was asked.
    """

    writer: str
    id: str
    name: str
    role: Role
    hired: date
    state: Literal["waiting", "approved", "left", "ignored"]
    words: tuple[str, ...] = ()
    asked: date | None = None
    wrote: date | None = None


class EndView(msgspec.Struct, frozen=True):
    """What ending a person's devices, or one device, came to. `again`: they had an end before.

    `before` is the last day of a person who had left; `records` how many records more (below 0: fewer) count by it;
    `confirmed` the days that are confirmed and whose figures it changed.
    """

    again: bool
    changed: bool
    before: date | None
    records: int
    confirmed: tuple[date, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """What somebody wrote about something: an appeal, a ruling, a note."""

    id: str
    at: datetime
    by: str
    text: str


class LedgerEntry(msgspec.Struct, frozen=True):
    """One entry of the points ledger. `by` is the author's id; `points` is signed; `fen` is the fine.

    A withdrawn entry keeps the numbers it was entered with and counts nothing. `by` and `id` name the record it rests
    on: a `points` record, or the verdict that found a call false. `evidence` is then the call.
    """

    id: str
    at: datetime
    on: date
    rule: str
    points: int
    fen: int
    by: str
    note: str
    evidence: str
    state: EntryState
    appeal: Said | None = None
    ruling: Said | None = None
    rulings: tuple[str, ...] = ()
    """The ids of all rulings on it: what a new one replaces."""
    after_lock: bool = False
    """Made, or last ruled on, after its day was confirmed."""
    repeats: str | None = None
    """The id of the earlier entry that it likely enters again; both count."""

    @property
    def shown_state(self) -> Literal[EntryState, "in_question"]:
        """What its row says: that it is in question, unless its appeal says more."""
        return "in_question" if self.repeats and self.state != "appealed" else self.state


class LedgerView(msgspec.Struct, frozen=True):
    """A month's ledger. `month` is YYYY-MM."""

    agent: str
    month: str
    balance: int
    entries: tuple[LedgerEntry, ...]


class CustomerView(msgspec.Struct, frozen=True):
    """A customer as the own records tell it: the latest of each field, and the calls, newest first."""

    phone: str
    latest: Customer
    calls: tuple[CallView, ...]


class Callback(msgspec.Struct, frozen=True):
    """A promised call. `due` is when; it is settled by any later call with that number."""

    due: datetime
    customer: Customer
    call: str


# ---- talk cards and notices (handbook 5) ----


class Uses(msgspec.Struct, frozen=True):
    """Conversations, and how many of them became leads."""

    calls: int = 0
    leads: int = 0

    @property
    def share(self) -> float:
        """Leads to calls; 0 without any."""
        return self.leads / self.calls if self.calls else 0.0


class CardView(msgspec.Struct, frozen=True):
    """A talk card in use. `uses` are the conversations it was marked in, `without` all others, both from `since` on.
    `versions` are the ids of all its texts, this one's among them.
    """

    id: str
    versions: tuple[str, ...]
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
