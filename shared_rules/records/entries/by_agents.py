"""What an agent alone writes: requests, punches, the hand-in, appeals, summaries, proposals, handovers, aliases."""

from datetime import date

from shared_rules.records.parts import (
    About,
    AgentId,
    AwayType,
    Customer,
    Entry,
    Grade,
    Minutes,
    Secret,
    Short,
    Side,
    Text,
    Week,
)


class RequestSecret(Secret):
    """A written request for leave or an outside visit of so many `minutes`. `sick`: sick leave, `note`: with a doctor's
    note.
    """

    type: AwayType
    on: date
    minutes: Minutes
    text: Text = ""
    sick: bool = False
    note: bool = False


class Request(Entry):
    kind = "request"
    sealed = RequestSecret


class PunchSecret(Secret):
    """Clocked in or out at the record's `at`."""

    side: Side


class Punch(Entry):
    kind = "punch"
    sealed = PunchSecret


class HandInSecret(Secret):
    """The day's record handed in."""

    day: date
    text: Text = ""


class HandIn(Entry):
    kind = "hand_in"
    sealed = HandInSecret


class AppealSecret(Secret):
    """An appeal against an entry of the ledger, at most one for each. For a call found false `about` is the verdict."""

    about: About
    text: Text


class Appeal(Entry):
    kind = "appeal"
    sealed = AppealSecret


class SummarySecret(Secret):
    """A week's summary, in words; its figures are computed. The latest of a week holds."""

    week: Week
    text: Text


class Summary(Entry):
    kind = "summary"
    sealed = SummarySecret


class ProposalSecret(Secret):
    """A grade proposed for the customer of `phone_tag`."""

    grade: Grade
    text: Text = ""


class GradeProposal(Entry):
    kind = "proposal"
    stays = False
    sealed = ProposalSecret


class HandoverSecret(Secret):
    """A customer that the agent offers to a colleague. It becomes the colleague's when a supervisor makes it a lead."""

    to: AgentId
    customer: Customer


class Handover(Entry):
    kind = "handover"
    stays = False
    sealed = HandoverSecret


class AliasSecret(Secret):
    """Two spellings of one company: `other` is shown as `company`."""

    company: Short
    other: Short


class Alias(Entry):
    kind = "alias"
    stays = False
    sealed = AliasSecret
