"""Reviews, attendance and summaries: the latest holds, and the earlier ones stay and are shown."""

from datetime import date

from shared_rules.dates import days_of_week
from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact

SUCCEEDING = frozenset(("review", "attendance", "summary"))


def line_of(dossier: Dossier, fact: Fact) -> list[Fact]:
    """All records about the same week, or the same meeting on a day, in the order of writing, also those taken back.

    A record of another kind stands alone.
    """
    match fact.kind:
        case "review" | "summary":
            return dossier.all(fact.kind, fact.body.week)
        case "attendance":
            found = dossier.all("attendance", fact.body.on)
            return [one for one in found if one.body.meeting == fact.body.meeting]
    return [fact]


def before(dossier: Dossier, fact: Fact) -> Fact | None:
    """The record that held when this one was written, and that it replaced; None if there was none."""
    return next((one for one in reversed(_standing(dossier, fact)) if one.order < fact.order), None)


def after(dossier: Dossier, fact: Fact) -> Fact | None:
    """The record that holds now in place of this one; None if this one holds."""
    last = next(reversed(_standing(dossier, fact)), None)
    return last if last is not None and fact.order < last.order else None


def since(fact: Fact) -> date:
    """The first day on which a record of the same thing can have been written."""
    if fact.kind == "attendance":
        on: date = fact.body.on
        return on
    return next(iter(days_of_week(fact.body.week)), fact.at.date())


def _standing(dossier: Dossier, fact: Fact) -> list[Fact]:
    return [one for one in line_of(dossier, fact) if not dossier.withdrawal(one)]
