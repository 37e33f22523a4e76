"""The parts of a policy, as data: what may stand in its TOML, and what each value means."""

from typing import Annotated, Literal

from msgspec import Meta

from shared_rules.forms import Asks
from shared_rules.policies.values import (
    Count,
    Day_,
    Days,
    Digit,
    Fen,
    Minutes,
    Months,
    Name,
    Part,
    Percent,
    Rate,
    Rule,
    Status,
    Switch,
    Texts,
    Time,
    Titles,
    Weekday,
    distinct,
    refuse,
)
from shared_rules.records.parts import Field_, Grade, Interest

Asked = Literal[
    "company", "contact", "title", "department", "headcount", "it_status", "interest", "note", "follow_up"
]  # fmt: skip


# ---- what a call is, and what counts ----


class Outcome(Part):
    """How a call ended. `asks` are the fields that the form asks for; `presets` are those that are none from the start.

    `at_once`: in an untouched entry the digit saves at once; `at_once_unless_spoken`: likewise, except for a customer
    spoken to before. `confirms`: asks once before saving; `lists_number`: puts the number on the do-not-call list.
    """

    id: Name
    title: Titles
    digit: Digit
    spoke: Switch
    asks: tuple[Asked, ...] = ()
    presets: tuple[Literal["interest", "follow_up"], ...] = ()
    at_once: Switch = False
    at_once_unless_spoken: Switch = False
    confirms: Switch = False
    lists_number: Switch = False


class Validity(Rule):
    """When a conversation's record is complete: the fields required, and which words are no answer."""

    required: tuple[Field_, ...]
    none_words: tuple[Texts, ...]
    none_answers: tuple[Field_, ...]
    non_answers: tuple[Texts, ...]


class Leads(Rule):
    """Which interests make a complete conversation a lead; `new_hire_interests` while the agent is new."""

    interests: tuple[Interest, ...]
    new_hire_interests: tuple[Interest, ...]
    new_hire_status: Status = "disputed"


# ---- the day ----


class Break(Part):
    """A time within the working day that adds no working minutes."""

    id: Name
    title: Titles
    start: Time
    end: Time


class Hours(Rule):
    """The working day. What lies between `start` and `end` outside the breaks is working time."""

    start: Time
    end: Time
    breaks: tuple[Break, ...] = ()

    def check(self) -> None:
        edges = [self.start, *(edge for pause in self.breaks for edge in (pause.start, pause.end)), self.end]
        if edges != sorted(edges) or self.start == self.end:
            raise refuse("start < end, and breaks in order, without overlap, between them")
        if not self.spans:
            raise refuse("breaks that leave some working time")

    @property
    def spans(self) -> tuple[tuple[Time, Time], ...]:
        """The pieces of working time, in order."""
        starts = [self.start, *(pause.end for pause in self.breaks)]
        ends = [*(pause.start for pause in self.breaks), self.end]
        return tuple((start, end) for start, end in zip(starts, ends, strict=True) if start < end)


class Workdays(Rule):
    """`week` counts Monday as 1; `off` are days off, `extra` are workdays besides."""

    week: Annotated[
        tuple[Annotated[int, Asks(strict=True), Meta(ge=1, le=7)], ...],
        Meta(description="a list of days, Monday 1 to Sunday 7"),
    ]
    off: Annotated[tuple[Day_, ...], Meta(description="a list of dates such as 2026-10-01")] = ()
    extra: Annotated[tuple[Day_, ...], Meta(description="a list of dates such as 2026-10-10")] = ()


class Overtime(Rule):
    """The minutes of overtime that the law allows: on a day usually and at the most, and in a month."""

    usual: Minutes
    most: Minutes
    month: Count


class Day(Part):
    """Hours, workdays and what ends a day. Punches are judged where their rule is not disabled."""

    hours: Hours
    workdays: Workdays
    punches: Rule
    stay_late: Rule
    overtime: Overtime
    hand_in: Rule


# ---- the week ----


class PlanRule(Rule):
    """Next week's plan is due on a day of this week, at a time."""

    weekday: Weekday
    at: Time


class ReviewRule(Rule):
    """The weekday of the review."""

    weekday: Weekday


class WeekPart(Part):
    """What a week asks besides its summary, which is a rule of the points."""

    plan: PlanRule
    review: ReviewRule


class FirstMonth(Rule):
    """How many months ask for volume, the hire date's month being the first."""

    months: Months


class PhasePart(Part):
    """What is asked for first, and what later."""

    first_month: FirstMonth


# ---- quota ----


class QuotaAmount(Rule):
    """What is asked of a day."""

    calls: Count
    leads: Count


class NewHireDays(Rule):
    """How long an agent is new, the hire date being day 1."""

    days: Count


class ShortfallRule(Rule):
    """The fine for each missing call and each missing lead; the half for leads can be disabled by itself.

    A day with an entry that counts under one of the rules `cleared_by` has no shortfall.
    """

    call: Fen
    lead: Fen
    leads_status: Status = "plain"
    cleared_by: tuple[Texts, ...] = ()


class QuotaPart(Part):
    """What a day asks, and what it costs to miss it."""

    standard: QuotaAmount
    new_hire: QuotaAmount
    new_hire_days: NewHireDays
    visit: Rule
    shortfall: ShortfallRule
    excuse: Rule


# ---- pay ----


class Amount(Rule):
    """A fixed amount, or an amount for each."""

    amount: Fen


class CallRate(Rule):
    """What a valid call earns; may have fractions of a fen."""

    rate: Rate


class Share(Rule):
    """A share of a sum."""

    percent: Percent


class LimitsRule(Rule):
    """How much of a month's pay may be withheld; `minimum_wage` is what must be left, where it is set."""

    percent: Percent
    minimum_wage: Fen | None = None


class PayPart(Part):
    """The lines of a month's statement, in order."""

    base: Amount
    item2: Amount
    item3: Amount
    valid_calls: CallRate
    grade_a: Amount
    grade_b: Amount
    payments: Share
    points: Rule
    fines: Rule
    limits: LimitsRule


MoneyMode = Literal["estimate", "points", "off"]


class Money(Rule):
    """Whether amounts are shown: as estimates, not at all (points alone), or neither points nor money."""

    mode: MoneyMode


# ---- what the form offers ----


class InterestChoice(Part):
    """An answer to 意向: an interest (none if it is left out) and perhaps a proposed grade."""

    digit: Digit
    title: Titles
    interest: Interest | None = None
    grade: Grade | None = None


class FollowUpChoice(Part):
    """An answer to 下次: so much later than now, at a time of day if one is given. With nothing given: no follow-up."""

    digit: Digit
    title: Titles
    hours: Count = 0
    days: Days = 0
    months: Months = 0
    at: Time | None = None

    @property
    def none(self) -> bool:
        """Whether it stands for no follow-up."""
        return not (self.hours or self.days or self.months or self.at)


class Form(Part):
    """What the entry form offers under digits. `choices` has the text of each digit for each field."""

    choices: dict[Field_, dict[Digit, Titles]]
    interests: tuple[InterestChoice, ...]
    follow_ups: tuple[FollowUpChoice, ...]

    def check(self) -> None:
        distinct(self.interests, "digit", "interests")
        distinct(self.follow_ups, "digit", "follow_ups")


def check_outcomes(outcomes: tuple[Outcome, ...]) -> None:
    """Raise when two outcomes share an id or a digit."""
    distinct(outcomes, "id", "outcomes")
    distinct(outcomes, "digit", "outcomes")


def rules_of(part: Part, prefix: str) -> dict[str, Rule]:
    """The rules that are direct members of `part`, by id."""
    members = {f"{prefix}.{name}": getattr(part, name) for name in part.__struct_fields__}
    return {name: value for name, value in members.items() if isinstance(value, Rule)}
