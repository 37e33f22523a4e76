"""Since when somebody is hired: as it was approved, or as a supervisor corrected it (handbook 1, quota.new_hire)."""

from datetime import date

from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact, standing
from shared_rules.folding.locks import Lock


def correction(dossier: Dossier) -> Fact | None:
    """The correction of the hire date that holds; None while the approved date does."""
    found = dossier.of("hired")
    return standing(found) if found else None


def hired_since(dossier: Dossier, approved: date, lock: Lock | None = None) -> date:
    """The hire date that holds or, under the lock of a day, the one that the day was confirmed under."""
    if lock is not None:
        return lock.hired or approved
    corrected = correction(dossier)
    since: date = corrected.body.hired if corrected else approved
    return since
