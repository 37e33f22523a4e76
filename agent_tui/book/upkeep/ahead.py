"""Calls that a clock which was ahead dated on days that have not come: no page of a day shows them until then."""

from collections.abc import Iterator
from datetime import timedelta

from agent_tui.book.session import Session
from shared_rules.folding.tallies import Standing

# Of a desk and a board that are both nearly right, the desk may be the first past midnight.
_SLACK = timedelta(minutes=10)


def calls_ahead(session: Session) -> Iterator[list[Standing]]:
    """Of each agent whose figures are shown here: the calls ahead, the first one first."""
    today = (session.now() + _SLACK).date()
    for agent, fold in sorted(session.folds.agents.items()):
        if session.asked_of in (None, agent):
            days = [day for day in fold.call_days() if day > today]
            if found := [one for day in days for one in fold.standings(day) if one.counted]:
                yield sorted(found, key=lambda one: one.call.started_at)
