"""The part of a policy about points: the opening, the thresholds, and the rule of each entry (handbook 2)."""

from typing import Annotated, Literal

from msgspec import Meta

from shared_rules.forms import Asks
from shared_rules.policies.values import (
    Count,
    Days,
    Fen,
    Minutes,
    Part,
    Points,
    Rule,
    Status,
    Switch,
    Texts,
    Weekday,
    refuse,
)
from shared_rules.records.parts import Meeting

Trigger = Literal["", "late", "early", "no_punch", "meeting", "summary"]


class BasePoints(Rule):
    """What a month opens with."""

    points: Points


class Bonus(Rule):
    """Paid when the month ends over this balance."""

    over: Points
    amount: Fen


class Malus(Rule):
    """Withheld when the month ends under this balance."""

    under: Points
    amount: Fen


class PointsRule(Rule):
    """An event of the ledger: the points and the fine of each entry.

    With `least` and `most` the supervisor chooses the points between them, as for an award. `minutes` is how many
    minutes late or early an event under this rule may be, and `beyond` the rule for more. `cites` is what an entry must
    name. `day_pay_multiple` times that day's base pay is added to the fine, unless `day_pay_status` is disabled.
    `computed` is false for a rule that is only shown: a supervisor decides, and makes the entry under another rule.
    `by_verdict`: its entries follow from calls found false, and are not made by hand. `absence`: it can only be entered
    for a workday. `days_ahead` is how many days ahead leave must be asked for.

    `proposed_by` is what the program sees by itself and proposes an entry for: a late punch in, an early punch out, a
    missing punch, a missed meeting (one of `meetings`), or a week's summary that is not there by the end of
    `due_weekday`.
    """

    points: Points = 0
    fine: Fen = 0
    least: Annotated[int, Asks(strict=True), Meta(ge=1, le=1000, description="a whole number from 1")] | None = None
    most: Annotated[int, Asks(strict=True), Meta(ge=1, le=1000, description="a whole number from 1")] | None = None
    minutes: Minutes | None = None
    beyond: Texts = ""
    cites: Literal["", "call", "punch", "week"] = ""
    proposed_by: Trigger = ""
    meetings: tuple[Meeting, ...] = ()
    due_weekday: Weekday | None = None
    computed: Switch = True
    by_verdict: Switch = False
    absence: Switch = False
    days_ahead: Days | None = None
    day_pay_multiple: Count = 0
    day_pay_status: Status = "disabled"

    def check(self) -> None:
        if (self.least is None) != (self.most is None) or (self.least or 0) > (self.most or 0):
            raise refuse("least and most together, least not above most")
        if self.least is not None and self.points:
            raise refuse("either points or least and most")


class PointsPart(Part):
    """The ledger: its opening, its thresholds and its rules by id."""

    base: BasePoints
    bonus: Bonus
    malus: Malus
    rules: Annotated[dict[str, PointsRule], Meta(description="a table for each rule")]

    def proposing(self, trigger: Trigger) -> str | None:
        """The id of the rule under which the program proposes an entry; None if there is none or it is disabled."""
        return next((id for id, rule in self.rules.items() if rule.proposed_by == trigger and rule.on), None)

    @property
    def finding(self) -> str | None:
        """The id of the rule for a call found false; None if there is none or it is disabled."""
        return next((id for id, rule in self.rules.items() if rule.by_verdict and rule.on), None)

    @property
    def leave_days_ahead(self) -> int | None:
        """How many days ahead leave must be asked for; None if no rule in force says so."""
        return next((rule.days_ahead for rule in self.rules.values() if rule.days_ahead is not None and rule.on), None)

    def check(self) -> None:
        if self.malus.under > self.bonus.over:
            raise refuse("a number not above bonus.over", "malus", "under")
        for id, rule in self.rules.items():
            if rule.beyond and rule.beyond not in self.rules:
                raise refuse("the id of another rule of points.rules", "rules", id, "beyond")
            if (rule.proposed_by == "summary") != (rule.due_weekday is not None):
                raise refuse('due_weekday with proposed_by = "summary", and nowhere else', "rules", id, "due_weekday")
            if (rule.proposed_by == "meeting") != bool(rule.meetings):
                raise refuse('meetings with proposed_by = "meeting", and nowhere else', "rules", id, "meetings")
        _distinct_triggers(self.rules)
        if len([rule for rule in self.rules.values() if rule.by_verdict]) > 1:
            raise refuse("by_verdict in one rule alone", "rules")


def _distinct_triggers(rules: dict[str, PointsRule]) -> None:
    """Raise when two rules are proposed by the same thing."""
    seen: set[str] = set()
    for id, rule in rules.items():
        if rule.proposed_by and rule.proposed_by in seen:
            raise refuse("each proposed_by in one rule alone", "rules", id, "proposed_by")
        seen.add(rule.proposed_by)
