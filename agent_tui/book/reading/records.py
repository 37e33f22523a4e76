"""What was written about an agent's day besides its calls."""

from datetime import date
from typing import Any

import msgspec

from agent_tui.book.reading.base import Reader
from agent_tui.readings import DayRecord
from shared_rules.folding.facts import Fact
from shared_rules.folding.locks import Lock
from shared_rules.leave import instead

_KINDS = (
    "request", "time_away", "refusal", "excuse", "punch", "punch_check", "attendance", "verdict", "points", "appeal",
    "ruling", "grade_step", "payment", "flag", "coaching", "dismissal", "hand_in", "release", "confirm", "withdrawal",
)  # fmt: skip


class Records(Reader):
    """The file of a day."""

    def day_records(self, agent: str, day: date) -> list[DayRecord]:
        """Everything that concerns an agent's day and is no call, in the order of writing."""
        with self._lock:
            self._person(agent)
            self._session.load_month(day, agent)
            fold = self._fold(agent)
            lock = fold.lock(day)
            facts = {fact.key: fact for kind in _KINDS for fact in fold.dossier.all(kind, day)}
            found = [self._day_record(fact, lock) for fact in facts.values()]
        return sorted(found, key=lambda one: (one.at, one.id))

    def _day_record(self, fact: Fact, lock: Lock | None) -> DayRecord:
        content: dict[str, Any] = msgspec.to_builtins(fact.body)
        dossier = self._fold(fact.agent).dossier
        withdrawn = dossier.withdrawal(fact) is not None
        return DayRecord(
            id=fact.id,
            kind=fact.kind,
            at=fact.at.astimezone(self._session.place.zone),
            by=fact.author,
            text=content.get("text") or content.get("reason") or content.get("note") or "",
            content=content,
            withdrawn=withdrawn,
            replaced=fact.kind == "time_away" and not withdrawn and instead(dossier, fact) is not None,
            later=lock is not None and lock.confirm is not fact and lock.before(fact),
        )
