"""What supervisors write about an agent: points, verdicts, decisions, confirmations, reviews, grades, payments."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from shared_rules.records.parts import (
    About,
    AgentId,
    AwayType,
    Count,
    Entry,
    Fen,
    Grade,
    Keys,
    Meeting,
    Minutes,
    Part,
    Points,
    Presence,
    RecordId,
    RuleId,
    Secret,
    Short,
    Side,
    Step,
    Text,
    Week,
)


class PointsSecret(Secret):
    """An entry of the ledger. `points` is signed, `fen` the fine as a positive amount; the rule fixes both.

    `evidence` is the id of a call or a punch, or a week; `proposal` the key of the proposal it accepts. `beside` names
    the entries of the same rule and day that its writer knew of: they are about something else.
    """

    rule: RuleId
    on: date
    points: Points
    fen: Count = 0
    note: Text = ""
    evidence: Short = ""
    proposal: Short = ""
    beside: tuple[RecordId, ...] = ()


class PointsEntry(Entry):
    kind = "points"
    sealed = PointsSecret


class VerdictSecret(Secret):
    """Whether a call was found false. `line` is the SHA-256 of the call's line that was judged, in hex."""

    about: About
    line: Short = ""
    false: bool
    replaces: tuple[RecordId, ...] = ()
    text: Text = ""


class Verdict(Entry):
    kind = "verdict"
    sealed = VerdictSecret


class ExcuseSecret(Secret):
    """The shortfall of one day excused."""

    day: date
    reason: Text


class Excuse(Entry):
    kind = "excuse"
    sealed = ExcuseSecret


class TimeAwaySecret(Secret):
    """Approved minutes of leave or of an outside visit on a day; `leads` is a lowered lead quota, if one was given.

    `request` is the request it answers.
    """

    type: AwayType
    on: date
    minutes: Minutes
    leads: Count | None = None
    text: Text = ""
    request: About | None = None


class TimeAway(Entry):
    kind = "time_away"
    sealed = TimeAwaySecret


class RefusalSecret(Secret):
    """A request refused."""

    about: About
    text: Text = ""


class Refusal(Entry):
    kind = "refusal"
    sealed = RefusalSecret


class RulingSecret(Secret):
    """What a supervisor ruled on an entry of the ledger; `appeal` is the id of the appeal it answers, if there is one.

    `beside` names the other entries of the same rule and day that its writer knew of when upholding this one.
    """

    about: About
    upheld: bool
    appeal: RecordId | None = None
    text: Text = ""
    replaces: tuple[RecordId, ...] = ()
    beside: tuple[RecordId, ...] = ()


class Ruling(Entry):
    kind = "ruling"
    sealed = RulingSecret


class Settled(Part):
    """A segment as it was read: its first `length` bytes, with that SHA-256 in hex; its records have the seqs `first`
    to `last`.
    """

    name: Short
    length: Count
    sha256: Short
    first: Count
    last: Count


class ConfirmSecret(Secret):
    """A day confirmed, and so locked: the `records` are settled (see `locks.named`), under the policy of that digest.

    `segments` are those that were read. `hired` is the hire date under which the day was confirmed, None if it is the
    approved one.
    """

    day: date
    segments: tuple[Settled, ...] = ()
    records: Keys = ""
    policy: Short = ""
    hired: date | None = None
    replaces: tuple[RecordId, ...] = ()
    text: Text = ""


class Confirm(Entry):
    kind = "confirm"
    sealed = ConfirmSecret


class HiredSecret(Secret):
    """A person's hire date, corrected from `was`. Of two corrections that did not see each other the later holds."""

    hired: date
    was: date
    replaces: tuple[RecordId, ...] = ()


class Hired(Entry):
    kind = "hired"
    sealed = HiredSecret


class ReleaseSecret(Secret):
    """Let go from the stay-late list of a day."""

    day: date
    text: Text = ""


class Release(Entry):
    kind = "release"
    sealed = ReleaseSecret


class PunchCheckSecret(Secret):
    """A missing or late punch that the supervisor has checked, so that nothing is proposed for it."""

    day: date
    side: Side
    text: Text = ""


class PunchCheck(Entry):
    kind = "punch_check"
    sealed = PunchCheckSecret


class DismissalSecret(Secret):
    """A proposal of the program, named by its key, that the supervisor does not accept."""

    proposal: Short
    on: date
    text: Text = ""


class Dismissal(Entry):
    kind = "dismissal"
    sealed = DismissalSecret


class AttendanceSecret(Secret):
    """Who was there at a meeting or a training, and who was not. The latest of a person, meeting and day holds."""

    meeting: Meeting
    on: date
    state: Presence
    text: Text = ""


class Attendance(Entry):
    kind = "attendance"
    sealed = AttendanceSecret


class ReviewSecret(Secret):
    """The Friday review of an agent's week: the rating of the skill, 1 to 5, and a text. The latest of a week holds."""

    week: Week
    rating: Annotated[int, Meta(ge=1, le=5)]
    text: Text = ""


class Review(Entry):
    kind = "review"
    sealed = ReviewSecret


class CoachingSecret(Secret):
    """A note that a call's agent gets back from the meeting."""

    about: About
    text: Text


class Coaching(Entry):
    kind = "coaching"
    stays = False
    sealed = CoachingSecret


class VisitReportSecret(Secret):
    """What a first visit to the customer of `phone_tag` brought."""

    on: date
    text: Text
    by: Short = ""


class VisitReport(Entry):
    kind = "visit_report"
    stays = False
    sealed = VisitReportSecret


class GradeStepSecret(Secret):
    """One of the steps that make a customer A or B: visited, file complete, signed `by` a salesman on a day.

    For a signature of a customer who came from another agent, `brought` are the steps recorded there, and `raises` the
    grade had there. `rests_on` is as for a payment.
    """

    step: Step
    grade: Grade
    on: date
    by: Short = ""
    brought: tuple[Literal["visited", "file"], ...] = ()
    raises: Grade | None = None
    rests_on: About | None = None


class GradeStep(Entry):
    kind = "grade_step"
    sealed = GradeStepSecret


class PaymentSecret(Secret):
    """What the customer of `phone_tag` paid; a refund is negative.

    `rests_on` is the lead call that made the customer the agent's; None if the customer was given to the agent, or a
    supervisor named an agent who did not own it. `beside` names the payments of the same customer, day and amount that
    its writer knew of: two of which neither names the other are taken for one payment entered twice.
    """

    fen: Fen
    on: date
    rests_on: About | None = None
    note: Text = ""
    beside: tuple[RecordId, ...] = ()


class Payment(Entry):
    kind = "payment"
    sealed = PaymentSecret


class OwnerSecret(Secret):
    """The customer of `phone_tag` becomes (`gained`), or is no longer, this agent's, from a day on.

    `other` is the agent it came from or went to; `swap`: by an exchange of lists for a second calling.
    """

    on: date
    gained: bool
    other: AgentId | None = None
    swap: bool = False


class Owner(Entry):
    kind = "owner"
    sealed = OwnerSecret
