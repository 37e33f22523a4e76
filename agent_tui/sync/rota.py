"""Which days of a share are listed when. Pure but for the clock it is given.

At each poll: today, and the few days that last brought something, for an hour. Yesterday and tomorrow, since clocks are
wrong: at each poll near midnight, otherwise every ten seconds, so that a poll that brings nothing costs one listing.
Every five seconds: the requests to join where people are let in, the rosters where a device waits. Once a minute: the
last 40 days. At start and once a day: all the rest. Days that are not due at each poll are spread over several polls,
so that today never waits for them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

_WARM = 3600.0
# A machine that reads a year for the first time gets something from every day: at each poll only these last are listed.
_WARMEST = 8
SLOW = 60.0
_FULL = 24 * 3600.0
_RECENT = 40
_NEIGHBOURS = 10.0
_AWAITED = 5.0
_DAY = timedelta(days=1)
_NEAR_MIDNIGHT = timedelta(hours=1)


class Rota:
    """Times are those of the monotonic clock given, in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        # In the order in which they brought something.
        self._warm: dict[date, float] = {}
        # A dictionary for its order and because a day that is put off twice is listed once.
        self._waiting: dict[date, None] = {}
        self._slow_at = self._full_at = self._neighbours_at = self._awaited_at = monotonic()

    def slow_due(self) -> bool:
        """Whether the look of once a minute is due. If so, the next is due in a minute."""
        if self._monotonic() < self._slow_at:
            return False
        self._slow_at = self._monotonic() + SLOW
        return True

    def awaited_due(self) -> bool:
        """Whether the look at the documents that somebody waits for is due. If so, the next is due in five seconds."""
        if self._monotonic() < self._awaited_at:
            return False
        self._awaited_at = self._monotonic() + _AWAITED
        return True

    def full_due(self) -> bool:
        """Whether the look at everything is due, as at start. If so, the next is due in a day."""
        if self._monotonic() < self._full_at:
            return False
        self._full_at = self._monotonic() + _FULL
        return True

    def everything(self) -> None:
        """Make all looks due now."""
        self._slow_at = self._full_at = self._neighbours_at = self._monotonic()

    def brought(self, day: date) -> None:
        """Note that a day brought something."""
        self._warm.pop(day, None)
        self._warm[day] = self._monotonic() + _WARM
        if len(self._warm) > _WARMEST:
            del self._warm[next(iter(self._warm))]

    def at_each_poll(self, now: datetime) -> list[date]:
        """The days of a poll at `now`, in the team's zone; today first."""
        time = self._monotonic()
        for day in [day for day, until in self._warm.items() if until < time]:
            del self._warm[day]
        today = now.date()
        others = set(self._warm)
        if time >= self._neighbours_at:
            self._neighbours_at = time + _NEIGHBOURS
            others |= {today - _DAY, today + _DAY}
        others |= {(now - _NEAR_MIDNIGHT).date(), (now + _NEAR_MIDNIGHT).date()}
        return [today, *sorted(others - {today}, reverse=True)]

    def put_off(self, days: Iterable[date], today: date, *, recent: bool) -> None:
        """Put `days` off to the next polls, the latest first. `recent`: only those of the last 40 days."""
        least = today - timedelta(days=_RECENT)
        for day in sorted(days, reverse=True):
            if day >= least or not recent:
                self._waiting[day] = None

    def waiting(self) -> Iterator[date]:
        """Take out the days put off, one at a time, for as long as the caller goes on."""
        while self._waiting:
            day = next(iter(self._waiting))
            del self._waiting[day]
            yield day

    @property
    def left(self) -> int:
        """How many days are still put off."""
        return len(self._waiting)
