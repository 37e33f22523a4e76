"""Calls that a correction put on a later day than those folded: the correction is here, and the call is looked for.

Else a day's figures would be others once an earlier month was looked at.
"""

from datetime import date
from typing import TYPE_CHECKING

from shared_rules.facts import Key

if TYPE_CHECKING:
    from agent_tui.book.session import Session


class Astray:
    """Of one session, as it is folded."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._sought: set[Key] = set()

    def fetch(self, since: date, agent: str | None) -> None:
        """Fold what tells of the calls that stand on `since` or a later day, of an agent or of everybody: from the day
        of their segments on, as a confirmation may hold them to the day they had.
        """
        session = self._session
        for person in list(session.folds.agents) if agent is None else [agent]:
            fold = session.folds.agents.get(person)
            while fold is not None and (wanted := fold.astray(since) - self._sought):
                self._sought |= wanted
                ids = [id for _, id in wanted]
                writers = (one.writer for one in session.place.membership.bindings() if one.person == person)
                speaking = session.marks.having(session.segments.held(), dict.fromkeys(writers, ids))
                if days := [held.day for held in speaking]:
                    session.load(min(days), person)

    def look_again(self) -> None:
        """Look again for those that were not found: something came of days that nobody asked for."""
        self._sought.clear()
