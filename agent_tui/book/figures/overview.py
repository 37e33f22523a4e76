"""What the board shows of a team beside its rows: an agent's hours, the month day by day, the way from dial to grade.

Counts alone: no customer is opened. The lock is held for one agent's day at a time, so that keys are served meanwhile.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from time import sleep
from typing import Protocol

import msgspec

from agent_tui.book.part import BookPart
from shared_rules.calendar import is_workday
from shared_rules.records.parts import Grade

FIRST_HOUR, LAST_HOUR = 9, 18

_DAY = timedelta(days=1)
# Without a pause, the thread that has just released the lock would get it again at once.
_BREATH_S = 0.0005


class Detail(msgspec.Struct, frozen=True):
    """Counts of an agent's day: leads with a proposed grade, and valid calls in each hour from FIRST_HOUR to LAST_HOUR.

    What lies before or after is counted with the first or the last hour.
    """

    a: int
    b: int
    hours: tuple[int, ...]


class TeamDay(msgspec.Struct, frozen=True):
    """A workday of the team: what was done and what was asked of those who were judged."""

    day: date
    valid: int
    leads: int
    quota_calls: int
    quota_leads: int


class Funnel(msgspec.Struct, frozen=True):
    """From dials to leads with a proposed grade, over some days. A number called twice counts as in its day."""

    dials: int = 0
    connected: int = 0
    complete: int = 0
    valid: int = 0
    leads: int = 0
    proposed_b: int = 0
    proposed_a: int = 0

    def __add__(self, other: "Funnel") -> "Funnel":
        return Funnel(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


class _Call(Protocol):
    """What is asked of a call, be it a state or a view."""

    @property
    def valid(self) -> bool: ...
    @property
    def lead(self) -> bool: ...
    @property
    def grade(self) -> Grade | None: ...
    @property
    def started_at(self) -> datetime: ...


def detail(calls: Iterable[_Call]) -> Detail:
    """The detail of a day's calls."""
    a = b = 0
    hours = [0] * (LAST_HOUR - FIRST_HOUR + 1)
    for call in calls:
        if call.lead:
            a += call.grade == "A"
            b += call.grade == "B"
        if call.valid:
            hours[min(max(call.started_at.hour, FIRST_HOUR), LAST_HOUR) - FIRST_HOUR] += 1
    return Detail(a, b, tuple(hours))


class Overview(BookPart):
    """Asked off the event loop."""

    def detail(self, agent: str, day: date) -> Detail:
        """The detail of an agent's day."""
        with self._lock:
            session = self._session
            session.load_month(day, agent)
            return detail(session.folds.calls(agent, day))

    def month(self, today: date) -> list[TeamDay]:
        """The workdays of the month of `today` up to it."""
        self._book.load_month(today)
        found = []
        for number in range(today.day):
            day = today.replace(day=1) + number * _DAY
            if is_workday(self._book.policy(day), day):
                totals = self._book.team(day, money=False).totals
                found.append(TeamDay(day, totals.valid, totals.leads, totals.quota_calls, totals.quota_leads))
                sleep(_BREATH_S)
        return found

    def funnel(self, days: Sequence[date]) -> Funnel:
        """The way from dial to proposed grade on those days, of all agents together. It looks at every call."""
        total = Funnel()
        for day in days:
            with self._lock:
                self._session.load_month(day)
                people = self._session.place.membership.people()
            for person in people:
                total += self._part(person.id, day)
                sleep(_BREATH_S)
        return total

    def _part(self, agent: str, day: date) -> Funnel:
        with self._lock:
            folds = self._session.folds
            figures = folds.figures(agent, day)
            if not figures.dials:
                return Funnel()
            policy = folds.policy(agent, day)
            new = folds.is_new(agent, day, policy)
            proposed_a, proposed_b = folds.fold(agent).proposed(day, policy, new_hire=new)
        return Funnel(
            figures.dials,
            figures.connected,
            figures.complete,
            figures.valid,
            figures.leads,
            proposed_a + proposed_b,
            proposed_a,
        )
