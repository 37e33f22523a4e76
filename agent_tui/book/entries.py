"""What a person enters, and what a listener is told."""

from datetime import date, datetime

import msgspec

from shared_rules.records.parts import Grade, Interest


class CallEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a person enters for one call. Texts are as typed; `started_at` defaults to now."""

    phone: str
    outcome: str
    interest: Interest | None = None
    grade: Grade | None = None
    company: str = ""
    contact: str = ""
    title: str = ""
    department: str = ""
    headcount: str = ""
    it_status: str = ""
    note: str = ""
    follow_up: datetime | None = None
    started_at: datetime | None = None
    duration_s: int | None = None
    imported: bool = False
    card: str | None = None
    """The talk card used."""


class Change(msgspec.Struct, frozen=True):
    """What a listener is told: the agents and days whose figures may have changed; whether members or sync did.

    `told`: a talk card or a notice came, or a supervisor's word about an agent.
    `customers`: customers or lists may be others than before.
    """

    days: frozenset[tuple[str, date]] = frozenset()
    members: bool = False
    sync: bool = False
    told: bool = False
    customers: bool = False
