"""Calls that a correction moved to a later day, when the correction is folded and the call itself is not yet.

They are looked for and folded. Otherwise a day's figures would change once somebody looked at an earlier month.
"""

from collections.abc import Callable
from datetime import date

from agent_tui.book.folding.folds import Folds
from agent_tui.book.segments.marks import Marks
from agent_tui.book.segments.segments import Segments
from agent_tui.trust.membership import Membership
from shared_rules.folding.facts import Key


class Astray:
    """For one session. `load` folds all records about a person from a day on."""

    def __init__(
        self,
        folds: Folds,
        membership: Membership,
        segments: Segments,
        marks: Marks,
        load: Callable[[date, str], None],
    ) -> None:
        self._folds = folds
        self._membership = membership
        self._segments = segments
        self._marks = marks
        self._load = load
        self._sought: set[Key] = set()

    def fetch(self, since: date, agent: str | None) -> None:
        """Fold the missing calls that now stand on `since` or a later day, of an agent or of everybody. What follows
        them is folded too: a confirmation may hold a call to the day it had.
        """
        for person in list(self._folds.agents) if agent is None else [agent]:
            fold = self._folds.agents.get(person)
            while fold is not None and (wanted := fold.astray(since) - self._sought):
                self._sought |= wanted
                ids = [id for _, id in wanted]
                writers = (one.writer for one in self._membership.bindings() if one.person == person)
                speaking = self._marks.having(self._segments.held(), dict.fromkeys(writers, ids))
                if days := [held.day for held in speaking]:
                    self._load(min(days), person)

    def look_again(self) -> None:
        """Look again for those that were not found: records of days that are not folded have arrived."""
        self._sought.clear()
