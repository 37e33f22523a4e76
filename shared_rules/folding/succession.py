"""Records of which the latest holds: reviews, attendance, summaries. What stood before stays, and is said."""

from datetime import date

from shared_rules.dates import days_of_week
from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact

SUCCEEDING = frozenset(("review", "attendance", "summary"))


def line_of(dossier: Dossier, fact: Fact) -> list[Fact]:
    """All records of one thing in the order of writing, also those taken back: of a week, of a meeting on a day.

    Of another kind of record there is that one alone.
    """
    match fact.kind:
        case "review" | "summary":
            return dossier.all(fact.kind, fact.body.week)
        case "attendance":
            found = dossier.all("attendance", fact.body.on)
            return [one for one in found if one.body.meeting == fact.body.meeting]
    return [fact]


def before(dossier: Dossier, fact: Fact) -> Fact | None:
    """What held when a record was written, and what it takes the place of."""
    return next((one for one in reversed(_standing(dossier, fact)) if one.order < fact.order), None)


def after(dossier: Dossier, fact: Fact) -> Fact | None:
    """What holds in place of a record now."""
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
