"""What `book.read` gives: plain, frozen values about days, requests, pay, the week and the team.

Times are aware, in the team's zone; money is integer fen. Rules and outcomes are ids; their titles are in the policy.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from agent_tui.views import CallView, LedgerEntry, Said
from shared_rules.figures import Limits, StatementLine
from shared_rules.leave import LeaveFault, RequestState
from shared_rules.policies.changes import Change
from shared_rules.policies.policy import Policy
from shared_rules.policies.values import Titles
from shared_rules.proposals import Proposal
from shared_rules.suspects import Reason, ToVerify
from shared_rules.weeks import SummaryState, WeekFigures
from shared_rules.why.derivation import Why

# ---- what waits for a supervisor ----


class RequestView(msgspec.Struct, frozen=True):
    """A written request for leave or a visit; `answer` is None while it is open, `granted` are the minutes approved."""

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
    granted: int
    faults: tuple[LeaveFault, ...]


class AskedView(msgspec.Struct, frozen=True):
    """The open ones of the requests that an agent wrote in one go, by day: leave of several days is a request a day."""

    days: tuple[RequestView, ...]


class EntryView(msgspec.Struct, frozen=True):
    """A ledger entry that waits for a ruling: its appeal has none yet, or it likely repeats another."""

    agent: str
    name: str
    entry: LedgerEntry


class StayView(msgspec.Struct, frozen=True):
    """Somebody on the stay-late list of a day, or let go from it.

    `needed_minutes` is how long the missing calls take at the day's own rate, None before the first call; `tonight`
    whether that is before midnight.
    `day_minutes` and `month_minutes` are the overtime of the day and of the month so far; `usual_minutes`,
    `most_minutes` (of a day) and `most_month_minutes` what the law allows.
    """

    agent: str
    name: str
    valid: int
    quota: int
    missing: int
    needed_minutes: int | None
    tonight: bool
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


DoubtReason = Literal["void", "false", "other", "twice"]


class DoubtView(msgspec.Struct, frozen=True):
    """A payment (`fen`), a signature (`grade`) or a ledger entry (`rule`, and `fen` its fine) in a statement that is in
    question, and the record that makes it so.

    `reason`: its lead call, `record`, was withdrawn, found false, or is no lead of the customer by that day now;
    `owner` is whose the customer was by what stands now, None for nobody's, and where this device cannot tell. Or
    (`twice`) the payment or entry `record` tells the same, and no supervisor told one from the other.
    """

    id: str
    kind: Literal["payment", "grade_step", "points"]
    on: date
    fen: int
    grade: str
    reason: DoubtReason
    record: str
    owner: str | None
    rule: str = ""


class PaymentView(msgspec.Struct, frozen=True):
    """A payment of a customer that stands (`fen` is negative for a refund), and why it is in question, where it is.

    `refund` is the sum of the refunds (negative) that go with it when it is moved to another agent.
    """

    id: str
    agent: str
    on: date
    fen: int
    note: str
    doubts: tuple[DoubtReason, ...]
    refund: int


class OwnerView(msgspec.Struct, frozen=True):
    """Whose a customer is on a day, and where a late lead call makes it so, from whom it took the customer.

    `call` is when the call was, `told` when it was recorded; `before` is the agent whose lead call, of `then`, was
    recorded before. All but `agent` are None where no late call claims the customer.
    """

    agent: str | None
    call: datetime | None = None
    told: datetime | None = None
    before: str | None = None
    then: datetime | None = None


class TwiceView(msgspec.Struct, frozen=True):
    """A payment that is likely entered twice: the later of the two, whose it is, and the customer's number, where it is
    known here.
    """

    agent: str
    name: str
    id: str
    on: date
    fen: int
    phone: str


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
    doubts: tuple[DoubtView, ...] = ()


# ---- a day in detail ----


class DayRecord(msgspec.Struct, frozen=True):
    """A record about a day that is no call: what a supervisor or the agent wrote. `later`: after its confirmation.

    `replaced`: it stands, and another counts in its place.
    """

    id: str
    kind: str
    at: datetime
    by: str
    text: str
    content: dict[str, object]
    withdrawn: bool
    replaced: bool
    later: bool


# ---- proposals ----


class ProposalView(msgspec.Struct, frozen=True):
    """An entry that the program proposes. `id` names it on the command line; `what.key` is what a record names."""

    id: str
    agent: str
    name: str
    what: Proposal


# ---- the week and the meeting ----


AnswerKind = Literal["time_away", "refusal", "points", "dismissal", "upheld", "withdrawn", "true", "false"]


class Answer(msgspec.Struct, frozen=True):
    """A supervisor's answer to a request or a proposal: a record of that kind; or how a ruling on an entry or a
    verdict on a call went. `minutes` are those approved.
    """

    id: str
    kind: AnswerKind
    by: str
    minutes: int
    text: str
    counts: bool


class DifferView(msgspec.Struct, frozen=True):
    """A request or a proposal that stands answered in two ways, an entry that was ruled on in two, or a call that was
    verified in two; of the answers in the order of writing one counts.
    """

    agent: str
    name: str
    on: date
    what: RequestView | ProposalView | EntryView | CallView
    answers: tuple[Answer, ...]


class PlanText(msgspec.Struct, frozen=True):
    """What a plan says."""

    companies: int
    grades: int
    trades: str
    text: str


class PlanView(msgspec.Struct, frozen=True):
    """The plan that holds. `sent_at` is when the agent first sent one, None where only the supervisor planned.

    `changed_from` is what the agent sent last, where a supervisor approved something else.
    """

    id: str
    companies: int
    grades: int
    trades: str
    text: str
    by: str
    at: datetime
    approved: bool
    sent_at: datetime | None
    late: bool
    changed_from: PlanText | None


class ReviewView(msgspec.Struct, frozen=True):
    """The supervisor's rating of an agent's skill in a week, 1 to 5."""

    id: str
    rating: int
    text: str
    by: str
    at: datetime


class WeekView(msgspec.Struct, frozen=True):
    """An agent's week: the plan against what happened, the summary, the review. `plan_due` is when a plan is due."""

    agent: str
    name: str
    week: str
    first: date
    last: date
    plan: PlanView | None
    plan_due: datetime | None
    figures: WeekFigures
    summary_state: SummaryState
    summary: Said | None
    review: ReviewView | None


class Owed(msgspec.Struct, frozen=True):
    """What an agent has still to send about a week, from the last workday on before it is due: next week's plan, this
    week's summary. `due` is the end of the day for a summary.
    """

    what: Literal["plan", "summary"]
    week: str
    due: datetime


class MeetingItem(msgspec.Struct, frozen=True):
    """A call to be spoken of at the meeting, who picked it and why, and the notes that return to its agent."""

    agent: str
    name: str
    call: CallView | None
    call_id: str
    flags: tuple[Said, ...]
    notes: tuple[Said, ...]


class AttendanceView(msgspec.Struct, frozen=True):
    """Whether somebody was at a meeting: the latest word of a day."""

    id: str
    agent: str
    name: str
    meeting: str
    on: date
    state: str
    text: str
    by: str


# ---- suspects ----


class SuspectView(msgspec.Struct, frozen=True):
    """A call that looks odd, and why, the gravest reason first."""

    call: CallView
    reasons: tuple[Reason, ...]


class SuspectsView(msgspec.Struct, frozen=True):
    """An agent's suspects of a day, the likeliest first.

    `number` is how many of the valid calls to verify and why (None where a false record costs nothing), `done` how many
    were verified, `to_verify` the ids of those still to verify, suspects first.
    """

    agent: str
    name: str
    day: date
    suspects: tuple[SuspectView, ...]
    number: ToVerify | None
    done: int
    to_verify: tuple[str, ...]


# ---- the rules ----


class PolicyVersionView(msgspec.Struct, frozen=True):
    """A published policy: in force from `effective` on, and what it changed of the one before it."""

    id: str
    effective: date
    at: datetime
    by: str
    policy: Policy
    changes: tuple[Change, ...]


class ReplayLine(msgspec.Struct, frozen=True):
    """One line of a statement as it is and as it would be; None on the side that lacks it. Rates are texts, in yuan."""

    name: str
    title: Titles
    on: date | None
    now: int | None
    now_quantity: int | None
    now_rate: str | None
    then: int | None
    then_quantity: int | None
    then_rate: str | None


class ReplayView(msgspec.Struct, frozen=True):
    """An agent's month as it is, and as it would be under another policy. Points are None where a side has none."""

    agent: str
    name: str
    month: str
    lines: tuple[ReplayLine, ...]
    now: int
    then: int
    now_points: int | None
    then_points: int | None


# ---- why ----


class WhyView(msgspec.Struct, frozen=True):
    """A derivation, and the policy whose titles its words need. `agent_tui.words.explain` says it in words."""

    why: Why
    policy: Policy
