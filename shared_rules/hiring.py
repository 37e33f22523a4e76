"""The hire date of a person: as approved, or as corrected by a supervisor (handbook 1, quota.new_hire)."""

from datetime import date

from shared_rules.folding.dossier import Dossier
from shared_rules.folding.facts import Fact, standing
from shared_rules.folding.locks import Lock


def correction(dossier: Dossier) -> Fact | None:
    """The correction of the hire date that holds; None if the approved date holds."""
    found = dossier.of("hired")
    return standing(found) if found else None


def hired_since(dossier: Dossier, approved: date, lock: Lock | None = None) -> date:
    """The hire date that holds or, given the lock of a day, the one under which that day was confirmed."""
    if lock is not None:
        return lock.hired or approved
    corrected = correction(dossier)
    since: date = corrected.body.hired if corrected else approved
    return since
