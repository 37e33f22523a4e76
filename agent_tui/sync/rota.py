"""Which days of a share are listed when. Pure but for the clock it is given.

At each poll today and the few days that brought something last, within an hour. Today's neighbours, since clocks err,
at each poll while midnight is near and every ten seconds else, so that a poll which brings nothing costs one listing.
Every five seconds the requests to join, where people are let in. Once a minute the last 40 days; at start and once a
day all the rest. What is not due at each poll is spread over polls, so that a slow share still answers for today.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

_WARM = 3600.0
# Who reads a year for the first time hears of all its days: no more of them than these are listed at each poll.
_WARMEST = 8
SLOW = 60.0
_FULL = 24 * 3600.0
_RECENT = 40
_NEIGHBOURS = 10.0
_REQUESTS = 5.0
_DAY = timedelta(days=1)
_NEAR_MIDNIGHT = timedelta(hours=1)


class Rota:
    """Times are those of the monotonic clock given, in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        # In the order in which they brought something.
        self._warm: dict[date, float] = {}
        # In order of insertion; a day that is due twice is listed once.
        self._waiting: dict[date, None] = {}
        self._slow_at = self._full_at = self._neighbours_at = self._requests_at = monotonic()

    def slow_due(self) -> bool:
        """Whether the slow look of once a minute is due; it is not due again for a minute."""
        if self._monotonic() < self._slow_at:
            return False
        self._slow_at = self._monotonic() + SLOW
        return True

    def requests_due(self) -> bool:
        """Whether the look at the requests to join is due; it is not due again for five seconds."""
        if self._monotonic() < self._requests_at:
            return False
        self._requests_at = self._monotonic() + _REQUESTS
        return True

    def full_due(self) -> bool:
        """Whether the look at everything, of the start and once a day, is due; it is not due again for a day."""
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
        """Have `days` listed over the next polls, the latest first; only the last 40 if `recent`."""
        least = today - timedelta(days=_RECENT)
        for day in sorted(days, reverse=True):
            if day >= least or not recent:
                self._waiting[day] = None

    def waiting(self) -> Iterator[date]:
        """Take the days put off, one at a time, for as long as the caller asks."""
        while self._waiting:
            day = next(iter(self._waiting))
            del self._waiting[day]
            yield day

    @property
    def left(self) -> int:
        """How many days are still put off."""
        return len(self._waiting)
