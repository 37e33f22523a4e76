"""What an agent writes, or a supervisor about the agent: plans, flags, leads, seminars, withdrawals."""

from datetime import date
from typing import Literal

from shared_rules.records.parts import (
    About,
    AgentId,
    Count,
    Customer,
    Entry,
    RecordId,
    RuleId,
    Secret,
    Short,
    Text,
    Week,
)


class PlanSecret(Secret):
    """What a week is to bring. The agent proposes it; the version that a supervisor `approved` holds."""

    week: Week
    companies: Count = 0
    grades: Count = 0
    trades: Short = ""
    text: Text = ""
    approved: bool = False
    replaces: tuple[RecordId, ...] = ()


class Plan(Entry):
    kind = "plan"
    sealed = PlanSecret


class FlagSecret(Secret):
    """A call to be discussed at the meeting (会上提)."""

    about: About
    text: Text = ""


class Flag(Entry):
    kind = "flag"
    stays = False
    sealed = FlagSecret


class LeadSecret(Secret):
    """A customer to call, from a list; `row` is its place there. Leads of a list are called in the order of rows.

    `came_from` is the colleague who handed the customer over.
    """

    customer: Customer
    list: Short
    row: Count = 0
    came_from: AgentId | None = None


class Lead(Entry):
    kind = "lead"
    stays = False
    sealed = LeadSecret


class SeminarSecret(Secret):
    """A customer invited to a seminar, or who came."""

    event: Short
    on: date
    state: Literal["invited", "attended", "withdrawn"]


class Seminar(Entry):
    kind = "seminar"
    sealed = SeminarSecret


class WithdrawalSecret(Secret):
    """Takes back an earlier record of the author; a supervisor may take back any supervisor's about that agent.

    The record stays visible and counts nothing. Calls are withdrawn by `void`; rulings and verdicts are changed by a
    later one; an appeal cannot be taken back.
    """

    about: About
    kind_of: RuleId
    text: Text = ""


class Withdrawal(Entry):
    kind = "withdrawal"
    sealed = WithdrawalSecret
